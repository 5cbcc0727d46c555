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
   * Changes to request headers.
   *
   * @default - only those that the backend needs
   */
  readonly requestHeaders?: HeaderChanges;

  /**
   * Changes to response headers.
   *
   * @default - none
   */
  readonly responseHeaders?: HeaderChanges;
}

/** Properties for `ModelRoute`. */
export interface ModelRouteProps extends ModelRouteOptions {
  /** The backend that answers. */
  readonly backend: IBackend;
}

/** Id of a route below its model. */
const ROUTE_ID = 'Route';

/**
 * Routes REST and gRPC requests to one model. Programmed by an `IstioRouter` unless another router is given.
 *
 * Without gateways, the endpoints of a chart share one VirtualService for each host. The route then has no object, and
 * `ApiObject.of(route)` fails.
 */
export class ModelRoute extends Construct implements IRollout {
  /**
   * Creates the route to a Model, a Pipeline or an Experiment of Seldon Core 2, as its child and with its name: the endpoint has the
   * name of the model.
   *
   * @param model The Model, Pipeline or Experiment; an existing one as by `Model.fromModelName`.
   * @param props Options that override the defaults.
   * @throws an error for any other backend, which has no name for the endpoint, and if the model already has such a route.
   *
   * @example
   * const wine = new Model(chart, 'wine', { storageUri: 'gs://models/wine', requirements: ['sklearn'] });
   * ModelRoute.of(wine, { gateways: [gateway] });
   */
  public static of(model: IBackend, props: ModelRouteOptions = {}): ModelRoute {
    const name = Construct.isConstruct(model) ? core2Name(targetOf(model, 'model', model)) : undefined;
    if (!Construct.isConstruct(model) || name === undefined) {
      throw invalid('ModelRoute.of', `backend ${show(model)}`,
        'expected a Model, Pipeline or Experiment of Seldon Core 2. Create other routes with new ModelRoute(scope, id, { backend, … })');
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

  /** The plan that was passed to the router. */
  public readonly plan: Plan;

  /**
   * Creates a route to a backend.
   *
   * @param scope Construct that the route belongs to.
   * @param id Name of the route's objects and, unless `endpoint` is set, of the endpoint. It must differ from the ids of all other
   * constructs of the scope: for a Model with the same id use `ModelRoute.of`, or set `endpoint`.
   * @param props Backend and endpoint.
   * @throws an error if the scope has a construct of that id, a value is invalid or the backend cannot serve the endpoint.
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
