import { findingPlace } from './place';
import { lineText, requestJson } from './request-json';
import { AnswerCase, DeliveredRequest, Outcome, Place, Responder, ResponseHeaders, Step } from '../../answers/answer';
import { isProxy, nameOf } from '../../answers/expectations/responder-names';
import { Fraction } from '../../answers/fraction';
import { AnsweredRequest } from '../../answers/traffic-model';
import { showPath } from '../../cluster/json';
import { SCHEMA_VERSION } from '../json';

/**
 * A request and its answer as data.
 *
 * @internal
 */
export function answerJson({ request, answer, notes }: AnsweredRequest): object {
  const { cases, trace } = answer;
  return { schemaVersion: SCHEMA_VERSION, request: requestJson(request), notes, cases: cases.map(caseJson), trace: trace.map(stepJson) };
}

/**
 * A request and its answer as JSON.
 *
 * @internal
 */
export function renderAnswerJson(answered: AnsweredRequest): string {
  return `${JSON.stringify(answerJson(answered), undefined, 2)}\n`;
}

/**
 * A case of an answer as data.
 *
 * @internal
 */
export function caseJson({ condition, outcomes, mirrors, timeout, retries, delay, rule }: AnswerCase): object {
  return {
    condition,
    outcomes: outcomes.map(outcomeJson),
    mirrors: mirrors.map(({ share, responder, delivered, place }) => ({
      ...shareJson(share), responder: responderJson(responder), delivered: deliveredJson(delivered), place: placeJson(place),
    })),
    timeout,
    retries,
    delay,
    rule: rule === undefined ? undefined : placeJson(rule),
  };
}

function outcomeJson({ share, responder, delivered, response }: Outcome): object {
  return {
    ...shareJson(share),
    responder: responderJson(responder),
    delivered: delivered === undefined ? undefined : deliveredJson(delivered),
    response: response === undefined ? undefined : changesJson(response),
  };
}

function shareJson(share: Fraction): object {
  return { share: share.toString(), percentage: share.percentage };
}

function responderJson(responder: Responder): object {
  const { place, ...rest } = isProxy(responder) ? responder : { ...responder, place: undefined };
  return { id: nameOf(responder), ...rest, place: place === undefined ? undefined : placeJson(place) };
}

function deliveredJson({ method, authority, path, headers, ...changes }: DeliveredRequest): object {
  return { method, authority, path, headers: headers.map(lineText), ...changesJson(changes) };
}

function changesJson({ set, added, removed }: ResponseHeaders): object {
  return { set: Object.fromEntries(set), added: added.map(lineText), removed };
}

function stepJson({ stage, matched, text, place }: Step): object {
  return { stage, matched, text, place: place === undefined ? undefined : placeJson(place) };
}

/**
 * A place as data, as in the reports of rules.
 *
 * @internal
 */
export function placeJson(place: Place): object {
  const { field, ...rest } = findingPlace(place);
  return { ...rest, field: showPath(field) };
}
