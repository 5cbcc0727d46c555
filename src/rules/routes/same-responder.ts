import { Cluster } from '../../cluster/cluster';
import { isObject, JsonObject, listOf, objectOf } from '../../cluster/json';
import { Destination, destinationsOf } from '../../cluster/routing/backends';
import { MatchConditions } from '../../cluster/routing/request-match';
import { RouteRule } from '../../cluster/routing/virtual-hosts';
import { INTERNAL_MODEL_HEADER, MODEL_HEADER, ROUTE_HEADER } from '../../plan/core2-service';
import { StringMatchKind } from '../../plan/string-match';

/**
 * Whether the requests that two rules both match get their answers from the same model, whichever rule comes first: both lead to the same places, one of
 * them names a model of Seldon Core 2, and the requests name it too, by their path or by a header. Only settings such as timeouts can differ.
 *
 * @internal
 */
export function haveSameResponder(cluster: Cluster, one: RouteRule, other: RouteRule): boolean {
  const rules = [one, other];
  if (!rules.every(({ rule }) => forwardsUnchanged(rule))) return false;
  const [a, b] = rules.map(({ object, rule }) => destinationsOf(cluster, object.namespace, rule));
  if (a.length === 0 || placesOf(a) !== placesOf(b)) return false;
  const [model, ...others] = new Set([...a, ...b].flatMap((destination) => destination.model ?? []));
  return model !== undefined && others.length === 0 && rules.some(({ match }) => namesModel(match, model));
}

/** Headers by which clients choose among the models of an Experiment. */
const CHOICES: readonly string[] = [ROUTE_HEADER, INTERNAL_MODEL_HEADER];

/** Whether the request reaches a backend as the client sent it, except that the header of the model can be set. */
function forwardsUnchanged(rule: JsonObject): boolean {
  if (['rewrite', 'fault', 'redirect', 'directResponse', 'delegate'].some((field) => isObject(rule[field]))) return false;
  return [rule, ...listOf(rule.route).filter(isObject)].every(({ headers }) => {
    const { set, add, remove } = objectOf(objectOf(headers).request);
    if (isObject(add)) return false;
    return !Object.keys(objectOf(set)).some((name) => CHOICES.includes(name.toLowerCase())) && !listOf(remove).some((name) => isModelHeader(name));
  });
}

function isModelHeader(name: unknown): boolean {
  return typeof name === 'string' && name.toLowerCase() === MODEL_HEADER;
}

/** Where requests go and with which shares, whatever the model. */
function placesOf(destinations: readonly Destination[]): string {
  return JSON.stringify(destinations.map(({ host, subset, port, share }) => JSON.stringify([host, subset, port, share])).sort());
}

/** Whether all requests of a match name a model of Seldon Core 2. */
function namesModel({ headers, path }: MatchConditions, model: string): boolean {
  const header = headers.get(MODEL_HEADER);
  if (header !== undefined && header !== 'present') return header.kind === StringMatchKind.EXACT && header.value === model;
  return path !== undefined && path.written === undefined && path.kind !== StringMatchKind.REGEX && path.value.startsWith(`/v2/models/${model}/`);
}
