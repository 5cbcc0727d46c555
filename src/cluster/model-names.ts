import { Cluster } from './cluster';
import { ClusterKind } from './cluster-object';
import { groupBy } from '../plan/groups';

/**
 * The names of the Models of Seldon Core 2 in order, by namespace.
 *
 * @internal
 */
export function modelNames(cluster: Cluster): ReadonlyMap<string, readonly string[]> {
  const models = groupBy(cluster.all(ClusterKind.MODEL), ({ namespace }) => namespace);
  return new Map([...models].map(([namespace, own]) => [namespace, own.map(({ name }) => name)]));
}
