import { CommonMatch } from './common-match';
import { RouteDestination } from './route-destination';

/**
 * Conditions on a TLS connection that is not terminated. All of them must hold.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#TLSMatchAttributes
 */
export interface TlsMatch extends CommonMatch {
  /** SNI hosts, which the hosts of the VirtualService must cover. Wildcards such as `*.example.com` are allowed. */
  readonly sniHosts: string[];

  /**
   * Destination addresses: IP addresses or CIDR blocks.
   *
   * @default - any address
   */
  readonly destinationSubnets?: string[];
}

/**
 * A rule for TLS connections that are not terminated, selected by SNI. The first rule that matches a connection applies.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#TLSRoute
 */
export interface TlsRoute {
  /** Matches, of which at least one must hold. */
  readonly match: TlsMatch[];

  /** Destinations of the connections. If there are several, at least one must have a weight above 0. */
  readonly route: RouteDestination[];
}

/**
 * Conditions on a TCP connection, all of which must hold.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#L4MatchAttributes
 */
export interface TcpMatch extends CommonMatch {
  /**
   * Destination addresses: IP addresses or CIDR blocks.
   *
   * @default - any address
   */
  readonly destinationSubnets?: string[];

  /**
   * Address of the callers: an IP address or a CIDR block. The field is in the CRD, but Istio's documentation does not guarantee that it
   * has an effect.
   *
   * @default - any address
   */
  readonly sourceSubnet?: string;
}

/**
 * A rule for TCP connections. The first rule that matches a connection applies.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#TCPRoute
 */
export interface TcpRoute {
  /**
   * Matches, of which at least one must hold.
   *
   * @default - all remaining connections
   */
  readonly match?: TcpMatch[];

  /** Destinations of the connections. If there are several, at least one must have a weight above 0. */
  readonly route: RouteDestination[];
}
