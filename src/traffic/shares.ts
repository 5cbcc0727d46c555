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
 * A backend that shares the requests which no match picks.
 *
 * @internal
 */
export interface Share extends BoundBackend {
  /** What sticky callers call the arm. */
  readonly name: string;
  /** Its part of the requests. */
  readonly weight: number;
}

/**
 * The arms of a rollout in the order in which they get requests: those that a match picks, those of callers that stay,
 * and the shares. An empty list of matches picks nobody's requests.
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
  // Callers would stay with an arm that is out of use, and a cookie of a first step at weight 0 would keep them from the
  // canary later.
  if (!shares.every(({ weight }) => weight > 0)) return plain;
  const sharing = shares.map(({ name, backend, binding, weight }) => ({ backend, binding, weight, responseHeaders: stickiness.handsOut(name) }));
  return [...picked, ...kept, ...sharing];
}

/**
 * Says in a plan that callers stay, which its arms do not say at every weight.
 *
 * @internal
 */
export function withStickiness(plan: Plan, sticky: StickyOptions | undefined): Plan {
  return sticky === undefined ? plan : { ...plan, endpoints: plan.endpoints.map((endpoint) => ({ ...endpoint, sticky: true })) };
}

/** A match outlives a share of 0, and so would the callers that it keeps. */
function checkStickyCallers(at: IConstruct, picked: readonly Arm[], kept: readonly { readonly matches: RequestMatch[] }[]): void {
  const keeps = kept.flatMap(({ matches }) => matches.flatMap(({ headers }) => Object.entries(headers!)));
  for (const { headers } of picked.flatMap(({ matches }) => matches!)) {
    for (const [name, value] of keeps) {
      const own = headers?.[name];
      if (own !== undefined && own.toString() === value.toString()) {
        throw invalid(at, `a match picks requests by header ${name} with ${value}, by which sticky callers stay`,
          'pick them by another header or cookie, else they stay when the share is 0');
      }
    }
  }
}

/**
 * Refuses one backend under two names: nothing would tell them apart.
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
