import { invalid, show } from './checks/errors';
import { IGateway } from './gateway-ref';
import { checkHeaderName } from './header-checks';
import { StringMatch, StringMatchKind } from './string-match';

/** Paths of the gRPC calls of the Open Inference Protocol. */
const INFERENCE_METHODS = '/inference.GRPCInferenceService/';

/**
 * How the gRPC calls of an endpoint are told from others on the same host. The path of an inference call names no
 * model, so a header must, or the endpoint must have its host for itself.
 */
export class GrpcCalls {
  /**
   * Calls that carry a header with one of these values.
   *
   * @param header Lower-case name, for example `seldon-model`.
   * @param values One or more values; several let clients migrate from one to the next.
   * @throws an error when the name is no header name in lower case or no value is given.
   */
  public static byHeader(header: string, ...values: string[]): GrpcCalls {
    if (values.length === 0) throw invalid('GrpcCalls.byHeader', `header ${show(header)} without a value`, 'give at least one');
    return GrpcCalls.byHeaders(...values.map((value) => ({ [header]: value })));
  }

  /**
   * Calls that carry every header of one of these sets.
   *
   * @param sets One or more sets of headers by lower-case name, for example `{ seldon: 'iris', namespace: 'models' }`.
   * @throws an error when a set is empty or a name is no header name in lower case.
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
   * Every inference call on the endpoint's hosts: the endpoint has them for itself. Clients need no header then.
   */
  public static allOnHost(): GrpcCalls {
    return new GrpcCalls([{}], undefined);
  }

  /**
   * The endpoint takes no gRPC calls.
   */
  public static none(): GrpcCalls {
    return new GrpcCalls([], undefined);
  }

  /** Sets of headers that tell the calls apart; one empty set means all calls, no set means none. */
  public readonly headerSets: { [name: string]: string }[];

  /** Paths of the gRPC methods: unless said, those of the Open Inference Protocol, or those that the backends know. */
  public readonly methods: StringMatch;

  /** Whether somebody said the methods. @internal */
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
   * @throws an error when an exact path or prefix does not start with a slash.
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

  /** Hosts that callers ask for. */
  readonly hosts: string[];

  /** Gateways through which callers come; none for callers inside the mesh. */
  readonly gateways: IGateway[];

  /** REST paths; none when the endpoint takes gRPC only. */
  readonly paths: StringMatch[];

  /** Which gRPC calls are the endpoint's. */
  readonly grpc: GrpcCalls;

  /**
   * Accepts that the endpoint takes its host away from endpoints on a wider host behind the same gateway:
   * those answer 404 there.
   *
   * @default false
   */
  readonly takesHost?: boolean;

  /**
   * Lets callers stay with the Model of an Experiment of Seldon Core 2 that answered them first, by the header
   * `x-seldon-route`.
   *
   * @default false
   */
  readonly seldonSticky?: boolean;
}
