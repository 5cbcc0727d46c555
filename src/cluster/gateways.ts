import { Cluster } from './cluster';
import { ClusterKind, ClusterObject, nameIn } from './cluster-object';
import { FieldPath, listOf, numberOf, objectOf, stringOf, stringsOf } from './json';
import { computeIfAbsent } from '../plan/groups';
import { PodSelector } from '../plan/pod-selectors';

/**
 * A server of a Gateway.
 *
 * @internal
 */
export interface Server {
  /** The Gateway. */
  readonly gateway: ClusterObject;
  /** The server's field in the Gateway. */
  readonly field: FieldPath;
  /** Number of its port. */
  readonly port: number;
  /** Name of its port. */
  readonly portName: string | undefined;
  /** Protocol of its port, in upper case. */
  readonly protocol: string;
  /** Address that it is bound to, if specified. */
  readonly bind: string | undefined;
  /** Its hosts as written, each with an optional namespace prefix. */
  readonly hosts: readonly string[];
  /** TLS mode, if it has TLS. */
  readonly tlsMode: string | undefined;
  /** Whether it redirects all requests to https. */
  readonly redirects: boolean;
  /** Whether HTTP routes apply to its requests. */
  readonly http: boolean;
  /** Labels of the pods; of all pods if empty. */
  readonly selector: PodSelector;
}

const PLAIN_HTTP = ['HTTP', 'HTTP2', 'GRPC', 'GRPC-WEB'];
const PASSTHROUGH = ['PASSTHROUGH', 'AUTO_PASSTHROUGH'];

/**
 * The servers of all Gateways, by the Gateway's namespace and name.
 *
 * @internal
 */
export function serversByGateway(cluster: Cluster): ReadonlyMap<string, readonly Server[]> {
  const servers = new Map<string, Server[]>();
  for (const gateway of cluster.all(ClusterKind.GATEWAY)) {
    const own = computeIfAbsent(servers, nameIn(gateway.namespace, gateway.name), () => []);
    listOf(gateway.spec.servers).forEach((server, i) => own.push(...serverOf(gateway, objectOf(server), ['spec', 'servers', i])));
  }
  return servers;
}

/** A server without a port is rejected by the API server. */
function serverOf(gateway: ClusterObject, server: { readonly [field: string]: unknown }, field: FieldPath): Server[] {
  const port = objectOf(server.port);
  const number = numberOf(port.number);
  if (number === undefined) return [];
  const tls = objectOf(server.tls);
  const protocol = (stringOf(port.protocol) ?? '').toUpperCase();
  const tlsMode = protocol === 'HTTPS' || protocol === 'TLS' ? stringOf(tls.mode) ?? 'PASSTHROUGH' : undefined;
  return [{
    gateway,
    field,
    port: number,
    portName: stringOf(port.name),
    protocol,
    bind: stringOf(server.bind),
    hosts: stringsOf(server.hosts),
    tlsMode,
    redirects: tls.httpsRedirect === true,
    http: PLAIN_HTTP.includes(protocol) || (protocol === 'HTTPS' && !PASSTHROUGH.includes(tlsMode ?? '')),
    selector: selectorOf(gateway),
  }];
}

function selectorOf(gateway: ClusterObject): PodSelector {
  return Object.fromEntries(Object.entries(objectOf(gateway.spec.selector)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

/**
 * The hosts of a server that routes in a namespace may use, without the namespace prefixes.
 *
 * @internal
 */
export function hostsServed({ gateway, hosts }: Server, namespace: string): string[] {
  return hosts.flatMap((host) => {
    const slash = host.indexOf('/');
    if (slash < 0) return [host];
    const allowed = host.slice(0, slash) === '.' ? gateway.namespace : host.slice(0, slash);
    return allowed === '*' || allowed === namespace ? [host.slice(slash + 1)] : [];
  });
}
