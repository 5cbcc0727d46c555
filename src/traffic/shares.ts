import { IConstruct } from 'constructs';
import { BoundArm, BoundBackend } from './bound-backends';
import { Stickiness } from './stickiness';
import { StickyOptions } from './sticky-options';
import { invalid, show } from '../plan/checks/errors';
import { InferenceEndpoint } from '../plan/endpoint';
import { Arm, Plan } from '../plan/plan';
import { RequestMatch } from '../plan/request-match';
import { backendIdentity } from '../plan/resolve';

/**
 * A backend that shares the requests that no match selects.
 *
 * @internal
 */
export interface Share extends BoundBackend {
  /** Name of the arm in sticky cookies and headers. */
  readonly name: string;
  /** Its share of the requests. */
  readonly weight: number;
}

/**
 * The arms of a rollout in the order in which they get requests: those selected by a match, those of sticky sessions, and the shares.
 * An empty list of matches selects no requests.
 *
 * @internal
 */
export function armsOf(
  at: IConstruct, endpoint: InferenceEndpoint, matched: readonly BoundArm[], shares: readonly Share[], sticky?: StickyOptions,
): BoundArm[] {
  const picked = matched.filter(({ matches }) => matches!.length > 0);
  const plain = [...picked, ...shares.map(({ backend, binding, weight }) => ({ backend, binding, weight }))];
  if (sticky === undefined) return plain;
  const stickiness = new Stickiness(at, endpoint, sticky);
  const kept = shares.map(({ name, backend, binding }) => ({ backend, binding, matches: stickiness.keeps(name) }));
  checkStickyCallers(at, picked, kept);
  // Sessions would stay with an arm that is out of use, and a cookie from a first step at weight 0 would keep them away from the canary
  // later.
  if (!shares.every(({ weight }) => weight > 0)) return plain;
  const sharing = shares.map(({ name, backend, binding, weight }) => ({ backend, binding, weight, responseHeaders: stickiness.handsOut(name) }));
  return [...picked, ...kept, ...sharing];
}

/**
 * Marks a plan as sticky, which its arms do not show at every weight.
 *
 * @internal
 */
export function withStickiness(plan: Plan, sticky: StickyOptions | undefined): Plan {
  return sticky === undefined ? plan : { ...plan, endpoints: plan.endpoints.map((endpoint) => ({ ...endpoint, sticky: true })) };
}

/** A match still applies when the share is 0, and so would the sticky session. */
function checkStickyCallers(at: IConstruct, picked: readonly Arm[], kept: readonly { readonly matches: RequestMatch[] }[]): void {
  const keeps = kept.flatMap(({ matches }) => matches.flatMap(({ headers }) => Object.entries(headers!)));
  for (const { headers } of picked.flatMap(({ matches }) => matches!)) {
    for (const [name, value] of keeps) {
      const own = headers?.[name];
      if (own !== undefined && own.toString() === value.toString()) {
        throw invalid(at, `a match selects requests by header ${name} with ${value}, which makes sessions sticky`,
          'select them by another header or cookie, otherwise they stay when the share is 0');
      }
    }
  }
}

/**
 * Refuses one backend under two names, which nothing would distinguish.
 *
 * @internal
 */
export function checkDistinct(at: IConstruct, what: string, named: readonly (BoundBackend & { readonly name: string })[]): void {
  const seen = new Map<string, string>();
  for (const { name, binding: { target } } of named) {
    const key = backendIdentity(target);
    const other = seen.get(key);
    if (other !== undefined) {
      throw invalid(at, `${what} ${show(other)} and ${show(name)} are both ${target.description}`, 'name two different backends');
    }
    seen.set(key, name);
  }
}
