import { HttpRoute } from './http-route';
import { TcpRoute, TlsRoute } from './tls-tcp-route';
import { ManifestProps } from '../../mesh/manifest-props';
import { IGateway } from '../../plan/gateway-ref';

/**
 * What a `VirtualService` says. It needs at least one rule.
 */
export interface VirtualServiceProps extends ManifestProps {
  /**
   * Hosts that callers ask for: DNS names, `*.` before one for all names below it, addresses, or `*` for all, which is
   * for gateways alone. They must not overlap. An empty list makes a VirtualService that others delegate to.
   */
  readonly hosts: string[];

  /**
   * Gateways that the rules are for.
   *
   * @default - none: the rules are for callers inside the mesh
   */
  readonly gateways?: IGateway[];

  /**
   * Whether the rules are for callers inside the mesh, beside `gateways`.
   *
   * @default - only when there are no gateways
   */
  readonly mesh?: boolean;

  /**
   * Rules for HTTP and gRPC requests, in order: the first that fits wins.
   *
   * @default - none
   */
  readonly http?: HttpRoute[];

  /**
   * Rules for TLS connections that pass through, in order: the first that fits wins.
   *
   * @default - none
   */
  readonly tls?: TlsRoute[];

  /**
   * Rules for TCP connections, in order: the first that fits wins.
   *
   * @default - none
   */
  readonly tcp?: TcpRoute[];

  /**
   * Namespaces that the rules are seen in: names, `.` for the own one, or `*` alone for all.
   *
   * @default - all, unless the mesh is set up otherwise
   */
  readonly exportTo?: string[];

  /**
   * Accepts that a host is taken away from endpoints on a wider host behind the same gateway: they answer 404 there.
   *
   * @default false
   */
  readonly takesHost?: boolean;
}
