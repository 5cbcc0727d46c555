import { keyOf, namesIn } from './names';
import { Answer, AnswerCase, DeliveredRequest, Mirror, Outcome, Responder, ResponseHeaders } from '../../answers/answer';
import { isProxy } from '../../answers/expectations/responder-names';
import { delayText, percentText, sharesOf, shiftOf } from '../../answers/expectations/shares';
import { Fraction } from '../../answers/fraction';
import { conditionClause } from '../answers/condition';
import { limitTexts } from '../answers/text';

/**
 * A share that is different in two answers.
 *
 * @internal
 */
export interface ShareDifference {
  /** Whether it is the share of who answers, or of who receives mirrored requests. */
  readonly kind: 'answered' | 'mirrored';
  /** The name of the responder. */
  readonly name: string;
  /** Its share before. */
  readonly before: Fraction;
  /** Its share after. */
  readonly after: Fraction;
}

/**
 * What is different in two answers.
 *
 * @internal
 */
export interface Difference {
  /** Shares, those that grow first. */
  readonly shares: readonly ShareDifference[];
  /** All else, such as timeouts, as clauses. */
  readonly others: readonly string[];
  /** The share of the requests that get another responder, in percentage points. If the order of objects decides, the largest possible one. */
  readonly shift: number;
}

/**
 * Compares two answers as people read them.
 *
 * @internal
 */
export function differenceOf(before: Answer, after: Answer): Difference {
  const shift = Math.max(...before.cases.flatMap((a) => after.cases.map((b) => shiftOf(a.outcomes, b.outcomes, keyOf).percentage)));
  const nameOf = namesIn(before, after);
  if (before.cases.length === 1 && after.cases.length === 1) return { ...compareCases(before.cases[0], after.cases[0], nameOf), shift };
  const conditions = after.cases.map(({ condition }) => condition);
  const isSame = before.cases.length === after.cases.length && before.cases.every(({ condition }, i) => condition === conditions[i]);
  const others = isSame ? before.cases.flatMap((each, i) => underCondition(each, after.cases[i], nameOf)) : [`before: ${casesText(before, nameOf)}`, `after: ${casesText(after, nameOf)}`];
  return { shares: [], others, shift };
}

type Names = (responder: Responder) => string;

function underCondition(before: AnswerCase, after: AnswerCase, nameOf: Names): string[] {
  const { shares, others } = compareCases(before, after, nameOf);
  return [...shares.map(shareText), ...others].map((text) => `${text}, ${conditionClause(before.condition!)}`);
}

function casesText({ cases }: Answer, nameOf: Names): string {
  return cases.map((each) => [
    sharesOf(each.outcomes, nameOf).map(({ responder, share }) => `${percentText(share)} ${nameOf(responder)}`).join(', '),
    ...each.condition === undefined ? [] : [conditionClause(each.condition)],
  ].join(' ')).join('; ');
}

/**
 * A difference of shares as text: `Model models/iris1 90 % → 70 %`.
 *
 * @internal
 */
export function shareText({ kind, name, before, after }: ShareDifference): string {
  return `${kind === 'mirrored' ? 'mirrored to ' : ''}${name} ${percentText(before)} → ${percentText(after)}`;
}

function compareCases(before: AnswerCase, after: AnswerCase, nameOf: Names): Omit<Difference, 'shift'> {
  return {
    shares: [
      ...changedShares('answered', sharesBy(before.outcomes, nameOf), sharesBy(after.outcomes, nameOf)),
      ...changedShares('mirrored', sharesBy(before.mirrors, nameOf), sharesBy(after.mirrors, nameOf)),
    ],
    others: [
      ...deliveryTexts(before.outcomes, after.outcomes, '', nameOf),
      ...deliveryTexts(before.mirrors, after.mirrors, 'mirrored ', nameOf),
      ...limitDifference(before, after),
      ...delayDifference(before, after),
    ],
  };
}

function sharesBy(outcomes: readonly (Outcome | Mirror)[], nameOf: Names): ReadonlyMap<string, Fraction> {
  const shares = new Map<string, Fraction>();
  for (const { responder, share } of outcomes) {
    const name = nameOf(responder);
    shares.set(name, share.plus(shares.get(name) ?? Fraction.NONE));
  }
  return shares;
}

function changedShares(kind: ShareDifference['kind'], before: ReadonlyMap<string, Fraction>, after: ReadonlyMap<string, Fraction>): ShareDifference[] {
  return [...new Set([...after.keys(), ...before.keys()])]
    .map((name) => ({ kind, name, before: before.get(name) ?? Fraction.NONE, after: after.get(name) ?? Fraction.NONE }))
    .filter((share) => !share.before.equals(share.after))
    .sort((a, b) => gainOf(b) - gainOf(a) || (a.name < b.name ? -1 : 1));
}

function gainOf({ before, after }: ShareDifference): number {
  return after.percentage - before.percentage;
}

/** What arrives at responders of both answers, and what happens to their responses. */
function deliveryTexts(
  before: readonly (Outcome | Mirror)[], after: readonly (Outcome | Mirror)[], what: string, nameOf: Names,
): string[] {
  const known = new Map<string, Outcome | Mirror>();
  for (const outcome of before) if (!known.has(nameOf(outcome.responder))) known.set(nameOf(outcome.responder), outcome);
  const compared = new Set<string>();
  return after.flatMap((outcome) => {
    const name = nameOf(outcome.responder);
    const earlier = known.get(name);
    if (earlier === undefined || compared.has(name)) return [];
    compared.add(name);
    const response = (each: Outcome | Mirror) => ('response' in each ? each.response : undefined);
    return [
      ...isProxy(outcome.responder) ? [] : requestTexts(earlier.delivered!, outcome.delivered!).map((text) => `${what}requests to ${name}: ${text}`),
      ...headerTexts(response(earlier) ?? UNCHANGED, response(outcome) ?? UNCHANGED).map((text) => `responses of ${name}: ${text}`),
    ];
  });
}

const UNCHANGED: ResponseHeaders = { set: new Map(), added: [], removed: [] };

function requestTexts(before: DeliveredRequest, after: DeliveredRequest): string[] {
  return [
    ...before.path === after.path ? [] : [`path ${before.path} → ${after.path}`],
    ...before.authority === after.authority ? [] : [`host ${before.authority} → ${after.authority}`],
    ...before.method === after.method ? [] : [`method ${before.method} → ${after.method}`],
    ...headerTexts(before, after),
  ];
}

function headerTexts(before: ResponseHeaders, after: ResponseHeaders): string[] {
  const [earlier, later] = [operationsOf(before), operationsOf(after)];
  return [...new Set([...earlier.keys(), ...later.keys()])].sort()
    .filter((name) => earlier.get(name) !== later.get(name))
    .map((name) => `header ${name} ${earlier.get(name) ?? 'as sent'} → ${later.get(name) ?? 'as sent'}`);
}

/** What happens to headers, by their names. */
function operationsOf({ set, added, removed }: ResponseHeaders): ReadonlyMap<string, string> {
  const operations = new Map<string, string>(removed.map((name) => [name, 'removed']));
  for (const [name, value] of set) operations.set(name, JSON.stringify(value));
  for (const { name, value } of added) operations.set(name, [...operations.has(name) ? [operations.get(name)!] : [], `added ${JSON.stringify(value)}`].join(', '));
  return operations;
}

/** Limits of requests that a backend gets both before and after. */
function limitDifference(before: AnswerCase, after: AnswerCase): string[] {
  if (![before, after].every(({ outcomes }) => outcomes.some(({ responder }) => !isProxy(responder)))) return [];
  const retries = [before, after].map(({ retries: written }) => limitTexts({ retries: written })[0] ?? 'no retries');
  return [
    ...before.timeout === after.timeout ? [] : [`timeout ${before.timeout ?? 'none'} → ${after.timeout ?? 'none'}`],
    ...retries[0] === retries[1] ? [] : [retries.join(' → ')],
  ];
}

function delayDifference(before: AnswerCase, after: AnswerCase): string[] {
  const [was, is] = [before, after].map(({ delay }) => (delay === undefined ? 'no delay' : delayText(delay)));
  return was === is ? [] : [`${was} → ${is}`];
}
