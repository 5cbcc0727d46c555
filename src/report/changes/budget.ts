import { shareText } from './difference';
import { keyOf, namesIn } from './names';
import { TrafficChange } from './traffic-change';
import { Answer, AnswerCase, Responder } from '../../answers/answer';
import { isUnanswered } from '../../answers/expectations/check';
import { isProxy } from '../../answers/expectations/responder-names';
import { Fraction } from '../../answers/fraction';
import { Change } from '../../proofs/change';

/**
 * What a change of manifests may move.
 *
 * @internal
 */
export interface Budget {
  /** The largest share of any class of requests that may get another responder, in percentage points. @default - any */
  readonly maxShift?: number;
  /** Whether requests may reach no backend that they did not reach before. @default false */
  readonly noNewAccess?: boolean;
  /** Whether no more requests may stay without an answer. @default false */
  readonly noUnanswered?: boolean;
  /** Whether a change is one of the endpoints that may change. @default - all are */
  readonly isAllowed?: (change: Change) => boolean;
}

/**
 * A part of a budget that a change exceeds.
 *
 * @internal
 */
export interface Violation {
  /** The option that it exceeds. */
  readonly option: '--max-shift' | '--no-new-access' | '--no-unanswered' | '--only';
  /** What it does, as a clause. */
  readonly text: string;
  /** The change. */
  readonly change: TrafficChange;
}

/**
 * Finds the parts of a budget that changes exceed.
 *
 * @param changes Changes for requests without repeated headers.
 * @param repeated Further changes, for requests with repeated headers, which an attacker sends, too.
 * @internal
 */
export function violationsOf(changes: readonly TrafficChange[], repeated: readonly TrafficChange[], budget: Budget): Violation[] {
  return [
    ...changes.flatMap((change) => PARTS.flatMap((find) => find(change, budget))),
    ...repeated.flatMap((change) => [accessViolations, otherEndpoints].flatMap((find) => find(change, budget))),
  ];
}

function shiftViolations(change: TrafficChange, { maxShift }: Budget): Violation[] {
  const { shift } = change.difference;
  return maxShift === undefined || shift <= maxShift ? [] : [{ option: '--max-shift', text: `${pointsText(shift)} move, and ${pointsText(maxShift)} may`, change }];
}

/**
 * Percentage points as text.
 *
 * @internal
 */
export function pointsText(points: number): string {
  return `${Number(points.toFixed(4))} percentage ${points === 1 ? 'point' : 'points'}`;
}

function accessViolations(change: TrafficChange, { noNewAccess = false }: Budget): Violation[] {
  if (!noNewAccess) return [];
  const names = new Set(change.changes.flatMap(gainedBackends));
  return names.size === 0 ? [] : [{ option: '--no-new-access', text: `requests gain access to ${[...names].sort().join(' and ')}`, change }];
}

/**
 * The backends that requests reach and did not reach before.
 *
 * @internal
 */
export function gainedBackends({ before, after }: Change): string[] {
  const known = new Set(backendsOf(before).map(keyOf));
  return [...new Set(backendsOf(after).filter((responder) => !known.has(keyOf(responder))).map(namesIn(before, after)))];
}

/**
 * The backends that requests no longer reach.
 *
 * @internal
 */
export function lostBackends({ before, after }: Change): string[] {
  return gainedBackends({ before: after, after: before } as Change);
}

function backendsOf({ cases }: Answer): Responder[] {
  const responders = cases.flatMap(({ outcomes }) => outcomes.map(({ responder }) => responder));
  return responders.filter((responder) => !isProxy(responder));
}

function answerViolations(change: TrafficChange, { noUnanswered = false }: Budget): Violation[] {
  if (!noUnanswered) return [];
  const worse = change.changes.find(({ before, after }) => unansweredOf(after, true).compare(unansweredOf(before, false)) > 0);
  if (worse === undefined) return [];
  const { shares } = change.difference;
  const lost = shares.filter(({ kind, after, before }) => kind === 'answered' && after.compare(before) > 0);
  return [{ option: '--no-unanswered', text: `more requests get no answer${lost.length === 0 ? '' : `: ${lost.map(shareText).join(', ')}`}`, change }];
}

/** The share of requests without an answer: the largest of all cases, or the smallest. */
function unansweredOf({ cases }: Answer, largest: boolean): Fraction {
  return cases.map(shareUnanswered).reduce((a, b) => ((a.compare(b) > 0) === largest ? a : b));
}

function shareUnanswered({ outcomes }: AnswerCase): Fraction {
  return outcomes.filter(({ responder }) => isUnanswered(responder)).reduce((sum, { share }) => sum.plus(share), Fraction.NONE);
}

function otherEndpoints(change: TrafficChange, { isAllowed }: Budget): Violation[] {
  if (isAllowed === undefined || change.changes.every(isAllowed)) return [];
  return [{ option: '--only', text: 'the change is outside the endpoints that may change', change }];
}

/** The parts of a budget. */
const PARTS = [shiftViolations, accessViolations, answerViolations, otherEndpoints];
