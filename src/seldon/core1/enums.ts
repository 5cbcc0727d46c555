/**
 * What clients and the models of a SeldonDeployment say to each other.
 *
 * @see https://docs.seldon.io/projects/seldon-core/en/latest/graph/protocols.html
 */
export enum SeldonProtocol {
  /** Seldon's own messages, at `/api/v1.0/predictions`. */
  SELDON = 'seldon',
  /** Those of TensorFlow Serving, at `/v1/models/…`. */
  TENSORFLOW = 'tensorflow',
  /** The Open Inference Protocol under its older name. */
  KFSERVING = 'kfserving',
  /** The Open Inference Protocol, at `/v2/models/…`. */
  V2 = 'v2',
}

/** How the orchestrator calls the containers of a graph. */
export enum SeldonTransport {
  /** HTTP with JSON bodies. */
  REST = 'rest',
  /** Calls over HTTP/2. */
  GRPC = 'grpc',
}

/** Where requests of a SeldonDeployment come from. */
export enum SeldonServerType {
  /** Callers over REST and gRPC. */
  RPC = 'rpc',
  /** A Kafka topic; answers go to another one. */
  KAFKA = 'kafka',
}

/** What a node of a graph is. */
export enum GraphNodeType {
  /** It is known by its methods alone. */
  UNKNOWN_TYPE = 'UNKNOWN_TYPE',
  /** It picks the child that answers. */
  ROUTER = 'ROUTER',
  /** It makes one answer of those of its children. */
  COMBINER = 'COMBINER',
  /** It answers, or hands what it made of a request to its children. */
  MODEL = 'MODEL',
  /** It changes requests before its children get them. */
  TRANSFORMER = 'TRANSFORMER',
  /** It changes the answers of its children. */
  OUTPUT_TRANSFORMER = 'OUTPUT_TRANSFORMER',
}

/** What the orchestrator may ask of a node of a graph. */
export enum GraphMethod {
  /** Change a request, or answer it. */
  TRANSFORM_INPUT = 'TRANSFORM_INPUT',
  /** Change an answer. */
  TRANSFORM_OUTPUT = 'TRANSFORM_OUTPUT',
  /** Pick a child. */
  ROUTE = 'ROUTE',
  /** Make one answer of several. */
  AGGREGATE = 'AGGREGATE',
  /** Hear how good an answer was. */
  SEND_FEEDBACK = 'SEND_FEEDBACK',
}

/** How one node of a graph is called. */
export enum GraphEndpointType {
  /** HTTP with JSON bodies. */
  REST = 'REST',
  /** Calls over HTTP/2. */
  GRPC = 'GRPC',
}

/** Which payloads of a node are logged. */
export enum LoggerMode {
  /** Requests and answers. */
  ALL = 'all',
  /** Requests. */
  REQUEST = 'request',
  /** Answers. */
  RESPONSE = 'response',
}

/**
 * The explainers that Seldon's operator can start.
 *
 * @see https://docs.seldon.io/projects/alibi/en/stable/overview/algorithms.html
 */
export enum ExplainerType {
  /** Anchors of tabular data. */
  ANCHOR_TABULAR = 'AnchorTabular',
  /** Anchors of images. */
  ANCHOR_IMAGES = 'AnchorImages',
  /** Anchors of text. */
  ANCHOR_TEXT = 'AnchorText',
  /** Counterfactual instances. */
  COUNTERFACTUALS = 'Counterfactuals',
  /** Contrastive explanations. */
  CONTRASTIVE = 'Contrastive',
  /** Shapley values of any model. */
  KERNEL_SHAP = 'KernelShap',
  /** Integrated gradients of a TensorFlow model. */
  INTEGRATED_GRADIENTS = 'IntegratedGradients',
  /** Accumulated local effects. */
  ALE = 'ALE',
  /** Shapley values of tree ensembles. */
  TREE_SHAP = 'TreeShap',
}
