/**
 * The protocol between clients and the models of a SeldonDeployment.
 *
 * @see https://docs.seldon.io/projects/seldon-core/en/latest/graph/protocols.html
 */
export enum SeldonProtocol {
  /** The protocol of Seldon, at `/api/v1.0/predictions`. */
  SELDON = 'seldon',
  /** The protocol of TensorFlow Serving, at `/v1/models/…`. */
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
  /** gRPC. */
  GRPC = 'grpc',
}

/** The source of the requests of a SeldonDeployment. */
export enum SeldonServerType {
  /** Clients, over REST and gRPC. */
  RPC = 'rpc',
  /** A Kafka topic; responses go to another topic. */
  KAFKA = 'kafka',
}

/** The type of a node of a graph. */
export enum GraphNodeType {
  /** A node that is defined by its methods only. */
  UNKNOWN_TYPE = 'UNKNOWN_TYPE',
  /** Selects the child that handles a request. */
  ROUTER = 'ROUTER',
  /** Combines the responses of its children into one. */
  COMBINER = 'COMBINER',
  /** Responds to a request, or forwards its output to its children. */
  MODEL = 'MODEL',
  /** Transforms requests before its children get them. */
  TRANSFORMER = 'TRANSFORMER',
  /** Transforms the responses of its children. */
  OUTPUT_TRANSFORMER = 'OUTPUT_TRANSFORMER',
}

/** A method of a node that the orchestrator calls. */
export enum GraphMethod {
  /** Transforms a request, or responds to it. */
  TRANSFORM_INPUT = 'TRANSFORM_INPUT',
  /** Transforms a response. */
  TRANSFORM_OUTPUT = 'TRANSFORM_OUTPUT',
  /** Selects a child. */
  ROUTE = 'ROUTE',
  /** Combines several responses into one. */
  AGGREGATE = 'AGGREGATE',
  /** Receives feedback on a response. */
  SEND_FEEDBACK = 'SEND_FEEDBACK',
}

/** The protocol of the calls to one node of a graph. */
export enum GraphEndpointType {
  /** HTTP with JSON bodies. */
  REST = 'REST',
  /** gRPC. */
  GRPC = 'GRPC',
}

/** Which payloads of a node are logged. */
export enum LoggerMode {
  /** Requests and responses. */
  ALL = 'all',
  /** Requests. */
  REQUEST = 'request',
  /** Responses. */
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
