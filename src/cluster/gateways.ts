import { Cluster } from './cluster';
import { ClusterKind, ClusterObject, nameIn } from './cluster-object';
import { GatewayServer, GatewayView, ServerHost } from './gateway-view';
import { isObject, listOf, numberOf, objectOf, stringOf, stringsOf } from './json';
import { latestObjects } from './latest-objects';
import { ServedHosts } from './served-hosts';
import { computeIfAbsent } from '../plan/groups';
import { PodSelector, PodSelectors } from '../plan/pod-selectors';

/** Protocols of HTTP without TLS. @internal */
export const PLAIN_HTTP: readonly string[] = ['HTTP', 'HTTP2', 'HTTP_PROXY', 'GRPC', 'GRPC-WEB'];

/** Modes in which the gateway does not terminate TLS. Without a mode Istio uses the first. @internal */
export const PASSTHROUGH_MODES: readonly string[] = ['PASSTHROUGH', 'AUTO_PASSTHROUGH'];

const CERTIFICATE_MODES: readonly string[] = ['MUTUAL', 'ISTIO_MUTUAL'];

/**
 * The Gateways of a cluster. Those that select the same pods share their ports.
 *
 * @internal
 */
export class Gateways {
  /** The Gateways of a cluster, read once. */
  public static of(cluster: Cluster): Gateways {
    return cluster.derived(readGateways);
  }

  /** The servers of all Gateways, in the order of the Gateways. */
  public readonly servers: readonly GatewayServer[];
  private readonly views: ReadonlyMap<string, GatewayView>;
  private readonly selectors = new PodSelectors();
  private readonly keys = new Map<ClusterObject, string>();
  private readonly sharing = new Map<string, readonly string[]>();
  private readonly hosts = new Map<GatewayView, ServedHosts>();

  constructor(public readonly all: readonly GatewayView[]) {
    this.views = new Map(all.map((view) => [nameIn(view.object.namespace, view.object.name), view]));
    this.servers = all.flatMap(({ servers }) => servers);
    for (const { object, selector } of all) this.keys.set(object, this.selectors.add(selector));
  }

  /** The Gateway with a key, which is its namespace and its name. */
  public find(key: string): GatewayView | undefined {
    return this.views.get(key);
  }

  /** The hosts of a Gateway, indexed. */
  public hostsOf(view: GatewayView): ServedHosts {
    return computeIfAbsent(this.hosts, view, () => new ServedHosts(view));
  }

  /** A key of the port and the pods of a server. */
  public listenerOf(server: GatewayServer): string {
    return listenerKey(server, this.keys.get(server.gateway)!);
  }

  /** The keys of the server's port on all pods that the server may be on, its own included. */
  public sharedListeners(server: GatewayServer): readonly string[] {
    return this.podsOf(server.gateway).map((pods) => listenerKey(server, pods));
  }

  /** Whether two Gateways select common pods. */
  public onSamePods(a: ClusterObject, b: ClusterObject): boolean {
    return this.podsOf(a).includes(this.keys.get(b)!);
  }

  /** The keys of the listeners that have the routes of a server. Gateways of the same pods share those of a port without TLS. */
  public routeListeners(server: GatewayServer): readonly string[] {
    const { gateway, field, tlsMode } = server;
    if (tlsMode !== undefined) return [`${nameIn(gateway.namespace, gateway.name)} ${field.join('.')}`];
    return this.selectors.mostPrecise(this.keys.get(gateway)!).map((pods) => listenerKey(server, pods));
  }

  private podsOf(gateway: ClusterObject): readonly string[] {
    const key = this.keys.get(gateway)!;
    return computeIfAbsent(this.sharing, key, () => this.selectors.samePodsAs(key));
  }
}

/**
 * The hosts of a server that routes in a namespace may use.
 *
 * @internal
 */
export function hostsFor({ hosts }: GatewayServer, namespace: string): readonly string[] {
  return hosts.filter((host) => host.namespace === undefined || host.namespace === namespace).map(({ host }) => host);
}

/**
 * A server as messages name it: `server "https" (HTTPS)`.
 *
 * @internal
 */
export function describeServer({ name, protocol }: GatewayServer): string {
  return `server "${name}" (${protocol})`;
}

/**
 * A port as messages name it.
 *
 * @internal
 */
export function describePort({ bind, port }: GatewayServer): string {
  if (port === 0) return `socket ${bind}`;
  return bind === undefined ? `port ${port}` : `port ${port} of ${bind}`;
}

function listenerKey({ bind, port }: GatewayServer, pods: string): string {
  return `${bind ?? ''} ${port} ${pods}`;
}

function readGateways(cluster: Cluster): Gateways {
  return new Gateways(latestObjects(cluster.all(ClusterKind.GATEWAY)).map((object) => {
    const { selector, servers } = object.spec;
    return { object, selector: labelsOf(selector), servers: listOf(servers).flatMap((server, i) => readServer(object, i, server)) };
  }));
}

/**
 * The labels of a map whose values are strings.
 *
 * @internal
 */
export function labelsOf(value: unknown): PodSelector {
  return Object.fromEntries(Object.entries(objectOf(value)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

function readServer(gateway: ClusterObject, index: number, json: unknown): GatewayServer[] {
  if (!isObject(json)) return [];
  const { number, protocol: written, name } = objectOf(json.port);
  const port = numberOf(number);
  const protocol = stringOf(written)?.toUpperCase();
  if (port === undefined || protocol === undefined) return [];
  const plainHttp = PLAIN_HTTP.includes(protocol);
  // The settings of an HTTP server can only redirect.
  const tls = isObject(json.tls) && !plainHttp ? json.tls : undefined;
  const tlsMode = tls === undefined ? undefined : stringOf(tls.mode) ?? PASSTHROUGH_MODES[0];
  return [{
    gateway,
    field: ['spec', 'servers', index],
    json,
    name: stringOf(name) ?? `servers[${index}]`,
    port,
    protocol,
    bind: stringOf(json.bind),
    hosts: readHosts(stringsOf(json.hosts), gateway.namespace),
    tlsMode,
    http: plainHttp || (protocol === 'HTTPS' && tlsMode !== undefined && !PASSTHROUGH_MODES.includes(tlsMode)),
    plainHttp,
    redirects: plainHttp && objectOf(json.tls).httpsRedirect === true,
    clientCertificates: tlsMode !== undefined && CERTIFICATE_MODES.includes(tlsMode),
  }];
}

function readHosts(hosts: readonly string[], own: string): ServerHost[] {
  // All hosts of all namespaces replace the other entries.
  if (hosts.includes('*/*')) return [{ written: '*/*', host: '*' }];
  return hosts.map((written) => {
    const slash = written.indexOf('/');
    const prefix = written.slice(0, Math.max(slash, 0));
    const namespace = prefix === '.' ? own : prefix;
    return { written, host: written.slice(slash + 1), ...slash < 0 || namespace === '*' ? {} : { namespace } };
  });
}
