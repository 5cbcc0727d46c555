import { RouteDestination } from './route-destination';
import { IGateway } from '../../plan/gateway-ref';

/**
 * Conditions on a TLS connection that is not terminated. All of them must hold.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#TLSMatchAttributes
 */
export interface TlsMatch {
  /** Server names that the client asks for by SNI; each among the hosts of the VirtualService. `*.` may start one. */
  readonly sniHosts: string[];

  /**
   * Addresses that are called: IP addresses or CIDR blocks.
   *
   * @default - any address
   */
  readonly destinationSubnets?: string[];

  /**
   * Port that the client calls, 1 to 65535.
   *
   * @default - any port
   */
  readonly port?: number;

  /**
   * Labels of the calling pod; for callers inside the mesh.
   *
   * @default - any pod
   */
  readonly sourceLabels?: { [label: string]: string };

  /**
   * Namespace of the calling pod; for callers inside the mesh.
   *
   * @default - any namespace
   */
  readonly sourceNamespace?: string;

  /**
   * Gateways that the match is for. They must be among those of the VirtualService.
   *
   * @default - all that the VirtualService is on
   */
  readonly gateways?: IGateway[];

  /**
   * Whether the match is for callers inside the mesh, beside `gateways`.
   *
   * @default - only when `gateways` is left out
   */
  readonly mesh?: boolean;
}

/**
 * A rule for TLS connections that pass through, selected by SNI. The first rule with a match wins.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#TLSRoute
 */
export interface TlsRoute {
  /** Which connections; one match is enough. */
  readonly match: TlsMatch[];

  /** Who answers. Of several, at least one has a weight above 0. */
  readonly route: RouteDestination[];
}

/**
 * What a TCP connection must look like. All conditions hold at once.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#L4MatchAttributes
 */
export interface TcpMatch {
  /**
   * Addresses that are called: IP addresses or CIDR blocks.
   *
   * @default - any address
   */
  readonly destinationSubnets?: string[];

  /**
   * Port that the client calls, 1 to 65535.
   *
   * @default - any port
   */
  readonly port?: number;

  /**
   * Addresses of callers: an IP address or a CIDR block. The CRD has the field, Istio's documentation does not promise
   * that it does anything.
   *
   * @default - any address
   */
  readonly sourceSubnet?: string;

  /**
   * Labels of the calling pod; for callers inside the mesh.
   *
   * @default - any pod
   */
  readonly sourceLabels?: { [label: string]: string };

  /**
   * Namespace of the calling pod; for callers inside the mesh.
   *
   * @default - any namespace
   */
  readonly sourceNamespace?: string;

  /**
   * Gateways that the match is for. They must be among those of the VirtualService.
   *
   * @default - all that the VirtualService is on
   */
  readonly gateways?: IGateway[];

  /**
   * Whether the match is for callers inside the mesh, beside `gateways`.
   *
   * @default - only when `gateways` is left out
   */
  readonly mesh?: boolean;
}

/**
 * One rule for TCP connections. The first rule with a match that holds wins.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#TCPRoute
 */
export interface TcpRoute {
  /**
   * Which connections; one match is enough.
   *
   * @default - all that come this far
   */
  readonly match?: TcpMatch[];

  /** Who answers. Of several, at least one has a weight above 0. */
  readonly route: RouteDestination[];
}
