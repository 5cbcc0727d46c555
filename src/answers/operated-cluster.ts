import { Cluster } from '../cluster/cluster';
import { ClusterKind, ClusterObject, kindOf, objectKey } from '../cluster/cluster-object';
import { OperatorObjects } from '../cluster/core1-operator/objects';
import { operatorObjects } from '../cluster/core1-operator/operator-objects';
import { JsonObject, objectOf, stringOf } from '../cluster/json';

/** The function checks what it reads. */
type Written = Parameters<typeof operatorObjects>[0];

/**
 * A cluster with the Services and Deployments that Seldon's operator creates for SeldonDeployments, and with its DestinationRules if it
 * writes the routes. Objects that are there already, as in what is read from a cluster, stay as they are.
 *
 * @internal
 */
export function operatedCluster(cluster: Cluster): Cluster {
  const deployments = cluster.all(ClusterKind.SELDON_DEPLOYMENT);
  if (deployments.length === 0) return cluster;
  const known = new Set(cluster.objects.map(objectKey));
  const created = deployments.flatMap((deployment) => createdFor(deployment, cluster.settings.core1Routes === 'operator'))
    .filter((object) => !known.has(objectKey(object)));
  return new Cluster([...cluster.objects, ...created], cluster.settings);
}

function createdFor(deployment: ClusterObject, routes: boolean): ClusterObject[] {
  const found = objectsOf(deployment);
  if (found === undefined) return [];
  const { services, destinationRules, pods } = found;
  const manifests: JsonObject[] = [...services, ...routes ? destinationRules : [], ...pods.map(({ deployment: name, labels }) => ({
    apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace: deployment.namespace }, spec: { template: { metadata: { labels } } },
  }))];
  return manifests.filter((manifest) => kindOf(manifest) !== '' && stringOf(objectOf(manifest.metadata).name) !== undefined)
    .map((manifest) => new ClusterObject(manifest, { ...deployment.origin, operated: true }, deployment.namespace));
}

function objectsOf({ manifest, metadata, namespace }: ClusterObject): OperatorObjects | undefined {
  try {
    return operatorObjects({ ...manifest, metadata: { ...metadata, namespace } } as unknown as Written);
  } catch {
    // The operator creates nothing for a SeldonDeployment that its webhook rejects.
    return undefined;
  }
}
