import { Answer, DeliveredRequest, ProxyResponder } from '../answer';
import { EndpointExample, requestsText } from '../endpoints/examples';
import { mismatches } from '../expectations/check';
import { Expectation } from '../expectations/expectation';
import { isProxy, nameOf } from '../expectations/responder-names';
import { mirrorShares, Share, sharesOf } from '../expectations/shares';
import { RequestInput } from '../input/request-input';

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
 * The test for an example; undefined if its answer depends on what the manifests do not tell.
 *
 * @internal
 */
export function testFor(example: EndpointExample): GeneratedTest | undefined {
  const { input, answer, denial } = example;
  const actual = denial ?? answer;
  if (input === undefined || actual?.cases.length !== 1) return undefined;
  return { name: `${nameFor(example)}${denial === undefined ? '' : ' without credentials'}`, request: input, expect: expectationFor(actual, input, isOpaque(example)) };
}

/** Nothing is known of the requests on connections that a gateway forwards as they are. */
function isOpaque({ endpoint: { kind } }: EndpointExample): boolean {
  return kind === 'tls' || kind === 'tcp';
}

function nameFor(example: EndpointExample): string {
  const { host } = example.endpoint;
  return `${host === '*' ? '' : host}${isOpaque(example) && host !== '*' ? ' ' : ''}${requestsText(example)}`;
}

/** What holds of an answer with one case. */
function expectationFor(answer: Answer, { host }: RequestInput, isConnection: boolean): Expectation {
  const [{ outcomes, mirrors, timeout, delay }] = answer.cases;
  const shares = sharesOf(outcomes);
  const delivered = outcomes.flatMap((outcome) => outcome.delivered ?? []);
  return {
    ...shares.length === 1 ? single(shares[0].responder) : { split: percentages(shares) },
    ...mirrors.length === 0 ? {} : { mirrorTo: percentages(mirrorShares(mirrors)) },
    ...isConnection || delivered.length === 0 ? {} : held(answer, [...arrivals(delivered, host), ...timeout === undefined ? [] : [{ timeout }]]),
    ...delay === undefined ? {} : { delay: { duration: delay.duration, percentage: delay.percentage } },
  };
}

/** What arrives at the first backend: the path, and what routes change. */
function arrivals(delivered: readonly DeliveredRequest[], host: string | undefined): readonly Expectation[] {
  const [{ path, authority }] = delivered;
  const names = [...new Set(delivered.flatMap(({ set, added }) => [...set.keys(), ...added.map(({ name }) => name)]))];
  const removed = delivered[0].removed.filter((name) => delivered.every((each) => each.removed.includes(name)));
  return [
    { path },
    ...authority === host ? [] : [{ host: authority }],
    ...names.flatMap((name) => valuesOf(delivered[0], name).map((value) => ({ headers: { [name]: value } }))),
    ...removed.map((name) => ({ withoutHeaders: [name] })),
  ];
}

function valuesOf({ headers }: DeliveredRequest, name: string): readonly string[] {
  return headers.filter((header) => header.name === name && !VARIABLE.test(header.value)).map(({ value }) => value);
}

/** What depends on the connection has no value yet. */
const VARIABLE = /%[A-Z_]+(?:\([^)]*\))?(?::\d+)?%/;

/** The expectations that hold for all requests, and not only for those to the first backend, as one. */
function held(answer: Answer, candidates: readonly Expectation[]): Expectation {
  const all = candidates.filter((each) => mismatches(answer, each).length === 0);
  const headers = Object.assign({}, ...all.map((each) => each.headers)) as Expectation['headers'] & object;
  const withoutHeaders = all.flatMap((each) => each.withoutHeaders ?? []);
  return {
    ...Object.assign({}, ...all) as Expectation,
    ...Object.keys(headers).length === 0 ? {} : { headers },
    ...withoutHeaders.length === 0 ? {} : { withoutHeaders },
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
