import { loadProofs } from './load-proofs';
import { Cluster, ClusterSettings } from '../cluster/cluster';
import { ClusterObject } from '../cluster/cluster-object';
import { earlierOf } from '../cluster/earlier';
import { clustersIn, partition } from '../cluster/partition';
import { StepFolder } from '../cluster/step-folders';
import { computeIfAbsent } from '../plan/groups';
import { RULES } from '../rules/all';
import { Finding } from '../rules/finding';
import { findingsOf } from '../rules/run';

/**
 * Checks the objects of all clusters among some files. What a step replaces is checked with what it leaves, and without an earlier state, since a step
 * is not applied by being written.
 *
 * @param objects The objects.
 * @param settings What is true of each cluster.
 * @param configuration The configuration as an object. A finding about it holds only if it does for all clusters.
 * @param earlier The objects before a change, if they are known.
 * @internal
 */
export function findAll(
  objects: readonly ClusterObject[], settings: ClusterSettings, configuration: ClusterObject | undefined, earlier?: readonly ClusterObject[],
): Finding[] {
  const { clusters, steps } = partition(objects);
  const others = configuration === undefined ? [] : [configuration];
  const before = earlier === undefined ? [] : clustersIn(earlier).map((cluster) => new Cluster(cluster, settings));
  const build = (cluster: readonly ClusterObject[]) => new Cluster([...cluster, ...others], settings, earlierOf(cluster, before));
  const found = [
    ...clusters.flatMap((cluster) => findingsOf(build(cluster), RULES, loadProofs)),
    ...steps.flatMap((step) => findingsOf(new Cluster(step.objects, settings), RULES, loadProofs).filter(isAbout(step))),
  ];
  if (clusters.length + steps.length === 1) return found;
  const counts = new Map<string, { readonly finding: Finding; count: number }>();
  for (const finding of found) computeIfAbsent(counts, JSON.stringify(finding), () => ({ finding, count: 0 })).count += 1;
  const isCommon = ({ file }: Finding) => configuration !== undefined && file === configuration.origin.file;
  return [...counts.values()].filter(({ finding, count }) => !isCommon(finding) || count === clusters.length).map(({ finding }) => finding);
}

/** Whether a finding is about a file of a step. The others are those of the cluster. */
function isAbout({ own }: StepFolder): (finding: Finding) => boolean {
  const files = new Set(own.map(({ origin }) => origin.file));
  return ({ file }) => files.has(file);
}
