import { IConstruct } from 'constructs';
import { BackendUse } from './backend-use';
import { GrpcCalls } from './endpoint';
import { InferenceProtocol } from './inference-protocol';
import { PathRewrite } from './policy';
import { SeldonIdentity } from './seldon-identity';
import { StringMatch } from './string-match';

export * from './backend-use';
export * from './seldon-identity';

/** How callers reach a backend unless the endpoint specifies it. */
export interface EndpointDefaults {
  /** REST paths of the endpoint. */
  readonly paths: StringMatch[];

  /** The endpoint's gRPC calls. */
  readonly grpc: GrpcCalls;

  /**
   * The path that the backend receives instead.
   *
   * @default - paths stay as they are
   */
  readonly rewrite?: PathRewrite;
}

/** How a backend accepts gRPC calls. */
export interface GrpcTarget {
  /** Port of the Service, 1 to 65535. */
  readonly port: number;

  /**
   * Paths of the backend's gRPC methods.
   *
   * @default - the Open Inference Protocol: prefix `/inference.GRPCInferenceService/`
   */
  readonly methods?: StringMatch;
}

/**
 * How to reach a backend.
 */
export interface BackendTarget {
  /** How messages refer to the backend: `Model seldon-mesh/iris`. */
  readonly description: string;

  /** Full DNS name of the Service. */
  readonly host: string;

  /** Namespace of the Service. */
  readonly namespace: string;

  /** Port of the Service for REST requests, 1 to 65535. */
  readonly port: number;

  /**
   * How it accepts gRPC calls.
   *
   * @default - it accepts none
   */
  readonly grpc?: GrpcTarget;

  /**
   * All ports of the Service. Routes for the whole host leave requests to its other ports unchanged.
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
   * @default - the subset is defined outside this app
   */
  readonly subsetLabels?: { [label: string]: string };

  /**
   * Request headers that the backend needs, such as `seldon-model`. Routes set them and never append them.
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
   * REST paths that the backend serves.
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
   * How callers reach it unless the endpoint specifies it.
   *
   * @default - by `paths` and `grpcHeaders`, else under the endpoint's own name
   */
  readonly endpoint?: EndpointDefaults;

  /**
   * Paths of the backend that callers must not reach. Endpoints answer 404 where their paths lead there.
   *
   * @default - none
   */
  readonly hiddenPaths?: string[];

  /**
   * The owner of the Service's DestinationRule, if this library must not write one: Seldon's operator, for deployments whose routes
   * it writes.
   *
   * @default - none
   */
  readonly destinationRuleOwner?: string;

  /**
   * The object of Seldon that the backend is.
   *
   * @default - none
   */
  readonly seldon?: SeldonIdentity;

  /**
   * Its protocol, such as `seldon`, `tensorflow` or `v2`, the Open Inference Protocol. Backends that share requests must have the same
   * protocol.
   *
   * @default - not known
   */
  readonly protocol?: string;

  /**
   * The protocol that determines the REST paths of endpoints that specify none. Paths that its servers do not serve are refused. Left
   * out if the backend has `paths`.
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
  public _isFor(by: IConstruct, backend: IBackend, use: BackendUse): boolean {
    return this.backend === backend && isSameUse(this.use, use) && (this.by === by || by.node.scopes.includes(this.by));
  }
}

function isSameUse(a: BackendUse, b: BackendUse): boolean {
  return a.engine === b.engine && !a.mirror === !b.mirror && !a.shared === !b.shared && a.timeout?.toMilliseconds() === b.timeout?.toMilliseconds();
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
