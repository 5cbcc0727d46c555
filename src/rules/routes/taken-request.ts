import { Cluster } from '../../cluster/cluster';
import { ClusterObject } from '../../cluster/cluster-object';
import { FieldPath, showPath } from '../../cluster/json';
import { MatchConditions } from '../../cluster/routing/request-match';
import { gatewayVirtualHosts, RouteRule, VirtualHost } from '../../cluster/routing/virtual-hosts';
import { groupBy } from '../../plan/groups';
import { FindingExample } from '../example';
import { Proofs } from '../proofs';

/** A match of a rule, and which requests were meant for another model. */
interface TakenRequests {
  /** The object that holds the match. */
  readonly object: ClusterObject;
  /** The field of the match. */
  readonly field: FieldPath;
  /** What the requests have in common. */
  readonly conditions: MatchConditions;
  /** Who should answer them. */
  readonly intended: string;
}

/**
 * A request from outside that reaches a match and was meant for another model.
 *
 * @returns Undefined if no request is found.
 * @internal
 */
export function takenRequest(cluster: Cluster, proofs: Proofs, { object, field, conditions, intended }: TakenRequests): FindingExample | undefined {
  for (const { on, rule, position } of cluster.derived(placesOfMatches).get(placeKey(object, field)) ?? []) {
    const found = proofs()?.find([rule.match, conditions], { rules: on.rules, length: position }, on) ?? 'undecided';
    if (found === 'undecided' || !('request' in found)) continue;
    const example = proofs()?.takenExample(found.request, rule, intended);
    if (example !== undefined) return example;
  }
  return undefined;
}

/** Where Envoy tries a match. */
interface MatchPlace {
  readonly on: VirtualHost;
  readonly rule: RouteRule;
  readonly position: number;
}

function placesOfMatches(cluster: Cluster): ReadonlyMap<string, readonly MatchPlace[]> {
  const places = cluster.derived(gatewayVirtualHosts).flatMap((on) => on.rules.map((rule, position): MatchPlace => ({ on, rule, position })));
  return groupBy(places, ({ rule }) => placeKey(rule.object, rule.field));
}

function placeKey(object: ClusterObject, field: FieldPath): string {
  return `${object} ${showPath(field)}`;
}
