import { Expectation, ExpectedDelay, Mismatch } from './expectation';
import { isProxy, nameOf, namesOf } from './responder-names';
import { isPercentage, mirrorShares, percentText, Share, sharesOf } from './shares';
import { goDuration } from '../../objects/istio/go-duration';
import { Answer, AnswerCase, DeliveredRequest, ProxyResponder, Responder } from '../answer';
import { Fraction } from '../fraction';

/**
 * Compares an answer with what a test expects.
 *
 * @returns what is different; nothing if the test passes.
 * @internal
 */
export function mismatches(answer: Answer, expectation: Expectation): Mismatch[] {
  return answer.cases.flatMap((each) => inCase(each, expectation).map((mismatch) => (
    each.condition === undefined ? mismatch : { ...mismatch, condition: each.condition }
  )));
}

/** A check returns what is different, or undefined. */
type Check<T> = (answer: AnswerCase, expected: T) => Mismatch | undefined;

const CHECKS: { readonly [field in keyof Expectation]-?: Check<NonNullable<Expectation[field]>> } = {
  servedBy: (answer, name) => unless(answer.outcomes.every(({ responder }) => namesOf(responder).includes(name)), `all requests are answered by ${name}`, answer),
  split: splitMismatch,
  mirrorTo: mirrorMismatch,
  noMirrors: (answer, none) => unlessMirrors(none === (answer.mirrors.length === 0), none ? 'no request is mirrored' : 'requests are mirrored', answer),
  denied: (answer, denied) => unless(answer.outcomes.every(({ responder }) => isDenial(responder) === denied), `${denied ? 'all requests are' : 'no request is'} denied`, answer),
  deniedBy: (answer, policy) => unless(answer.outcomes.every(({ responder }) => isDenial(responder) && placeNames(responder).includes(policy)), `all requests are denied by ${policy}`, answer),
  redirectTo: (answer, location) => unless(answer.outcomes.every(({ responder }) => responder.kind === 'redirect' && responder.location === location), `all requests are redirected to ${location}`, answer),
  unanswered: (answer, none) => unless(answer.outcomes.every(({ responder }) => isUnanswered(responder) === none), none ? 'no one answers' : 'all requests are answered', answer),
  status: statusMismatch,
  grpcStatus: grpcStatusMismatch,
  path: (answer, path) => deliveredMismatch(answer, `backends receive the path ${path}`, (delivered) => delivered.path === path, ({ path: actual }) => actual),
  host: (answer, host) => deliveredMismatch(answer, `backends receive the host ${host}`, (delivered) => delivered.authority === host, ({ authority }) => authority),
  headers: headersMismatch,
  withoutHeaders: (answer, names) => deliveredMismatch(answer, `backends do not receive ${names.join(', ')}`,
    (delivered) => names.every((name) => valuesOf(delivered, name).length === 0), (delivered) => showHeaders(delivered, names)),
  timeout: (answer, timeout) => (isSameTime(answer.timeout, timeout) ? undefined : { expected: `the timeout is ${timeout}`, actual: answer.timeout === undefined ? 'no timeout' : `timeout ${answer.timeout}` }),
  delay: delayMismatch,
};

function inCase(answer: AnswerCase, expectation: Expectation): Mismatch[] {
  return (Object.keys(CHECKS) as (keyof Expectation)[]).flatMap((field) => {
    const expected = expectation[field];
    return expected === undefined ? [] : (CHECKS[field] as Check<unknown>)(answer, expected) ?? [];
  });
}

function unless(isMet: boolean, expected: string, { outcomes }: AnswerCase): Mismatch | undefined {
  return isMet ? undefined : { expected, actual: sharesText(sharesOf(outcomes)) };
}

function unlessMirrors(isMet: boolean, expected: string, answer: AnswerCase): Mismatch | undefined {
  return isMet ? undefined : { expected, actual: mirrorsText(answer) };
}

/**
 * Shares as text: `Model models/iris1 50 %, Model models/iris2 50 %`.
 *
 * @internal
 */
export function sharesText(shares: readonly Share[]): string {
  return shares.map(({ responder, share }) => [nameOf(responder), ...share.isAll ? [] : [percentText(share)], ...isProxy(responder) ? [`(${responder.reason})`] : []].join(' ')).join(', ');
}

function mirrorsText({ mirrors }: AnswerCase): string {
  return mirrors.length === 0 ? 'no request is mirrored' : `mirrored: ${mirrorShares(mirrors).map(({ responder, share }) => `${nameOf(responder)} ${percentText(share)}`).join(', ')}`;
}

function statusMismatch(answer: AnswerCase, status: number): Mismatch | undefined {
  const mismatch = unless(allFromProxy(answer, (responder) => responder.status === status), `a proxy answers all requests with status ${status}`, answer);
  const statuses = [...new Set(answer.outcomes.flatMap(({ responder }) => (isProxy(responder) ? responder.grpcStatus ?? [] : [])))];
  return withRemedy(mismatch, statuses.length > 0, `A gRPC call gets HTTP status 200 and a gRPC status. Expect \`grpcStatus\` ${statuses.join(' or ')}.`);
}

function grpcStatusMismatch(answer: AnswerCase, status: string): Mismatch | undefined {
  const mismatch = unless(
    allFromProxy(answer, ({ grpcStatus }) => grpcStatus === status), `a proxy answers all requests with gRPC status ${status}`, answer,
  );
  const isHttp = allFromProxy(answer, ({ grpcStatus }) => grpcStatus === undefined);
  return withRemedy(mismatch, isHttp, 'The request is not a gRPC call. Give it a gRPC method, or expect `status`.');
}

function allFromProxy({ outcomes }: AnswerCase, isMet: (responder: ProxyResponder) => boolean): boolean {
  return outcomes.every(({ responder }) => isProxy(responder) && isMet(responder));
}

function withRemedy(mismatch: Mismatch | undefined, applies: boolean, remedy: string): Mismatch | undefined {
  return mismatch === undefined || !applies ? mismatch : { ...mismatch, remedy };
}

function splitMismatch(answer: AnswerCase, split: { readonly [name: string]: number }): Mismatch | undefined {
  const shares = sharesOf(answer.outcomes);
  const owners = shares.map(({ responder }) => Object.keys(split).filter((name) => namesOf(responder).includes(name)));
  const isMet = owners.every((names) => names.length === 1)
    && Object.entries(split).every(([name, percentage]) => isPercentage(sumOf(shares.filter((_, i) => owners[i][0] === name)), percentage));
  return unless(isMet, `requests are split: ${Object.entries(split).map(([name, percentage]) => `${name} ${percentage} %`).join(', ')}`, answer);
}

function sumOf(shares: readonly { readonly share: Fraction }[]): Fraction {
  return shares.reduce((sum, { share }) => sum.plus(share), Fraction.NONE);
}

/** Mirrors are independent of each other, so that their shares are compared one by one. */
function mirrorMismatch(answer: AnswerCase, expected: { readonly [name: string]: number | undefined }): Mismatch | undefined {
  const isMet = Object.entries(expected).every(([name, percentage]) => {
    const found = mirrorShares(answer.mirrors).filter(({ responder }) => namesOf(responder).includes(name));
    return found.length > 0 && (percentage === undefined || found.every(({ share }) => isPercentage(share, percentage)));
  });
  const texts = Object.entries(expected).map(([name, percentage]) => (percentage === undefined ? name : `${name} ${percentage} %`));
  return unlessMirrors(isMet, `requests are mirrored to ${texts.join(', ')}`, answer);
}

function delayMismatch({ delay }: AnswerCase, { duration, percentage }: ExpectedDelay): Mismatch | undefined {
  if (delay !== undefined && isSameTime(delay.duration, duration) && (percentage ?? delay.percentage) === delay.percentage) return undefined;
  const expected = percentage === undefined ? `the delay is ${duration}` : `the delay is ${duration} for ${percentage} % of the requests`;
  return { expected, actual: delay === undefined ? 'no delay' : `delay ${delay.duration} for ${delay.percentage} %` };
}

function isSameTime(actual: string | undefined, expected: string): boolean {
  return actual === expected || (actual !== undefined && goDuration(actual) !== undefined && goDuration(actual) === goDuration(expected));
}

function isDenial({ kind }: Responder): boolean {
  return kind === 'denied' || kind === 'unauthenticated';
}

/**
 * Whether a responder means that no one answers.
 *
 * @internal
 */
export function isUnanswered({ kind }: Responder): boolean {
  return kind === 'not-found' || kind === 'unavailable' || kind === 'refused';
}

function placeNames(responder: Responder): readonly string[] {
  const object = isProxy(responder) ? (responder as ProxyResponder).place?.object : undefined;
  return object === undefined ? [] : [object.name, `${object.namespace}/${object.name}`, object.toString()];
}

function deliveredMismatch(
  { outcomes }: AnswerCase, expected: string, isMet: (delivered: DeliveredRequest) => boolean, show: (delivered: DeliveredRequest) => string,
): Mismatch | undefined {
  const wrong = outcomes.find(({ delivered }) => delivered === undefined || !isMet(delivered));
  if (wrong === undefined) return undefined;
  const { responder, delivered } = wrong;
  return { expected, actual: delivered === undefined ? `${sharesText([{ responder, share: Fraction.ALL }])} answers` : `${nameOf(responder)} receives ${show(delivered)}` };
}

function headersMismatch(answer: AnswerCase, headers: { readonly [name: string]: string }): Mismatch | undefined {
  const names = Object.keys(headers);
  return deliveredMismatch(answer, `backends receive ${names.map((name) => `${name}: ${headers[name]}`).join(', ')}`, (delivered) => names.every((name) => {
    const values = valuesOf(delivered, name);
    return values.length === 1 && values[0] === headers[name];
  }), (delivered) => showHeaders(delivered, names));
}

function valuesOf({ headers }: DeliveredRequest, name: string): string[] {
  return headers.filter((header) => header.name === name.toLowerCase()).map(({ value }) => value);
}

function showHeaders(delivered: DeliveredRequest, names: readonly string[]): string {
  const found = names.flatMap((name) => valuesOf(delivered, name).map((value) => `${name.toLowerCase()}: ${value}`));
  return found.length === 0 ? `no header ${names.join(', ')}` : found.join(', ');
}
