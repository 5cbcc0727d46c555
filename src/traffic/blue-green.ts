import { Construct } from 'constructs';
import { BoundArm, BoundBackend, EndpointBinder, targetsOf } from './bound-backends';
import { endpointOf, planEndpoint, planRollout } from './endpoint-plan';
import { EndpointProps } from './endpoint-props';
import { scopeFor } from './route-ids';
import { checkDistinct } from './shares';
import { IBackend } from '../plan/backend';
import { invalid, show } from '../plan/checks/errors';
import { checkProps } from '../plan/checks/props';
import { InferenceEndpoint, GrpcCalls } from '../plan/endpoint';
import { IGateway } from '../plan/gateway-ref';
import { EndpointPlan, IRollout, Plan } from '../plan/plan';
import { RoutePolicy } from '../plan/policy';
import { IRouter } from '../plan/router';
import { StringMatch } from '../plan/string-match';
import { IstioRouter } from '../routers/istio-router';

/** The two slots that versions alternate between. */
export enum BlueGreenSlot {
  /** The first slot. */
  BLUE = 'blue',
  /** The second slot. */
  GREEN = 'green',
}

/**
 * The endpoint of the idle slot. On separate hosts or gateways the preview accepts the same paths and calls as the main endpoint; on
 * the same hosts it is identified by its name.
 */
export interface BlueGreenPreview {
  /**
   * Name of the preview, which identifies it on the hosts of the main endpoint.
   *
   * @default - `<endpoint>-preview`
   */
  readonly endpoint?: string;

  /**
   * Hosts of the preview.
   *
   * @default - those of the preview's own gateways, else those of the main endpoint
   */
  readonly hosts?: string[];

  /**
   * Gateways of the preview. An empty list means callers inside the mesh.
   *
   * @default - those of the main endpoint
   */
  readonly gateways?: IGateway[];

  /**
   * REST paths; an empty list for a preview that accepts only gRPC.
   *
   * @default - on separate hosts or gateways those of the main endpoint, else those of the preview's name
   */
  readonly paths?: StringMatch[];

  /**
   * The preview's gRPC calls.
   *
   * @default - on separate hosts or gateways those of the main endpoint, else those of the preview's name
   */
  readonly grpc?: GrpcCalls;

  /**
   * Rewrites, timeouts, retries, faults and CORS.
   *
   * @default - the same as on the main endpoint
   */
  readonly policy?: RoutePolicy;
}

/** Properties for `BlueGreen`. */
export interface BlueGreenProps extends EndpointProps {
  /** The version in the first slot. */
  readonly blue: IBackend;

  /** The version in the second slot. */
  readonly green: IBackend;

  /** The slot that answers. */
  readonly active: BlueGreenSlot;

  /**
   * An endpoint for the idle slot, to test a version before it answers.
   *
   * @default - none: the idle slot gets no requests
   */
  readonly preview?: BlueGreenPreview;
}

/**
 * Keeps two versions running, one of which answers all requests. Programmed by an `IstioRouter` unless another router is given.
 *
 * Deploy each release to the idle slot and test it there, then change `active`. Only weights change, so rollback is just as fast. A
 * route does not wait for pods: switch when the pods of the idle slot are ready.
 *
 * @example
 * new BlueGreen(chart, 'iris', {
 *   gateways: [gateway],
 *   blue: iris1,
 *   green: iris2,
 *   active: BlueGreenSlot.BLUE,
 *   preview: { hosts: ['preview.example.com'] },
 * });
 */
export class BlueGreen extends Construct implements IRollout {
  /** The plan that was passed to the router. */
  public readonly plan: Plan;

  /** The version that does not answer yet. @internal */
  public readonly _candidate: IBackend;

  /**
   * Creates the two slots.
   *
   * @param scope Construct that the two slots belong to.
   * @param id Name of its objects and, unless `endpoint` is set, of the endpoint.
   * @param props Versions, active slot and endpoint.
   * @throws an error if both slots have the same backend, the active slot is neither of them, or a version cannot serve the endpoint or
   * the preview; at synthesis also if the preview matches requests of the endpoint.
   */
  public constructor(scope: Construct, id: string, props: BlueGreenProps) {
    super(scopeFor(scope, id), id);
    checkProps(this, 'BlueGreenProps', props, BlueGreen);
    const { active, preview, router } = props;
    if (active !== BlueGreenSlot.BLUE && active !== BlueGreenSlot.GREEN) {
      throw invalid(this, `active slot ${show(active)}`, 'expected "blue" or "green"');
    }
    this._candidate = active === BlueGreenSlot.BLUE ? props.green : props.blue;
    const by = router ?? new IstioRouter();
    const slots = bindSlots(this, props, by, props.policy);
    checkDistinct(this, 'slots', slots);
    const endpoint = endpointOf(this, props, targetsOf(slots));
    const main = planRollout(this, props, endpoint, armsOf(slots, active));
    this.plan = preview === undefined ? main : { ...main, endpoints: [...main.endpoints, planPreview(this, props, by, endpoint)] };
    by.route(this, this.plan);
  }
}

/** A version in its slot, bound to the router. */
interface Slot extends BoundBackend {
  readonly name: BlueGreenSlot;
}

function bindSlots(at: Construct, { blue, green }: BlueGreenProps, router: IRouter, policy: RoutePolicy | undefined): Slot[] {
  const binder = new EndpointBinder(at, router, policy, 2);
  return [{ name: BlueGreenSlot.BLUE, ...binder.arm('blue', blue) }, { name: BlueGreenSlot.GREEN, ...binder.arm('green', green) }];
}

function armsOf(slots: readonly Slot[], answering: BlueGreenSlot): BoundArm[] {
  return slots.map(({ name, backend, binding }) => ({ backend, binding, weight: name === answering ? 100 : 0 }));
}

function planPreview(at: Construct, props: BlueGreenProps, router: IRouter, main: InferenceEndpoint): EndpointPlan {
  const { endpoint = `${main.name}-preview`, hosts, gateways, paths, grpc, policy = props.policy } = props.preview!;
  const slots = bindSlots(at, props, router, policy);
  const idle = props.active === BlueGreenSlot.BLUE ? BlueGreenSlot.GREEN : BlueGreenSlot.BLUE;
  const apart = hosts !== undefined || gateways !== undefined;
  const seen = endpointOf(at, {
    endpoint,
    gateways: gateways ?? main.gateways,
    hosts: apart ? hosts : main.hosts,
    paths: paths ?? (apart ? main.paths : undefined),
    grpc: grpc ?? (apart ? main.grpc : undefined),
    namespace: props.namespace,
    metadata: props.metadata,
  }, targetsOf(slots), !apart);
  return planEndpoint(at, {
    paths: paths ?? (apart ? props.paths : undefined),
    policy,
    // On the same hosts the main endpoint answers them.
    directResponses: apart ? props.directResponses : undefined,
  }, seen, armsOf(slots, idle));
}
