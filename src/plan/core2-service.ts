/**
 * Name of the Service of Seldon Core 2's own Envoy, one in every namespace with a SeldonRuntime. All models, pipelines and
 * experiments of the namespace are behind it.
 *
 * @internal
 */
export const CORE2_SERVICE = 'seldon-mesh';

/**
 * Header by which callers and routes name what is asked for.
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
