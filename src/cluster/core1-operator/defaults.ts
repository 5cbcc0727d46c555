/* Default settings of Seldon's operator. */

/**
 * Ports of the Service of a predictor.
 *
 * @internal
 */
export interface PredictorPorts {
  /** For REST. */
  readonly http: number;
  /** For gRPC. */
  readonly grpc: number;
}

/**
 * Ports of the orchestrator.
 *
 * @internal
 */
export const ENGINE_PORTS: PredictorPorts = { http: 8000, grpc: 5001 };

/**
 * Ports of the first container of a graph; those of the others follow.
 *
 * @internal
 */
export const CONTAINER_PORTS: PredictorPorts = { http: 9000, grpc: 9500 };

/**
 * Port of the Service of an explainer.
 *
 * @internal
 */
export const EXPLAINER_PORT = 9000;

/**
 * The gateway of deployments that name none.
 *
 * @internal
 */
export const OPERATOR_GATEWAY = 'istio-system/seldon-gateway';

/**
 * When the operator's routes try again.
 *
 * @internal
 */
export const OPERATOR_RETRY_ON = ['gateway-error', 'connect-failure', 'refused-stream'];

/**
 * Path of the orchestrator's metrics, on its port for REST.
 *
 * @internal
 */
export const METRICS_PATH = '/prometheus';
