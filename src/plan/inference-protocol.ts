import { StringMatch } from './string-match';

/**
 * Protocol of a model server. It determines the REST paths and gRPC methods of endpoints that specify none.
 */
export enum InferenceProtocol {
  /**
   * The Open Inference Protocol, `/v2/models/<endpoint>` and `/inference.GRPCInferenceService/`: MLServer, Triton, OpenVINO,
   * and KServe's servers.
   *
   * @see https://github.com/open-inference/open-inference-protocol
   */
  OPEN_INFERENCE = 'v2',

  /**
   * TensorFlow Serving: `/v1/models/<endpoint>` with `:predict`, `:classify`, `:regress`, `/metadata`, `/versions/` and
   * `/labels/`; over gRPC its PredictionService and ModelService, `/tensorflow.serving.`. ModelService can also reload the
   * configuration of the server: if callers are not trusted, exclude it by `grpcMethods`.
   *
   * @see https://www.tensorflow.org/tfx/serving/api_rest
   */
  TENSORFLOW_SERVING = 'tensorflow',

  /**
   * The inference API of TorchServe: `/predictions/<endpoint>` and `/explanations/<endpoint>`, each with versions below it; over
   * gRPC `/org.pytorch.serve.grpc.inference.InferenceAPIsService/`.
   *
   * @see https://docs.pytorch.org/serve/inference_api.html
   */
  TORCH_SERVE = 'torchserve',

  /**
   * Any other HTTP server. Its endpoints must specify their paths, and `grpcMethods` its gRPC methods, if any.
   */
  HTTP = 'http',
}

/** Paths and methods of a protocol. */
interface Known {
  /** All paths that its servers answer. */
  readonly served?: readonly StringMatch[];
  /** The REST paths of one model, none of which matches a path of another model. */
  readonly pathsOf?: (model: string) => StringMatch[];
  /** Its gRPC methods. */
  readonly methods?: StringMatch;
}

const { exact, prefix } = StringMatch;

/** A path, and everything below it. */
const subtree = (path: string): StringMatch[] => [exact(path), prefix(`${path}/`)];

const PROTOCOLS: { readonly [protocol in InferenceProtocol]: Known } = {
  [InferenceProtocol.OPEN_INFERENCE]: {
    served: [prefix('/v2')],
    pathsOf: (model) => subtree(`/v2/models/${model}`),
    methods: prefix('/inference.GRPCInferenceService/'),
  },
  [InferenceProtocol.TENSORFLOW_SERVING]: {
    served: [prefix('/v1/models')],
    pathsOf: (model) => [
      ...['', ':predict', ':classify', ':regress', '/metadata'].map((end) => exact(`/v1/models/${model}${end}`)),
      ...['versions', 'labels'].map((part) => prefix(`/v1/models/${model}/${part}/`)),
    ],
    methods: prefix('/tensorflow.serving.'),
  },
  [InferenceProtocol.TORCH_SERVE]: {
    served: [exact('/'), exact('/ping'), prefix('/predictions/'), prefix('/explanations/'), prefix('/wfpredict/'), prefix('/v1/models'), prefix('/v2/')],
    pathsOf: (model) => [...subtree(`/predictions/${model}`), ...subtree(`/explanations/${model}`)],
    methods: prefix('/org.pytorch.serve.grpc.inference.InferenceAPIsService/'),
  },
  [InferenceProtocol.HTTP]: {},
};

/**
 * The REST paths of a model, by its name; undefined if the protocol has none.
 *
 * @internal
 */
export function modelPaths(protocol: InferenceProtocol, model: string): StringMatch[] | undefined {
  return PROTOCOLS[protocol].pathsOf?.(model);
}

/**
 * All REST paths that servers of a protocol answer; undefined if they may answer any.
 *
 * @internal
 */
export function servedPaths(protocol: InferenceProtocol | undefined): readonly StringMatch[] | undefined {
  return protocol === undefined ? undefined : PROTOCOLS[protocol].served;
}

/**
 * The gRPC methods of a protocol; undefined if it has none.
 *
 * @internal
 */
export function protocolMethods(protocol: InferenceProtocol): StringMatch | undefined {
  return PROTOCOLS[protocol].methods;
}
