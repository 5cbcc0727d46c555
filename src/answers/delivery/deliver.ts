import { Action } from './action';
import { RuleArm } from './arm';
import { changeHeaders } from './changed-headers';
import { fillFrom } from './variables';
import { AnswerCase, DeliveredRequest, Mirror, Outcome, ResponseHeaders } from '../answer';
import { Cors } from './cors';
import { Destination } from '../destinations/destinations';
import { Fraction } from '../fraction';
import { NormalRequest } from '../normal-request';

/**
 * An outcome, and the destination that answers; undefined if the proxy does.
 *
 * @internal
 */
export interface Delivery {
  /** The outcome. */
  readonly outcome: Outcome;
  /** The destination. */
  readonly destination?: Destination;
}

/**
 * What becomes of a request under a rule.
 *
 * @internal
 */
export interface Deliveries extends Omit<AnswerCase, 'outcomes'> {
  /** Who answers. */
  readonly deliveries: readonly Delivery[];
}

/**
 * Runs the action of a rule on a request. CORS comes before faults, and faults before everything else.
 *
 * @internal
 */
export function deliver(action: Action, request: NormalRequest): Deliveries {
  const { cors, abort, redirect, response } = action;
  const preflight = cors?.preflight(request);
  if (preflight !== undefined) return { deliveries: [{ outcome: { share: Fraction.ALL, responder: preflight } }], mirrors: [] };
  const ended = abort === undefined ? [] : [{ outcome: { share: abort.share, responder: abort.responder } }];
  const rest = abort === undefined ? Fraction.ALL : abort.share.rest;
  if (rest.isNone) return { deliveries: ended, mirrors: [] };
  const own = redirect === undefined ? response
    : { kind: 'redirect' as const, status: redirect.status, location: redirect.location(request), reason: 'the rule redirects requests' };
  if (own !== undefined) return { deliveries: [...ended, { outcome: { share: rest, responder: own } }].sort(largestFirst), mirrors: [] };
  const arms = action.arms.map((arm) => ({ arm, delivered: deliverTo(arm, action, request) }));
  const deliveries = arms.map((each): Delivery => ({ outcome: outcomeOf(each, rest, cors, request), destination: each.arm.destination }));
  return {
    deliveries: deliveries.length + ended.length > 1 ? [...deliveries, ...ended].sort(largestFirst) : deliveries,
    mirrors: action.mirrors.length === 0 ? [] : mirrorsOf(action, arms, rest),
    ...action.timeout === undefined ? {} : { timeout: action.timeout },
    ...action.retries === undefined ? {} : { retries: action.retries },
  };
}

interface DeliveredArm {
  readonly arm: RuleArm;
  readonly delivered: DeliveredRequest;
}

/** The backend gets nothing if the proxy has no such destination. */
function outcomeOf({ arm, delivered }: DeliveredArm, rest: Fraction, cors: Cors | undefined, request: NormalRequest): Outcome {
  const { share, destination, response } = arm;
  const { responder } = destination;
  const headers = response.length === 0 && cors === undefined ? undefined : responseHeaders(response, cors, request);
  const part = share.times(rest);
  if (responder.kind === 'unavailable') return { share: part, responder, ...headers === undefined ? {} : { response: headers } };
  return { share: part, responder, delivered, ...headers === undefined ? {} : { response: headers } };
}

function responseHeaders(operations: RuleArm['response'], cors: Cors | undefined, request: NormalRequest): ResponseHeaders | undefined {
  const { set, added, removed } = changeHeaders([], operations, fillFrom(request));
  const all = cors === undefined ? set : new Map([...set, ...cors.responseHeaders(request)]);
  return all.size + added.length + removed.length === 0 ? undefined : { set: all, added, removed };
}

function deliverTo({ request: operations, authority }: RuleArm, { rewrite }: Action, request: NormalRequest): DeliveredRequest {
  const { method, query } = request;
  const { lines, set, added, removed } = changeHeaders(request.headers.lines, operations, fillFrom(request));
  const path = rewrite === undefined ? request.path : rewrite(request.path);
  return { method, authority: authority ?? request.authority, path: query === undefined ? path : `${path}?${query}`, headers: lines, set, added, removed };
}

/** A mirror gets what the destination gets that was picked. */
function mirrorsOf({ mirrors }: Action, arms: readonly DeliveredArm[], rest: Fraction): Mirror[] {
  const groups = sameRequests(arms);
  return mirrors.flatMap(({ share, destination, place }) => groups.map(({ delivered, part }) => (
    { share: share.times(part).times(rest), responder: destination.responder, delivered, place }
  )));
}

function sameRequests(arms: readonly DeliveredArm[]): { readonly delivered: DeliveredRequest; readonly part: Fraction }[] {
  if (arms.length === 1) return [{ delivered: arms[0].delivered, part: Fraction.ALL }];
  const groups = new Map<string, { delivered: DeliveredRequest; part: Fraction }>();
  for (const { arm, delivered } of arms) {
    const key = JSON.stringify([arm.authority, arm.request]);
    const known = groups.get(key);
    groups.set(key, known === undefined ? { delivered, part: arm.share } : { ...known, part: known.part.plus(arm.share) });
  }
  return [...groups.values()];
}

function largestFirst(a: Delivery, b: Delivery): number {
  return b.outcome.share.compare(a.outcome.share);
}
