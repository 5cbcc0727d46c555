import { Duration } from 'cdk8s';
import { checkNoControls } from './checks/checks';
import { invalid, show } from './checks/errors';
import { checkRegex } from './expressions/regex-checks';
import { StringMatch } from './string-match';

/**
 * How the path of a REST request is rewritten. gRPC paths name the method and are not rewritten.
 */
export class PathRewrite {
  /**
   * Replaces the part of the path that the endpoint matched: the prefix of a prefix match, or the whole of an exact path.
   *
   * @param replacement A string that starts with a slash.
   * @throws an error if it does not start with a slash.
   */
  public static matched(replacement: string): PathRewrite {
    if (typeof replacement !== 'string' || !replacement.startsWith('/')) {
      throw invalid('PathRewrite.matched', `replacement ${show(replacement)}`, 'expected a path that starts with a slash');
    }
    checkNoControls('PathRewrite.matched', `replacement ${JSON.stringify(replacement)}`, replacement);
    return new PathRewrite(replacement, undefined);
  }

  /**
   * Replaces the part of the path that a regular expression matches.
   *
   * @param pattern RE2 expression of 1 to 1024 bytes.
   * @param substitution The replacement, with `\1` for the first group.
   * @throws an error if the pattern is not an RE2 expression.
   */
  public static regex(pattern: string, substitution: string): PathRewrite {
    checkRegex('PathRewrite.regex', pattern);
    if (typeof substitution !== 'string') throw invalid('PathRewrite.regex', `substitution ${show(substitution)}`, 'expected a string');
    checkNoControls('PathRewrite.regex', `substitution ${JSON.stringify(substitution)}`, substitution);
    return new PathRewrite(substitution, pattern);
  }

  /** The replacement. */
  public readonly replacement: string;

  /** The expression to replace; undefined for the part that the endpoint matched. */
  public readonly pattern?: string;

  private constructor(replacement: string, pattern: string | undefined) {
    this.replacement = replacement;
    this.pattern = pattern;
  }
}

/**
 * When and how often a request is retried.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRetry
 */
export interface RetryPolicy {
  /** Maximum number of retries, 0 or more; 0 disables Istio's own two retries. */
  readonly attempts: number;

  /**
   * Timeout of each try, 1 ms or more in whole milliseconds.
   *
   * @default - the route's timeout
   */
  readonly perTryTimeout?: Duration;

  /**
   * Conditions: names that Envoy knows or HTTP status codes.
   *
   * @default - Istio's: connection failures, refused streams, unavailable and cancelled calls
   * @see https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/router_filter#x-envoy-retry-on
   */
  readonly retryOn?: string[];
}

/** Delays requests, to test how callers react. */
export interface DelayFault {
  /** Share of the requests, 0 to 100. */
  readonly percent: number;

  /** The delay, 1 ms or more in whole milliseconds. */
  readonly delay: Duration;
}

/** Answers requests with an error, to test how callers react. */
export interface AbortFault {
  /** Share of the requests, 0 to 100. */
  readonly percent: number;

  /**
   * HTTP status, 200 to 599.
   *
   * @default - none; give this or `grpcStatus`
   */
  readonly httpStatus?: number;

  /**
   * gRPC status by name, such as `UNAVAILABLE`.
   *
   * @default - none; give this or `httpStatus`
   */
  readonly grpcStatus?: string;
}

/** Which pages of other origins may call the endpoint from a browser. */
export interface CorsPolicy {
  /** Origins; an empty list allows none. With `allowCredentials`, exact `*` is refused, since any page could call with its visitor's cookies. */
  readonly allowOrigins: StringMatch[];

  /**
   * Methods, in capitals.
   *
   * @default - those that need no preflight request
   */
  readonly allowMethods?: string[];

  /**
   * Request headers.
   *
   * @default - those that need no preflight request
   */
  readonly allowHeaders?: string[];

  /**
   * Response headers that pages may read.
   *
   * @default - those that a browser always exposes
   */
  readonly exposeHeaders?: string[];

  /**
   * How long a browser may cache the response, in whole seconds.
   *
   * @default - the browser's own
   */
  readonly maxAge?: Duration;

  /**
   * Whether requests may carry cookies.
   *
   * @default false
   */
  readonly allowCredentials?: boolean;
}

/**
 * Rewrites, timeouts, retries, faults and CORS of an endpoint, for all of its arms.
 */
export interface RoutePolicy {
  /**
   * Rewrites the path of REST requests.
   *
   * @default - paths stay as they are
   */
  readonly rewrite?: PathRewrite;

  /**
   * Timeout of a request, retries included, 1 ms or more in whole milliseconds.
   *
   * @default - no limit
   */
  readonly timeout?: Duration;

  /**
   * Retries. Seldon Core 2 retries five times itself, and the two multiply.
   *
   * @default - Istio's two retries on connection failures
   */
  readonly retries?: RetryPolicy;

  /**
   * Delays requests.
   *
   * @default - none
   */
  readonly delay?: DelayFault;

  /**
   * Answers requests with an error.
   *
   * @default - none
   */
  readonly abort?: AbortFault;

  /**
   * CORS for browsers.
   *
   * @default - no CORS headers are written
   */
  readonly cors?: CorsPolicy;
}
