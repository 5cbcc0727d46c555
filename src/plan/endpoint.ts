import { invalid, show } from './checks/errors';
import { IGateway } from './gateway-ref';
import { checkHeaderName } from './header-checks';
import { StringMatch, StringMatchKind } from './string-match';

/** Paths of the gRPC calls of the Open Inference Protocol. */
const INFERENCE_METHODS = '/inference.GRPCInferenceService/';

/**
 * How the gRPC calls of an endpoint are identified on a host that it shares. The path of an inference call does not contain the
 * model's name, so either a header identifies the calls or the endpoint has the host to itself.
 */
export class GrpcCalls {
  /**
   * Calls that carry a header with one of these values.
   *
   * @param header Lower-case name, for example `seldon-model`.
   * @param values One or more values; several let clients migrate from one to the next.
   * @throws an error if the name is not a lower-case header name or no value is given.
   */
  public static byHeader(header: string, ...values: string[]): GrpcCalls {
    if (values.length === 0) throw invalid('GrpcCalls.byHeader', `header ${show(header)} without a value`, 'give at least one');
    return GrpcCalls.byHeaders(...values.map((value) => ({ [header]: value })));
  }

  /**
   * Calls that carry every header of one of these sets.
   *
   * @param sets One or more sets of headers by lower-case name, for example `{ seldon: 'iris', namespace: 'models' }`.
   * @throws an error if a set is empty or a name is not a lower-case header name.
   */
  public static byHeaders(...sets: { [name: string]: string }[]): GrpcCalls {
    const at = 'GrpcCalls.byHeaders';
    if (sets.length === 0) throw invalid(at, 'no set of headers', 'give at least one, or use allOnHost()');
    for (const set of sets) {
      const names = Object.keys(set);
      if (names.length === 0) throw invalid(at, 'an empty set of headers', 'name at least one header, or use allOnHost()');
      for (const name of names) {
        checkHeaderName(at, name);
      }
    }
    return new GrpcCalls(sets.map((set) => ({ ...set })), undefined);
  }

  /**
   * Every inference call on the endpoint's hosts, which no other endpoint with gRPC calls shares. Clients need no header.
   */
  public static allOnHost(): GrpcCalls {
    return new GrpcCalls([{}], undefined);
  }

  /**
   * The endpoint accepts no gRPC calls.
   */
  public static none(): GrpcCalls {
    return new GrpcCalls([], undefined);
  }

  /** Sets of headers that identify the calls; one empty set means all calls, no set means none. */
  public readonly headerSets: { [name: string]: string }[];

  /** Paths of the gRPC methods. If not set, those of the backends or of the Open Inference Protocol. */
  public readonly methods: StringMatch;

  /** Whether the methods were set. @internal */
  public readonly _hasOwnMethods: boolean;

  private constructor(headerSets: { [name: string]: string }[], methods: StringMatch | undefined) {
    this.headerSets = headerSets;
    this.methods = methods ?? StringMatch.prefix(INFERENCE_METHODS);
    this._hasOwnMethods = methods !== undefined;
  }

  /**
   * The same calls, for another gRPC service.
   *
   * @param methods Paths of its methods, for example `StringMatch.prefix('/tensorflow.serving.PredictionService/')`.
   * @throws an error if an exact path or prefix does not start with a slash.
   */
  public withMethods(methods: StringMatch): GrpcCalls {
    if (methods.kind !== StringMatchKind.REGEX && !methods.value.startsWith('/')) {
      throw invalid('GrpcCalls.withMethods', `methods ${methods}`, 'the path of a gRPC method starts with a slash');
    }
    return new GrpcCalls(this.headerSets, methods);
  }
}

/**
 * What callers see of a plan: hosts, gateways, REST paths and gRPC calls.
 */
export interface InferenceEndpoint {
  /** Name of the endpoint, by which callers ask for it. */
  readonly name: string;

  /**
   * Hosts that callers ask for. Endpoints on a wider host behind the same gateway answer 404 on these, which is an error unless it is
   * accepted with `Rules.accept(endpoint, "hidden-host", "reason")`.
   */
  readonly hosts: string[];

  /** Gateways through which callers come; none for callers inside the mesh. */
  readonly gateways: IGateway[];

  /** REST paths; none if the endpoint accepts only gRPC. */
  readonly paths: StringMatch[];

  /** The endpoint's gRPC calls. */
  readonly grpc: GrpcCalls;

  /**
   * Makes sessions sticky to a Model of an Experiment of Seldon Core 2, by the header `x-seldon-route`.
   *
   * @default false
   */
  readonly seldonSticky?: boolean;
}
