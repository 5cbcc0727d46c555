import { GatewayHost } from './gateway-hosts';
import { GatewayListener, GatewayListeners } from './gateway-listeners';
import { findGateway } from './gateway-pods';
import { Cluster } from '../../cluster/cluster';
import { ClusterKind, ClusterObject } from '../../cluster/cluster-object';
import { GatewayServer } from '../../cluster/gateway-view';
import { show } from '../../plan/checks/errors';
import { nearest } from '../../plan/checks/near-miss';
import { computeIfAbsent } from '../../plan/groups';
import { ProxyResponder, Step } from '../answer';
import { InputError } from '../input/input-error';
import { hostName } from '../receiving/host-name';
import { GatewayEntry } from '../request';
import { HostTable } from '../routes/host-table';

/**
 * What becomes of a connection to a gateway.
 *
 * @internal
 */
export interface Entrance {
  /** When it does; undefined if always. */
  readonly condition?: string;
  /** The answer if no request is read; undefined otherwise. */
  readonly refused?: ProxyResponder;
  /** A server that forwards the connection as it is, by the rules for TLS and TCP. */
  readonly opaque?: GatewayServer;
  /** The virtual hosts of HTTP. */
  readonly hosts?: HostTable<GatewayHost>;
  /** Whether the server asks for no certificate, so that clients send none. */
  readonly ignoresCertificates?: boolean;
  /** A Gateway of the listener, whose pods enforce policies; undefined if it is not among the objects. */
  readonly gateway?: ClusterObject;
  /** The listener; undefined for a Gateway that is not among the objects. */
  readonly listener?: GatewayListener;
  /** How the connection was accepted or refused. */
  readonly step: Step;
}

/** So many kinds of connections are remembered. */
const MAX_KNOWN = 10_000;

/**
 * Finds the listeners of gateways that accept connections.
 *
 * @internal
 */
export class GatewayEntrances {
  /** The listeners of all gateways. */
  public readonly listeners: GatewayListeners;
  private readonly known = new Map<string, readonly Entrance[]>();
  private readonly plain = new Map<number, readonly Entrance[]>();

  constructor(private readonly cluster: Cluster) {
    this.listeners = new GatewayListeners(cluster);
  }

  /**
   * Finds what becomes of a connection. Several results with conditions if the objects do not tell.
   *
   * @param authority The authority of the request.
   * @throws an Error if the Gateway is unknown, or if several with different pods listen on the port.
   */
  public find(entry: GatewayEntry, authority: string): readonly Entrance[] {
    const { gateway, port, tls } = entry;
    if (gateway === undefined && tls === undefined) {
      const found = this.plain.get(port);
      if (found !== undefined) return found;
      if (this.listeners.onPort(port).length === 1) return computeIfAbsent(this.plain, port, () => this.anywhere(entry, ''));
    }
    const host = gateway === undefined && this.listeners.onPort(port).length > 1 ? hostName(authority) : '';
    const key = `${gateway ?? ''} ${port} ${host} ${tls === undefined ? '' : `tls ${tls.serverName ?? ''} ${tls.certificate !== undefined}`}`;
    if (this.known.size === MAX_KNOWN) this.known.clear();
    return computeIfAbsent(this.known, key, () => (gateway === undefined ? this.anywhere(entry, host) : this.at(entry, gateway)));
  }

  private at(entry: GatewayEntry, gateway: string): readonly Entrance[] {
    const object = findGateway(this.cluster, gateway);
    if (object === undefined) return [this.missing(entry, gateway)];
    const own = this.listeners.onPort(entry.port).filter(({ pods }) => pods.gateways.some((view) => view.object === object));
    if (own.length === 0) return [nothingListens(entry, `${object.toString()} has no server on port ${entry.port}`)];
    if (own.length === 1) return [accept(entry, own[0], object)];
    return own.map((listener) => ({ ...accept(entry, listener, object), condition: `a pod with labels ${showLabels(listener)} answers` }));
  }

  private anywhere(entry: GatewayEntry, host: string): readonly Entrance[] {
    const listening = this.listeners.onPort(entry.port);
    const serving = listening.length > 1 ? listening.filter((listener) => listener.serves(host)) : listening;
    const [listener, ...others] = serving.length > 0 ? serving : listening;
    if (listener === undefined) return this.withoutListener(entry);
    if (others.length > 0) throw ambiguous(entry.port, [listener, ...others]);
    return [accept(entry, listener, listener.servers.plain[0]?.gateway ?? listener.servers.tls[0]?.gateway ?? listener.pods.gateways[0].object)];
  }

  private withoutListener(entry: GatewayEntry): readonly Entrance[] {
    const [missing, ...others] = this.listeners.missing;
    const refused = nothingListens(entry, `no Gateway has a server on port ${entry.port}`);
    if (missing === undefined) return [refused];
    if (others.length > 0 && this.listeners.ports().length === 0) {
      const names = [...this.listeners.missing].sort().slice(0, 5).join(', ');
      throw new InputError(`the request does not tell which of the Gateways ${names} it enters, and none of them is among the objects`,
        'set gateway to one of them, or add their manifests');
    }
    if (others.length > 0) return [refused];
    const condition = `Gateway ${missing}, which is not among the objects,`;
    return [
      { ...this.missing(entry, missing), condition: `${condition} has a server for the request` },
      { ...refused, condition: `${condition} has no server for the request` },
    ];
  }

  private missing({ port, tls }: GatewayEntry, gateway: string): Entrance {
    if (!this.listeners.missing.includes(gateway)) throw this.unknown(gateway);
    return {
      hosts: this.listeners.hostsOfMissing(gateway, port, tls !== undefined),
      step: { stage: 'gateway', matched: true, text: `Gateway ${gateway} is not among the objects and is assumed to have a server for the request` },
    };
  }

  private unknown(gateway: string): Error {
    const names = [...this.cluster.all(ClusterKind.GATEWAY).map(({ namespace, name }) => `${namespace}/${name}`), ...this.listeners.missing];
    const near = nearest(gateway, names);
    const remedy = near === undefined ? `set gateway to the namespace and name of one, such as ${show(names[0] ?? 'istio-system/gateway')}` : `did you mean ${show(near)}?`;
    return new InputError(`there is no Gateway ${show(gateway)}`, remedy);
  }
}

function ambiguous(port: number, listeners: readonly GatewayListener[]): Error {
  const names = [...new Set(listeners.flatMap(({ pods }) => pods.gateways.map(({ object }) => `${object.namespace}/${object.name}`)))].sort();
  return new InputError(`several Gateways with different pods listen on port ${port}: ${names.slice(0, 5).join(', ')}${names.length > 5 ? ', …' : ''}`, 'set gateway to one of them');
}

function nothingListens({ port }: GatewayEntry, reason: string): Entrance {
  return {
    refused: { kind: 'refused', reason },
    step: { stage: 'gateway', matched: false, text: `nothing listens on port ${port}: ${reason}` },
  };
}

function accept(entry: GatewayEntry, listener: GatewayListener, gateway: ClusterObject): Entrance {
  const { plain, opaque } = listener.servers;
  if (opaque !== undefined) return { opaque, gateway, listener, step: stepOf(opaque, true, 'accepts the connection') };
  if (entry.tls !== undefined) return acceptTls(entry, listener, gateway);
  if (plain.length > 0) return { hosts: listener.plainHosts, gateway, listener, step: stepOf(plain[0], true, 'accepts the connection') };
  const [server] = listener.servers.tls;
  return refuse(server, gateway, listener, 'expects TLS, and the client sends none');
}

function acceptTls({ tls }: GatewayEntry, listener: GatewayListener, gateway: ClusterObject): Entrance {
  const { plain, tls: servers } = listener.servers;
  if (servers.length === 0) return refuse(plain[0], gateway, listener, 'does not use TLS, and the client does');
  // TLS that is passed through is picked by the names of its rules, whatever the hosts of its server are.
  const server = listener.serverFor(tls!.serverName) ?? servers.find(({ tlsMode }) => tlsMode === 'PASSTHROUGH');
  if (server === undefined) {
    const sent = tls!.serverName === undefined ? 'the client sends no server name' : `no server has the server name ${show(tls!.serverName)}`;
    return { refused: { kind: 'refused', reason: sent }, gateway, listener, step: { stage: 'gateway', matched: false, text: `port ${listener.servers.port} closes the connection: ${sent}` } };
  }
  if (!server.http) return { opaque: server, gateway, listener, step: stepOf(server, true, `forwards the connection with TLS mode ${server.tlsMode}`) };
  if (server.clientCertificates && tls!.certificate === undefined) return refuse(server, gateway, listener, 'requires a client certificate, and the client has none');
  const step = stepOf(server, true, 'terminates TLS');
  return { hosts: listener.hostsOf(server), ignoresCertificates: server.tlsMode === 'SIMPLE', gateway: server.gateway, listener, step };
}

function refuse(server: GatewayServer, gateway: ClusterObject, listener: GatewayListener, reason: string): Entrance {
  return {
    refused: { kind: 'refused', reason: `server "${server.name}" ${reason}`, place: { object: server.gateway, field: server.field } },
    gateway,
    listener,
    step: stepOf(server, false, reason),
  };
}

function stepOf(server: GatewayServer, matched: boolean, what: string): Step {
  return { stage: 'gateway', matched, text: `server "${server.name}" (${server.protocol}, port ${server.port}) ${what}`, place: { object: server.gateway, field: server.field } };
}

function showLabels({ pods }: GatewayListener): string {
  return Object.entries(pods.labels).map(([label, value]) => `${label}=${value}`).join(', ');
}
