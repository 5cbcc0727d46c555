import { RouteDestination } from './route-destination';
import { IGateway } from '../../plan/gateway-ref';

/**
 * Conditions on a TLS connection that is not terminated. All of them must hold.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#TLSMatchAttributes
 */
export interface TlsMatch {
  /** SNI hosts, which the hosts of the VirtualService must cover. Wildcards such as `*.example.com` are allowed. */
  readonly sniHosts: string[];

  /**
   * Destination addresses: IP addresses or CIDR blocks.
   *
   * @default - any address
   */
  readonly destinationSubnets?: string[];

  /**
   * Port to which the client connects, 1 to 65535.
   *
   * @default - any port
   */
  readonly port?: number;

  /**
   * Labels of the calling pod, for callers inside the mesh.
   *
   * @default - any pod
   */
  readonly sourceLabels?: { [label: string]: string };

  /**
   * Namespace of the calling pod, for callers inside the mesh.
   *
   * @default - any namespace
   */
  readonly sourceNamespace?: string;

  /**
   * Gateways to which the match applies. They must be among those of the VirtualService.
   *
   * @default - all gateways of the VirtualService
   */
  readonly gateways?: IGateway[];

  /**
   * Whether the match applies to callers inside the mesh in addition to `gateways`.
   *
   * @default - only when `gateways` is left out
   */
  readonly mesh?: boolean;
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
export interface TcpMatch {
  /**
   * Destination addresses: IP addresses or CIDR blocks.
   *
   * @default - any address
   */
  readonly destinationSubnets?: string[];

  /**
   * Port to which the client connects, 1 to 65535.
   *
   * @default - any port
   */
  readonly port?: number;

  /**
   * Address of the callers: an IP address or a CIDR block. The field is in the CRD, but Istio's documentation does not guarantee that it
   * has an effect.
   *
   * @default - any address
   */
  readonly sourceSubnet?: string;

  /**
   * Labels of the calling pod, for callers inside the mesh.
   *
   * @default - any pod
   */
  readonly sourceLabels?: { [label: string]: string };

  /**
   * Namespace of the calling pod, for callers inside the mesh.
   *
   * @default - any namespace
   */
  readonly sourceNamespace?: string;

  /**
   * Gateways to which the match applies. They must be among those of the VirtualService.
   *
   * @default - all gateways of the VirtualService
   */
  readonly gateways?: IGateway[];

  /**
   * Whether the match applies to callers inside the mesh in addition to `gateways`.
   *
   * @default - only when `gateways` is left out
   */
  readonly mesh?: boolean;
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
