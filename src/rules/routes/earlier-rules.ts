import { Cluster } from '../../cluster/cluster';
import { ClusterKind, ClusterObject } from '../../cluster/cluster-object';
import { isObject, JsonObject, listOf, stringOf } from '../../cluster/json';

/** The first rules of a VirtualService that match a path without another condition, by what they match. */
interface FirstRules {
  readonly exact: ReadonlyMap<string, number>;
  readonly prefix: ReadonlyMap<string, number>;
}

/**
 * Whether an earlier rule of the same VirtualService takes all requests for a path.
 *
 * @param object The VirtualService.
 * @param rule The position of the rule.
 * @param path The path.
 * @internal
 */
export function isTakenEarlier(cluster: Cluster, object: ClusterObject, rule: number, path: string): boolean {
  const { exact, prefix } = cluster.derived(firstRules).get(object)!;
  if ((exact.get(path) ?? rule) < rule) return true;
  for (let length = 0; length <= path.length; length++) {
    if ((prefix.get(path.slice(0, length)) ?? rule) < rule) return true;
  }
  return false;
}

function firstRules(cluster: Cluster): ReadonlyMap<ClusterObject, FirstRules> {
  return new Map(cluster.all(ClusterKind.VIRTUAL_SERVICE).map((object) => [object, firstRulesOf(listOf(object.spec.http))]));
}

function firstRulesOf(rules: readonly unknown[]): FirstRules {
  const first = { exact: new Map<string, number>(), prefix: new Map<string, number>() };
  rules.forEach((rule, i) => {
    for (const uri of isObject(rule) ? pathsOf(rule) : []) {
      for (const kind of ['exact', 'prefix'] as const) {
        const path = stringOf(uri[kind]);
        if (path !== undefined && !first[kind].has(path)) first[kind].set(path, i);
      }
    }
  });
  return first;
}

/** The matches of a rule that look only at the path. A rule without one matches all paths. */
function pathsOf(rule: JsonObject): JsonObject[] {
  const matches = listOf(rule.match);
  if (matches.length === 0) return [{ prefix: '' }];
  return matches.flatMap((match) => {
    const isPlain = isObject(match) && isObject(match.uri) && Object.keys(match).every((name) => name === 'uri' || name === 'name');
    return isPlain ? [match.uri as JsonObject] : [];
  });
}
