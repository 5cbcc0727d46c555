import { IConstruct } from 'constructs';
import { gatewayKey } from './gateway-reference';
import { Mesh } from '../../mesh/mesh';
import { invalid, pathOf, show } from '../../plan/checks/errors';
import { IGateway } from '../../plan/gateway-ref';
import { computeIfAbsent } from '../../plan/groups';
import { hostCovers } from '../../plan/hosts';
import { PodSelector, PodSelectors } from '../../plan/pod-selectors';

/**
 * A server of a Gateway.
 *
 * @internal
 */
export interface ServerEntry {
  /** The Gateway. */
  readonly gateway: IConstruct & IGateway;
  /** Its namespace. */
  readonly namespace: string | undefined;
  /** Number of the port; 0 for a Unix socket. */
  readonly port: number;
  /** Its bind address, if specified. */
  readonly bind: string | undefined;
  /** Hosts, each with an optional namespace prefix. */
  readonly hosts: readonly string[];
  /** Whether HTTP routes apply to its requests. */
  readonly http: boolean;
  /** Name of the server's port. */
  readonly portName: string;
  /** Istio's name of the protocol. */
  readonly protocol: string;
  /** Whether connections use TLS, so that hosts are distinguished by SNI. */
  readonly tls: boolean;
  /** Whether it accepts HTTP without TLS. */
  readonly plainHttp: boolean;
  /** Whether it redirects all requests to https. */
  readonly redirects: boolean;
  /** Whether it requires client certificates. */
  readonly clientCertificates: boolean;
}

/** A port of the pods with one selector. */
interface Port {
  /** The first server on the port. */
  readonly first: ServerEntry;
  /** The last server of each host. */
  readonly hosts: Map<string, ServerEntry>;
  /** The servers that redirect all requests. */
  readonly redirects: ServerEntry[];
}

/**
 * The servers of a mesh's Gateways, by the selector of their pods. Gateways of the same pods share their ports. Where two servers
 * cannot share a port, Envoy rejects the whole listener; of two TLS servers for the same host, Istio drops the later one; and a redirect
 * of one server applies to the host in all Gateways.
 *
 * @internal
 */
export class GatewayServers {
  public static of(construct: IConstruct): GatewayServers {
    return Mesh.of(construct)._part('gateway-servers', () => new GatewayServers());
  }

  private readonly selectors = new PodSelectors();
  private readonly ports = new Map<string, Map<string, Port>>();
  private readonly gateways = new Map<string, ServerEntry[]>();
  private readonly keys = new Map<ServerEntry, string>();
  private redirecting = false;
  private certifying = false;

  /** Whether any server redirects all requests. */
  public get redirect(): boolean {
    return this.redirecting;
  }

  /** Whether any server requires client certificates. */
  public get clientCertificates(): boolean {
    return this.certifying;
  }

  /** The servers of a Gateway that this app creates. */
  public of(gateway: IGateway): readonly ServerEntry[] | undefined {
    return this.gateways.get(gatewayKey(gateway));
  }

  /** The redirecting servers on the port and pods of another server. */
  public redirectsOnSamePort(server: ServerEntry): readonly ServerEntry[] {
    return this.samePorts(server, this.keys.get(server)!).flatMap(({ redirects }) => redirects);
  }

  /** Whether two servers are on the same pods. */
  public onSamePods(a: ServerEntry, b: ServerEntry): boolean {
    return this.selectors.samePodsAs(this.keys.get(a)!).includes(this.keys.get(b)!);
  }

  /** Adds a server, unless it conflicts with one of another Gateway. */
  public add(selector: PodSelector, server: ServerEntry): void {
    const key = this.selectors.add(selector);
    for (const port of this.samePorts(server, key)) checkSamePort(server, port);
    const onPort = computeIfAbsent(this.ports, portKey(server), () => new Map<string, Port>());
    const port = computeIfAbsent(onPort, key, () => ({ first: server, hosts: new Map<string, ServerEntry>(), redirects: [] }));
    if (server.redirects) {
      port.redirects.push(server);
      this.redirecting = true;
    }
    if (server.clientCertificates) this.certifying = true;
    for (const entry of server.hosts) port.hosts.set(hostOf(entry), server);
    computeIfAbsent(this.gateways, gatewayKey(server.gateway), () => []).push(server);
    this.keys.set(server, key);
  }

  /** The port of a server in the Gateways of the same pods. */
  private samePorts(server: ServerEntry, key: string): Port[] {
    const onPort = this.ports.get(portKey(server));
    return onPort === undefined ? [] : this.selectors.samePodsAs(key).flatMap((pods) => onPort.get(pods) ?? []);
  }
}

function portKey({ bind, port }: ServerEntry): string {
  return `${bind ?? ''} ${port}`;
}

/** The host name in an entry of a server's hosts, which may have a namespace prefix. */
function hostOf(entry: string): string {
  return entry.slice(entry.indexOf('/') + 1).toLowerCase();
}

/**
 * A host that a TLS server lists next to "*", and the narrower wildcard of another server that covers it. Istio writes no server names
 * for a server with "*", so Envoy selects the other one for that host.
 *
 * @internal
 */
export function maskedHost(wide: readonly string[], other: readonly string[]): { readonly host: string; readonly by: string } | undefined {
  const masked = wide.includes('*') ? wide.filter((host) => host !== '*') : [];
  const wildcards = other.filter((host) => host !== '*');
  return masked.flatMap((host) => wildcards.filter((by) => hostCovers(by, host)).map((by) => ({ host, by })))[0];
}

function checkMasked(at: ServerEntry, wide: ServerEntry, other: ServerEntry): void {
  const found = maskedHost(wide.hosts.map(hostOf), other.hosts.map(hostOf));
  if (found === undefined) return;
  throw invalid(at.gateway, `server ${show(wide.portName)} of ${wide.gateway.node.path} lists host ${show(found.host)} next to "*", and server `
    + `${show(other.portName)} of ${other.gateway.node.path} serves ${show(found.by)} on port ${at.port} of the same pods`,
  `Istio writes no server names for a server that lists "*", so requests for ${show(found.host)} would reach the other server. List it in a separate server without "*"`);
}

/** Checks that no other server on the port covers a host that a server lists next to "*". */
function checkWildcards(server: ServerEntry, { hosts }: Port): void {
  const wide = hosts.get('*');
  if (wide !== undefined) checkMasked(server, wide, server);
  if (server.hosts.length < 2 || !server.hosts.some((entry) => hostOf(entry) === '*')) return;
  for (const other of new Set(hosts.values())) checkMasked(server, server, other);
}

function checkSamePort(server: ServerEntry, port: Port): void {
  const { first, hosts } = port;
  const where = server.bind === undefined ? `port ${server.port}` : `port ${server.port} of ${server.bind}`;
  if (first.gateway !== server.gateway && !(first.tls && server.tls) && !(first.plainHttp && server.plainHttp)) {
    throw invalid(server.gateway, `server ${show(server.portName)} (${server.protocol}) shares ${where} with server ${show(first.portName)} (${first.protocol}) `
      + `of ${pathOf(first.gateway)}, on the same pods`, 'give one of them another port or selector');
  }
  if (server.tls && first.tls) checkWildcards(server, port);
  for (const entry of server.hosts) {
    const host = hostOf(entry);
    const same = hosts.get(host);
    if (same === undefined) continue;
    if (same.redirects !== server.redirects) {
      const [redirecting, serving] = server.redirects ? [server, same] : [same, server];
      throw invalid(server.gateway, `server ${show(redirecting.portName)} of ${pathOf(redirecting.gateway)} redirects host ${show(host)} on ${where}, which server `
        + `${show(serving.portName)} of ${pathOf(serving.gateway)} serves, on the same pods`, 'all its requests would be redirected. Give one of them another host, port or selector');
    }
    if (server.tls && same.gateway !== server.gateway) {
      throw invalid(server.gateway, `server ${show(server.portName)} serves host ${show(host)} on ${where}, as server ${show(same.portName)} `
        + `of ${pathOf(same.gateway)} does, on the same pods`, 'Istio would drop one of them. Give one another host, port or selector, or use one Gateway for all routes');
    }
  }
}
