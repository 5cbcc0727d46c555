import type { IBackend } from '../plan/backend';
import type { Traffic } from '../synthesis/traffic/traffic';
import type { TrafficAnswer } from '../synthesis/traffic/traffic-answer';
import type { TrafficRequests } from '../synthesis/traffic/traffic-requests';

/**
 * Matchers for answers of `Traffic.request`. With `.not` they assert that it is true of no request, in no case: `.not.toBeServedBy(iris)` that iris
 * gets no share, `.not.toBeDenied()` that no policy rejects any. A split, mirrors and a delay are compared as a whole.
 */
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

  /**
   * Whether a proxy answers all requests with a status of gRPC. The HTTP status of such answers is 200.
   *
   * @param status The name of the status, such as `PERMISSION_DENIED`.
   */
  toHaveGrpcStatus(status: string): R;

  /** Whether there is no one who could answer. */
  toBeUnanswered(): R;

  /**
   * Whether a fault delays requests, regardless of who answers them.
   *
   * @param duration How long, such as `2s`.
   * @param percentage The share of the requests, from 0 to 100; any share if it is not specified.
   */
  toBeDelayed(duration: string, percentage?: number): R;

  /**
   * Whether a backend answers all requests of `Traffic.requests`. Requests that a policy denies do not count.
   *
   * @param backend A model, pipeline, predictor or other backend, or its name, with the namespace where the name is not unique.
   */
  toAlwaysBeServedBy(backend: string | IBackend): R;

  /**
   * Whether a backend answers no request of `Traffic.requests`, those with repeated headers included.
   *
   * @param backend A model, pipeline, predictor or other backend, or its name, with the namespace where the name is not unique.
   */
  toNeverBeServedBy(backend: string | IBackend): R;

  /** Whether each request of `Traffic.requests` is answered. */
  toNeverBeUnanswered(): R;

  /**
   * Whether a `Traffic` has the same answers as an earlier one for all requests to gateways.
   *
   * @param before The manifests before the change.
   */
  toBeEquivalentTo(before: Traffic): R;

  /**
   * Whether no request to a gateway reaches a backend of a `Traffic` that it does not reach in an earlier one.
   *
   * @param before The manifests before the change.
   */
  toGiveNoNewAccess(before: Traffic): R;

  /**
   * Whether no request to a gateway satisfies rules of two VirtualServices of a `Traffic`.
   *
   * @param first The namespace and the name of a VirtualService, such as `models/iris`.
   * @param second Those of another one.
   */
  toHaveDisjointRoutes(first: string, second: string): R;
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

/** What jest tells a matcher. */
export interface MatcherState {
  /** Whether `.not` precedes it. */
  readonly isNot?: boolean;
}

type Problem = string | undefined;

type Expectation = Parameters<TrafficAnswer['_problem']>[0];

/** What a matcher expects, and the names of backends in it. */
interface Expected {
  readonly expectation: Expectation;
  readonly names?: readonly string[];
}

/**
 * The matchers for `expect.extend`. An import of this module adds them to the global `expect`, if there is one.
 */
export const trafficMatchers = {
  toBeServedBy: matcher('toBeServedBy', (answer, backend: string | IBackend) => {
    const servedBy = answer._nameOf(backend);
    return { expectation: { servedBy }, names: [servedBy] };
  }),
  toSplit: matcher('toSplit', (_, split: { readonly [name: string]: number }) => ({ expectation: { split }, names: Object.keys(split) })),
  toMirrorTo: matcher('toMirrorTo', (answer, backend: string | IBackend, percentage?: number) => {
    const name = answer._nameOf(backend);
    return { expectation: { mirrorTo: { [name]: percentage } }, names: [name] };
  }),
  toBeDenied: matcher('toBeDenied', (_, policy?: string) => ({ expectation: policy === undefined ? { denied: true } : { deniedBy: policy } })),
  toRedirectTo: matcher('toRedirectTo', (_, redirectTo: string) => ({ expectation: { redirectTo } })),
  toHaveGrpcStatus: matcher('toHaveGrpcStatus', (_, grpcStatus: string) => ({ expectation: { grpcStatus } })),
  toBeUnanswered: matcher('toBeUnanswered', () => ({ expectation: { unanswered: true } })),
  toBeDelayed: matcher('toBeDelayed', (_, duration: string, percentage?: number) => ({ expectation: { delay: { duration, percentage } } })),
  toAlwaysBeServedBy: setMatcher('toAlwaysBeServedBy', (requests, backend: string | IBackend) => requests._alwaysServedBy(backend)),
  toNeverBeServedBy: setMatcher('toNeverBeServedBy', (requests, backend: string | IBackend) => requests._neverServedBy(backend)),
  toNeverBeUnanswered: setMatcher('toNeverBeUnanswered', (requests) => requests._neverUnanswered()),
  toBeEquivalentTo: stateMatcher('toBeEquivalentTo', (traffic, before: Traffic) => traffic._equivalentTo(before)),
  toGiveNoNewAccess: stateMatcher('toGiveNoNewAccess', (traffic, before: Traffic) => traffic._noNewAccess(before)),
  toHaveDisjointRoutes: stateMatcher('toHaveDisjointRoutes', (traffic, first: string, second: string) => traffic._disjoint(first, second)),
};

function matcher<Args extends readonly unknown[]>(
  name: string, read: (answer: TrafficAnswer, ...args: Args) => Expected,
): (this: MatcherState | void, received: unknown, ...args: Args) => MatcherResult {
  return function (received, ...args) {
    if (!isAnswer(received)) throw new Error(`expect(…).${name} needs an answer of Traffic.request. Write expect(traffic.request({ … })).${name}(…)`);
    const { expectation, names } = read(received, ...args);
    return this?.isNot === true ? contraryResult(received._contraryProblem(expectation, names)) : resultOf(received._problem(expectation, names));
  };
}

/** A matcher after `.not` succeeds by not passing. */
function contraryResult(problem: Problem): MatcherResult {
  return { pass: problem !== undefined, message: () => problem ?? 'expected that this is so for some request, but it is so for none' };
}

function setMatcher<Args extends readonly unknown[]>(
  name: string, problemOf: (requests: TrafficRequests, ...args: Args) => Problem,
): (received: unknown, ...args: Args) => MatcherResult {
  return (received, ...args) => {
    if (!isRequests(received)) throw new Error(`expect(…).${name} needs a set of Traffic.requests. Write expect(traffic.requests({ … })).${name}(…)`);
    return resultOf(problemOf(received, ...args));
  };
}

function stateMatcher<Args extends readonly unknown[]>(
  name: string, problemOf: (traffic: Traffic, ...args: Args) => Problem,
): (received: unknown, ...args: Args) => MatcherResult {
  return (received, ...args) => {
    if (!isTraffic(received)) throw new Error(`expect(…).${name} needs a Traffic. Write expect(Traffic.fromApp(app)).${name}(…)`);
    return resultOf(problemOf(received, ...args));
  };
}

function resultOf(problem: Problem): MatcherResult {
  return { pass: problem === undefined, message: () => problem ?? 'expected that this is not so for some request, but it is so for all of them' };
}

function isRequests(received: unknown): received is TrafficRequests {
  return typeof (received as Partial<TrafficRequests> | undefined)?._neverUnanswered === 'function';
}

function isTraffic(received: unknown): received is Traffic {
  return typeof (received as Partial<Traffic> | undefined)?._equivalentTo === 'function';
}

function isAnswer(received: unknown): received is TrafficAnswer {
  return typeof (received as Partial<TrafficAnswer> | undefined)?._problem === 'function';
}

interface Expect {
  extend(matchers: object): void;
}

(globalThis as { readonly expect?: Expect }).expect?.extend(trafficMatchers);
