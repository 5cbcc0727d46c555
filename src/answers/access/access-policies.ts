import { GatewayCheck } from './gateway-check';
import { PolicyCheck } from './policy-check';
import { PodPolicies, ProxyCheck } from './proxy-check';
import { TokenCheck } from './token-check';
import { issuerRules } from './token-rules';
import { AttachedPolicies, WaypointService } from '../../cluster/attached-policies';
import { Cluster } from '../../cluster/cluster';
import { ClusterKind, ClusterObject, nameIn } from '../../cluster/cluster-object';
import { labelsOf } from '../../cluster/gateways';
import { objectOf, stringOf } from '../../cluster/json';
import { hasPeerAuthentication, mtlsOf, PlacedPods } from '../../cluster/peer-authentication';
import { authorizationPolicies, AuthorizationPolicyView, requestAuthentications, RequestAuthenticationView } from '../../cluster/policies';
import { gatewayPods, Pods, selectedWorkloads } from '../../cluster/policy-pods';
import { computeIfAbsent } from '../../plan/groups';
import { podsKey, PodSelector } from '../../plan/pod-selectors';
import { AccessCheck } from '../access-check';

/**
 * The policies that some pods enforce.
 *
 * @internal
 */
export interface PoliciesInForce {
  /** Who may send requests. */
  readonly authorization: readonly AuthorizationPolicyView[];
  /** Which tokens are accepted. */
  readonly authentication: readonly RequestAuthenticationView[];
}

/** The label of a Service or a namespace that has a waypoint. */
const USE_WAYPOINT = 'istio.io/use-waypoint';

/**
 * The policies of a cluster, by the proxies that enforce them.
 *
 * @internal
 */
export class AccessPolicies {
  private readonly authorization: AttachedPolicies<AuthorizationPolicyView>;
  private readonly authentication: AttachedPolicies<RequestAuthenticationView>;
  private readonly checks = new Map<string, AccessCheck>();
  private readonly identities = new Map<ClusterObject, string | undefined>();

  constructor(private readonly cluster: Cluster) {
    const { rootNamespace } = cluster;
    this.authorization = new AttachedPolicies(cluster.derived(authorizationPolicies), rootNamespace);
    this.authentication = new AttachedPolicies(cluster.derived(requestAuthentications), rootNamespace);
  }

  /** The check of requests at a Gateway. */
  public atGateway(gateway: ClusterObject): AccessCheck {
    return computeIfAbsent(this.checks, `gateway ${nameIn(gateway.namespace, gateway.name)}`, () => new GatewayCheck(
      gatewayPods(this.cluster, gateway).map((pods) => ({ pods, check: this.atGatewayPods(pods) })),
    ));
  }

  /** The check of requests by the sidecars of pods. */
  public atWorkload(namespace: string, labels: PodSelector): AccessCheck {
    const pods = { namespace, labels };
    return computeIfAbsent(this.checks, keyOf('workload', pods), () => new ProxyCheck({ ...this.forPods(pods), ...this.mtlsOf(pods) }));
  }

  /** The check of requests for a Service by its waypoint; undefined if it has none. */
  public atWaypoint(namespace: string, name: string): AccessCheck | undefined {
    const waypoint = this.waypointOf(namespace, name);
    if (waypoint === undefined) return undefined;
    const service: WaypointService = { namespace, name, waypoint };
    return computeIfAbsent(this.checks, `service ${nameIn(namespace, name)}`, () => new ProxyCheck(
      this.policiesOf(this.authorization.forService(service), this.authentication.forService(service)),
    ));
  }

  /** The policies for the pods of a Gateway, once for each kind of pods. */
  public policiesAtGateway(gateway: ClusterObject): readonly PoliciesInForce[] {
    return gatewayPods(this.cluster, gateway).map((pods) => this.inForce(pods));
  }

  /** The policies for pods behind a Service. */
  public policiesAtWorkload(namespace: string, labels: PodSelector): PoliciesInForce {
    return this.inForce({ namespace, labels });
  }

  private inForce(pods: Pods): PoliciesInForce {
    return { authorization: this.authorization.forPods(pods).filter(({ isDryRun }) => !isDryRun), authentication: this.authentication.forPods(pods) };
  }

  /** Mutual TLS with clients is a setting of the Gateway. */
  private atGatewayPods(pods: Pods): AccessCheck {
    return computeIfAbsent(this.checks, keyOf('pods', pods), () => new ProxyCheck(this.forPods(pods)));
  }

  private forPods(pods: Pods): PodPolicies {
    return this.policiesOf(this.authorization.forPods(pods), this.authentication.forPods(pods));
  }

  private policiesOf(policies: readonly AuthorizationPolicyView[], authentications: readonly RequestAuthenticationView[]): PodPolicies {
    return {
      tokens: new TokenCheck(issuerRules(authentications)),
      policies: new PolicyCheck(policies.filter(({ isDryRun }) => !isDryRun), policies),
      identityOf: (gateway) => this.identityOf(gateway),
    };
  }

  private mtlsOf(pods: PlacedPods): Pick<PodPolicies, 'mtls'> {
    return hasPeerAuthentication(this.cluster, pods) ? { mtls: (port) => mtlsOf(this.cluster, pods, port) } : {};
  }

  private waypointOf(namespace: string, name: string): WaypointService['waypoint'] | undefined {
    const labelled = [this.cluster.find(ClusterKind.SERVICE, namespace, name), this.cluster.derived(namespaces).get(namespace)];
    const labels = labelled.map((object) => labelsOf(object?.labels)).find((each) => each[USE_WAYPOINT] !== undefined);
    if (labels === undefined || labels[USE_WAYPOINT] === 'none') return undefined;
    return { name: labels[USE_WAYPOINT], namespace: labels[`${USE_WAYPOINT}-namespace`] ?? namespace };
  }

  /** The identity of a Gateway's pods, if all of them are among the objects and have the same one. */
  private identityOf(gateway: ClusterObject): string | undefined {
    if (!this.identities.has(gateway)) this.identities.set(gateway, identityOf(this.cluster, gateway));
    return this.identities.get(gateway);
  }
}

function identityOf(cluster: Cluster, gateway: ClusterObject): string | undefined {
  const pods = selectedWorkloads(cluster, labelsOf(gateway.spec.selector));
  const identities = new Set(pods.map(({ object, namespace }) => {
    const spec = object.kind === 'Pod' ? object.spec : objectOf(objectOf(object.spec.template).spec);
    return `cluster.local/ns/${namespace}/sa/${stringOf(spec.serviceAccountName) ?? 'default'}`;
  }));
  return identities.size === 1 ? [...identities][0] : undefined;
}

function namespaces(cluster: Cluster): ReadonlyMap<string, ClusterObject> {
  return new Map(cluster.all(ClusterKind.NAMESPACE).map((object) => [object.name, object]));
}

function keyOf(kind: string, { namespace, labels }: Pods): string {
  return `${kind} ${namespace ?? ''} ${podsKey(labels)}`;
}
