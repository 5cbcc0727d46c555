import { Cluster } from '../../cluster/cluster';
import { PlacedPods } from '../../cluster/peer-authentication';
import { Services } from '../../cluster/services';
import { COMPONENT_LABEL, CORE2_COMPONENT, CORE2_SERVICE } from '../../plan/core2-service';
import { PodSelector } from '../../plan/pod-selectors';
import { Destination } from '../destinations/destinations';

const CORE2_PODS: PodSelector = { [COMPONENT_LABEL]: CORE2_COMPONENT.envoy };

/**
 * The pods of a destination; those of a Service whose workloads are not among the objects have at least the labels that it selects.
 *
 * @internal
 */
export function podsAt(cluster: Cluster, { responder, service, workloads, labels }: Destination): readonly PlacedPods[] {
  if (responder.kind !== 'service') return [];
  if (workloads.length > 0) return workloads;
  const name = Services.of(cluster).nameOf(responder.host);
  const isCore2 = name?.name === CORE2_SERVICE && Object.keys(labels).length === 0;
  return [{ namespace: service?.namespace ?? name?.namespace ?? '', labels: isCore2 ? CORE2_PODS : labels }];
}
