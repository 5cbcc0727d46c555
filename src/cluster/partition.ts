import { ClusterObject, objectKey } from './cluster-object';
import { appliedStep, StepFolder, stepFolders } from './step-folders';
import { computeIfAbsent, groupBy } from '../plan/groups';

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
 * Divides the objects of files into those of one cluster each. Two files that define the same object differently are for different
 * clusters, such as those of two environments, and a folder is then divided into its subfolders and the files directly in it, as far as
 * needed. Objects that give context, or that were not read from a file, belong to all clusters, and [those of steps](#partition) to none.
 *
 * @internal
 */
export function clustersIn(objects: readonly ClusterObject[]): ClusterObject[][] {
  return dividedStates([{ objects, fileOf: ({ origin }) => origin.file! }]).map(([cluster]) => cluster);
}

/**
 * Divides the objects of files into those of clusters, and those of steps.
 *
 * @internal
 */
export function partition(objects: readonly ClusterObject[]): Partition {
  const clusters = clustersIn(objects);
  const steps = [...stepFolders(objects.filter((object) => !isCommon(object)))];
  return { clusters, steps: steps.map(([folder, own]) => ({ folder, own, objects: appliedStep(clusters, folder, own) })) };
}

/**
 * The objects of one state.
 *
 * @internal
 */
export interface StateObjects {
  readonly objects: readonly ClusterObject[];
  /** The name of the file of an object, which must be the same in all states. */
  fileOf(object: ClusterObject): string;
}

/**
 * Divides several states into clusters. All states are divided in the same way, so that two environments that are alike in one of them stay two.
 *
 * @returns the clusters, each with its objects in each state.
 * @internal
 */
export function dividedStates(states: readonly StateObjects[]): ClusterObject[][][] {
  const common = states.map(({ objects }) => objects.filter(isCommon));
  const clusters = divide(states.map(({ objects, fileOf }) => withoutSteps(objects).map((object) => ({ object, file: fileOf(object) }))), 0);
  const all = clusters.length === 0 ? [states.map(() => [])] : clusters;
  return all.map((cluster) => cluster.map((objects, i) => [...objects.map(({ object }) => object), ...common[i]]));
}

function isCommon({ origin }: ClusterObject): boolean {
  return origin.context === true || origin.file === undefined;
}

function withoutSteps(objects: readonly ClusterObject[]): readonly ClusterObject[] {
  const own = objects.filter((object) => !isCommon(object));
  const inSteps = new Set([...stepFolders(own).values()].flat());
  return own.filter((object) => !inSteps.has(object));
}

interface Filed {
  readonly object: ClusterObject;
  readonly file: string;
}

/** Divides objects whose files have the same folders down to a depth. */
function divide(states: readonly (readonly Filed[])[], depth: number): (readonly Filed[])[][] {
  const all = states.flat();
  if (all.length === 0) return [];
  if (!states.some(isDefinedTwice)) return [[...states]];
  const parts = partsOf(states, ({ file }) => folderAt(file, depth));
  if (parts.length > 1) return parts.flatMap((part) => divide(part, depth + 1));
  const files = partsOf(states, ({ file }) => file);
  if (files.length === 1) return [[...states]];
  return folderAt(all[0].file, depth) === undefined ? files : divide(states, depth + 1);
}

/** The parts of all states with the same key. */
function partsOf(states: readonly (readonly Filed[])[], keyOf: (filed: Filed) => string | undefined): (readonly Filed[])[][] {
  const groups = states.map((filed) => groupBy(filed, keyOf));
  return [...new Set(groups.flatMap((group) => [...group.keys()]))].map((key) => groups.map((group) => group.get(key) ?? []));
}

/** The path of a folder at a depth that a file is below; undefined if the file is directly in the folder above it. */
function folderAt(file: string, depth: number): string | undefined {
  const parts = file.split(/[\\/]/);
  return parts.length - 1 <= depth ? undefined : parts.slice(0, depth + 1).join('/');
}

/** Whether two files define one object differently. */
function isDefinedTwice(filed: readonly Filed[]): boolean {
  const seen = new Map<string, Filed>();
  return filed.some((each) => {
    const { object, file } = each;
    const first = computeIfAbsent(seen, objectKey(object), () => each);
    return first.file !== file && JSON.stringify(first.object.manifest) !== JSON.stringify(object.manifest);
  });
}
