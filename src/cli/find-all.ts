import { loadProofs } from './load-proofs';
import { Cluster, ClusterSettings } from '../cluster/cluster';
import { ClusterObject } from '../cluster/cluster-object';
import { earlierOf } from '../cluster/earlier';
import { clustersIn } from '../cluster/partition';
import { computeIfAbsent } from '../plan/groups';
import { RULES } from '../rules/all';
import { Finding } from '../rules/finding';
import { findingsOf } from '../rules/run';

/**
 * Checks the objects of all clusters among some files.
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
  const clusters = clustersIn(objects);
  const others = configuration === undefined ? [] : [configuration];
  const before = earlier === undefined ? [] : clustersIn(earlier).map((cluster) => new Cluster(cluster, settings));
  const build = (cluster: readonly ClusterObject[]) => new Cluster([...cluster, ...others], settings, earlierOf(cluster, before));
  const found = clusters.flatMap((cluster) => findingsOf(build(cluster), RULES, loadProofs));
  if (clusters.length === 1) return found;
  const counts = new Map<string, { readonly finding: Finding; count: number }>();
  for (const finding of found) computeIfAbsent(counts, JSON.stringify(finding), () => ({ finding, count: 0 })).count += 1;
  const isCommon = ({ file }: Finding) => configuration !== undefined && file === configuration.origin.file;
  return [...counts.values()].filter(({ finding, count }) => !isCommon(finding) || count === clusters.length).map(({ finding }) => finding);
}
