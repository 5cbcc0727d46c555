import { PolicyTarget, TargetRef } from './policies';
import { Pods, PoliciesByPods } from './policy-pods';
import { groupByEach } from '../plan/groups';

/** The label of the pods of a gateway of the Gateway API, and of a waypoint. */
const GATEWAY_NAME = 'gateway.networking.k8s.io/gateway-name';

const GATEWAY_API = 'gateway.networking.k8s.io';
const WAYPOINT_CLASS = 'istio-waypoint';

/** A Service behind a waypoint. @internal */
export interface WaypointService {
  /** Namespace of the Service. */
  readonly namespace: string;
  /** Name of the Service. */
  readonly name: string;
  /** The Gateway of the Gateway API that is its waypoint. */
  readonly waypoint: { readonly namespace: string; readonly name: string };
}

/**
 * Policies by the pods that they select, and by the objects to which they are attached.
 *
 * @internal
 */
export class AttachedPolicies<T extends { readonly target: PolicyTarget }> {
  private readonly byPods: PoliciesByPods<T>;
  private readonly byRef: ReadonlyMap<string, readonly T[]>;

  constructor(policies: readonly T[], private readonly rootNamespace: string) {
    this.byPods = new PoliciesByPods(policies, rootNamespace);
    this.byRef = groupByEach(policies, ({ target }) => target.refs.map((ref) => keyOf(target.namespace, ref)));
  }

  /** Those for pods. Pods of a gateway of the Gateway API have also those that are attached to it. */
  public forPods(pods: Pods): readonly T[] {
    const gateway = pods.labels[GATEWAY_NAME];
    const selecting = this.byPods.find(pods);
    if (gateway === undefined || pods.namespace === undefined) return selecting;
    return [...selecting, ...this.attachedTo(pods.namespace, GATEWAY_API, 'Gateway', gateway)];
  }

  /** Those for a Service, which its waypoint enforces. No policy selects a waypoint by labels. */
  public forService({ namespace, name, waypoint }: WaypointService): readonly T[] {
    return [...new Set([
      ...this.attachedTo(namespace, '', 'Service', name),
      ...this.attachedTo(waypoint.namespace, GATEWAY_API, 'Gateway', waypoint.name),
      ...this.attachedTo(this.rootNamespace, GATEWAY_API, 'GatewayClass', WAYPOINT_CLASS),
    ])];
  }

  private attachedTo(namespace: string, group: string, kind: string, name: string): readonly T[] {
    return this.byRef.get(keyOf(namespace, { group, kind, name })) ?? [];
  }
}

function keyOf(namespace: string, { group, kind, name }: Pick<TargetRef, 'group' | 'kind' | 'name'>): string {
  return [namespace, group === 'core' ? '' : group, kind, name].join('/');
}
