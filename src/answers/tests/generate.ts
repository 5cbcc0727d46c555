import { showPath } from '../../cluster/json';
import { Answer, ProxyResponder } from '../answer';
import { Endpoint, endpointsOf } from '../endpoints/endpoint';
import { exampleInputs } from '../endpoints/example-request';
import { conditionTexts, pathText } from '../endpoints/match-text';
import { Expectation } from '../expectations/expectation';
import { isProxy, nameOf } from '../expectations/responder-names';
import { mirrorShares, Share, sharesOf } from '../expectations/shares';
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
  /** The request; undefined if none was found. */
  readonly input?: RequestInput;
  /** What routes do with it, regardless of who sends it. */
  readonly answer?: Answer;
  /** The answer to it without credentials, if a policy denies it. */
  readonly denial?: Answer;
}

/**
 * A test that describes what the manifests do today.
 *
 * @internal
 */
export interface GeneratedTest {
  /** Its name. */
  readonly name: string;
  /** The request. */
  readonly request: RequestInput;
  /** What it is answered with. */
  readonly expect: Expectation;
}

/**
 * Finds a request for each match of each rule. The answer decides whether the rule gets it.
 *
 * @param trace Whether the answers have traces.
 * @internal
 */
export function endpointExamples(model: TrafficModel, trace: boolean = false): readonly EndpointExample[] {
  return endpointsOf(model.cluster).map((endpoint) => (
    exampleAmong(model, endpoint, exampleInputs(endpoint), trace) ?? { endpoint }
  ));
}

/**
 * The first of some requests that a match gets; undefined if it gets none of them.
 *
 * @internal
 */
export function exampleAmong(
  model: TrafficModel, endpoint: Endpoint, inputs: readonly RequestInput[], trace: boolean = false,
): EndpointExample | undefined {
  for (const input of inputs) {
    const answer = answerTo(model, input, trace);
    if (answer === undefined) continue;
    if (reaches(answer, endpoint)) return { endpoint, input, answer };
    if (!isDenied(answer)) continue;
    const allowed = answerTo(model.withoutPolicies, input, trace);
    if (allowed !== undefined && reaches(allowed, endpoint)) return { endpoint, input, answer: allowed, denial: answer };
  }
  return undefined;
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

function reaches({ cases }: Answer, { object, field }: Endpoint): boolean {
  return cases.every(({ rule }) => rule !== undefined && rule.object === object && showPath(rule.field) === showPath(field));
}

/**
 * The test for an example; undefined if its answer depends on what the manifests do not tell.
 *
 * @internal
 */
export function testFor({ endpoint, input, answer, denial }: EndpointExample): GeneratedTest | undefined {
  const actual = denial ?? answer;
  if (input === undefined || actual?.cases.length !== 1) return undefined;
  return { name: `${nameFor(endpoint)}${denial === undefined ? '' : ' without credentials'}`, request: input, expect: expectationFor(actual) };
}

function nameFor({ host, match }: Endpoint): string {
  return [`${host === '*' ? '' : host}${pathText(match)}`, ...conditionTexts(match)].join(', ');
}

/** What holds of an answer with one case. */
function expectationFor({ cases: [{ outcomes, mirrors }] }: Answer): Expectation {
  const shares = sharesOf(outcomes);
  return {
    ...shares.length === 1 ? single(shares[0].responder) : { split: percentages(shares) },
    ...mirrors.length === 0 ? {} : { mirrorTo: percentages(mirrorShares(mirrors)) },
  };
}

function percentages(shares: readonly Share[]): { readonly [name: string]: number } {
  return Object.fromEntries(shares.map(({ responder, share }) => [nameOf(responder), Number(share.percentage.toFixed(4))]));
}

function single(responder: Parameters<typeof nameOf>[0]): Expectation {
  if (!isProxy(responder)) return { servedBy: nameOf(responder) };
  const { kind, location, place } = responder;
  switch (kind) {
    case 'redirect': return { redirectTo: location, status: responder.status };
    case 'denied':
    case 'unauthenticated': return place === undefined ? { denied: true } : { deniedBy: place.object.toString() };
    case 'not-found':
    case 'unavailable':
    case 'refused': return { unanswered: true, ...statusOf(responder) };
    default: return statusOf(responder);
  }
}

function statusOf({ status, grpcStatus }: ProxyResponder): Expectation {
  if (grpcStatus !== undefined) return { grpcStatus };
  return status === undefined ? {} : { status };
}
