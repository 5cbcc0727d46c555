import { Cluster } from '../../cluster/cluster';
import { ClusterKind } from '../../cluster/cluster-object';
import { isObject, JsonObject, listOf, stringOf, stringsOf } from '../../cluster/json';

/**
 * Claims of tokens that the first rule about tokens accepts; undefined if there is none.
 *
 * @internal
 */
export function tokenClaims(cluster: Cluster): JsonObject | undefined {
  return cluster.derived(readClaims);
}

function readClaims(cluster: Cluster): JsonObject | undefined {
  const [rule] = cluster.all(ClusterKind.REQUEST_AUTHENTICATION).flatMap(({ spec }) => listOf(spec.jwtRules)).filter(isObject);
  if (rule === undefined) return undefined;
  const [audience] = stringsOf(rule.audiences);
  return { iss: stringOf(rule.issuer) ?? 'issuer', sub: 'someone', ...audience === undefined ? {} : { aud: audience } };
}
