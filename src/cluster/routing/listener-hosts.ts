import { gatewayName } from './gateway-name';
import { groupBy } from '../../plan/groups';
import { Cluster } from '../cluster';
import { ClusterObject } from '../cluster-object';
import { GatewayServer } from '../gateway-view';
import { Gateways } from '../gateways';
import { stringsOf } from '../json';

/**
 * A host on a listener of a gateway.
 *
 * @internal
 */
export interface ListenerHost {
  /** Key of the listener: a port of selected pods, or a server with TLS. */
  readonly listener: string;
  /** The host pattern, in lower case. */
  readonly host: string;
  /** The gateway by which the VirtualService is bound to it, as `namespace/name`. */
  readonly gateway: string;
  /** Number of the port; undefined if the Gateway is not among the objects. */
  readonly port: number | undefined;
}

/**
 * The hosts under which gateways use a VirtualService. Where a Gateway is not among the objects, it is assumed to serve all hosts.
 *
 * @internal
 */
export function listenerHosts(cluster: Cluster, virtualService: ClusterObject): ListenerHost[] {
  const gateways = [...new Set(stringsOf(virtualService.spec.gateways).map((name) => gatewayName(name, virtualService.namespace)))];
  const hosts = stringsOf(virtualService.spec.hosts);
  const found = new Map<string, ListenerHost>();
  for (const gateway of gateways) {
    if (gateway === 'mesh' || !isVisible(virtualService, gateway)) continue;
    for (const each of hostsAt(cluster, gateway, hosts, virtualService.namespace)) {
      const key = `${each.listener} ${each.host}`;
      if (!found.has(key)) found.set(key, each);
    }
  }
  return [...found.values()];
}

/** The pods of a gateway are usually in its namespace. A VirtualService for other namespaces only may still reach them, which is not known. */
function isVisible({ spec, namespace }: ClusterObject, gateway: string): boolean {
  const exportTo = stringsOf(spec.exportTo);
  const pods = gateway.slice(0, gateway.indexOf('/'));
  return exportTo.length === 0 || exportTo.some((entry) => entry === '*' || (entry === '.' ? namespace : entry) === pods);
}

function hostsAt(cluster: Cluster, gateway: string, hosts: readonly string[], namespace: string): ListenerHost[] {
  const gateways = Gateways.of(cluster);
  const view = gateways.find(gateway);
  if (view === undefined) return hosts.map((host) => ({ listener: gateway, host: host.toLowerCase(), gateway, port: undefined }));
  const served = groupBy(hosts.flatMap((host) => gateways.hostsOf(view).partsOf(host, namespace)), ({ server }) => server);
  const servers = [...served].filter(([{ http, redirects }]) => http && !redirects);
  return servers.sort(([a], [b]) => indexOf(a) - indexOf(b)).flatMap(([server, parts]) => {
    const common = new Set(parts.map(({ part }) => part.toLowerCase()));
    return gateways.routeListeners(server).flatMap((listener) => [...common].map((host) => ({ listener, host, gateway, port: server.port })));
  });
}

/** Position of a server in its Gateway. */
function indexOf({ field }: GatewayServer): number {
  return Number(field[field.length - 1]);
}
