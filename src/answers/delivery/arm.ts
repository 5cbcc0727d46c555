import { HeaderOperations, joined, NO_OPERATIONS, operationsOf, RouteOperations } from './header-operations';
import { Cluster } from '../../cluster/cluster';
import { ClusterObject } from '../../cluster/cluster-object';
import { FieldPath, isObject, JsonObject, listOf, numberOf, objectOf, stringOf } from '../../cluster/json';
import { Place } from '../answer';
import { Destination, WantedDestination } from '../destinations/destinations';
import { Fraction } from '../fraction';

/**
 * A share of the requests of a rule, and where it arrives.
 *
 * @internal
 */
export interface RuleArm {
  /** The share. */
  readonly share: Fraction;
  /** The destination. */
  readonly destination: Destination;
  /** What happens to the headers of requests, step by step. */
  readonly request: readonly HeaderOperations[];
  /** What happens to the headers of responses, step by step. */
  readonly response: readonly HeaderOperations[];
  /** The authority that replaces that of the request; undefined if it stays. */
  readonly authority: string | undefined;
  /** What sends it there. */
  readonly place: Place;
}

/** Finds a destination. @internal */
export type FindDestination = (wanted: WantedDestination) => Destination;

/**
 * The destination that a rule names; undefined if it has no host.
 *
 * @internal
 */
export function wantedBy(cluster: Cluster, namespace: string, destination: unknown): WantedDestination | undefined {
  const { host, port, subset } = objectOf(destination);
  const written = stringOf(host);
  if (written === undefined) return undefined;
  return { host: cluster.fullHost(written, namespace), port: numberOf(objectOf(port).number) || undefined, subset: stringOf(subset) };
}

/**
 * The arms of a rule. Those with the same destination and the same operations are one. A single destination gets all requests, whatever
 * its weight; among several, those of weight 0 get none.
 *
 * @param field The field of the rule.
 * @internal
 */
export function armsOf(cluster: Cluster, object: ClusterObject, field: FieldPath, rule: JsonObject, find: FindDestination): readonly RuleArm[] {
  const routes = listOf(rule.route).map((json, i) => ({ json: objectOf(json), field: [...field, 'route', i] })).filter(({ json }) => isObject(json.destination));
  const weights = routes.map(({ json }) => (routes.length === 1 ? 1 : numberOf(json.weight) ?? 0));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const ofRule = operationsOf(rule);
  const rewritten = stringOf(objectOf(rule.rewrite).authority) ?? ofRule.authority;
  const arms = new Map<string, RuleArm>();
  for (const [i, { json, field: place }] of routes.entries()) {
    const wanted = wantedBy(cluster, object.namespace, json.destination);
    if (weights[i] <= 0 || wanted === undefined) continue;
    const own = operationsOf(json);
    const steps = routes.length === 1 ? [joined(ofRule, own)] : [own, ofRule];
    const arm = armOf(Fraction.of(weights[i], total), find(wanted), steps, rewritten ?? own.authority, { object, field: place });
    const key = JSON.stringify([arm.destination.key, arm.authority, arm.request, arm.response]);
    const known = arms.get(key);
    arms.set(key, known === undefined ? arm : { ...known, share: known.share.plus(arm.share) });
  }
  return [...arms.values()];
}

function armOf(share: Fraction, destination: Destination, steps: readonly RouteOperations[], authority: string | undefined, place: Place): RuleArm {
  const used = steps.filter((step) => step !== NO_OPERATIONS);
  return { share, destination, request: used.map(({ request }) => request), response: used.map(({ response }) => response), authority, place };
}
