import { Duration } from 'cdk8s';
import { IGateway } from '../../plan/gateway-ref';

/** Label by which several operators of a cluster share the SeldonDeployments. @internal */
export const CONTROLLER_LABEL = 'seldon.io/controller-id';

/**
 * What Seldon's operator is told about the Istio objects that it writes for a SeldonDeployment. It stands in annotations of
 * the object itself, so that a change restarts no pod.
 *
 * @see https://docs.seldon.io/projects/seldon-core/en/latest/ingress/istio.html
 */
export interface OperatorIstioOptions {
  /**
   * The gateway; the operator takes one.
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
   * Hosts that callers ask for. Operators before 1.18 take one.
   *
   * @default - all hosts of the gateway
   */
  readonly hosts?: string[];

  /**
   * How often a request is tried again: a whole number of 0 or more; 0 leaves it to Istio.
   *
   * @default 0
   */
  readonly retries?: number;

  /**
   * Time for each try, in whole seconds.
   *
   * @default - Duration.seconds(1)
   */
  readonly retriesTimeout?: Duration;
}

/** How the orchestrator of every predictor works. These are annotations of the pods, so a change restarts them. */
export interface ExecutorOptions {
  /**
   * Whether it runs in pods of its own.
   *
   * @default false
   */
  readonly separatePod?: boolean;

  /**
   * Time for a call of a node over REST, in whole milliseconds.
   *
   * @default - no limit
   */
  readonly restTimeout?: Duration;

  /**
   * Time for a call of a node over gRPC, in whole milliseconds.
   *
   * @default - no limit
   */
  readonly grpcTimeout?: Duration;

  /**
   * Longest gRPC message in bytes, 1 to 2147483647.
   *
   * @default - the orchestrator's
   */
  readonly grpcMaxMessageSize?: number;

  /**
   * How many payloads may wait to be logged, 1 to 2147483647.
   *
   * @default 10000
   */
  readonly loggerQueueSize?: number;

  /**
   * How long a payload may wait for room in that queue, in whole milliseconds.
   *
   * @default - Duration.seconds(2)
   */
  readonly loggerWriteTimeout?: Duration;

  /**
   * Environment of the orchestrator, by names such as `LOG_LEVEL`.
   *
   * @default - none
   */
  readonly environment?: { [name: string]: string };
}

/**
 * What Ambassador is told about a SeldonDeployment, for clusters that have it beside Istio.
 *
 * @see https://docs.seldon.io/projects/seldon-core/en/latest/ingress/ambassador.html
 */
export interface AmbassadorOptions {
  /**
   * The whole configuration, instead of what the operator would write.
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
   * A header and its value that requests must carry, such as `location:london`.
   *
   * @default - none
   */
  readonly header?: string;

  /**
   * A header and an expression for its value that requests must carry.
   *
   * @default - none
   */
  readonly regexHeader?: string;

  /**
   * The Ambassador that is meant, where a cluster has several.
   *
   * @default - any
   */
  readonly id?: string;

  /**
   * How often a request is tried again, 0 or more.
   *
   * @default - Ambassador's
   */
  readonly retries?: number;

  /**
   * Connections at once, 0 or more.
   *
   * @default - no limit
   */
  readonly maxConnections?: number;

  /**
   * Requests that may wait, 0 or more.
   *
   * @default - no limit
   */
  readonly maxPendingRequests?: number;

  /**
   * Requests at once, 0 or more.
   *
   * @default - no limit
   */
  readonly maxRequests?: number;

  /**
   * Retries at once, 0 or more.
   *
   * @default - no limit
   */
  readonly maxRetries?: number;
}
