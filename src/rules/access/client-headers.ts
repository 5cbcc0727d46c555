import { Cluster } from '../../cluster/cluster';
import { ClusterKind } from '../../cluster/cluster-object';
import { isObject, JsonObject, listOf, objectOf, stringsOf } from '../../cluster/json';
import { requestAuthentications } from '../../cluster/policies';
import { MODEL_HEADER } from '../../plan/core2-service';

/**
 * Names of headers, in lower case, by which routes or Seldon's Envoy choose the backend.
 *
 * @internal
 */
export function choosingHeaders(cluster: Cluster): ReadonlySet<string> {
  const names = new Set([MODEL_HEADER]);
  for (const rule of httpRules(cluster)) {
    for (const match of listOf(rule.match)) for (const name of Object.keys(objectOf(objectOf(match).headers))) names.add(name.toLowerCase());
  }
  return names;
}

/**
 * Names of headers that RequestAuthentications set to claims, so that clients cannot set them.
 *
 * @internal
 */
export function claimHeaders(cluster: Cluster): ReadonlySet<string> {
  return new Set(cluster.derived(requestAuthentications).flatMap(({ rules }) => rules.flatMap(({ headers }) => headers)));
}

/**
 * Names of headers that some VirtualService sets or removes, so that the workloads behind it do not see those of clients.
 *
 * @internal
 */
export function rewrittenHeaders(cluster: Cluster): ReadonlySet<string> {
  const names = new Set<string>();
  for (const rule of httpRules(cluster)) {
    for (const holder of [rule, ...listOf(rule.route).filter(isObject)]) {
      const { set, remove } = objectOf(objectOf(holder.headers).request);
      for (const name of [...Object.keys(objectOf(set)), ...stringsOf(remove)]) names.add(name.toLowerCase());
    }
  }
  return names;
}

function httpRules(cluster: Cluster): JsonObject[] {
  return cluster.all(ClusterKind.VIRTUAL_SERVICE).flatMap(({ spec }) => listOf(spec.http).filter(isObject));
}
