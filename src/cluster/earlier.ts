import { Cluster } from './cluster';
import { ClusterObject } from './cluster-object';

/**
 * The earlier state of a cluster among those of several clusters: the one that shares the most objects in files of the same name, of those
 * the first. The earlier state may be in another folder, so only the last two parts of a name count.
 *
 * @param objects The objects of the cluster.
 * @param earlier The earlier states of all clusters.
 * @internal
 */
export function earlierOf(objects: readonly ClusterObject[], earlier: readonly Cluster[]): Cluster | undefined {
  if (earlier.length <= 1) return earlier[0];
  const own = new Set(objects.map(placeOf));
  const shared = earlier.map((cluster) => cluster.objects.filter((object) => own.has(placeOf(object))).length);
  return earlier[shared.indexOf(Math.max(...shared))];
}

function placeOf({ type, namespace, name, origin }: ClusterObject): string {
  return `${type} ${namespace}/${name} ${(origin.file ?? '').split(/[\\/]/).slice(-2).join('/')}`;
}
