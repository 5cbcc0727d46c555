import { Action } from './action';
import { RuleArm } from './arm';
import { FillOf } from './changed-headers';
import { Cors } from './cors';
import { localReply } from './local-reply';
import { shadowHost } from './shadow-host';
import { fillFrom } from './variables';
import { AnswerCase, DeliveredRequest, Mirror, Outcome, ProxyResponder, ResponseHeaders } from '../answer';
import { Destination } from '../destinations/destinations';
import { Fraction } from '../fraction';
import { NormalRequest } from '../normal-request';

/**
 * What becomes of a request under a rule.
 *
 * @internal
 */
export interface Delivery {
  /** The answer. */
  readonly answer: AnswerCase;
  /** The destinations of the outcomes; undefined where the proxy answers. */
  readonly destinations: readonly (Destination | undefined)[];
}

const NOWHERE: Delivery['destinations'] = [undefined];
const NO_OUTCOMES: readonly Outcome[] = [];

/**
 * Runs the action of a rule on a request. Faults come before CORS, which redirects and direct responses do not have.
 *
 * @internal
 */
export function deliver(action: Action, request: NormalRequest): Delivery {
  const { cors, abort, redirect, response } = action;
  // Most rules only forward requests.
  if (abort === undefined && cors === undefined && redirect === undefined && response === undefined) return toArms(action, NO_OUTCOMES, request);
  const ended = abort === undefined ? [] : [{ share: abort.share, responder: localReply(abort.responder, request.headers) }];
  if (abort?.share.isAll === true) return byProxy(ended, action);
  const own = ownReply(action, request);
  const reply = own === undefined ? cors?.preflight(request) : { responder: own };
  if (reply !== undefined) return byProxy([...ended, { share: action.rest, ...reply }], action);
  return toArms(action, ended, request);
}

function ownReply({ redirect, response, place }: Action, request: NormalRequest): ProxyResponder | undefined {
  if (redirect === undefined) return response === undefined ? undefined : localReply(response, request.headers);
  const { status } = redirect;
  return localReply({ kind: 'redirect', status, location: redirect.location(request), reason: 'the rule redirects requests', place }, request.headers);
}

function byProxy(outcomes: readonly Outcome[], { delay, place: rule }: Action): Delivery {
  const answer = { outcomes: [...outcomes].sort(largestFirst), mirrors: NO_MIRRORS, delay, rule };
  return { answer, destinations: outcomes.length === 1 ? NOWHERE : outcomes.map(() => undefined) };
}

function toArms(action: Action, ended: readonly Outcome[], request: NormalRequest): Delivery {
  const { arms, mirrors, cors, timeout, retries, delay, place: rule } = action;
  const target = targetOf(action, request);
  const outcomes = arms.map((arm) => outcomeOf(arm, deliverTo(arm, target, request), cors, request));
  const copies = mirrors.length === 0 ? NO_MIRRORS : mirrorsOf(action, outcomes);
  if (ended.length === 0) return { answer: { outcomes, mirrors: copies, timeout, retries, delay, rule }, destinations: action.destinations };
  const entries = [
    ...outcomes.map((outcome, i) => ({ outcome, destination: action.destinations[i] })),
    ...ended.map((outcome) => ({ outcome, destination: undefined })),
  ].sort((a, b) => largestFirst(a.outcome, b.outcome));
  return {
    answer: { outcomes: entries.map(({ outcome }) => outcome), mirrors: copies, timeout, retries, delay, rule },
    destinations: entries.map(({ destination }) => destination),
  };
}

const NO_MIRRORS: readonly Mirror[] = [];

/** The backend gets nothing if the proxy has no such destination. */
function outcomeOf({ share, destination, response }: RuleArm, delivered: DeliveredRequest, cors: Cors | undefined, request: NormalRequest): Outcome {
  const isDelivered = destination.responder.kind !== 'unavailable';
  const responder = destination.responder.kind === 'unavailable' ? localReply(destination.responder, request.headers) : destination.responder;
  if (response.isEmpty && cors === undefined) return isDelivered ? { share, responder, delivered } : { share, responder };
  const headers = responseHeaders(response, cors, request, delivered);
  return { share, responder, ...isDelivered ? { delivered } : {}, ...headers === undefined ? {} : { response: headers } };
}

/** Variables of responses read the request as it was sent on. */
function responseHeaders(operations: RuleArm['response'], cors: Cors | undefined, request: NormalRequest, delivered: DeliveredRequest): ResponseHeaders | undefined {
  const { set, added, removed } = operations.apply([], operations.hasVariables ? () => fillFrom(afterRoutes(request, delivered)) : undefined);
  const all = cors === undefined ? set : new Map([...set, ...cors.responseHeaders(request)]);
  return all.size + added.length + removed.length === 0 ? undefined : { set: all, added, removed };
}

function afterRoutes(request: NormalRequest, { authority, path: target, headers }: DeliveredRequest): NormalRequest {
  const mark = target.indexOf('?');
  const [path, query] = mark < 0 ? [target, undefined] : [target.slice(0, mark), target.slice(mark + 1)];
  return { ...request, authority, path, query, headers: request.headers.with(headers) };
}

/** The path after the rewrite, with the query. */
function targetOf({ rewrite }: Action, { path: sent, query }: NormalRequest): string {
  const path = rewrite === undefined ? sent : rewrite(sent);
  return query === undefined ? path : `${path}?${query}`;
}

/** Variables of requests read the lines that remain. */
function fillingFromRemaining(request: NormalRequest): FillOf {
  return (lines) => fillFrom({ ...request, headers: request.headers.with(lines) });
}

function deliverTo({ request: operations, authority }: RuleArm, path: string, request: NormalRequest): DeliveredRequest {
  const { lines, set, added, removed } = operations.apply(request.headers.lines, operations.hasVariables ? fillingFromRemaining(request) : undefined);
  return { method: request.method, authority: authority ?? request.authority, path, headers: lines, set, added, removed };
}

/** A mirror gets what the destination gets that was picked, and nothing if that does not exist. */
function mirrorsOf({ mirrors, arms }: Action, outcomes: readonly Outcome[]): Mirror[] {
  const groups = new Map<string, { readonly request: DeliveredRequest; readonly part: Fraction }>();
  for (const [i, { requestKey, share }] of arms.entries()) {
    const { delivered } = outcomes[i];
    if (delivered === undefined) continue;
    const known = groups.get(requestKey);
    groups.set(requestKey, known === undefined ? { request: delivered, part: share } : { ...known, part: known.part.plus(share) });
  }
  return mirrors.flatMap(({ share, responder, place, hasShadowHost }) => [...groups.values()].map(({ request, part }) => (
    { share: share.times(part), responder, delivered: hasShadowHost ? { ...request, authority: shadowHost(request.authority) } : request, place }
  )));
}

function largestFirst(a: Outcome, b: Outcome): number {
  return b.share.compare(a.share);
}
