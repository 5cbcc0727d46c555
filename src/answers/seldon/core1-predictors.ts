import { Cluster } from '../../cluster/cluster';
import { ClusterKind, ClusterObject } from '../../cluster/cluster-object';
import { asStored } from '../../cluster/core1-operator/as-stored';
import { ENGINE_PORTS } from '../../cluster/core1-operator/defaults';
import { checkForm } from '../../cluster/core1-operator/form';
import { SeldonDeploymentManifest } from '../../cluster/core1-operator/manifest';
import { deploymentId } from '../../cluster/core1-operator/names';
import { PlannedPredictor, planPredictors } from '../../cluster/core1-operator/predictors';
import { listOf, objectOf, stringOf } from '../../cluster/json';
import { SeldonResponder } from '../answer';

const EXPLAINER_SUFFIX = '-explainer';

/**
 * The predictors and explainers of SeldonDeployments by the hosts of their Services: those of the deployments among the objects, and those
 * of live Services whose deployment or predictor is not among them.
 *
 * @internal
 */
export class Core1Predictors {
  /** Those of a cluster, read once. */
  public static of(cluster: Cluster): Core1Predictors {
    return cluster.derived(readPredictors);
  }

  constructor(private readonly byHost: ReadonlyMap<string, SeldonResponder>) {}

  /** The predictor or the explainer behind the Service with a host in full; undefined for other Services. */
  public find(host: string): SeldonResponder | undefined {
    return this.byHost.get(host);
  }
}

function readPredictors(cluster: Cluster): Core1Predictors {
  const live = cluster.all(ClusterKind.SERVICE).flatMap((service) => liveResponder(service, cluster));
  const planned = cluster.all(ClusterKind.SELDON_DEPLOYMENT).flatMap((deployment) => plannedResponders(deployment, cluster));
  return new Core1Predictors(new Map([...live, ...planned]));
}

type Entry = readonly [host: string, responder: SeldonResponder];

function plannedResponders(object: ClusterObject, cluster: Cluster): Entry[] {
  const { name: deployment, namespace } = object;
  return predictorsOf(object).flatMap(({ predictor: { name }, service, explainer }): Entry[] => [
    [cluster.fullHost(service, namespace), { kind: 'predictor', namespace, name, deployment }],
    ...explainer === undefined ? [] : [[cluster.fullHost(explainer.service, namespace), { kind: 'explainer', namespace, name, deployment }] as const],
  ]);
}

/** None for a SeldonDeployment that the API server rejects. */
function predictorsOf({ manifest, metadata, namespace }: ClusterObject): readonly PlannedPredictor[] {
  const written: unknown = { ...manifest, metadata: { ...metadata, namespace } };
  try {
    checkForm('the SeldonDeployment', written);
    return planPredictors(asStored<SeldonDeploymentManifest>(written), ENGINE_PORTS);
  } catch {
    return [];
  }
}

/** The operator owns its Services, and names them by the deployment and the predictor. */
function liveResponder({ name, namespace, metadata, spec }: ClusterObject, cluster: Cluster): Entry[] {
  const owner = listOf(metadata.ownerReferences).map(objectOf).find(({ kind }) => kind === 'SeldonDeployment');
  const deployment = stringOf(owner?.name);
  // The Service of a container of a graph has another label.
  if (deployment === undefined || objectOf(spec.selector)['seldon-app'] === undefined) return [];
  const prefix = `${deploymentId(deployment)}-`;
  const own = name.startsWith(prefix) ? name.slice(prefix.length) : name;
  const isExplainer = own.endsWith(EXPLAINER_SUFFIX);
  const responder: SeldonResponder = {
    kind: isExplainer ? 'explainer' : 'predictor', namespace, name: isExplainer ? own.slice(0, -EXPLAINER_SUFFIX.length) : own, deployment,
  };
  return [[cluster.fullHost(name, namespace), responder]];
}
