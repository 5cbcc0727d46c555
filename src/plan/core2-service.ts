/**
 * Name of the Service of Seldon Core 2's own Envoy in each namespace with a SeldonRuntime. It serves all Models, Pipelines and
 * Experiments of the namespace.
 *
 * @internal
 */
export const CORE2_SERVICE = 'seldon-mesh';

/**
 * Header with the name of the Model, Pipeline or Experiment that a request is for.
 *
 * @internal
 */
export const MODEL_HEADER = 'seldon-model';

/**
 * Header by which Seldon names the Model of an Experiment that answered, and by which clients ask for it again.
 *
 * @internal
 */
export const ROUTE_HEADER = 'x-seldon-route';

/**
 * Header by which Seldon's Envoy names the Model or Pipeline to the components behind it.
 *
 * @internal
 */
export const INTERNAL_MODEL_HEADER = 'seldon-internal-model';

/**
 * Port of Envoy's statistics, on the Service and on its pods.
 *
 * @internal
 */
export const STATS_PORT = 9003;

/**
 * Label by which Seldon's chart and operator name the component that runs in a pod.
 *
 * @internal
 */
export const COMPONENT_LABEL = 'app.kubernetes.io/name';

/**
 * Values of that label, which are the names of the Services as well.
 *
 * @internal
 */
export const CORE2_COMPONENT = {
  envoy: 'seldon-envoy',
  server: 'seldon-server',
  modelGateway: 'seldon-modelgateway',
  pipelineGateway: 'seldon-pipelinegateway',
} as const;
