import { ServicePort, ServiceView } from './services';

/**
 * How Istio forwards requests to a port.
 *
 * @internal
 */
export enum Forwarding {
  HTTP1 = 'HTTP/1.1',
  HTTP2 = 'HTTP/2',
  BYTES = 'opaque TCP',
  /** Gateways use HTTP/1.1, sidecars the protocol of the client. */
  DETECTED = 'the detected protocol',
  NEVER = 'nothing',
}

/** The prefixes of port names that Istio knows. */
const BY_NAME: ReadonlyMap<string, Forwarding> = new Map([
  ['http', Forwarding.HTTP1], ['http2', Forwarding.HTTP2], ['grpc', Forwarding.HTTP2], ['udp', Forwarding.NEVER],
  ...['tcp', 'tls', 'https', 'mongo', 'mysql', 'redis', 'hbone'].map((name) => [name, Forwarding.BYTES] as const),
]);

/** Values that Kubernetes defines for `appProtocol`. */
const BY_APP_PROTOCOL: ReadonlyMap<string, Forwarding> = new Map([
  ['kubernetes.io/h2c', Forwarding.HTTP2], ['kubernetes.io/ws', Forwarding.HTTP1], ['kubernetes.io/wss', Forwarding.BYTES],
]);

/** SMTP, DNS, MySQL and MongoDB: Istio does not detect protocols there. */
const NEVER_DETECTED: ReadonlySet<number> = new Set([25, 53, 3306, 27017]);

/**
 * How Istio forwards requests to a port of a Service or a ServiceEntry. For a Service it reads `appProtocol`, else the part of the name
 * before the first hyphen. For a ServiceEntry it reads only the protocol. Case does not matter.
 *
 * @internal
 */
export function forwardingTo({ kind }: ServiceView, { number, name = '', protocol, appProtocol }: ServicePort): Forwarding {
  if (kind === 'ServiceEntry') return byPrefix(protocol ?? '', number);
  if (protocol !== undefined && protocol !== 'TCP') return Forwarding.NEVER;
  const known = appProtocol === undefined ? undefined : BY_APP_PROTOCOL.get(appProtocol);
  return known ?? byPrefix(appProtocol ?? name, number);
}

function byPrefix(text: string, number: number): Forwarding {
  return BY_NAME.get(text.toLowerCase().split('-')[0]) ?? (NEVER_DETECTED.has(number) ? Forwarding.BYTES : Forwarding.DETECTED);
}
