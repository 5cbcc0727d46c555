import { boundTo, visibilityIn } from './gateway-hosts';
import { Cluster } from '../../cluster/cluster';
import { ClusterKind, ClusterObject } from '../../cluster/cluster-object';
import { GatewayServer } from '../../cluster/gateway-view';
import { hostsFor } from '../../cluster/gateways';
import { FieldPath, isObject, JsonObject, listOf, numberOf, stringsOf } from '../../cluster/json';
import { gatewayName } from '../../cluster/routing/gateway-name';
import { computeIfAbsent, groupByEach } from '../../plan/groups';
import { hostIntersection } from '../../plan/hosts';
import { PodSelector } from '../../plan/pod-selectors';
import { HostTable } from '../routes/host-table';
import { byUse, isCertainlyBefore, possiblyFirst, RouteOwner } from '../routes/route-owner';

/**
 * A rule for TLS or TCP.
 *
 * @internal
 */
export interface OpaqueRoute {
  /** The VirtualService. */
  readonly object: ClusterObject;
  /** Its field. */
  readonly field: FieldPath;
  /** The rule. */
  readonly rule: JsonObject;
}

/**
 * A rule with its VirtualService.
 *
 * @internal
 */
export interface OwnedRoute {
  /** The VirtualService. */
  readonly owner: RouteOwner;
  /** The rule. */
  readonly route: OpaqueRoute;
  /** The server names of a match of a rule for TLS, in lower case; none of one for TCP. */
  readonly names: readonly string[];
}

/** The pods of a gateway. */
type Pods = { readonly namespace: string; readonly labels: PodSelector };

/**
 * The rules for connections that a server forwards as they are.
 *
 * @internal
 */
export class OpaqueRoutes {
  private readonly rules: readonly OwnedRoute[];
  private readonly byName: HostTable<readonly OwnedRoute[]>;
  private readonly inUse = new Map<RouteOwner, HostTable<OpaqueRoute>>();
  private readonly isPassedThrough: boolean;

  /**
   * Reads the rules.
   *
   * @param pods Namespace and labels of the pods of the gateway.
   */
  constructor(cluster: Cluster, server: GatewayServer, pods: Pods) {
    this.isPassedThrough = server.tlsMode === 'PASSTHROUGH';
    this.rules = forwardingRules(cluster, server, pods);
    this.byName = new HostTable(groupByEach(this.rules, ({ names }) => names));
  }

  /**
   * The rules for a connection, each of another VirtualService: several if it depends on the age of VirtualServices. TLS that is passed through
   * has the rule with the most precise server name, any other connection the first rule.
   */
  public find(serverName: string | undefined): readonly OpaqueRoute[] {
    if (!this.isPassedThrough) return possiblyFirst(firstOfEach(this.rules), ({ owner }) => owner).map(({ route }) => route);
    const sent = serverName?.toLowerCase() ?? '';
    const first = possiblyFirst(firstOfEach(this.byName.find(sent) ?? []), ({ owner }) => owner);
    return [...new Set(first.flatMap(({ owner }) => this.namesIfFirst(owner).find(sent) ?? []))];
  }

  private namesIfFirst(owner: RouteOwner): HostTable<OpaqueRoute> {
    return computeIfAbsent(this.inUse, owner, () => namesInUse(this.rules, owner));
  }
}

/**
 * The rules of a server that forwards connections, in the order in which Istio uses them: one for each match of a rule for TLS.
 *
 * @param pods Namespace and labels of the pods of the gateway.
 * @internal
 */
export function forwardingRules(cluster: Cluster, server: GatewayServer, pods: Pods): readonly OwnedRoute[] {
  const rulesOf = server.tlsMode === 'PASSTHROUGH' ? rulesForTls : rulesForTcp;
  return ownersOf(cluster, server, pods).flatMap((owner) => rulesOf(owner, server));
}

/**
 * The rules by server name if one VirtualService comes before all others that may come later. A match with a name that an earlier one has is
 * dropped as a whole.
 */
function namesInUse(rules: readonly OwnedRoute[], first: RouteOwner): HostTable<OpaqueRoute> {
  const found = new Map<string, OpaqueRoute>();
  const placeOf = ({ owner }: OwnedRoute) => (owner === first ? 1 : isCertainlyBefore(owner, first) ? 0 : 2);
  for (const { names, route } of [0, 1, 2].flatMap((place) => rules.filter((rule) => placeOf(rule) === place))) {
    if (!names.some((name) => found.has(name))) names.forEach((name) => found.set(name, route));
  }
  return new HostTable(found);
}

function firstOfEach(rules: readonly OwnedRoute[]): readonly OwnedRoute[] {
  const found = new Map<RouteOwner, OwnedRoute>();
  for (const rule of rules) if (!found.has(rule.owner)) found.set(rule.owner, rule);
  return [...found.values()];
}

/** The VirtualServices with a host that the server has, in the order in which Istio uses them. */
function ownersOf(cluster: Cluster, server: GatewayServer, { namespace, labels }: Pods): readonly RouteOwner[] {
  const { gateway, port, tlsMode } = server;
  const key = `${gateway.namespace}/${gateway.name}`;
  const proxy = { gateway: key, port, labels, namespace, tls: tlsMode !== undefined };
  return boundTo(cluster, key).flatMap((virtualService): RouteOwner[] => {
    const visibility = visibilityIn(virtualService, namespace);
    return visibility === undefined || !hasCommonHost(virtualService, server) ? [] : [{ virtualService, proxy, gateway, server: 0, visibility }];
  }).sort(byUse);
}

/**
 * The server names in rules for TLS of all VirtualServices, in lower case.
 *
 * @internal
 */
export function routedServerNames(cluster: Cluster): ReadonlySet<string> {
  return new Set(cluster.all(ClusterKind.VIRTUAL_SERVICE).flatMap((object) => rulesIn(object, 'tls'))
    .flatMap((route) => matchesOf(route)).flatMap((match) => stringsOf(match?.sniHosts).map((name) => name.toLowerCase())));
}

function hasCommonHost({ spec, namespace }: ClusterObject, server: GatewayServer): boolean {
  const served = hostsFor(server, namespace);
  return stringsOf(spec.hosts).some((host) => served.some((each) => hostIntersection(host, each) !== undefined));
}

function rulesForTcp(owner: RouteOwner, server: GatewayServer): readonly OwnedRoute[] {
  return rulesIn(owner.virtualService, 'tcp').filter((route) => {
    const matches = matchesOf(route);
    return matches.length === 0 || matches.some((match) => isFor(match, route, server, owner.proxy.gateway));
  }).map((route) => ({ owner, route, names: [] }));
}

function rulesForTls(owner: RouteOwner, server: GatewayServer): readonly OwnedRoute[] {
  return rulesIn(owner.virtualService, 'tls').flatMap((route) => (
    matchesOf(route).filter((match) => isFor(match, route, server, owner.proxy.gateway))
      .map((match) => ({ owner, route, names: stringsOf(match.sniHosts).map((name) => name.toLowerCase()) }))
  ));
}

function rulesIn(object: ClusterObject, kind: 'tls' | 'tcp'): OpaqueRoute[] {
  return listOf(object.spec[kind]).flatMap((rule, i) => (isObject(rule) ? [{ object, field: ['spec', kind, i], rule }] : []));
}

function matchesOf({ rule }: OpaqueRoute): readonly JsonObject[] {
  return listOf(rule.match).filter(isObject);
}

function isFor(match: JsonObject, { object }: OpaqueRoute, server: GatewayServer, gateway: string): boolean {
  const port = numberOf(match.port);
  const gateways = stringsOf(match.gateways);
  return (port === undefined || port === 0 || port === server.port)
    && (gateways.length === 0 || gateways.some((name) => gatewayName(name, object.namespace) === gateway));
}
