import { HttpRoute } from './http-route';
import { TcpRoute, TlsRoute } from './tls-tcp-route';
import { ManifestProps } from '../../mesh/manifest-props';
import { IGateway } from '../../plan/gateway-ref';

/**
 * Properties for `VirtualService`. At least one rule is required.
 */
export interface VirtualServiceProps extends ManifestProps {
  /**
   * Hosts of the requests: DNS names, wildcards such as `*.example.com`, IP addresses, or `*` for all hosts, which is allowed only on
   * gateways. They must not overlap. A VirtualService to which others delegate has an empty list. Endpoints on a wider host behind the
   * same gateway answer 404 on these, which is an error unless it is accepted with `Rules.accept(virtualService, "hidden-host", "reason")`.
   */
  readonly hosts: string[];

  /**
   * Gateways to which the rules apply.
   *
   * @default - none: the rules apply to callers inside the mesh
   */
  readonly gateways?: IGateway[];

  /**
   * Whether the rules apply to callers inside the mesh in addition to `gateways`.
   *
   * @default - only when there are no gateways
   */
  readonly mesh?: boolean;

  /**
   * Rules for HTTP and gRPC requests, in order: the first match wins.
   *
   * @default - none
   */
  readonly http?: HttpRoute[];

  /**
   * Rules for TLS connections that are not terminated, in order: the first match wins.
   *
   * @default - none
   */
  readonly tls?: TlsRoute[];

  /**
   * Rules for TCP connections, in order: the first match wins.
   *
   * @default - none
   */
  readonly tcp?: TcpRoute[];

  /**
   * Namespaces that see the rules: names, `.` for the namespace of the VirtualService, or only `*` for all.
   *
   * @default - all, unless the mesh configuration sets another default
   */
  readonly exportTo?: string[];
}
