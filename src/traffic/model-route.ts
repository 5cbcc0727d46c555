import { Construct } from 'constructs';
import { EndpointBinder, targetsOf } from './bound-backends';
import { endpointOf, planRollout } from './endpoint-plan';
import { EndpointProps } from './endpoint-props';
import { scopeFor } from './route-ids';
import { BackendTarget, IBackend } from '../plan/backend';
import { invalid, show } from '../plan/checks/errors';
import { checkProps } from '../plan/checks/props';
import { HeaderChanges } from '../plan/headers';
import { targetOf } from '../plan/part-checks';
import { IRollout, Plan } from '../plan/plan';
import { IstioRouter } from '../routers/istio-router';

/** Properties for a `ModelRoute`, apart from its backend. */
export interface ModelRouteOptions extends EndpointProps {
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

/** Properties for `ModelRoute`. */
export interface ModelRouteProps extends ModelRouteOptions {
  /** Who answers. */
  readonly backend: IBackend;
}

/** Id of a route below its model. */
const ROUTE_ID = 'Route';

/**
 * Leads callers to one model, over REST and gRPC. Programmed by an `IstioRouter` unless another router is given.
 *
 * Without gateways the endpoints of a chart share one VirtualService for each host, so that none belongs to the route and
 * `ApiObject.of(route)` finds nothing.
 */
export class ModelRoute extends Construct implements IRollout {
  /**
   * Creates the route to a Model, a Pipeline or an Experiment of Seldon Core 2, below it and with its name: callers ask for the
   * endpoint by the name of the model.
   *
   * @param model The Model, Pipeline or Experiment, also one by its name such as `Model.fromModelName`.
   * @param props What differs from that.
   * @throws an error for another backend, which has no name that callers could ask for, and when there is such a route already.
   *
   * @example
   * const wine = new Model(chart, 'wine', { storageUri: 'gs://models/wine', requirements: ['sklearn'] });
   * ModelRoute.of(wine, { gateways: [gateway] });
   */
  public static of(model: IBackend, props: ModelRouteOptions = {}): ModelRoute {
    const name = Construct.isConstruct(model) ? core2Name(targetOf(model, 'model', model)) : undefined;
    if (!Construct.isConstruct(model) || name === undefined) {
      throw invalid('ModelRoute.of', `backend ${show(model)}`,
        'expected a Model, Pipeline or Experiment of Seldon Core 2: create other routes with new ModelRoute(scope, id, { backend, … })');
    }
    checkProps(model, 'ModelRouteOptions', props);
    const other = model.node.tryFindChild(ROUTE_ID);
    if (other !== undefined) {
      throw invalid(other, `a second ModelRoute.of(…) for ${show(name)}`, 'create further routes with new ModelRoute(scope, id, { backend, endpoint, … })');
    }
    // Inside the mesh, the object is named after the host.
    const metadata = (props.gateways ?? []).length === 0 ? props.metadata : { name, ...props.metadata };
    return new ModelRoute(model, ROUTE_ID, { endpoint: name, ...props, metadata, backend: model });
  }

  /** What was handed to the router. */
  public readonly plan: Plan;

  /**
   * Leads callers to a backend.
   *
   * @param scope Construct that the route belongs to.
   * @param id Name of the route's objects and, unless `endpoint` is set, of the endpoint: callers ask for it. It must differ from the
   * ids of all other constructs of the scope, so a Model of the same id is routed by `ModelRoute.of`, or with `endpoint`.
   * @param props Backend and endpoint.
   * @throws an error when the scope has a construct of that id, a value is wrong or the backend cannot serve the endpoint.
   */
  public constructor(scope: Construct, id: string, props: ModelRouteProps) {
    super(scopeFor(scope, id), id);
    checkProps(this, 'ModelRouteProps', props, ModelRoute);
    const { backend, requestHeaders, responseHeaders } = props;
    const router = props.router ?? new IstioRouter();
    const bound = new EndpointBinder(this, router, props.policy, 1).arm('backend', backend);
    this.plan = planRollout(this, props, endpointOf(this, props, targetsOf([bound])), [{ ...bound, requestHeaders, responseHeaders }]);
    router.route(this, this.plan);
  }
}

function core2Name({ seldon }: BackendTarget): string | undefined {
  return seldon?.core2?.name ?? seldon?.experiment?.name;
}
