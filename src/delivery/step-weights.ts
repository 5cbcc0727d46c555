import { isObject, JsonObject, listOf } from '../objects/json';

/**
 * A route object with the weights of one step. Only weights differ from the given one.
 *
 * @param manifest The VirtualService or Experiment.
 * @param weights The weights, in the order of the rollout's arms.
 * @returns undefined if the object has no place for these weights.
 * @internal
 */
export function withWeights(manifest: JsonObject, weights: readonly number[]): JsonObject | undefined {
  const spec = isObject(manifest.spec) ? manifest.spec : {};
  if (manifest.kind === 'Experiment') {
    const candidates = weighted(spec.candidates, weights);
    return candidates && { ...manifest, spec: { ...spec, candidates } };
  }
  const http = listOf(spec.http).map((rule) => ({ rule, route: isObject(rule) ? weighted(rule.route, weights) : undefined }));
  if (!http.some(({ route }) => route !== undefined)) return undefined;
  return { ...manifest, spec: { ...spec, http: http.map(({ rule, route }) => (route === undefined ? rule : { ...rule as JsonObject, route })) } };
}

/** Rules for testers and for cookies have one destination, which keeps all of their requests. */
function weighted(entries: unknown, weights: readonly number[]): JsonObject[] | undefined {
  const found = listOf(entries).filter(isObject);
  if (found.length !== weights.length || found.some(({ weight }) => typeof weight !== 'number')) return undefined;
  return found.map((entry, i) => ({ ...entry, weight: weights[i] }));
}
