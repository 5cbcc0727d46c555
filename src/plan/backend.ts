import { IConstruct } from 'constructs';
import { BackendUse } from './backend-use';
import { GrpcCalls } from './endpoint';
import { InferenceProtocol } from './inference-protocol';
import { PathRewrite } from './policy';
import { SeldonIdentity } from './seldon-identity';
import { StringMatch } from './string-match';

export * from './backend-use';
export * from './seldon-identity';

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
   * The object of Seldon that the backend is.
   *
   * @default - none
   */
  readonly seldon?: SeldonIdentity;

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
}

/** A backend that is bound to a route. */
export class BackendBinding {
  /** Binds a backend. @internal */
  public static _of(by: IConstruct, backend: IBackend, use: BackendUse): BackendBinding {
    return new BackendBinding(by, backend, use, backend.bind(by, use));
  }

  private constructor(
    private readonly by: IConstruct,
    private readonly backend: IBackend,
    /** How the route uses the backend. */
    public readonly use: BackendUse,
    /** How the route reaches it. */
    public readonly target: BackendTarget,
  ) {}

  /**
   * Whether a router can use the binding: a plan may be passed to another router than it was built for, with other backends, and a
   * router may create constructs of its own below the rollout.
   *
   * @internal
   */
  public _isFor(by: IConstruct, backend: IBackend, { engine }: BackendUse): boolean {
    return this.backend === backend && this.use.engine === engine && (this.by === by || by.node.scopes.includes(this.by));
  }
}

/**
 * Whatever can answer requests: a Seldon model, a predictor, or any Kubernetes Service.
 */
export interface IBackend {
  /**
   * Describes how to reach the backend, for policies and metrics as well as routes. The same scope always gets the same answer.
   *
   * @param scope The construct that asks: its mesh gives the cluster domain.
   */
  target(scope: IConstruct): BackendTarget;

  /**
   * Binds the backend to a route, once for each arm and mirror of an endpoint. The backend may refuse the use, remember it, or be
   * reached in another way because of it; otherwise it returns `this.target(scope)`.
   *
   * @param scope The construct that routes to it.
   * @param use How the route uses it.
   */
  bind(scope: IConstruct, use: BackendUse): BackendTarget;
}
