import { GatewayPods } from './gateway-pods';
import { Cluster } from '../../cluster/cluster';
import { ClusterObject } from '../../cluster/cluster-object';
import { GatewayServer } from '../../cluster/gateway-view';
import { Gateways } from '../../cluster/gateways';
import { stringsOf } from '../../cluster/json';
import { isDelegate } from '../../cluster/routing/delegates';
import { gatewayName } from '../../cluster/routing/gateway-name';
import { knownVirtualServices } from '../../cluster/routing/operator-virtual-services';
import { computeIfAbsent } from '../../plan/groups';
import { HostTable } from '../routes/host-table';
import { ProxyView } from '../routes/proxy-view';
import { RouteOwner } from '../routes/route-owner';
import { VirtualHost } from '../routes/virtual-host';
import { hasRoutes } from '../routes/written-routes';

/**
 * A virtual host of a gateway.
 *
 * @internal
 */
export interface GatewayHost {
  /** Its rules. */
  readonly virtualHost: VirtualHost;
  /** The server that redirects its requests to https, if one does. */
  readonly redirect: GatewayServer | undefined;
}

/**
 * The virtual hosts of servers that share a list of them: the servers without TLS of a port, or one server with TLS.
 *
 * @internal
 */
export function gatewayHosts(cluster: Cluster, pods: GatewayPods, servers: readonly GatewayServer[]): HostTable<GatewayHost> {
  const hosts = new Map<string, { owners: RouteOwner[]; redirect: GatewayServer | undefined }>();
  const entryOf = (host: string) => computeIfAbsent(hosts, host.toLowerCase(), () => ({ owners: [], redirect: undefined }));
  for (const server of servers) {
    const { gateway } = server;
    const proxy = proxyOf(pods, server);
    for (const { virtualService, parts } of cluster.derived(boundByServer).get(server) ?? []) {
      const visibility = visibilityIn(virtualService, pods.namespace);
      if (visibility === undefined || !hasRoutes(cluster, virtualService, proxy)) continue;
      const owner = { virtualService, proxy, gateway, server: indexOf(server), visibility };
      for (const part of parts) {
        const entry = entryOf(part);
        entry.owners.push(owner);
        if (server.redirects) entry.redirect ??= server;
      }
    }
  }
  for (const server of servers.filter(({ redirects }) => redirects)) {
    // Istio keeps the namespace in these host patterns, so that they match no request.
    for (const { host, namespace } of server.hosts) if (namespace === undefined) entryOf(host).redirect ??= server;
  }
  return tableOf(cluster, [...hosts].map(([host, { owners, redirect }]) => ({ host, owners, redirect })));
}

/**
 * The virtual hosts of a Gateway that is not among the objects. It is assumed to serve all hosts.
 *
 * @internal
 */
export function hostsOfUnknownGateway(cluster: Cluster, key: string, port: number, tls: boolean): HostTable<GatewayHost> {
  const namespace = key.slice(0, key.indexOf('/'));
  const proxy = { gateway: key, port, labels: {}, namespace, tls };
  const hosts = new Map<string, RouteOwner[]>();
  for (const virtualService of boundTo(cluster, key)) {
    const visibility = visibilityIn(virtualService, namespace);
    if (visibility === undefined || !hasRoutes(cluster, virtualService, proxy)) continue;
    const owner = { virtualService, proxy, gateway: undefined, server: 0, visibility };
    for (const host of new Set(stringsOf(virtualService.spec.hosts))) computeIfAbsent(hosts, host.toLowerCase(), () => []).push(owner);
  }
  return tableOf(cluster, [...hosts].map(([host, owners]) => ({ host, owners, redirect: undefined })));
}

interface HostEntry {
  readonly host: string;
  readonly owners: readonly RouteOwner[];
  readonly redirect: GatewayServer | undefined;
}

function tableOf(cluster: Cluster, entries: readonly HostEntry[]): HostTable<GatewayHost> {
  return new HostTable(new Map(entries.map(({ host, owners, redirect }) => (
    [host, { virtualHost: new VirtualHost(cluster, host, owners), redirect }]
  ))));
}

function proxyOf({ labels, namespace }: GatewayPods, { gateway, port, tlsMode }: GatewayServer): ProxyView {
  return { gateway: `${gateway.namespace}/${gateway.name}`, port, labels, namespace, tls: tlsMode !== undefined };
}

/** A VirtualService, and the hosts that it has in common with a server. */
interface BoundRoutes {
  readonly virtualService: ClusterObject;
  readonly parts: ReadonlySet<string>;
}

function boundByServer(cluster: Cluster): ReadonlyMap<GatewayServer, readonly BoundRoutes[]> {
  const gateways = Gateways.of(cluster);
  const found = new Map<GatewayServer, BoundRoutes[]>();
  for (const [key, virtualServices] of cluster.derived(virtualServicesByGateway)) {
    const view = gateways.find(key);
    if (view === undefined) continue;
    for (const virtualService of virtualServices) {
      const parts = new Map<GatewayServer, Set<string>>();
      for (const host of stringsOf(virtualService.spec.hosts)) {
        for (const { server, part } of gateways.hostsOf(view).partsOf(host, virtualService.namespace)) {
          computeIfAbsent(parts, server, () => new Set()).add(part);
        }
      }
      for (const [server, common] of parts) computeIfAbsent(found, server, () => []).push({ virtualService, parts: common });
    }
  }
  return found;
}

/**
 * The Gateways to which VirtualServices are bound, as `namespace/name`.
 *
 * @internal
 */
export function boundGateways(cluster: Cluster): Iterable<string> {
  return cluster.derived(virtualServicesByGateway).keys();
}

/**
 * The VirtualServices that are bound to a Gateway.
 *
 * @internal
 */
export function boundTo(cluster: Cluster, gateway: string): readonly ClusterObject[] {
  return cluster.derived(virtualServicesByGateway).get(gateway) ?? [];
}

function virtualServicesByGateway(cluster: Cluster): ReadonlyMap<string, readonly ClusterObject[]> {
  const found = new Map<string, ClusterObject[]>();
  for (const object of knownVirtualServices(cluster)) {
    if (isDelegate(object)) continue;
    for (const gateway of new Set(stringsOf(object.spec.gateways).map((name) => gatewayName(name, object.namespace)))) {
      if (gateway !== 'mesh') computeIfAbsent(found, gateway, () => []).push(object);
    }
  }
  return found;
}

/**
 * How a proxy in a namespace sees a VirtualService, by its `exportTo`; undefined if it does not.
 *
 * @internal
 */
export function visibilityIn({ spec, namespace }: ClusterObject, viewer: string): number | undefined {
  const exportTo = stringsOf(spec.exportTo).map((entry) => (entry === '.' ? namespace : entry));
  if (exportTo.length === 0 || exportTo.includes('*')) return 2;
  if (exportTo.includes('~') || !exportTo.includes(viewer)) return undefined;
  return viewer === namespace ? 0 : 1;
}

function indexOf({ field }: GatewayServer): number {
  return Number(field[field.length - 1]);
}
