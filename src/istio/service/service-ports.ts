import { RequestProtocol } from '../../plan/request-match';

/**
 * A port of a Service, as in its manifest.
 *
 * @internal
 */
export interface ServicePortJson {
  /** Its number. */
  readonly port: number;
  /** Its name. */
  readonly name?: string;
  /** The transport: TCP, UDP or SCTP. */
  readonly protocol?: string;
  /** Application protocol, which takes precedence over the name. */
  readonly appProtocol?: string;
}

/**
 * Name, namespace and ports of a Service.
 *
 * @internal
 */
export interface ServiceJson {
  /** Its name. */
  readonly name: string;
  /** Its namespace. */
  readonly namespace?: string;
  /** Its ports, in order. */
  readonly ports: readonly ServicePortJson[];
}

/**
 * Requests that a route sends to a port of a Service.
 *
 * @internal
 */
export interface PortUse {
  /** Number of the port. */
  readonly port: number;
  /** Protocol of the requests. */
  readonly protocol: RequestProtocol;
  /** Whether the route sends requests of the other protocol to this port as well. */
  readonly bothProtocols: boolean;
  /** Whether the requests come through a gateway, and not through the callers' sidecars. */
  readonly throughGateway: boolean;
  /** Whether a DestinationRule upgrades requests to HTTP/2 (`h2UpgradePolicy`). */
  readonly upgraded: boolean;
  /** Whether a DestinationRule keeps the protocol of the client (`useClientProtocol`). */
  readonly clientProtocol: boolean;
}

/**
 * A problem of a route, and its remedy.
 *
 * @internal
 */
export interface PortProblem {
  /** The problem. */
  readonly problem: string;
  /** The remedy. */
  readonly remedy: string;
}

/** How Istio forwards requests to a port. */
enum Forwarding {
  HTTP1,
  HTTP2,
  GRPC,
  BYTES,
  /** Gateways use HTTP/1.1, sidecars the protocol of the client. */
  DETECTED,
  NEVER,
}

/** The prefixes of port names that Istio knows. */
const BY_NAME: ReadonlyMap<string, Forwarding> = new Map([
  ['http', Forwarding.HTTP1], ['http2', Forwarding.HTTP2], ['grpc', Forwarding.GRPC], ['udp', Forwarding.NEVER],
  ...['tcp', 'tls', 'https', 'mongo', 'mysql', 'redis', 'hbone'].map((name) => [name, Forwarding.BYTES] as const),
]);

/** Values that Kubernetes defines for `appProtocol`. */
const BY_APP_PROTOCOL: ReadonlyMap<string, Forwarding> = new Map([
  ['kubernetes.io/h2c', Forwarding.HTTP2], ['kubernetes.io/ws', Forwarding.HTTP1], ['kubernetes.io/wss', Forwarding.BYTES],
]);

/** SMTP, DNS, MySQL and MongoDB: Istio does not detect protocols there. */
const NEVER_DETECTED: ReadonlySet<number> = new Set([25, 53, 3306, 27017]);

/** Istio reads `appProtocol`, else the part of the name before the first hyphen; case does not matter. */
function forwardingTo({ port, name = '', protocol = 'TCP', appProtocol }: ServicePortJson): Forwarding {
  if (protocol !== 'TCP') return Forwarding.NEVER;
  const known = appProtocol === undefined ? undefined : BY_APP_PROTOCOL.get(appProtocol);
  if (known !== undefined) return known;
  const [beginning] = (appProtocol ?? name).toLowerCase().split('-');
  return BY_NAME.get(beginning) ?? (NEVER_DETECTED.has(port) ? Forwarding.BYTES : Forwarding.DETECTED);
}

/**
 * Whether HTTP routes apply to a port. They do not apply to opaque TCP.
 *
 * @internal
 */
export function isRouted(port: ServicePortJson): boolean {
  return ![Forwarding.BYTES, Forwarding.NEVER].includes(forwardingTo(port));
}

/**
 * The ports that can receive requests. The default port for REST comes first: the first one that is not for gRPC, else the first
 * one of all.
 *
 * @internal
 */
export function usablePorts(ports: readonly ServicePortJson[]): number[] {
  const usable = ports.filter((port) => forwardingTo(port) !== Forwarding.NEVER);
  const rest = usable.filter((port) => forwardingTo(port) !== Forwarding.GRPC).slice(0, 1);
  return [...new Set([...rest, ...usable])].map(({ port }) => port);
}

/**
 * Finds out whether requests that are routed to a port of a Service can be answered.
 *
 * @internal
 */
export function findPortProblem(service: ServiceJson, use: PortUse): PortProblem | undefined {
  const what = use.protocol === RequestProtocol.GRPC ? 'gRPC calls' : 'REST requests';
  const called = `Service ${service.namespace}/${service.name}`;
  const port = service.ports.find((each) => each.port === use.port);
  if (port === undefined) {
    const ports = service.ports.map((each) => each.port);
    return {
      problem: `${what} are routed to port ${use.port} of ${called}, which has ${ports.length === 0 ? 'no ports' : `port ${ports.join(', ')}`}`,
      remedy: 'route to a port that the Service has, or add the port to the Service',
    };
  }
  const forwarding = forwardingTo(port);
  const where = `${what} are routed to port ${port.port} (${describe(port)}) of ${called}`;
  if (forwarding === Forwarding.NEVER) {
    return { problem: `${where}, which is not a TCP port for Istio`, remedy: 'route to a TCP port' };
  }
  if (forwarding === Forwarding.BYTES && !use.throughGateway) {
    return { problem: `${where}, which sidecars treat as opaque TCP and do not apply HTTP routes to`, remedy: `name the port ${nameFor(use)}, or set appProtocol` };
  }
  return use.protocol === RequestProtocol.GRPC ? callProblem(where, forwarding, use) : requestProblem(where, forwarding, use);
}

function callProblem(where: string, forwarding: Forwarding, use: PortUse): PortProblem | undefined {
  const isHttp2 = forwarding === Forwarding.HTTP2 || forwarding === Forwarding.GRPC;
  const detected = forwarding === Forwarding.DETECTED && !use.throughGateway;
  if (isHttp2 || detected || use.upgraded || use.clientProtocol) return undefined;
  return {
    problem: `${where}, which Istio connects to with HTTP/1.1, so the status of each call is lost`,
    remedy: `name the port ${nameFor(use)}, or set appProtocol: grpc`,
  };
}

function requestProblem(where: string, forwarding: Forwarding, use: PortUse): PortProblem | undefined {
  if (forwarding !== Forwarding.GRPC || use.bothProtocols || use.clientProtocol) return undefined;
  return {
    problem: `${where}, which Istio connects to with HTTP/2 as a gRPC server`,
    remedy: 'route REST requests to the HTTP port of the Service. If one port serves both protocols, set it as grpcPort too, or name it http2',
  };
}

function nameFor({ protocol }: PortUse): string {
  return protocol === RequestProtocol.GRPC ? 'grpc or grpc-…' : 'http or http-…';
}

function describe({ name, protocol, appProtocol }: ServicePortJson): string {
  if (protocol !== undefined && protocol !== 'TCP') return protocol;
  if (appProtocol !== undefined) return `appProtocol ${appProtocol}`;
  return name === undefined || name === '' ? 'without a name' : `named ${name}`;
}
