import { Answer } from './answer';
import { Cluster } from '../cluster/cluster';
import { ClusterKind, ClusterObject } from '../cluster/cluster-object';

/**
 * What of the manifests is left out of an answer, in sentences without the last full stop.
 *
 * @internal
 */
export function manifestNotes(cluster: Cluster, answer: Answer): readonly string[] {
  if (!answer.cases.some(({ outcomes }) => outcomes.some(({ responder: { kind } }) => kind === 'not-found' || kind === 'refused'))) return NONE;
  return cluster.derived(notesOn);
}

const NONE: readonly string[] = [];

/** Routes that could answer requests that no route here does. */
function notesOn(cluster: Cluster): readonly string[] {
  const ofGatewayApi = cluster.objects.filter(({ type }) => type.startsWith('gateway.networking.k8s.io/'));
  const deployments = cluster.settings.core1Routes === undefined ? cluster.all(ClusterKind.SELDON_DEPLOYMENT) : [];
  return [
    ...ofGatewayApi.length === 0 ? [] : [`${named(ofGatewayApi)} of the Kubernetes Gateway API ${ofGatewayApi.length === 1 ? 'is' : 'are'} not read, so their routes are missing here`],
    ...deployments.length === 0 ? [] : [
      `Seldon's operator creates routes for ${named(deployments)} if its ISTIO_ENABLED is true. They are missing here unless \`core1Routes: operator\` is set`,
    ],
  ];
}

function named([first, ...others]: readonly ClusterObject[]): string {
  return others.length === 0 ? first.toString() : `${first.toString()} and ${others.length} more`;
}
