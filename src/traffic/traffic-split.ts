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
  /** Who answers. */
  readonly backend: IBackend;

  /**
   * Share of the requests: a whole number of 0 or more, relative to the other weights, written as it is given.
   */
  readonly weight: number;

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

/** What a TrafficSplit needs to know. */
export interface TrafficSplitProps extends EndpointProps {
  /** Who answers, and how often: one arm or more, not all of weight 0. */
  readonly arms: WeightedArm[];

  /**
   * Who gets copies of the requests.
   *
   * @default - nobody
   */
  readonly mirrors?: Mirror[];
}

/**
 * Shares the requests of one endpoint between backends by weight, over REST and gRPC. Programmed by an `IstioRouter`
 * unless another router is given.
 *
 * Without gateways the endpoints of a chart share one VirtualService for each host, so that none belongs to the split and
 * `ApiObject.of(split)` finds nothing.
 *
 * @example
 * new TrafficSplit(chart, 'iris', {
 *   gateways: [gateway],
 *   arms: [{ backend: iris1, weight: 50 }, { backend: iris2, weight: 50 }],
 * });
 */
export class TrafficSplit extends Construct implements IRollout {
  /** What was handed to the router. */
  public readonly plan: Plan;

  /**
   * Shares an endpoint between backends.
   *
   * @param scope Construct that the split belongs to.
   * @param id Name of the split's objects and, unless said otherwise, of the endpoint.
   * @param props Arms and endpoint.
   * @throws an error when a weight is no whole number of 0 or more, all are 0, a backend stands twice or cannot serve the
   * endpoint, or nobody said its namespace.
   */
  public constructor(scope: Construct, id: string, props: TrafficSplitProps) {
    super(scopeFor(scope, id), id);
    checkProps(this, 'TrafficSplitProps', props, TrafficSplit);
    checkList(this, 'arms', props.arms, 'arms');
    const router = props.router ?? new IstioRouter();
    const binder = new EndpointBinder(this, router, props.policy, props.arms.length);
    const arms = props.arms.map(({ backend, weight, requestHeaders, responseHeaders }, i) => (
      { ...binder.arm(`arms[${i}].backend`, backend), weight, requestHeaders, responseHeaders }));
    this.plan = planRollout(this, props, endpointOf(this, props, targetsOf(arms)), arms, props.mirrors && binder.mirrors(props.mirrors));
    router.route(this, this.plan);
  }
}
