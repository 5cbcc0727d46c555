import { Construct } from 'constructs';
import { EndpointBinder, targetsOf } from './bound-backends';
import { endpointOf, planRollout } from './endpoint-plan';
import { EndpointProps } from './endpoint-props';
import { scopeFor } from './route-ids';
import { IBackend } from '../plan/backend';
import { checkProps } from '../plan/checks/props';
import { checkList } from '../plan/checks/type-checks';
import { HeaderChanges } from '../plan/headers';
import { IRollout, Mirror, Plan } from '../plan/plan';
import { IstioRouter } from '../routers/istio-router';

/** A backend and its share of the requests. */
export interface WeightedArm {
  /** The backend that answers. */
  readonly backend: IBackend;

  /**
   * Share of the requests: a whole number of 0 or more, relative to the other weights, written as given.
   */
  readonly weight: number;

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

/** Properties for `TrafficSplit`. */
export interface TrafficSplitProps extends EndpointProps {
  /** Backends and weights: one arm or more, not all of weight 0. */
  readonly arms: WeightedArm[];

  /**
   * Backends that get mirrored requests.
   *
   * @default - none
   */
  readonly mirrors?: Mirror[];
}

/**
 * Shares the requests of one endpoint between backends by weight, over REST and gRPC. Programmed by an `IstioRouter`
 * unless another router is given.
 *
 * Without gateways, the endpoints of a chart share one VirtualService for each host. The split then has no object, and
 * `ApiObject.of(split)` fails.
 *
 * @example
 * new TrafficSplit(chart, 'iris', {
 *   gateways: [gateway],
 *   arms: [{ backend: iris1, weight: 50 }, { backend: iris2, weight: 50 }],
 * });
 */
export class TrafficSplit extends Construct implements IRollout {
  /** The plan that was passed to the router. */
  public readonly plan: Plan;

  /**
   * Creates a split.
   *
   * @param scope Construct that the split belongs to.
   * @param id Name of the split's objects and, unless `endpoint` is set, of the endpoint.
   * @param props Arms and endpoint.
   * @throws an error if a weight is not a whole number of 0 or more, all are 0, a backend appears twice or cannot serve the endpoint, or
   * its namespace is not specified.
   */
  public constructor(scope: Construct, id: string, props: TrafficSplitProps) {
    super(scopeFor(scope, id), id);
    checkProps(this, 'TrafficSplitProps', props, TrafficSplit);
    checkList(this, 'arms', props.arms, 'arms');
    const router = props.router ?? new IstioRouter();
    const binder = new EndpointBinder(this, router, props.policy, props.arms.length);
    const arms = props.arms.map(({ backend, weight, requestHeaders, responseHeaders }, i) => {
      const { binding } = binder.arm(`arms[${i}].backend`, backend);
      return { backend, binding, weight, requestHeaders, responseHeaders };
    });
    this.plan = planRollout(this, props, endpointOf(this, props, targetsOf(arms)), arms, props.mirrors && binder.mirrors(props.mirrors));
    router.route(this, this.plan);
  }
}
