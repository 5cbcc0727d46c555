import { ClusterObject, nameIn } from './cluster-object';
import { computeIfAbsent, groupBy } from '../plan/groups';

/**
 * Divides the objects of files into those of one cluster each. Two files that define the same object differently are for different
 * clusters, such as those of two environments, and a folder is then divided into its subfolders and the files directly in it, as far as
 * needed. Objects that give context, or that were not read from a file, belong to all clusters.
 *
 * @internal
 */
export function clustersIn(objects: readonly ClusterObject[]): ClusterObject[][] {
  const isCommon = ({ origin }: ClusterObject) => origin.context === true || origin.file === undefined;
  const common = objects.filter(isCommon);
  const clusters = divide(objects.filter((object) => !isCommon(object)), 0);
  return clusters.length === 0 ? [common] : clusters.map((cluster) => [...cluster, ...common]);
}

/** Divides objects whose files have the same folders down to a depth. */
function divide(objects: readonly ClusterObject[], depth: number): ClusterObject[][] {
  if (objects.length === 0) return [];
  if (!isDefinedTwice(objects)) return [[...objects]];
  const parts = [...groupBy(objects, ({ origin }) => folderAt(origin.file!, depth)).values()];
  if (parts.length > 1) return parts.flatMap((part) => divide(part, depth + 1));
  const files = [...groupBy(objects, ({ origin }) => origin.file).values()];
  if (files.length === 1) return [[...objects]];
  return folderAt(objects[0].origin.file!, depth) === undefined ? files : divide(objects, depth + 1);
}

/** The path of a folder at a depth that a file is below; undefined if the file is directly in the folder above it. */
function folderAt(file: string, depth: number): string | undefined {
  const parts = file.split(/[\\/]/);
  return parts.length - 1 <= depth ? undefined : parts.slice(0, depth + 1).join('/');
}

/** Whether two files define one object differently. */
function isDefinedTwice(objects: readonly ClusterObject[]): boolean {
  const seen = new Map<string, ClusterObject>();
  return objects.some((object) => {
    const first = computeIfAbsent(seen, `${object.type} ${nameIn(object.namespace, object.name)}`, () => object);
    return first.origin.file !== object.origin.file && JSON.stringify(first.manifest) !== JSON.stringify(object.manifest);
  });
}
