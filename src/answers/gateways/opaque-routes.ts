import { boundTo, visibilityIn } from './gateway-hosts';
import { Cluster } from '../../cluster/cluster';
import { ClusterKind, ClusterObject } from '../../cluster/cluster-object';
import { GatewayServer } from '../../cluster/gateway-view';
import { hostsFor } from '../../cluster/gateways';
import { FieldPath, isObject, JsonObject, listOf, numberOf, stringsOf } from '../../cluster/json';
import { gatewayName } from '../../cluster/routing/gateway-name';
import { byAge } from '../../cluster/routing/virtual-hosts';
import { hostIntersection } from '../../plan/hosts';
import { HostTable } from '../routes/host-table';

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
 * The rule for a connection that a server forwards as it is: by the server name if it passes TLS through, else the first rule for TCP.
 *
 * @param namespace Namespace of the pods of the gateway.
 * @internal
 */
export function opaqueRoute(cluster: Cluster, server: GatewayServer, namespace: string, serverName: string | undefined): OpaqueRoute | undefined {
  const gateway = `${server.gateway.namespace}/${server.gateway.name}`;
  const bound = [...boundTo(cluster, gateway)].sort(byAge).filter((object) => (
    visibilityIn(object, namespace) !== undefined && hasCommonHost(object, server)
  ));
  if (server.tlsMode !== 'PASSTHROUGH') {
    return bound.flatMap((object) => rulesIn(object, 'tcp')).find((route) => matchesOf(route).some((match) => match === undefined || isFor(match, route, server, gateway)));
  }
  const names = new Map<string, OpaqueRoute>();
  for (const route of bound.flatMap((object) => rulesIn(object, 'tls'))) {
    for (const match of matchesOf(route)) {
      if (match === undefined || !isFor(match, route, server, gateway)) continue;
      const own = stringsOf(match.sniHosts).map((name) => name.toLowerCase());
      // A match with a name that an earlier one has is dropped as a whole.
      if (!own.some((name) => names.has(name))) own.forEach((name) => names.set(name, route));
    }
  }
  return new HostTable(names).find(serverName?.toLowerCase() ?? '');
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

function rulesIn(object: ClusterObject, kind: 'tls' | 'tcp'): OpaqueRoute[] {
  return listOf(object.spec[kind]).flatMap((rule, i) => (isObject(rule) ? [{ object, field: ['spec', kind, i], rule }] : []));
}

function matchesOf({ rule }: OpaqueRoute): (JsonObject | undefined)[] {
  const matches = listOf(rule.match).filter(isObject);
  return matches.length === 0 ? [undefined] : matches;
}

function isFor(match: JsonObject, { object }: OpaqueRoute, server: GatewayServer, gateway: string): boolean {
  const port = numberOf(match.port);
  const gateways = stringsOf(match.gateways);
  return (port === undefined || port === 0 || port === server.port)
    && (gateways.length === 0 || gateways.some((name) => gatewayName(name, object.namespace) === gateway));
}
