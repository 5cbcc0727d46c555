import { Duration } from 'cdk8s';
import { HttpDelegate, HttpDirectResponse, HttpMirror, HttpRedirect, HttpRewrite } from './http-action';
import { HttpMatch } from './http-match';
import { HttpRouteDestination, RouteHeaders } from './route-destination';
import { AbortFault, CorsPolicy, DelayFault, RetryPolicy } from '../../plan/policy';

export * from './http-action';
export * from './http-match';
export * from './route-destination';

/**
 * When and how often a request is tried again, with all that a VirtualService can say.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRetry
 */
export interface HttpRetries extends RetryPolicy {
  /**
   * Least time between two tries, 1 ms or more in whole milliseconds. Since Istio 1.26.
   *
   * @default - 25 ms
   */
  readonly backoff?: Duration;

  /**
   * Whether tries may go to other localities.
   *
   * @default - not to those that locality-aware load balancing leaves out
   */
  readonly retryRemoteLocalities?: boolean;

  /**
   * Whether a try avoids pods that failed this request already. Since Istio 1.26.
   *
   * @default true
   */
  readonly retryIgnorePreviousHosts?: boolean;
}

/** What happens to the preflight requests of origins that are not allowed. */
export enum UnmatchedPreflights {
  /** They go on to the backend. */
  FORWARD = 'FORWARD',
  /** The proxy answers them, without CORS headers. */
  IGNORE = 'IGNORE',
}

/**
 * Which pages of other origins a browser lets call the route, with all that a VirtualService can say.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#CorsPolicy
 */
export interface HttpCorsPolicy extends CorsPolicy {
  /**
   * What happens to the preflight requests of other origins. Since Istio 1.23.
   *
   * @default - Istio's: FORWARD
   */
  readonly unmatchedPreflights?: UnmatchedPreflights;
}

/**
 * One rule for HTTP requests: which it is for, and what happens to them. The first rule with a match that holds wins.
 *
 * A rule has destinations (`route`), a `redirect`, a `directResponse` or a `delegate`.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRoute
 */
export interface HttpRoute {
  /**
   * Name for messages and access logs.
   *
   * @default - none
   */
  readonly name?: string;

  /**
   * Which requests; one match is enough.
   *
   * @default - all that come this far, so no rule may follow
   */
  readonly match?: HttpMatch[];

  /**
   * Destinations of the requests. Of several, at least one has a weight above 0.
   *
   * @default - none: the rule redirects, responds directly or delegates
   */
  readonly route?: HttpRouteDestination[];

  /**
   * Sends the client elsewhere; excludes `route`, `directResponse`, `rewrite`, `delay`, `abort` and `delegate`.
   *
   * @default - no redirect
   */
  readonly redirect?: HttpRedirect;

  /**
   * Answers at once; excludes `route`, `redirect`, `rewrite`, `delay` and `abort`. Since Istio 1.15.
   *
   * @default - a backend answers
   */
  readonly directResponse?: HttpDirectResponse;

  /**
   * Changes path or authority before the request goes on.
   *
   * @default - both stay
   */
  readonly rewrite?: HttpRewrite;

  /**
   * Time for a whole request, retries included, 1 ms or more in whole milliseconds.
   *
   * @default - no limit
   */
  readonly timeout?: Duration;

  /**
   * When a request is tried again.
   *
   * @default - Istio's two retries on connection failures
   */
  readonly retries?: HttpRetries;

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
   * Destinations of mirrored requests. A mirror without `percent` gets all of them. Istio before 1.19 supports one mirror.
   *
   * @default - none
   */
  readonly mirrors?: HttpMirror[];

  /**
   * Pages of other origins.
   *
   * @default - no CORS headers are written
   */
  readonly cors?: HttpCorsPolicy;

  /**
   * Headers changed for all destinations.
   *
   * @default - none
   */
  readonly headers?: RouteHeaders;

  /**
   * The VirtualService that goes on with the requests; excludes `route` and `redirect`.
   *
   * @default - the rule says what happens
   */
  readonly delegate?: HttpDelegate;
}
