/**
 * Implementations of graph nodes that are no servers: the orchestrator implements them, or nothing does.
 *
 * @internal
 */
export const BUILT_IN_IMPLEMENTATIONS: ReadonlySet<string> = new Set(['UNKNOWN_IMPLEMENTATION', 'SIMPLE_MODEL', 'SIMPLE_ROUTER', 'RANDOM_ABTEST', 'AVERAGE_COMBINER']);

/**
 * The servers of Seldon's chart, with the protocols for which the operator has an image.
 *
 * @internal
 */
export const PREPACKAGED_SERVERS: ReadonlyMap<string, readonly string[]> = new Map([
  ['SKLEARN_SERVER', ['seldon', 'v2']],
  ['XGBOOST_SERVER', ['seldon', 'v2']],
  ['MLFLOW_SERVER', ['seldon', 'v2']],
  ['TENSORFLOW_SERVER', ['seldon', 'tensorflow']],
  ['TRITON_SERVER', ['v2']],
  ['HUGGINGFACE_SERVER', ['v2']],
  ['TEMPO_SERVER', ['v2']],
]);

/**
 * The only server that finds its model without a URI.
 *
 * @internal
 */
export const SERVER_WITHOUT_URI = 'HUGGINGFACE_SERVER';
