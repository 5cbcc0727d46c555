import { IConstruct } from 'constructs';
import { referenceOf } from './host-listeners';
import { Mesh } from '../../mesh/mesh';
import { invalid, pathOf, show } from '../../plan/checks/errors';
import { IGateway } from '../../plan/gateway-ref';
import { computeIfAbsent } from '../../plan/groups';
import { hostCovers } from '../../plan/hosts';
import { PodSelector, PodSelectors } from '../../plan/pod-selectors';

/**
 * What one Gateway does with a port of its pods.
 *
 * @internal
 */
export interface Door {
  /** The Gateway. */
  readonly gateway: IConstruct & IGateway;
  /** Its namespace. */
  readonly namespace: string | undefined;
  /** Number of the port; 0 for a Unix socket. */
  readonly port: number;
  /** Where it listens, when that was said. */
  readonly bind: string | undefined;
  /** Hosts, each with an optional namespace before it. */
  readonly hosts: readonly string[];
  /** Whether routes see its requests. */
  readonly http: boolean;
  /** Name of the server's port. */
  readonly portName: string;
  /** Protocol as Istio writes it. */
  readonly protocol: string;
  /** Whether it sees TLS, and picks by the name that callers ask for. */
  readonly tls: boolean;
  /** Whether it takes HTTP without TLS. */
  readonly plainHttp: boolean;
  /** Whether it answers everything with a redirect to https. */
  readonly redirects: boolean;
  /** Whether it accepts only callers with a certificate. */
  readonly clientCertificates: boolean;
}

/** A port of some pods. */
interface Port {
  /** The first server that has it. */
  readonly first: Door;
  /** The latest server of each host. */
  readonly hosts: Map<string, Door>;
  /** The servers that answer everything with a redirect. */
  readonly redirects: Door[];
}

/**
 * The servers of a mesh's Gateways by the pods that run them. Gateways of the same pods share their ports: where two cannot,
 * Envoy refuses the port as a whole; of two servers with TLS for one host Istio drops the later one; and a redirect of one
 * holds for the host wherever it stands.
 *
 * @internal
 */
export class GatewayDoors {
  public static of(construct: IConstruct): GatewayDoors {
    return Mesh.of(construct)._part('gateway-doors', () => new GatewayDoors());
  }

  private readonly selectors = new PodSelectors();
  private readonly ports = new Map<string, Map<string, Port>>();
  private readonly gateways = new Map<string, Door[]>();
  private readonly keys = new Map<Door, string>();
  private redirecting = false;
  private certifying = false;

  /** Whether any server answers everything with a redirect. */
  public get redirect(): boolean {
    return this.redirecting;
  }

  /** Whether any server accepts only callers with a certificate. */
  public get clientCertificates(): boolean {
    return this.certifying;
  }

  /** The servers of a Gateway that the app makes. */
  public of(gateway: IGateway): readonly Door[] | undefined {
    return this.gateways.get(referenceOf(gateway));
  }

  /** The servers that redirect what arrives at the port of another one, on the same pods. */
  public redirectsBeside(door: Door): readonly Door[] {
    return this.portsBeside(door, this.keys.get(door)!).flatMap(({ redirects }) => redirects);
  }

  /** Whether two servers are on the same pods. */
  public onSamePods(a: Door, b: Door): boolean {
    return this.selectors.samePodsAs(this.keys.get(a)!).includes(this.keys.get(b)!);
  }

  /** Adds a server, unless one of another Gateway keeps it from working. */
  public add(selector: PodSelector, door: Door): void {
    const key = this.selectors.add(selector);
    for (const port of this.portsBeside(door, key)) checkBeside(door, port);
    const onPort = computeIfAbsent(this.ports, portKey(door), () => new Map<string, Port>());
    const port = computeIfAbsent(onPort, key, () => ({ first: door, hosts: new Map<string, Door>(), redirects: [] }));
    if (door.redirects) {
      port.redirects.push(door);
      this.redirecting = true;
    }
    if (door.clientCertificates) this.certifying = true;
    for (const entry of door.hosts) port.hosts.set(hostOf(entry), door);
    computeIfAbsent(this.gateways, referenceOf(door.gateway), () => []).push(door);
    this.keys.set(door, key);
  }

  /** What the port of a server is for Gateways of the same pods. */
  private portsBeside(door: Door, key: string): Port[] {
    const onPort = this.ports.get(portKey(door));
    return onPort === undefined ? [] : this.selectors.samePodsAs(key).flatMap((pods) => onPort.get(pods) ?? []);
  }
}

function portKey({ bind, port }: Door): string {
  return `${bind ?? ''} ${port}`;
}

/** The name in an entry of a server's hosts, which may have a namespace before it. */
function hostOf(entry: string): string {
  return entry.slice(entry.indexOf('/') + 1).toLowerCase();
}

/**
 * A host that a server with TLS lists next to "*", and the narrower wildcard of another server that covers it. Istio gives a server
 * with "*" no server names, so Envoy selects the other one for that host.
 *
 * @internal
 */
export function maskedHost(wide: readonly string[], other: readonly string[]): { readonly host: string; readonly by: string } | undefined {
  const masked = wide.includes('*') ? wide.filter((host) => host !== '*') : [];
  const wildcards = other.filter((host) => host !== '*');
  return masked.flatMap((host) => wildcards.filter((by) => hostCovers(by, host)).map((by) => ({ host, by })))[0];
}

function checkMasked(at: Door, wide: Door, other: Door): void {
  const found = maskedHost(wide.hosts.map(hostOf), other.hosts.map(hostOf));
  if (found === undefined) return;
  throw invalid(at.gateway, `server ${show(wide.portName)} of ${wide.gateway.node.path} lists host ${show(found.host)} next to "*", and server `
    + `${show(other.portName)} of ${other.gateway.node.path} answers for ${show(found.by)} on port ${at.port} of the same pods`,
  `Istio selects no server by name that lists "*", so requests for ${show(found.host)} would reach the other server; list it in a separate server without "*"`);
}

/** Hosts that a server of the port lists next to "*" are for no other server. */
function checkWildcards(door: Door, { hosts }: Port): void {
  const wide = hosts.get('*');
  if (wide !== undefined) checkMasked(door, wide, door);
  if (door.hosts.length < 2 || !door.hosts.some((entry) => hostOf(entry) === '*')) return;
  for (const other of new Set(hosts.values())) checkMasked(door, door, other);
}

function checkBeside(door: Door, port: Port): void {
  const { first, hosts } = port;
  const where = door.bind === undefined ? `port ${door.port}` : `port ${door.port} of ${door.bind}`;
  if (first.gateway !== door.gateway && !(first.tls && door.tls) && !(first.plainHttp && door.plainHttp)) {
    throw invalid(door.gateway, `server ${show(door.portName)} (${door.protocol}) shares ${where} with server ${show(first.portName)} (${first.protocol}) `
      + `of ${pathOf(first.gateway)}, on the same pods`, 'give one of them another port or selector');
  }
  if (door.tls && first.tls) checkWildcards(door, port);
  for (const entry of door.hosts) {
    const host = hostOf(entry);
    const same = hosts.get(host);
    if (same === undefined) continue;
    if (same.redirects !== door.redirects) {
      const [redirecting, taking] = door.redirects ? [door, same] : [same, door];
      throw invalid(door.gateway, `server ${show(redirecting.portName)} of ${pathOf(redirecting.gateway)} redirects host ${show(host)} on ${where}, which server `
        + `${show(taking.portName)} of ${pathOf(taking.gateway)} takes, on the same pods`, 'all its requests would be redirected: give one of them another host, port or selector');
    }
    if (door.tls && same.gateway !== door.gateway) {
      throw invalid(door.gateway, `server ${show(door.portName)} answers for host ${show(host)} on ${where}, as server ${show(same.portName)} `
        + `of ${pathOf(same.gateway)} does, on the same pods`, 'Istio would drop one of them: give one another host, port or selector, or let routes share one Gateway');
    }
  }
}
