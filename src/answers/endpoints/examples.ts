import { Endpoint } from './endpoint';
import { endpointsOf } from './endpoints';
import { exampleInputs, namedInputs } from './example-request';
import { conditionTexts, pathText } from './match-text';
import { Cluster } from '../../cluster/cluster';
import { ClusterKind } from '../../cluster/cluster-object';
import { showPath } from '../../cluster/json';
import { Answer, AnswerCase, Place } from '../answer';
import { isProxy } from '../expectations/responder-names';
import { InputError } from '../input/input-error';
import { RequestInput } from '../input/request-input';
import { TrafficModel } from '../traffic-model';

/**
 * A request that a match of a rule answers.
 *
 * @internal
 */
export interface EndpointExample {
  /** The match. */
  readonly endpoint: Endpoint;
  /** Requests that the match lets through and Seldon Core 2 answers, if it answers others differently: `/v2/models/iris/*`. */
  readonly named?: string;
  /** The request; undefined if none was found. */
  readonly input?: RequestInput;
  /** What routes do with it, regardless of who sends it. */
  readonly answer?: Answer;
  /** The answer to it without credentials, if a policy denies it. */
  readonly denial?: Answer;
}

/**
 * Finds requests for each match of each rule: one, or one for each model, pipeline and experiment if the match leaves it to Seldon Core 2 which of
 * them answers. The answer decides whether the rule gets a request.
 *
 * @param trace Whether the answers have traces.
 * @internal
 */
export function endpointExamples(model: TrafficModel, trace: boolean = false): readonly EndpointExample[] {
  return endpointsOf(model.operated).flatMap((endpoint) => {
    const typical = exampleAmong(model, endpoint, exampleInputs(endpoint), trace);
    if (endpoint.kind !== undefined || (typical !== undefined && !isAbsent(typical))) return [typical ?? { endpoint }];
    const named = namedExamples(model, endpoint, trace);
    return named.length > 0 ? named : [typical ?? { endpoint }];
  });
}

/** A name that no object has, since names have no two dots in a row. */
const ABSENT = 'absent..';

/** Examples for those that Seldon Core 2 serves, if the answer to a match depends on the name in the request. */
function namedExamples(model: TrafficModel, endpoint: Endpoint, trace: boolean): readonly EndpointExample[] {
  if (!isOpen(exampleAmong(model, endpoint, namedInputs(endpoint, ABSENT).map(({ input }) => input)))) return [];
  return namesIn(model.cluster).flatMap((name) => {
    for (const { input, text } of namedInputs(endpoint, name)) {
      const example = exampleAmong(model, endpoint, [input], trace);
      if (example !== undefined && !isAbsent(example)) return [{ ...example, named: text }];
    }
    return [];
  });
}

function isOpen(example: EndpointExample | undefined): boolean {
  const responders = (example?.answer?.cases ?? []).flatMap(({ outcomes }) => outcomes.map(({ responder }) => responder));
  return responders.some((responder) => isProxy(responder) && responder.reason.includes(ABSENT));
}

/** Whether there is no one who answers an example, in no case. */
function isAbsent({ answer }: EndpointExample): boolean {
  return answer?.cases.every(({ outcomes }) => outcomes.every(({ responder: { kind } }) => kind === 'not-found')) ?? false;
}

/** The values of `seldon-model` that exist in some namespace. */
function namesIn(cluster: Cluster): readonly string[] {
  const named = ([[ClusterKind.MODEL, ''], [ClusterKind.PIPELINE, '.pipeline'], [ClusterKind.EXPERIMENT, '.experiment']] as const)
    .flatMap(([kind, suffix]) => cluster.all(kind).map(({ name }) => `${name}${suffix}`));
  return [...new Set(named)];
}

/**
 * The first of some requests that a match gets, or else the first that it gets in some case; undefined if it gets none of them.
 *
 * @internal
 */
export function exampleAmong(
  model: TrafficModel, endpoint: Endpoint, inputs: readonly RequestInput[], trace: boolean = false,
): EndpointExample | undefined {
  let inSomeCase: EndpointExample | undefined;
  for (const input of inputs) {
    const answer = answerTo(model, input, trace);
    if (answer === undefined) continue;
    if (reaches(answer, endpoint)) return { endpoint, input, answer };
    if (inSomeCase === undefined && answer.cases.some((each) => endsAt(each, endpoint))) inSomeCase = { endpoint, input, answer };
    if (!isDenied(answer)) continue;
    const allowed = answerTo(model.withoutPolicies, input, trace);
    if (allowed !== undefined && reaches(allowed, endpoint)) return { endpoint, input, answer: allowed, denial: answer };
  }
  return inSomeCase;
}

/**
 * Whether a match gets the request of its example in each case.
 *
 * @internal
 */
export function isCertain({ endpoint, answer }: EndpointExample): boolean {
  return answer !== undefined && reaches(answer, endpoint);
}

function isDenied({ cases }: Answer): boolean {
  return cases.every(({ outcomes }) => outcomes.every(({ responder: { kind } }) => kind === 'denied' || kind === 'unauthenticated'));
}

function answerTo(model: TrafficModel, input: RequestInput, trace: boolean): Answer | undefined {
  try {
    return model.ask(input, trace).answer;
  } catch (error) {
    // A value of a match that no client can send.
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

function reaches({ cases }: Answer, endpoint: Endpoint): boolean {
  return cases.every((each) => endsAt(each, endpoint));
}

/** A server that redirects requests has no rule. */
function endsAt({ rule, outcomes }: AnswerCase, endpoint: Endpoint): boolean {
  if (endpoint.kind !== 'redirect') return isPlace(rule, endpoint);
  return outcomes.every(({ responder }) => isProxy(responder) && isPlace(responder.place, endpoint));
}

/** What operators create has another object in each model. */
function isPlace(place: Place | undefined, { object, field }: Endpoint): boolean {
  return place !== undefined && place.object.toString() === object.toString() && showPath(place.field) === showPath(field);
}

/**
 * The requests of an example as tables and tests name them: path, and all other conditions.
 *
 * @internal
 */
export function requestsText({ endpoint: { match, callers, kind }, named }: EndpointExample): string {
  if (kind === 'tls') return 'TLS passthrough';
  if (kind === 'tcp') return 'TCP';
  return [named ?? pathText(match), ...conditionTexts(match), ...callers ?? []].join(', ');
}
