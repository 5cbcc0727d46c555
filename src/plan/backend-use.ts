import { Duration } from 'cdk8s';

/** What decides for each request which backend gets it. */
export enum RouteEngine {
  /** Istio or another mesh or gateway, by routes of this app: VirtualServices, HTTPRoutes or others. */
  MESH = 'mesh',
  /** Seldon Core 2, by an Experiment. */
  EXPERIMENT = 'experiment',
  /** Seldon Core 1, by the routes that its operator writes for a SeldonDeployment. */
  OPERATOR = 'operator',
}

/** How a route uses a backend. */
export interface BackendUse {
  /** What selects the backend. */
  readonly engine: RouteEngine;

  /**
   * Whether the backend gets mirrored requests, whose responses are discarded.
   *
   * @default false
   */
  readonly mirror?: boolean;

  /**
   * Whether the endpoint has other backends that answer.
   *
   * @default false
   */
  readonly shared?: boolean;

  /**
   * Timeout of the endpoint's requests.
   *
   * @default - none
   */
  readonly timeout?: Duration;
}
