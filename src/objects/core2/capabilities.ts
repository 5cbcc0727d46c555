/**
 * Capabilities of Servers with the ServerConfig `mlserver` of Seldon's chart.
 *
 * @internal
 */
export const MLSERVER_CAPABILITIES: readonly string[] = [
  'mlserver', 'alibi-detect', 'alibi-explain', 'huggingface', 'lightgbm', 'mlflow', 'python', 'sklearn', 'spark-mlib', 'xgboost',
];

/**
 * Capabilities of Servers with the ServerConfig `triton` of Seldon's chart.
 *
 * @internal
 */
export const TRITON_CAPABILITIES: readonly string[] = [
  'triton', 'dali', 'fil', 'onnx', 'openvino', 'python', 'pytorch', 'tensorflow', 'tensorrt',
];

/**
 * The capability of every Server that can run a Model with an explainer.
 *
 * @internal
 */
export const EXPLAINER_CAPABILITY = 'alibi-explain';
