import { canonical } from '../cluster/canonical';
import { Cluster } from '../cluster/cluster';
import { ClusterKind, ClusterObject } from '../cluster/cluster-object';
import { stringsOf } from '../cluster/json';
import { hostIntersection } from '../plan/hosts';
import { Undecided } from '../proofs/change';
import { Proof } from '../proofs/queries/proof';
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
 * What is proven about the requests for a host. Nothing is if an object is rejected that they may pass through.
 *
 * @param host The host, or a pattern; any one if it is undefined.
 * @internal
 */
export function provenForHost(proof: Proof, cluster: Cluster, host: string | undefined): Proof {
  const wanted = host?.toLowerCase() ?? '*';
  return proofUnless(proof, firstRejected(cluster, (object) => {
    const hosts = hostsOf(object);
    return hosts.length === 0 || hosts.some((each) => !isWholeHost(each) || hostIntersection(each, wanted) !== undefined);
  }));
}

/**
 * What is proven about the rules of some VirtualServices. Nothing is if one of them is rejected, or an object that is not for certain hosts.
 *
 * @param names Those of the VirtualServices, as `namespace/name`.
 * @internal
 */
export function provenForRoutes(proof: Proof, cluster: Cluster, names: readonly string[]): Proof {
  return proofUnless(proof, firstRejected(cluster, (object) => hostsOf(object).length === 0 || names.includes(`${object.namespace}/${object.name}`)));
}

/**
 * What is proven about two states. Nothing is if an object that changes is rejected in one of them.
 *
 * @internal
 */
export function provenForChange(proof: Proof, before: Cluster, after: Cluster): Proof {
  return proofUnless(proof, rejectedChanges(before, after)[0]?.reason);
}

function proofUnless(proof: Proof, reason: string | undefined): Proof {
  return reason === undefined ? proof : { verdict: 'undecided', reason };
}

function firstRejected(cluster: Cluster, isConcerned: (object: ClusterObject) => boolean): string | undefined {
  return cluster.derived(allRejected).find(({ object }) => isConcerned(object))?.problem;
}

/** Names without a dot are completed, and what is no host may be meant as any one. */
function isWholeHost(host: string): boolean {
  return /^(?:\*\.)?[a-z0-9_-]+(?:\.[a-z0-9_-]+)+$/.test(host);
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
