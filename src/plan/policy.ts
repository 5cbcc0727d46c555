import { Duration } from 'cdk8s';
import { checkNoControls } from './checks/checks';
import { invalid, show } from './checks/errors';
import { checkRegex } from './expressions/regex-checks';
import { StringMatch } from './string-match';

/**
 * How the path of a REST request is changed on its way. gRPC paths name the method and stay as they are.
 */
export class PathRewrite {
  /**
   * Puts another text in place of the part of the path that the endpoint matched: for a prefix that prefix,
   * for an exact path all of it.
   *
   * @param replacement Text that starts with a slash.
   * @throws an error when the text does not start with a slash.
   */
  public static matched(replacement: string): PathRewrite {
    if (typeof replacement !== 'string' || !replacement.startsWith('/')) {
      throw invalid('PathRewrite.matched', `replacement ${show(replacement)}`, 'expected a path that starts with a slash');
    }
    checkNoControls('PathRewrite.matched', `replacement ${JSON.stringify(replacement)}`, replacement);
    return new PathRewrite(replacement, undefined);
  }

  /**
   * Puts another text in place of what an expression finds in the path.
   *
   * @param pattern RE2 expression of 1 to 1024 bytes.
   * @param substitution Text with `\1` for the first group.
   * @throws an error when the pattern is no RE2 expression.
   */
  public static regex(pattern: string, substitution: string): PathRewrite {
    checkRegex('PathRewrite.regex', pattern);
    if (typeof substitution !== 'string') throw invalid('PathRewrite.regex', `substitution ${show(substitution)}`, 'expected a string');
    checkNoControls('PathRewrite.regex', `substitution ${JSON.stringify(substitution)}`, substitution);
    return new PathRewrite(substitution, pattern);
  }

  /** The text to write. */
  public readonly replacement: string;

  /** What to look for; undefined for the part that the endpoint matched. */
  public readonly pattern?: string;

  private constructor(replacement: string, pattern: string | undefined) {
    this.replacement = replacement;
    this.pattern = pattern;
  }
}

/**
 * When and how often a request is tried again.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRetry
 */
export interface RetryPolicy {
  /** How often at most, 0 or more; 0 turns Istio's own two retries off. */
  readonly attempts: number;

  /**
   * Time for each try, 1 ms or more in whole milliseconds.
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

/** Holds requests back, to see what callers do. */
export interface DelayFault {
  /** Share of the requests, 0 to 100. */
  readonly percent: number;

  /** How long, 1 ms or more in whole milliseconds. */
  readonly delay: Duration;
}

/** Answers requests with an error, to see what callers do. */
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

/** Which pages of other origins a browser lets call the endpoint. */
export interface CorsPolicy {
  /** Origins; an empty list lets none. With `allowCredentials`, exact `*` is refused: any page could call in the name of its visitor. */
  readonly allowOrigins: StringMatch[];

  /**
   * Methods, in capitals.
   *
   * @default - those that a browser sends without asking
   */
  readonly allowMethods?: string[];

  /**
   * Request headers.
   *
   * @default - those that a browser sends without asking
   */
  readonly allowHeaders?: string[];

  /**
   * Response headers that pages may read.
   *
   * @default - those that a browser always shows
   */
  readonly exposeHeaders?: string[];

  /**
   * How long a browser may remember the answer, in whole seconds.
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
 * What happens to the requests of an endpoint on their way, whichever arm answers.
 */
export interface RoutePolicy {
  /**
   * Another path for REST requests.
   *
   * @default - paths stay as they are
   */
  readonly rewrite?: PathRewrite;

  /**
   * Time for a whole request, retries included, 1 ms or more in whole milliseconds.
   *
   * @default - no limit
   */
  readonly timeout?: Duration;

  /**
   * When a request is tried again. Seldon Core 2 retries five times on its own, and both multiply.
   *
   * @default - Istio's two retries on connection failures
   */
  readonly retries?: RetryPolicy;

  /**
   * Requests held back.
   *
   * @default - none
   */
  readonly delay?: DelayFault;

  /**
   * Requests answered with an error.
   *
   * @default - none
   */
  readonly abort?: AbortFault;

  /**
   * Pages of other origins.
   *
   * @default - no CORS headers are written
   */
  readonly cors?: CorsPolicy;
}
