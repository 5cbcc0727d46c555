import { Duration } from 'cdk8s';
import { HttpDelegate, HttpDirectResponse, HttpMirror, HttpRedirect, HttpRewrite } from './http-action';
import { HttpMatch } from './http-match';
import { HttpRouteDestination, RouteHeaders } from './route-destination';
import { AbortFault, CorsPolicy, DelayFault, RetryPolicy } from '../../plan/policy';

export type * from './common-match';
export * from './http-action';
export * from './http-match';
export * from './route-destination';

/**
 * Retries of a request, with all fields of a VirtualService.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRetry
 */
export interface HttpRetries extends RetryPolicy {
  /**
   * Minimum time between two attempts, 1 ms or more in whole milliseconds. Istio 1.26 or later.
   *
   * @default - 25 ms
   */
  readonly backoff?: Duration;

  /**
   * Whether retries may go to other localities.
   *
   * @default - not to those that locality-aware load balancing excludes
   */
  readonly retryRemoteLocalities?: boolean;

  /**
   * Whether a retry avoids pods that have already failed this request. Istio 1.26 or later.
   *
   * @default true
   */
  readonly retryIgnorePreviousHosts?: boolean;
}

/** How preflight requests from origins that are not allowed are handled. */
export enum UnmatchedPreflights {
  /** They are forwarded to the backend. */
  FORWARD = 'FORWARD',
  /** The proxy answers them, without CORS headers. */
  IGNORE = 'IGNORE',
}

/**
 * CORS policy of a route, with all fields of a VirtualService.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#CorsPolicy
 */
export interface HttpCorsPolicy extends CorsPolicy {
  /**
   * How preflight requests from other origins are handled. Istio 1.23 or later.
   *
   * @default - Istio's: FORWARD
   */
  readonly unmatchedPreflights?: UnmatchedPreflights;
}

/**
 * A rule for HTTP requests. The first rule that matches a request applies.
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
   * Matches, of which at least one must hold.
   *
   * @default - all remaining requests, so no rule may follow
   */
  readonly match?: HttpMatch[];

  /**
   * Destinations of the requests. If there are several, at least one must have a weight above 0.
   *
   * @default - none: the rule redirects, responds directly or delegates
   */
  readonly route?: HttpRouteDestination[];

  /**
   * Redirects the client. Cannot be combined with `route`, `directResponse`, `rewrite`, `delay`, `abort` and `delegate`.
   *
   * @default - no redirect
   */
  readonly redirect?: HttpRedirect;

  /**
   * Makes the proxy respond. Cannot be combined with `route`, `redirect`, `rewrite`, `delay` and `abort`. Istio 1.15 or later.
   *
   * @default - none
   */
  readonly directResponse?: HttpDirectResponse;

  /**
   * Rewrites the path or the authority before the request is forwarded.
   *
   * @default - no rewrite
   */
  readonly rewrite?: HttpRewrite;

  /**
   * Timeout for the whole request including retries, 1 ms or more in whole milliseconds.
   *
   * @default - no limit
   */
  readonly timeout?: Duration;

  /**
   * Retries of failed requests.
   *
   * @default - Istio's two retries on connection failures
   */
  readonly retries?: HttpRetries;

  /**
   * Injected delay.
   *
   * @default - none
   */
  readonly delay?: DelayFault;

  /**
   * Injected error responses.
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
   * CORS policy.
   *
   * @default - no CORS headers are added
   */
  readonly cors?: HttpCorsPolicy;

  /**
   * Header changes for all destinations.
   *
   * @default - none
   */
  readonly headers?: RouteHeaders;

  /**
   * The VirtualService with further rules for the requests. Cannot be combined with `route` and `redirect`.
   *
   * @default - no delegation
   */
  readonly delegate?: HttpDelegate;
}
