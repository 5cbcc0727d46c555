import { Cluster } from '../cluster';
import { ClusterKind, ClusterObject } from '../cluster-object';
import { operatorObjects } from '../core1-operator/operator-objects';
import { listOf, objectOf } from '../json';
import { latestObjects } from '../latest-objects';

/** The function checks what it reads. */
type Written = Parameters<typeof operatorObjects>[0];

/** A VirtualService that Seldon's operator writes for a SeldonDeployment, and that is not among the objects. */
class OperatorVirtualService extends ClusterObject {
  public override toString(): string {
    return `the operator's VirtualService ${this.namespace}/${this.name}`;
  }
}

/**
 * The VirtualServices that Seldon's operator writes for the SeldonDeployments of a cluster, if its setting for Istio is on, except those
 * that are among the objects, as in what is read from a cluster.
 *
 * @internal
 */
export function operatorVirtualServices(cluster: Cluster): readonly ClusterObject[] {
  const owned = cluster.derived(ownedVirtualServices);
  return cluster.all(ClusterKind.SELDON_DEPLOYMENT).flatMap((deployment) => {
    const { namespace } = deployment;
    if (owned.has(`${namespace}/${deployment.name}`)) return [];
    try {
      const { virtualServices } = operatorObjects({ ...deployment.manifest, metadata: { ...deployment.metadata, namespace } } as unknown as Written);
      return virtualServices.map((manifest) => new OperatorVirtualService(manifest, deployment.origin));
    } catch {
      // The operator creates nothing for a SeldonDeployment that its webhook rejects, which another rule reports.
      return [];
    }
  });
}

/** The SeldonDeployments that own a VirtualService, as `namespace/name`. */
function ownedVirtualServices(cluster: Cluster): ReadonlySet<string> {
  return new Set(cluster.all(ClusterKind.VIRTUAL_SERVICE).flatMap(({ namespace, metadata }) => listOf(metadata.ownerReferences).map(objectOf)
    .filter(({ kind }) => kind === 'SeldonDeployment').map(({ name }) => `${namespace}/${String(name)}`)));
}

/**
 * The VirtualServices of a cluster, with those that Seldon's operator is known to write.
 *
 * @internal
 */
export function knownVirtualServices(cluster: Cluster): readonly ClusterObject[] {
  const written = latestObjects(cluster.all(ClusterKind.VIRTUAL_SERVICE));
  return cluster.settings.core1Routes === 'operator' ? [...written, ...cluster.derived(operatorVirtualServices)] : written;
}
