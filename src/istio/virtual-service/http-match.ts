import { IGateway } from '../../plan/gateway-ref';
import { StringMatch } from '../../plan/string-match';

/**
 * What an HTTP request must look like. All conditions of one match hold at once; one match of a rule is enough.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPMatchRequest
 */
export interface HttpMatch {
  /**
   * Name for messages and statistics.
   *
   * @default - none
   */
  readonly name?: string;

  /**
   * Path, without the query.
   *
   * @default - any path
   */
  readonly uri?: StringMatch;

  /**
   * Scheme of the URI, `http` or `https`.
   *
   * @default - any scheme
   */
  readonly scheme?: StringMatch;

  /**
   * HTTP method, in capitals.
   *
   * @default - any method
   */
  readonly method?: StringMatch;

  /**
   * Authority: the `Host` header, with the port if the client sends one.
   *
   * @default - any authority
   */
  readonly authority?: StringMatch;

  /**
   * Headers that must be there, by lower-case name. For a VirtualService that is on gateways alone, a key
   * `@request.auth.claims.<claim>` stands for a claim of the caller's validated JWT.
   *
   * @default - any headers
   */
  readonly headers?: { [name: string]: StringMatch };

  /**
   * Headers that must not be there with such a value, by lower-case name. The same keys as in `headers`.
   *
   * @default - none
   */
  readonly withoutHeaders?: { [name: string]: StringMatch };

  /**
   * Query parameters, by name. Names and values are compared as callers send them, which is encoded: `a%20b` for `a b`.
   *
   * @default - any parameters
   */
  readonly queryParams?: { [name: string]: StringMatch };

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

  /**
   * Whether `uri` is compared without regard to case. It does nothing for an expression.
   *
   * @default false
   */
  readonly ignoreUriCase?: boolean;

  /**
   * Prefix of the statistics that Envoy keeps of this match. Since Istio 1.15.
   *
   * @default - none
   */
  readonly statPrefix?: string;
}
