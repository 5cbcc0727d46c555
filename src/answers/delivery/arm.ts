import { HeaderChanges } from './changed-headers';
import { joined, operationsOf } from './header-operations';
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
  /** What happens to the headers of requests. */
  readonly request: HeaderChanges;
  /** What happens to the headers of responses. */
  readonly response: HeaderChanges;
  /** A key that arms share if backends receive the same requests. */
  readonly requestKey: string;
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
    const destination = find(wanted);
    const share = Fraction.of(weights[i], total);
    const authority = rewritten ?? own.authority;
    const [request, response] = [steps.map((step) => step.request), steps.map((step) => step.response)];
    const requestKey = JSON.stringify([authority, request]);
    const key = JSON.stringify([destination.key, requestKey, response]);
    const known = arms.get(key);
    const names = cluster.derived(removedNames);
    arms.set(key, {
      share: known === undefined ? share : known.share.plus(share),
      destination: known?.destination ?? destination,
      request: HeaderChanges.of(request, names),
      response: HeaderChanges.of(response, names),
      requestKey,
      authority: known?.authority ?? authority,
      place: known?.place ?? { object, field: place },
    });
  }
  return [...arms.values()];
}

/** The sets of names that rules of a cluster remove or set. */
function removedNames(): Map<string, ReadonlySet<string>> {
  return new Map();
}
