import { resolve } from 'path';
import { ClusterObject } from '../cluster/cluster-object';
import { ReadProblem } from '../report/report';

/**
 * Manifests as they were read.
 *
 * @internal
 */
export interface Manifests {
  /** The objects that rules look at. */
  readonly objects: readonly ClusterObject[];
  /** Number of files read. */
  readonly files: number;
  /** Numbers of objects of other kinds, by kind. */
  readonly ignored: ReadonlyMap<string, number>;
  /** Number of documents that are not manifests. */
  readonly notManifests: number;
  /** What could not be read. */
  readonly problems: readonly ReadProblem[];
}

/**
 * Manifests without those of some files.
 *
 * @param manifests The manifests.
 * @param cwd The folder that the names of files are relative to.
 * @param others Manifests with the files that are left out.
 * @internal
 */
export function withoutFilesOf(manifests: Manifests, cwd: string, others: Manifests): Manifests {
  const files = new Set([...others.objects.map(({ origin }) => origin.file), ...others.problems.map(({ file }) => file)]
    .flatMap((file) => (file === undefined ? [] : [resolve(cwd, file)])));
  const isOther = (file: string | undefined) => file === undefined || !files.has(resolve(cwd, file));
  return {
    ...manifests,
    objects: manifests.objects.filter(({ origin }) => isOther(origin.file)),
    problems: manifests.problems.filter(({ file }) => isOther(file)),
  };
}
