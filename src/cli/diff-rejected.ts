import { canonical } from '../cluster/canonical';
import { Cluster } from '../cluster/cluster';
import { ClusterKind, ClusterObject } from '../cluster/cluster-object';
import { stringsOf } from '../cluster/json';
import { Undecided } from '../proofs/change';
import type * as RejectedObjectsModule from '../rules/rejected-objects';

/**
 * The requests for hosts of objects that change and that are rejected in one of two states: it is not known what is applied instead.
 *
 * @internal
 */
export function rejectedChanges(before: Cluster, after: Cluster): readonly Undecided[] {
  return [...rejectedThere(before, after, (problem) => `before the change, ${problem}`), ...rejectedThere(after, before, (problem) => problem)];
}

/**
 * Why an object of a cluster is rejected, as a clause; undefined if none is.
 *
 * @internal
 */
export function rejectedIn(cluster: Cluster): string | undefined {
  return cluster.derived(allRejected)[0]?.problem;
}

/** All rules are loaded with it. */
function allRejected(cluster: Cluster): readonly RejectedObjectsModule.RejectedObject[] {
  return (require('../rules/rejected-objects') as typeof RejectedObjectsModule).rejectedObjects(cluster);
}

function rejectedThere(state: Cluster, other: Cluster, reasonFor: (problem: string) => string): readonly Undecided[] {
  const known = new Map(other.objects.map((object) => [object.toString(), object]));
  const changed = state.objects.filter((object) => !isSame(object, known.get(object.toString())));
  if (changed.length === 0) return [];
  return allRejected(new Cluster(changed, state.settings)).flatMap(({ object, problem }) => {
    const hosts = new Set([object, known.get(object.toString()) ?? object].flatMap(hostsOf));
    const reason = reasonFor(problem);
    return hosts.size === 0 ? [{ requests: {}, reason }] : [...hosts].map((host): Undecided => ({ requests: { host }, reason }));
  });
}

/** Documents that are written in the same way are one value. */
function isSame({ manifest }: ClusterObject, other: ClusterObject | undefined): boolean {
  return other !== undefined && (manifest === other.manifest || canonical(manifest) === canonical(other.manifest));
}

function hostsOf({ type, spec }: ClusterObject): readonly string[] {
  return type === ClusterKind.VIRTUAL_SERVICE ? stringsOf(spec.hosts).map((host) => host.toLowerCase()) : [];
}
