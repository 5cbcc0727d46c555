import { HeaderChanges } from '../../plan/headers';

/**
 * Where requests or connections go.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#Destination
 */
export interface Destination {
  /**
   * DNS name of a Service or of a ServiceEntry's host. A name without dots is looked up in the namespace of the
   * VirtualService, so the full name is safer.
   */
  readonly host: string;

  /**
   * Port of the Service, 1 to 65535.
   *
   * @default - the one port of the Service; when it has several, the port that the request came in on
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
   * Changes on the way to the destination. `host` or `:authority` here rewrites the authority.
   *
   * @default - none
   */
  readonly request?: HeaderChanges;

  /**
   * Changes on the way back.
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
  /** Who answers. */
  readonly destination: Destination;

  /**
   * Share of the requests, relative to the other weights: a whole number from 0 to 2147483647. Istio before 1.15 wants
   * the weights of a rule to add up to 100. The weight of an only destination counts for nothing.
   *
   * @default - 0, which is no requests unless it is the only destination
   */
  readonly weight?: number;

  /**
   * Headers changed for this destination.
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
  /** Who answers. */
  readonly destination: Destination;

  /**
   * Share of the connections, relative to the other weights: a whole number from 0 to 2147483647. Istio before 1.15 wants
   * the weights of a rule to add up to 100. The weight of an only destination counts for nothing.
   *
   * @default - 0, which is no connections unless it is the only destination
   */
  readonly weight?: number;
}
