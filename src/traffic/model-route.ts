import { Construct } from 'constructs';
import { EndpointProps, endpointOf, planRollout } from './endpoint-props';
import { IBackend } from '../plan/backend';
import { HeaderChanges } from '../plan/headers';
import { IRollout, Plan } from '../plan/plan';
import { checkProps, checkRouter, targetOf } from '../plan/shapes';
import { IstioRouter } from '../routers/istio-router';

/** What a ModelRoute needs to know. */
export interface ModelRouteProps extends EndpointProps {
  /** Who answers. */
  readonly backend: IBackend;

  /**
   * Headers changed on the way to the backend.
   *
   * @default - only those that the backend itself asks for
   */
  readonly requestHeaders?: HeaderChanges;

  /**
   * Headers changed on the way back.
   *
   * @default - none
   */
  readonly responseHeaders?: HeaderChanges;
}

/**
 * Leads callers to one model, over REST and gRPC. Programmed by an `IstioRouter` unless another router is given.
 *
 * Without gateways the endpoints of a chart share one VirtualService for each host, so that none belongs to the route and
 * `ApiObject.of(route)` finds nothing.
 */
export class ModelRoute extends Construct implements IRollout {
  /** What was handed to the router. */
  public readonly plan: Plan;

  /**
   * Leads callers to a backend.
   *
   * @param scope Construct that the route belongs to.
   * @param id Name of the route's objects and, unless said otherwise, of the endpoint.
   * @param props Backend and endpoint.
   * @throws an error when a value is wrong or the backend cannot serve the endpoint.
   */
  public constructor(scope: Construct, id: string, props: ModelRouteProps) {
    super(scope, id);
    checkProps(this, props, 'a backend');
    checkRouter(this, props.router);
    const { backend, requestHeaders, responseHeaders } = props;
    const endpoint = endpointOf(this, props, [targetOf(this, 'backend', backend)]);
    this.plan = planRollout(this, props, endpoint, [{ backend, requestHeaders, responseHeaders }]);
    (props.router ?? new IstioRouter()).route(this, this.plan);
  }
}
