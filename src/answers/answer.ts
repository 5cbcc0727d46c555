import { Fraction } from './fraction';
import { HeaderLine } from './request';
import { ClusterObject } from '../cluster/cluster-object';
import { FieldPath } from '../cluster/json';

/**
 * A field of an object that decides an answer.
 *
 * @internal
 */
export interface Place {
  /** The object, which knows its file or its construct. */
  readonly object: ClusterObject;
  /** The field. */
  readonly field: FieldPath;
}

/**
 * A model or pipeline of Seldon Core 2, or a predictor of Seldon Core 1 or its explainer.
 *
 * @internal
 */
export interface SeldonResponder {
  readonly kind: 'model' | 'pipeline' | 'predictor' | 'explainer';
  /** Namespace of the object. */
  readonly namespace: string;
  /** Name of the Model, the Pipeline or the predictor; of an explainer that of its predictor. */
  readonly name: string;
  /** Name of the SeldonDeployment of a predictor. */
  readonly deployment?: string;
  /** The Experiment whose candidate it is. */
  readonly experiment?: string;
}

/**
 * The pods of a Service, or of one of its subsets.
 *
 * @internal
 */
export interface ServiceResponder {
  readonly kind: 'service';
  /** The host in full. */
  readonly host: string;
  /** The number of the port. */
  readonly port: number;
  /** The subset. Subsets with the same labels are the same responder. */
  readonly subset?: { readonly name: string; readonly labels: { readonly [name: string]: string } };
  /** The workloads behind it that are among the objects, as `Deployment models/iris`. */
  readonly workloads: readonly string[];
}

/**
 * A host outside the cluster.
 *
 * @internal
 */
export interface ExternalResponder {
  readonly kind: 'external';
  /** The host. */
  readonly host: string;
  /** The number of the port. */
  readonly port: number;
}

/**
 * An answer of a proxy, without a backend.
 *
 * @internal
 */
export interface ProxyResponder {
  readonly kind: 'redirect' | 'response' | 'fault' | 'denied' | 'unauthenticated' | 'not-found' | 'unavailable' | 'refused';
  /** The HTTP status; undefined if the connection is closed. Calls of gRPC get 200. */
  readonly status?: number;
  /** The gRPC status by its name, such as `UNIMPLEMENTED`, of an answer to a gRPC call. */
  readonly grpcStatus?: string;
  /** The address of a redirect. */
  readonly location?: string;
  /** The body of a direct response. */
  readonly body?: string;
  /** Why, as a clause, such as `no rule of the virtual host matches`. */
  readonly reason: string;
  /** What decides it, such as the policy that denies. */
  readonly place?: Place;
}

/**
 * Who answers a request.
 *
 * @internal
 */
export type Responder = SeldonResponder | ServiceResponder | ExternalResponder | ProxyResponder;

/**
 * A request as a responder or a mirror receives it.
 *
 * @internal
 */
export interface DeliveredRequest {
  /** The method. */
  readonly method: string;
  /** The `Host` header. */
  readonly authority: string;
  /** The path after rewrites, with the query. */
  readonly path: string;
  /** All headers of the client that remain, and those that were set or added. Headers that Envoy manages are left out. */
  readonly headers: readonly HeaderLine[];
  /** Headers that routes set, in lower case. */
  readonly set: ReadonlyMap<string, string>;
  /** Headers that routes add. */
  readonly added: readonly HeaderLine[];
  /** Headers that routes remove, in lower case. */
  readonly removed: readonly string[];
}

/**
 * What routes do with the headers of a response.
 *
 * @internal
 */
export interface ResponseHeaders {
  /** Headers that are set, in lower case. */
  readonly set: ReadonlyMap<string, string>;
  /** Headers that are added. */
  readonly added: readonly HeaderLine[];
  /** Headers that are removed, in lower case. */
  readonly removed: readonly string[];
}

/**
 * A share of the requests, and who answers it.
 *
 * @internal
 */
export interface Outcome {
  /** The share. Those of a case add up to 1. */
  readonly share: Fraction;
  /** Who answers. */
  readonly responder: Responder;
  /** What arrives there; undefined if a proxy answers. */
  readonly delivered?: DeliveredRequest;
  /** What happens to the headers of the response. */
  readonly response?: ResponseHeaders;
}

/**
 * Requests that are sent to another backend too, whose response is dropped.
 *
 * @internal
 */
export interface Mirror {
  /** The share of the requests that is mirrored, independently of who answers. */
  readonly share: Fraction;
  /** Who receives it. */
  readonly responder: Responder;
  /** What arrives there. */
  readonly delivered: DeliveredRequest;
  /** What mirrors it. */
  readonly place: Place;
}

/**
 * Retries in force.
 *
 * @internal
 */
export interface Retries {
  /** The number of retries. */
  readonly attempts: number;
  /** Time for each attempt, as written. */
  readonly perTryTimeout?: string;
  /** The conditions, as Envoy names them. */
  readonly on?: string;
}

/**
 * A fault that delays requests, regardless of who answers them.
 *
 * @internal
 */
export interface Delay {
  /** The share of the requests, in percent. */
  readonly percentage: number;
  /** How long, as written. */
  readonly duration: string;
}

/**
 * A step on the way of a request.
 *
 * @internal
 */
export interface Step {
  /** The part of the way: `gateway`, `filter`, `host`, `rule`, `policy`, `token`, `destination`, `seldon`, `mirror`. */
  readonly stage: 'gateway' | 'filter' | 'host' | 'rule' | 'policy' | 'token' | 'destination' | 'seldon' | 'mirror';
  /** Whether it applies to the request. */
  readonly matched: boolean;
  /** What happened, as a clause: `prefix "/v2" matches`, or the nearest miss such as `header x-tester is absent`. */
  readonly text: string;
  /** What decides it; undefined for defaults of Istio and Seldon. */
  readonly place?: Place;
}

/**
 * An answer under a condition.
 *
 * @internal
 */
export interface AnswerCase {
  /** When the case holds, as a clause such as `VirtualService models/iris is the oldest of those that match`; undefined if always. */
  readonly condition?: string;
  /** Who answers, largest share first. */
  readonly outcomes: readonly Outcome[];
  /** Who receives mirrored requests. */
  readonly mirrors: readonly Mirror[];
  /** The time limit, as written; undefined if there is none. */
  readonly timeout?: string;
  /** The retries; undefined if there are none. */
  readonly retries?: Retries;
  /** The delay; undefined if there is none. */
  readonly delay?: Delay;
  /** The rule that matches; undefined if none does. */
  readonly rule?: Place;
  /** The EnvoyFilters and extensions at proxies on the way. The case holds if they change nothing, which is in its condition, too. */
  readonly filters?: readonly ClusterObject[];
}

/**
 * The answer to a request. It has several cases only if the manifests do not decide.
 *
 * @internal
 */
export interface Answer {
  /** The cases: exactly one without a condition, or each with its condition. */
  readonly cases: readonly AnswerCase[];
  /** The way of the request, in order, if it was asked for. */
  readonly trace: readonly Step[];
}
