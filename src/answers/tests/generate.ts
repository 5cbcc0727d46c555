import { showPath } from '../../cluster/json';
import { Answer } from '../answer';
import { Endpoint, endpointsOf } from '../endpoints/endpoint';
import { exampleInputs } from '../endpoints/example-request';
import { conditionTexts, pathText } from '../endpoints/match-text';
import { Expectation } from '../expectations/expectation';
import { isProxy, nameOf } from '../expectations/responder-names';
import { sharesOf } from '../expectations/shares';
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
  /** Its answer, without a trace. */
  readonly answer?: Answer;
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
 * @internal
 */
export function endpointExamples(model: TrafficModel): readonly EndpointExample[] {
  return endpointsOf(model.cluster).map((endpoint) => {
    for (const input of exampleInputs(endpoint)) {
      const answer = answerTo(model, input);
      if (answer !== undefined && reaches(answer, endpoint)) return { endpoint, input, answer };
    }
    return { endpoint };
  });
}

function answerTo(model: TrafficModel, input: RequestInput): Answer | undefined {
  try {
    return model.ask(input, false).answer;
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
export function testFor({ endpoint, input, answer }: EndpointExample): GeneratedTest | undefined {
  if (input === undefined || answer?.cases.length !== 1) return undefined;
  return { name: nameFor(endpoint), request: input, expect: expectationFor(answer) };
}

function nameFor({ host, match }: Endpoint): string {
  return [`${host === '*' ? '' : host}${pathText(match)}`, ...conditionTexts(match)].join(', ');
}

/** What holds of an answer with one case. */
function expectationFor({ cases: [{ outcomes, mirrors }] }: Answer): Expectation {
  const shares = sharesOf(outcomes);
  const mirrored = Object.fromEntries(mirrors.map(({ responder, share }) => [nameOf(responder), Number(share.percentage.toFixed(4))]));
  return {
    ...shares.length === 1 ? single(shares[0].responder) : { split: Object.fromEntries(shares.map(({ responder, share }) => [nameOf(responder), Number(share.percentage.toFixed(4))])) },
    ...mirrors.length === 0 ? {} : { mirrorTo: mirrored },
  };
}

function single(responder: Parameters<typeof nameOf>[0]): Expectation {
  if (!isProxy(responder)) return { servedBy: nameOf(responder) };
  const { kind, status, location, place } = responder;
  switch (kind) {
    case 'redirect': return { redirectTo: location, status };
    case 'denied':
    case 'unauthenticated': return place === undefined ? { denied: true } : { deniedBy: place.object.toString() };
    case 'not-found':
    case 'unavailable':
    case 'refused': return { unanswered: true, ...status === undefined ? {} : { status } };
    default: return { status };
  }
}
