import { ApiObjectMetadata } from 'cdk8s';
import { BackendBinding, IBackend } from './backend';
import { InferenceEndpoint } from './endpoint';
import { HeaderChanges } from './headers';
import { RoutePolicy } from './policy';
import { RequestMatch } from './request-match';
import { StringMatch } from './string-match';

/** A backend, and which requests of the endpoint it gets. */
export interface Arm {
  /** Who answers. */
  readonly backend: IBackend;

  /**
   * The binding of the backend to its router.
   *
   * @default - none: the router binds the backend
   */
  readonly binding?: BackendBinding;

  /**
   * Share of the requests that no match picks: a whole number of 0 or more, relative to the other weights.
   * Zero is allowed and written out.
   *
   * @default - none: the arm gets only what its matches pick
   */
  readonly weight?: number;

  /**
   * Requests that this arm gets before any are shared; one of the matches must hold.
   *
   * @default - none: the arm gets only its share
   */
  readonly matches?: RequestMatch[];

  /**
   * Headers changed on the way to the backend, beside those that the backend itself asks for.
   *
   * @default - none
   */
  readonly requestHeaders?: HeaderChanges;

  /**
   * Headers changed on the way back.
   *
   * @default - none
   */
  readonly responseHeaders?: HeaderChanges;
}

/** A backend that gets copies of requests; its answers are thrown away. */
export interface Mirror {
  /** Who gets the mirrored requests. */
  readonly backend: IBackend;

  /**
   * The binding of the backend to its router.
   *
   * @default - none: the router binds the backend
   */
  readonly binding?: BackendBinding;

  /** Share of the requests that are copied, 0 to 100. */
  readonly percent: number;
}

/** An answer that needs no backend. */
export interface DirectResponse {
  /** Path. */
  readonly path: StringMatch;

  /** HTTP status, 200 to 599. */
  readonly status: number;

  /**
   * Text of the body.
   *
   * @default - none
   */
  readonly body?: string;
}

/** What one endpoint does with its requests. */
export interface EndpointPlan {
  /** What callers see. */
  readonly endpoint: InferenceEndpoint;

  /** Who answers, in order. */
  readonly arms: Arm[];

  /**
   * Whether callers stay with an arm while all weights are above 0. The arms say how they do; here it is said at other weights
   * too, for routers that cannot do it.
   *
   * @default false
   */
  readonly sticky?: boolean;

  /**
   * Who gets copies.
   *
   * @default - nobody
   */
  readonly mirrors?: Mirror[];

  /**
   * What happens on the way.
   *
   * @default - nothing
   */
  readonly policy?: RoutePolicy;

  /**
   * Paths that are answered at once, before any arm.
   *
   * @default - none
   */
  readonly directResponses?: DirectResponse[];
}

/**
 * What is to be done with requests, as data: every rollout style builds one and hands it to a router.
 */
export interface Plan {
  /** Name of the rollout, for objects made for it. */
  readonly name: string;

  /**
   * Namespace of the objects made for it.
   *
   * @default - nobody said one
   */
  readonly namespace?: string;

  /**
   * Labels and annotations of the objects made for it.
   *
   * @default - none
   */
  readonly metadata?: ApiObjectMetadata;

  /** The endpoints, the main one first. */
  readonly endpoints: EndpointPlan[];
}

/** A construct that handed a plan to a router: every style of rollout is one. */
export interface IRollout {
  /** What was handed to the router. */
  readonly plan: Plan;
}
