import { GatewayPods } from './gateway-pods';
import { ClusterObject } from '../../cluster/cluster-object';
import { GatewayServer } from '../../cluster/gateway-view';

/**
 * Servers that share a port of gateway pods, as Istio merges them: all HTTP servers without TLS have one list of virtual hosts, and each
 * server with TLS has its own.
 *
 * @internal
 */
export interface MergedServers {
  /** The number of the port. */
  readonly port: number;
  /** Servers of HTTP without TLS. */
  readonly plain: readonly GatewayServer[];
  /** Servers with TLS, which are picked by the server name. */
  readonly tls: readonly GatewayServer[];
  /** A server of another protocol, which has the port for itself. */
  readonly opaque: GatewayServer | undefined;
}

/**
 * The servers of gateway pods by port. Istio skips a server whose protocol does not go together with the first one on the port, and one
 * with a host that another server with TLS has. Older Gateways come first. One without a bind address is preferred.
 *
 * @internal
 */
export function mergeServers({ gateways }: GatewayPods): ReadonlyMap<number, MergedServers> {
  const ports = new Map<number, Merging>();
  const ordered = [...gateways].sort((a, b) => byAge(a.object, b.object));
  for (const bound of [false, true]) {
    for (const server of ordered.flatMap(({ servers }) => servers)) {
      if ((server.bind !== undefined) !== bound) continue;
      let merging = ports.get(server.port);
      if (merging === undefined) {
        ports.set(server.port, merging = { bind: server.bind, plain: [], tls: [], hosts: new Set(), names: new Set(), opaque: undefined });
      }
      addTo(merging, server);
    }
  }
  return new Map([...ports].map(([port, { plain, tls, opaque }]) => [port, { port, plain, tls, opaque }]));
}

interface Merging {
  readonly bind: string | undefined;
  readonly plain: GatewayServer[];
  readonly tls: GatewayServer[];
  readonly hosts: Set<string>;
  readonly names: Set<string>;
  opaque: GatewayServer | undefined;
}

function addTo(merging: Merging, server: GatewayServer): void {
  const { bind, plain, tls, hosts, names, opaque } = merging;
  if (server.bind !== bind || opaque !== undefined) return;
  if (server.tlsMode === undefined) {
    if (plain.length + tls.length > 0 && !(plain.length > 0 && server.plainHttp)) return;
    if (server.plainHttp) plain.push(server);
    else merging.opaque = server;
    return;
  }
  const own = server.hosts.map(({ host, namespace }) => (namespace === undefined ? host : `${namespace}/${host}`));
  const name = server.http ? `${server.gateway.namespace}/${server.gateway.name} ${server.name}` : '';
  if (plain.length > 0 || own.some((host) => hosts.has(host)) || (name !== '' && names.has(name))) return;
  own.forEach((host) => hosts.add(host));
  names.add(name);
  tls.push(server);
}

function byAge(a: ClusterObject, b: ClusterObject): number {
  const age = a.created !== undefined && b.created !== undefined ? a.created - b.created : 0;
  return age || (a.name < b.name ? -1 : Number(a.name > b.name)) || (a.namespace < b.namespace ? -1 : Number(a.namespace > b.namespace));
}
