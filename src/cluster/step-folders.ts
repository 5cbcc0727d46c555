import { ClusterKind, ClusterObject, objectKey } from './cluster-object';
import { groupBy } from '../plan/groups';

/**
 * A folder with routes that replace those of a folder above it, such as one for a step of a rollout.
 *
 * @internal
 */
export interface StepFolder {
  /** The path of the folder. */
  readonly folder: string;
  /** The objects in it. */
  readonly own: readonly ClusterObject[];
  /** The objects of the cluster once the folder is applied: its own, and those that it does not replace. */
  readonly objects: readonly ClusterObject[];
}

const ROUTES: readonly string[] = [ClusterKind.VIRTUAL_SERVICE, ClusterKind.EXPERIMENT];

/**
 * The objects of each folder that is a step, and no cluster: it has nothing but routes that a folder above it defines as well, and one of
 * them differently.
 *
 * @param objects Objects that were read from files.
 * @internal
 */
export function stepFolders(objects: readonly ClusterObject[]): ReadonlyMap<string, readonly ClusterObject[]> {
  const folders = groupBy(objects, ({ origin }) => folderOf(origin.file!));
  if (folders.size < 2) return new Map();
  const defined = groupBy(objects.filter(({ type }) => ROUTES.includes(type)), objectKey);
  return new Map([...folders].filter(([folder, inside]) => {
    const above = inside.map((object) => (defined.get(objectKey(object)) ?? []).filter(({ origin }) => isBelow(folder, folderOf(origin.file!))));
    return above.every(({ length }) => length > 0) && inside.some((object, i) => above[i].some((other) => isDifferent(object, other)));
  }));
}

/**
 * The objects of the cluster whose routes a step replaces, with those of the step.
 *
 * @internal
 */
export function appliedStep(
  clusters: readonly (readonly ClusterObject[])[], folder: string, step: readonly ClusterObject[],
): readonly ClusterObject[] {
  const keys = new Set(step.map(objectKey));
  const isReplaced = (object: ClusterObject) => {
    const { file } = object.origin;
    return file !== undefined && keys.has(objectKey(object)) && isBelow(folder, folderOf(file));
  };
  const cluster = clusters.find((each) => each.some(isReplaced))!;
  return [...step, ...cluster.filter((object) => !isReplaced(object))];
}

function folderOf(file: string): string {
  return file.split(/[\\/]/).slice(0, -1).join('/');
}

function isBelow(folder: string, above: string): boolean {
  return folder !== above && (above === '' || folder.startsWith(`${above}/`));
}

function isDifferent(a: ClusterObject, b: ClusterObject): boolean {
  return a.origin.file !== b.origin.file && JSON.stringify(a.manifest) !== JSON.stringify(b.manifest);
}
