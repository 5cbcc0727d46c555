import type { IBackend } from '../plan/backend';
import type { TrafficAnswer } from '../synthesis/traffic/traffic-answer';

/** Matchers for answers of `Traffic.request`. */
export interface TrafficMatchers<R = unknown> {
  /**
   * Whether a backend answers all requests.
   *
   * @param backend A model, pipeline, predictor or other backend, or its name, with the namespace where the name is not unique.
   */
  toBeServedBy(backend: string | IBackend): R;

  /**
   * Whether backends answer these shares of the requests, and there are no others.
   *
   * @param shares Shares in percent, by name.
   */
  toSplit(shares: { readonly [name: string]: number }): R;

  /**
   * Whether requests are mirrored.
   *
   * @param backend Who receives them: a backend or its name.
   * @param percentage The share of the requests, from 0 to 100; any share if it is not specified.
   */
  toMirrorTo(backend: string | IBackend, percentage?: number): R;

  /**
   * Whether a policy rejects all requests.
   *
   * @param policy The policy; any one if it is not specified.
   */
  toBeDenied(policy?: string): R;

  /**
   * Whether all requests are redirected.
   *
   * @param location The whole address.
   */
  toRedirectTo(location: string): R;

  /** Whether there is no one who could answer. */
  toBeUnanswered(): R;
}

declare global {
  // The types of @types/jest, with its names.
  namespace jest {
    interface Matchers<R, T = {}> extends TrafficMatchers<R> {}
  }
}

// The types of @jest/globals.
declare module 'expect' {
  interface Matchers<R extends void | Promise<void>, T = unknown> extends TrafficMatchers<R> {}
}

/** The result of a matcher, as jest expects it. */
export interface MatcherResult {
  /** Whether the answer is as expected. */
  readonly pass: boolean;
  /** What a failed test shows. */
  readonly message: () => string;
}

type Problem = string | undefined;

/**
 * The matchers for `expect.extend`. An import of this module adds them to the global `expect`, if there is one.
 */
export const trafficMatchers = {
  toBeServedBy: matcher('toBeServedBy', (answer, backend: string | IBackend) => {
    const servedBy = answer._nameOf(backend);
    return answer._problem({ servedBy }, [servedBy]);
  }),
  toSplit: matcher('toSplit', (answer, split: { readonly [name: string]: number }) => answer._problem({ split }, Object.keys(split))),
  toMirrorTo: matcher('toMirrorTo', (answer, backend: string | IBackend, percentage?: number) => {
    const name = answer._nameOf(backend);
    return answer._problem({ mirrorTo: { [name]: percentage } }, [name]);
  }),
  toBeDenied: matcher('toBeDenied', (answer, policy?: string) => answer._problem(policy === undefined ? { denied: true } : { deniedBy: policy })),
  toRedirectTo: matcher('toRedirectTo', (answer, redirectTo: string) => answer._problem({ redirectTo })),
  toBeUnanswered: matcher('toBeUnanswered', (answer) => answer._problem({ unanswered: true })),
};

function matcher<Args extends readonly unknown[]>(
  name: string, problemOf: (answer: TrafficAnswer, ...args: Args) => Problem,
): (received: unknown, ...args: Args) => MatcherResult {
  return (received, ...args) => {
    if (!isAnswer(received)) throw new Error(`expect(…).${name} needs an answer of Traffic.request. Write expect(traffic.request({ … })).${name}(…)`);
    const problem = problemOf(received, ...args);
    return { pass: problem === undefined, message: () => problem ?? `expected that this is not so, but it is:\n${received.text}` };
  };
}

function isAnswer(received: unknown): received is TrafficAnswer {
  return typeof (received as Partial<TrafficAnswer> | undefined)?._problem === 'function';
}

interface Expect {
  extend(matchers: object): void;
}

(globalThis as { readonly expect?: Expect }).expect?.extend(trafficMatchers);
