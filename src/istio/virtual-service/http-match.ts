import { CommonMatch } from './common-match';
import { StringMatch } from '../../plan/string-match';

/**
 * Conditions on an HTTP request, all of which must hold. A rule applies when at least one of its matches holds.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPMatchRequest
 */
export interface HttpMatch extends CommonMatch {
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
   * Headers that must be present, by lower-case name. In a VirtualService that is only on gateways, the key
   * `@request.auth.claims.<claim>` refers to a claim of the caller's validated JWT.
   *
   * @default - any headers
   */
  readonly headers?: { [name: string]: StringMatch };

  /**
   * Headers that must not be present with such a value, by lower-case name. The same keys as in `headers`.
   *
   * @default - none
   */
  readonly withoutHeaders?: { [name: string]: StringMatch };

  /**
   * Query parameters, by name. Names and values are compared in encoded form, as callers send them: `a%20b` for `a b`.
   *
   * @default - any parameters
   */
  readonly queryParams?: { [name: string]: StringMatch };

  /**
   * Whether the case of `uri` is ignored. It has no effect on a regular expression.
   *
   * @default false
   */
  readonly ignoreUriCase?: boolean;

  /**
   * Prefix of Envoy's statistics for this match. Istio 1.15 or later.
   *
   * @default - none
   */
  readonly statPrefix?: string;
}
