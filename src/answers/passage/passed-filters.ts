import { Cluster } from '../../cluster/cluster';
import { ClusterObject } from '../../cluster/cluster-object';
import { ProxyFilters, ProxyPart } from '../../cluster/proxy-filters';
import { computeIfAbsent } from '../../plan/groups';
import { podsKey } from '../../plan/pod-selectors';
import { Entrance } from '../gateways/gateway-entrance';
import { WorkloadEntry } from '../request';

/**
 * The filters of the first proxy that requests pass.
 *
 * @internal
 */
export class PassedFilters {
  private readonly filters: ProxyFilters;
  private readonly known = new Map<ClusterObject | string | undefined, readonly ClusterObject[]>();

  constructor(cluster: Cluster) {
    this.filters = ProxyFilters.of(cluster);
  }

  /** Those of a gateway. Of one that is not among the objects, only those for all pods of the mesh are known. */
  public atEntrance({ gateway }: Entrance): readonly ClusterObject[] {
    return computeIfAbsent(this.known, gateway, () => (
      gateway === undefined ? this.filters.at({ namespace: undefined, labels: {} }, ProxyPart.GATEWAY) : this.filters.atGateway(gateway)
    ));
  }

  /** Those of the sidecar of a workload. */
  public atCaller({ namespace, labels }: WorkloadEntry): readonly ClusterObject[] {
    if (this.filters.isEmpty) return NONE;
    return computeIfAbsent(this.known, `${namespace} ${podsKey(labels)}`, () => this.filters.at({ namespace, labels }, ProxyPart.OUTBOUND));
  }
}

const NONE: readonly never[] = [];
