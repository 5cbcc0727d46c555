import { ApiObjectMetadata } from 'cdk8s';
import { BackendBinding, IBackend } from './backend';
import { InferenceEndpoint } from './endpoint';
import { HeaderChanges } from './headers';
import { RoutePolicy } from './policy';
import { RequestMatch } from './request-match';
import { StringMatch } from './string-match';

/** A backend, and the requests of the endpoint that it gets. */
export interface Arm {
  /** The backend that answers. */
  readonly backend: IBackend;

  /**
   * The binding of the backend to its router.
   *
   * @default - none: the router binds the backend
   */
  readonly binding?: BackendBinding;

  /**
   * Share of the requests that no match selects: a whole number of 0 or more, relative to the other weights.
   * Zero is allowed and written out.
   *
   * @default - none: the arm gets only the requests that its matches select
   */
  readonly weight?: number;

  /**
   * Requests that this arm gets before the rest is shared by weight; at least one of the matches must hold.
   *
   * @default - none: the arm gets only its share
   */
  readonly matches?: RequestMatch[];

  /**
   * Changes to request headers, in addition to those that the backend needs.
   *
   * @default - none
   */
  readonly requestHeaders?: HeaderChanges;

  /**
   * Changes to response headers.
   *
   * @default - none
   */
  readonly responseHeaders?: HeaderChanges;
}

/** A backend that gets mirrored requests; its responses are discarded. */
export interface Mirror {
  /** The backend that gets the mirrored requests. */
  readonly backend: IBackend;

  /**
   * The binding of the backend to its router.
   *
   * @default - none: the router binds the backend
   */
  readonly binding?: BackendBinding;

  /** Percentage of the requests to mirror, 0 to 100. */
  readonly percent: number;
}

/** A response that needs no backend. */
export interface DirectResponse {
  /** Path. */
  readonly path: StringMatch;

  /** HTTP status, 200 to 599. */
  readonly status: number;

  /**
   * Body.
   *
   * @default - none
   */
  readonly body?: string;
}

/** How one endpoint routes its requests. */
export interface EndpointPlan {
  /** What callers see. */
  readonly endpoint: InferenceEndpoint;

  /** The arms, in order. */
  readonly arms: Arm[];

  /**
   * Whether sessions are sticky while all weights are above 0. The arms implement that by matches and cookies; this flag is also set
   * at other weights, for routers that do not support it.
   *
   * @default false
   */
  readonly sticky?: boolean;

  /**
   * The mirrors.
   *
   * @default - none
   */
  readonly mirrors?: Mirror[];

  /**
   * Timeouts, retries, rewrites and the like.
   *
   * @default - none
   */
  readonly policy?: RoutePolicy;

  /**
   * Paths that are answered directly, before any arm.
   *
   * @default - none
   */
  readonly directResponses?: DirectResponse[];
}

/**
 * How requests are routed, as data. Each rollout builds a plan and passes it to a router.
 */
export interface Plan {
  /** Name of the rollout, and of the objects created for it. */
  readonly name: string;

  /**
   * Namespace of the objects created for it.
   *
   * @default - not specified
   */
  readonly namespace?: string;

  /**
   * Labels and annotations of the objects created for it.
   *
   * @default - none
   */
  readonly metadata?: ApiObjectMetadata;

  /** The endpoints, the main one first. */
  readonly endpoints: EndpointPlan[];
}

/** A construct that passes a plan to a router: each kind of rollout is one. */
export interface IRollout {
  /** The plan that was passed to the router. */
  readonly plan: Plan;
}
