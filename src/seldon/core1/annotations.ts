import { Duration } from 'cdk8s';
import { IGateway } from '../../plan/gateway-ref';

/** Label by which several operators of a cluster share the SeldonDeployments. @internal */
export const CONTROLLER_LABEL = 'seldon.io/controller-id';

/**
 * Options for the Istio objects that Seldon's operator creates for a SeldonDeployment. They are annotations of the object itself,
 * so that a change restarts no pod.
 *
 * @see https://docs.seldon.io/projects/seldon-core/en/latest/ingress/istio.html
 */
export interface OperatorIstioOptions {
  /**
   * The gateway; the operator supports one.
   *
   * @default - the operator's own
   */
  readonly gateway?: IGateway;

  /**
   * Whether the routes are for callers inside the mesh instead of a gateway. They need one host.
   *
   * @default false
   */
  readonly mesh?: boolean;

  /**
   * Hosts of the route. Operators before 1.18 support one.
   *
   * @default - all hosts of the gateway
   */
  readonly hosts?: string[];

  /**
   * Number of retries of a request: a whole number of 0 or more; 0 leaves them to Istio.
   *
   * @default 0
   */
  readonly retries?: number;

  /**
   * Timeout of each try, in whole seconds.
   *
   * @default - Duration.seconds(1)
   */
  readonly retriesTimeout?: Duration;
}

/** Options for the orchestrator of every predictor. They are annotations of the pods, so a change restarts the pods. */
export interface ExecutorOptions {
  /**
   * Whether it runs in separate pods.
   *
   * @default false
   */
  readonly separatePod?: boolean;

  /**
   * Timeout of a call to a node over REST, in whole milliseconds.
   *
   * @default - no limit
   */
  readonly restTimeout?: Duration;

  /**
   * Timeout of a call to a node over gRPC, in whole milliseconds.
   *
   * @default - no limit
   */
  readonly grpcTimeout?: Duration;

  /**
   * Maximum size of a gRPC message in bytes, 1 to 2147483647.
   *
   * @default - the orchestrator's
   */
  readonly grpcMaxMessageSize?: number;

  /**
   * Maximum number of payloads that wait to be logged, 1 to 2147483647.
   *
   * @default 10000
   */
  readonly loggerQueueSize?: number;

  /**
   * Maximum time that a payload waits for space in that queue, in whole milliseconds.
   *
   * @default - Duration.seconds(2)
   */
  readonly loggerWriteTimeout?: Duration;

  /**
   * Environment variables of the orchestrator, such as `LOG_LEVEL`.
   *
   * @default - none
   */
  readonly environment?: { [name: string]: string };
}

/**
 * Options for Ambassador, for clusters that run it next to Istio.
 *
 * @see https://docs.seldon.io/projects/seldon-core/en/latest/ingress/ambassador.html
 */
export interface AmbassadorOptions {
  /**
   * The complete configuration, instead of the one that the operator would write.
   *
   * @default - the operator's
   */
  readonly config?: string;

  /**
   * Name of the service in the paths of callers.
   *
   * @default - the name of the deployment
   */
  readonly serviceName?: string;

  /**
   * A header and its value that requests must have, such as `location:london`.
   *
   * @default - none
   */
  readonly header?: string;

  /**
   * A header and a regular expression for its value that requests must match.
   *
   * @default - none
   */
  readonly regexHeader?: string;

  /**
   * The id of the Ambassador, in a cluster with several.
   *
   * @default - any
   */
  readonly id?: string;

  /**
   * Number of retries of a request, 0 or more.
   *
   * @default - Ambassador's
   */
  readonly retries?: number;

  /**
   * Maximum number of concurrent connections, 0 or more.
   *
   * @default - no limit
   */
  readonly maxConnections?: number;

  /**
   * Maximum number of pending requests, 0 or more.
   *
   * @default - no limit
   */
  readonly maxPendingRequests?: number;

  /**
   * Maximum number of concurrent requests, 0 or more.
   *
   * @default - no limit
   */
  readonly maxRequests?: number;

  /**
   * Maximum number of concurrent retries, 0 or more.
   *
   * @default - no limit
   */
  readonly maxRetries?: number;
}
