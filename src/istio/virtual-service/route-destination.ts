import { HeaderChanges } from '../../plan/headers';

/**
 * Destination of requests or connections.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#Destination
 */
export interface Destination {
  /**
   * DNS name of a Service, or host of a ServiceEntry. A name without dots is resolved in the namespace of the VirtualService, so the
   * full name is safer.
   */
  readonly host: string;

  /**
   * Port of the Service, 1 to 65535.
   *
   * @default - the only port of the Service; if it has several, the port on which the request arrived
   */
  readonly port?: number;

  /**
   * Name of a subset that a DestinationRule of the host defines.
   *
   * @default - all pods
   */
  readonly subset?: string;
}

/**
 * Header changes of a rule or of one of its destinations.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#Headers
 */
export interface RouteHeaders {
  /**
   * Changes to request headers. `host` or `:authority` rewrites the authority.
   *
   * @default - none
   */
  readonly request?: HeaderChanges;

  /**
   * Changes to response headers.
   *
   * @default - none
   */
  readonly response?: HeaderChanges;
}

/**
 * One of the destinations that share the requests of an HTTP rule.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRouteDestination
 */
export interface HttpRouteDestination {
  /** The destination. */
  readonly destination: Destination;

  /**
   * Share of the requests, relative to the other weights: a whole number from 0 to 2147483647. Istio before 1.15 requires that
   * the weights of a rule add up to 100. The weight of a single destination is ignored.
   *
   * @default - 0, which means no requests unless it is the only destination
   */
  readonly weight?: number;

  /**
   * Header changes for this destination.
   *
   * @default - none
   */
  readonly headers?: RouteHeaders;
}

/**
 * One of the destinations that share the connections of a TLS or TCP rule.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#RouteDestination
 */
export interface RouteDestination {
  /** The destination. */
  readonly destination: Destination;

  /**
   * Share of the connections, relative to the other weights: a whole number from 0 to 2147483647. Istio before 1.15 requires that
   * the weights of a rule add up to 100. The weight of a single destination is ignored.
   *
   * @default - 0, which means no connections unless it is the only destination
   */
  readonly weight?: number;
}
