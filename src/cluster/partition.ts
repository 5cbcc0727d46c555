import { ClusterKind, ClusterObject, nameIn } from './cluster-object';
import { computeIfAbsent, groupBy } from '../plan/groups';

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

/**
 * The objects of files, divided.
 *
 * @internal
 */
export interface Partition {
  /** The objects of each cluster. */
  readonly clusters: readonly ClusterObject[][];
  /** Folders that are no part of a cluster until they are applied. */
  readonly steps: readonly StepFolder[];
}

/**
 * Divides the objects of files into those of one cluster each, without [those of steps](#partition).
 *
 * @internal
 */
export function clustersIn(objects: readonly ClusterObject[]): readonly ClusterObject[][] {
  return partition(objects).clusters;
}

/**
 * Divides the objects of files into those of one cluster each. Two files that define the same object differently are for different
 * clusters, such as those of two environments, and a folder is then divided into its subfolders and the files directly in it, as far as
 * needed. Objects that give context, or that were not read from a file, belong to all clusters.
 *
 * A folder is a step, and no cluster, if it has nothing but routes that a folder above it defines as well, and one of them differently.
 *
 * @internal
 */
export function partition(objects: readonly ClusterObject[]): Partition {
  const isCommon = ({ origin }: ClusterObject) => origin.context === true || origin.file === undefined;
  const common = objects.filter(isCommon);
  const own = objects.filter((object) => !isCommon(object));
  const steps = stepFolders(own);
  const inSteps = new Set([...steps.values()].flat());
  const divided = divide(own.filter((object) => !inSteps.has(object)), 0);
  const clusters = divided.length === 0 ? [common] : divided.map((cluster) => [...cluster, ...common]);
  return { clusters, steps: [...steps].map(([folder, inside]) => ({ folder, own: inside, objects: replaced(clusters, folder, inside) })) };
}

const ROUTES: readonly string[] = [ClusterKind.VIRTUAL_SERVICE, ClusterKind.EXPERIMENT];

function stepFolders(objects: readonly ClusterObject[]): ReadonlyMap<string, readonly ClusterObject[]> {
  const folders = groupBy(objects, ({ origin }) => folderOf(origin.file!));
  if (folders.size < 2) return new Map();
  const defined = groupBy(objects.filter(({ type }) => ROUTES.includes(type)), keyOf);
  return new Map([...folders].filter(([folder, inside]) => {
    const above = inside.map((object) => (defined.get(keyOf(object)) ?? []).filter(({ origin }) => isBelow(folder, folderOf(origin.file!))));
    return above.every(({ length }) => length > 0) && inside.some((object, i) => above[i].some((other) => isDifferent(object, other)));
  }));
}

/** The cluster whose routes a step replaces, with those of the step. */
function replaced(clusters: readonly ClusterObject[][], folder: string, step: readonly ClusterObject[]): readonly ClusterObject[] {
  const keys = new Set(step.map(keyOf));
  const isReplaced = (object: ClusterObject) => {
    const { file } = object.origin;
    return file !== undefined && keys.has(keyOf(object)) && isBelow(folder, folderOf(file));
  };
  const cluster = clusters.find((each) => each.some(isReplaced))!;
  return [...step, ...cluster.filter((object) => !isReplaced(object))];
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

function folderOf(file: string): string {
  return file.split(/[\\/]/).slice(0, -1).join('/');
}

function isBelow(folder: string, above: string): boolean {
  return folder !== above && (above === '' || folder.startsWith(`${above}/`));
}

/** Whether two files define one object differently. */
function isDefinedTwice(objects: readonly ClusterObject[]): boolean {
  const seen = new Map<string, ClusterObject>();
  return objects.some((object) => isDifferent(computeIfAbsent(seen, keyOf(object), () => object), object));
}

function keyOf({ type, namespace, name }: ClusterObject): string {
  return `${type} ${nameIn(namespace, name)}`;
}

function isDifferent(a: ClusterObject, b: ClusterObject): boolean {
  return a.origin.file !== b.origin.file && JSON.stringify(a.manifest) !== JSON.stringify(b.manifest);
}
