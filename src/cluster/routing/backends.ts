import { MODEL_HEADER } from '../../plan/core2-service';
import { computeIfAbsent } from '../../plan/groups';
import { byText } from '../../plan/text-order';
import { Cluster } from '../cluster';
import { isObject, JsonObject, listOf, numberOf, objectOf, stringOf } from '../json';

/**
 * A destination of an HTTP rule.
 *
 * @internal
 */
export interface Destination {
  /** Full name of the host. */
  readonly host: string;
  /** Its subset, if specified. */
  readonly subset: string | undefined;
  /** Number of its port, if specified. */
  readonly port: number | undefined;
  /** Its share of the requests, from 0 to 1. */
  readonly share: number;
  /** What the rule does to the header `seldon-model`: a value that it sets, or `undefined` if it leaves the header as it is. */
  readonly model: string | undefined;
}

/**
 * The destinations of an HTTP rule that get requests. A single one gets all of them, whatever its weight.
 *
 * @internal
 */
export function destinationsOf(cluster: Cluster, namespace: string, rule: JsonObject): Destination[] {
  const routes = listOf(rule.route).filter(isObject);
  const weights = routes.map((route) => (routes.length === 1 ? 1 : numberOf(route.weight) ?? 0));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return routes.flatMap((route, i) => {
    const destination = objectOf(route.destination);
    const host = stringOf(destination.host);
    if (host === undefined || !(weights[i] > 0)) return [];
    return [{
      host: cluster.fullHost(host, namespace),
      subset: stringOf(destination.subset),
      port: numberOf(objectOf(destination.port).number),
      share: weights[i] / total,
      model: headerSet(route, MODEL_HEADER) ?? headerSet(rule, MODEL_HEADER),
    }];
  });
}

/** The value to which a rule or a destination sets a request header. */
function headerSet(holder: JsonObject, name: string): string | undefined {
  const { set } = objectOf(objectOf(holder.headers).request);
  const entry = Object.entries(objectOf(set)).find(([key]) => key.toLowerCase() === name);
  return entry === undefined ? undefined : stringOf(entry[1]);
}

/**
 * A key that two HTTP rules share if the same backends answer, with the same shares.
 *
 * @param namespace Namespace of the object that holds the rule.
 * @internal
 */
export function backendKey(cluster: Cluster, namespace: string, rule: JsonObject): string {
  const known = computeIfAbsent(cluster.derived(knownKeys), namespace, () => new Map<JsonObject, string>());
  return computeIfAbsent(known, rule, () => keyOf(cluster, namespace, rule));
}

/** The keys of rules that were asked for, by namespace. */
function knownKeys(): Map<string, Map<JsonObject, string>> {
  return new Map();
}

function keyOf(cluster: Cluster, namespace: string, rule: JsonObject): string {
  if (isObject(rule.redirect)) return JSON.stringify(['redirect', rule.redirect]);
  if (isObject(rule.directResponse)) return JSON.stringify(['response', rule.directResponse]);
  const shares = new Map<string, number>();
  for (const { host, subset, port, model, share } of destinationsOf(cluster, namespace, rule)) {
    const key = JSON.stringify([host, subset, port, model]);
    shares.set(key, (shares.get(key) ?? 0) + share);
  }
  return JSON.stringify([...shares].sort(([a], [b]) => byText(a, b)).map(([key, share]) => [key, share.toFixed(6)]));
}
