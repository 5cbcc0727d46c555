import { ClusterObject, nameIn } from './cluster-object';

/**
 * The objects of one kind, each name once. Several manifests with one name, such as variants of an example, are one object in a cluster.
 *
 * @internal
 */
export function latestObjects(objects: readonly ClusterObject[]): ClusterObject[] {
  return [...new Map(objects.map((object) => [nameIn(object.namespace, object.name), object])).values()];
}
