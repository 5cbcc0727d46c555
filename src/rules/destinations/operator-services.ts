import { Cluster } from '../../cluster/cluster';
import { ClusterKind, ClusterObject, nameIn } from '../../cluster/cluster-object';
import { containerService, explainerService, predictorService } from '../../cluster/core1-operator/names';
import { stringOf } from '../../cluster/json';
import { ServiceName } from '../../cluster/services';
import { ANNOTATION } from '../../objects/core1/annotations';
import { readDeployment } from '../../objects/core1/deployment';
import { isNearMiss } from '../../plan/checks/near-miss';

/**
 * A Service that Seldon Core 1's operator creates.
 *
 * @internal
 */
export interface OperatorService {
  /** Its name. */
  readonly name: string;
  /** The deployment that it belongs to. */
  readonly deployment: ClusterObject;
}

/**
 * The Service of a SeldonDeployment that was intended by a name that is misspelled in one place. The name begins with that of the deployment, since
 * similar names of other Services, such as those of another deployment, may exist.
 *
 * @internal
 */
export function intendedOperatorService(cluster: Cluster, { name, namespace }: ServiceName): OperatorService | undefined {
  const deployments = deploymentsOf(cluster, namespace, name);
  const services = deployments.flatMap((deployment) => servicesOf(deployment).map((service) => ({ name: service, deployment })));
  return services.some((service) => service.name === name) ? undefined : services.find((service) => isNearMiss(name, service.name));
}

/** The deployments whose names a name begins with. */
function deploymentsOf(cluster: Cluster, namespace: string, name: string): ClusterObject[] {
  const known = cluster.derived(deploymentsByName);
  const parts = name.split('-');
  return parts.slice(1).flatMap((_, i) => known.get(nameIn(namespace, parts.slice(0, i + 1).join('-'))) ?? []);
}

function deploymentsByName(cluster: Cluster): ReadonlyMap<string, ClusterObject> {
  return new Map(cluster.all(ClusterKind.SELDON_DEPLOYMENT).map((deployment) => [nameIn(deployment.namespace, deployment.name), deployment]));
}

function servicesOf({ name, manifest }: ClusterObject): string[] {
  return readDeployment(manifest).predictors.flatMap((predictor) => [
    stringOf(predictor.annotations[ANNOTATION.serviceName]) ?? predictorService(name, predictor.name),
    explainerService(name, predictor.name),
    ...predictor.nodes.map((node) => containerService(name, predictor.name, node.name)),
  ]);
}
