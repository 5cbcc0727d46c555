import { Answer, AnswerCase, Delay, DeliveredRequest, Mirror, Outcome, Responder, ResponseHeaders, Retries } from '../../answers/answer';
import { isProxy } from '../../answers/expectations/responder-names';
import { Fraction } from '../../answers/fraction';
import { goDuration } from '../../objects/istio/go-duration';
import { groupBy } from '../../plan/groups';

/**
 * An answer as text. Answers that clients and backends cannot tell apart have the same text: names of objects and subsets make no difference.
 *
 * @internal
 */
export function answerValue({ cases }: Answer): string {
  return JSON.stringify(cases.map(caseValue).sort());
}

function caseValue({ condition, outcomes, mirrors, timeout, retries, delay }: AnswerCase): string {
  // Limits are for requests to backends: a proxy answers at once.
  const isAnsweredByProxy = outcomes.every(({ responder }) => isProxy(responder));
  const limits = isAnsweredByProxy ? [] : [timeoutValue(timeout), retries === undefined ? null : retriesValue(retries)];
  const delayed = delay === undefined ? null : delayValue(delay);
  return JSON.stringify([condition ?? null, outcomesValue(outcomes), mirrors.map(mirrorValue).sort(), limits, delayed]);
}

/** Equal outcomes are added. */
function outcomesValue(outcomes: readonly Outcome[]): readonly string[] {
  const shares = new Map<string, Fraction>();
  for (const { share, responder, delivered, response } of outcomes) {
    const key = JSON.stringify([responderValue(responder), delivered === undefined ? null : deliveredValue(delivered), responseValue(response)]);
    shares.set(key, shares.get(key)?.plus(share) ?? share);
  }
  return [...shares].map(([key, share]) => `${share.toString()} ${key}`).sort();
}

/**
 * Who answers, with shares and conditions, as text, whatever they receive.
 *
 * @internal
 */
export function sharesValue({ cases }: Answer): string {
  return JSON.stringify(cases.map(({ condition, outcomes, mirrors }) => {
    const shares = new Map<string, Fraction>();
    for (const { share, responder } of outcomes) {
      const key = JSON.stringify(responderValue(responder));
      shares.set(key, shares.get(key)?.plus(share) ?? share);
    }
    const copies = mirrors.map(({ share, responder }) => `${share.toString()} ${JSON.stringify(responderValue(responder))}`);
    return JSON.stringify([condition ?? null, [...shares].map(([key, share]) => `${share.toString()} ${key}`).sort(), copies.sort()]);
  }).sort());
}

function mirrorValue({ share, responder, delivered }: Mirror): string {
  return `${share.toString()} ${JSON.stringify([responderValue(responder), deliveredValue(delivered)])}`;
}

/**
 * What identifies who answers.
 *
 * @internal
 */
export function responderValue(responder: Responder): readonly unknown[] {
  switch (responder.kind) {
    case 'service': return [responder.kind, responder.host, responder.port, Object.entries(responder.subset?.labels ?? {}).sort(byName)];
    case 'external': return [responder.kind, responder.host, responder.port];
    case 'model':
    case 'pipeline':
    case 'predictor':
    case 'explainer': return [responder.kind, responder.namespace, responder.deployment ?? null, responder.name];
    default: return [responder.kind, responder.status ?? null, responder.grpcStatus ?? null, responder.location ?? null, responder.body ?? null];
  }
}

function deliveredValue({ method, authority, path, headers }: DeliveredRequest): readonly unknown[] {
  const lines = [...groupBy(headers, ({ name }) => name)].map(([name, same]) => [name, ...same.map(({ value }) => value)]);
  return [method, authority, path, lines.sort(byName)];
}

function responseValue(response: ResponseHeaders | undefined): readonly unknown[] | null {
  if (response === undefined) return null;
  const { set, added, removed } = response;
  return [[...set].sort(byName), added.map(({ name, value }) => [name, value]).sort(byName), [...removed].sort()];
}

function byName([a]: readonly unknown[], [b]: readonly unknown[]): number {
  return String(a) < String(b) ? -1 : Number(String(a) > String(b));
}

function retriesValue({ attempts, perTryTimeout, on }: Retries): readonly unknown[] {
  return [attempts, timeoutValue(perTryTimeout), on?.split(',').sort() ?? null];
}

function delayValue({ percentage, duration }: Delay): readonly unknown[] {
  return [percentage, timeoutValue(duration)];
}

/** A duration in nanoseconds. */
function timeoutValue(written: string | undefined): number | string | null {
  return written === undefined ? null : goDuration(written) ?? written;
}
