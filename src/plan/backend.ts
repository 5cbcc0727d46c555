import { IConstruct } from 'constructs';
import { GrpcCalls } from './endpoint';
import { InferenceProtocol } from './inference-protocol';
import { PathRewrite } from './policy';
import { StringMatch } from './string-match';

/** The kinds of Seldon Core 2 objects that an Experiment can choose between. */
export enum ResourceType {
  /** A `Model`. */
  MODEL = 'model',
  /** A `Pipeline`. */
  PIPELINE = 'pipeline',
}

/** Names an object of Seldon Core 2 that Seldon's own Envoy can pick. */
export interface Core2Resource {
  /** The object's `metadata.name`. */
  readonly name: string;

  /** What it is. */
  readonly type: ResourceType;
}

/** Names an Experiment of Seldon Core 2, and what is known of it. No Experiment can choose another one. */
export interface Core2Experiment {
  /** The Experiment's `metadata.name`. */
  readonly name: string;

  /**
   * What it chooses between.
   *
   * @default - not known
   */
  readonly resourceType?: ResourceType;

  /**
   * How many candidates it chooses between.
   *
   * @default - not known
   */
  readonly candidates?: number;
}

/** Names a predictor of Seldon Core 1, whose requests Seldon's operator can share too. */
export interface Core1Predictor {
  /** The SeldonDeployment's `metadata.name`. */
  readonly deployment: string;

  /** Name of the predictor. */
  readonly predictor: string;

  /**
   * Whether the predictor has Seldon's orchestrator, which counts its requests.
   *
   * @default true
   */
  readonly orchestrator?: boolean;
}

/** How callers reach a backend where nobody says otherwise. */
export interface EndpointDefaults {
  /** REST paths of the endpoint. */
  readonly paths: StringMatch[];

  /** Which gRPC calls are the endpoint's. */
  readonly grpc: GrpcCalls;

  /**
   * What the backend gets in place of these paths.
   *
   * @default - paths stay as they are
   */
  readonly rewrite?: PathRewrite;
}

/** How a backend takes gRPC calls. */
export interface GrpcTarget {
  /** Port of the Service, 1 to 65535. */
  readonly port: number;

  /**
   * Paths of the gRPC methods that the backend knows.
   *
   * @default - the Open Inference Protocol: prefix `/inference.GRPCInferenceService/`
   */
  readonly methods?: StringMatch;
}

/**
 * How to reach a backend.
 */
export interface BackendTarget {
  /** What messages call it: `Model seldon-mesh/iris`. */
  readonly description: string;

  /** Full DNS name of the Service. */
  readonly host: string;

  /** Namespace of the Service. */
  readonly namespace: string;

  /** Port of the Service that takes REST requests, 1 to 65535. */
  readonly port: number;

  /**
   * How it takes gRPC calls.
   *
   * @default - it does not
   */
  readonly grpc?: GrpcTarget;

  /**
   * All ports of the Service, so that traffic beside the models stays as it was where routes take the whole host.
   *
   * @default - the REST port and the gRPC port
   */
  readonly ports?: number[];

  /**
   * Name of the subset of the Service's pods.
   *
   * @default - all pods
   */
  readonly subset?: string;

  /**
   * Labels that the pods of the subset carry.
   *
   * @default - the subset is defined elsewhere
   */
  readonly subsetLabels?: { [label: string]: string };

  /**
   * Request headers that the backend needs, such as `seldon-model`; set on the way to it, never appended.
   *
   * @default - none
   */
  readonly requestHeaders?: { [name: string]: string };

  /**
   * Request headers that must not reach the backend.
   *
   * @default - none
   */
  readonly removeRequestHeaders?: string[];

  /**
   * REST paths that the backend understands.
   *
   * @default - any path
   */
  readonly paths?: StringMatch[];

  /**
   * Headers by which callers may name this backend over gRPC.
   *
   * @default - none
   */
  readonly grpcHeaders?: { [name: string]: string };

  /**
   * How callers reach it where an endpoint does not say otherwise.
   *
   * @default - by `paths` and `grpcHeaders`, else under the endpoint's own name
   */
  readonly endpoint?: EndpointDefaults;

  /**
   * Paths of the backend that are not for callers; endpoints whose paths lead there answer 404 instead.
   *
   * @default - none
   */
  readonly hiddenPaths?: string[];

  /**
   * Who writes the DestinationRule of the Service in the cluster, so that none of this library can stand beside it: Seldon's
   * operator, for deployments whose routes it writes.
   *
   * @default - nobody else
   */
  readonly destinationRuleOwner?: string;

  /**
   * The backend as Seldon Core 1 knows it.
   *
   * @default - it is no part of Seldon Core 1
   */
  readonly core1?: Core1Predictor;

  /**
   * The backend as Experiments of Seldon Core 2 can choose it.
   *
   * @default - it is no Model and no Pipeline of Seldon Core 2
   */
  readonly core2?: Core2Resource;

  /**
   * What it speaks, such as `seldon`, `tensorflow` or `v2`, the Open Inference Protocol. Backends that share requests speak one.
   *
   * @default - not known
   */
  readonly protocol?: string;

  /**
   * The protocol that names the REST paths of endpoints which specify none, by their own name; paths that its servers do not
   * answer are refused. Left out where the backend has `paths`.
   *
   * @default - the Open Inference Protocol, and any path
   */
  readonly inferenceProtocol?: InferenceProtocol;

  /**
   * The Experiment of Seldon Core 2 that the backend is.
   *
   * @default - it is none
   */
  readonly experiment?: Core2Experiment;
}

/**
 * Whatever can answer requests: a Seldon model, a predictor, or any Kubernetes Service.
 */
export interface IBackend {
  /**
   * Says how to reach the backend.
   *
   * @param scope The construct that routes to it: its mesh gives the cluster domain.
   */
  target(scope: IConstruct): BackendTarget;
}
