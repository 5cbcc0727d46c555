import { conditionHeading } from './condition';
import { placeText } from './place';
import { clientTexts, requestText } from './request-text';
import { Answer, AnswerCase, DeliveredRequest, Mirror, Outcome, ResponseHeaders, Step } from '../../answers/answer';
import { isProxy, nameOf } from '../../answers/expectations/responder-names';
import { delayText, percentText } from '../../answers/expectations/shares';
import { AnsweredRequest } from '../../answers/traffic-model';
import { Layout, styled, wrapped } from '../lines';
import { withFullStop } from '../place';

/**
 * Options of an answer as text.
 *
 * @internal
 */
export interface AnswerTextOptions {
  /** Whether to use the colors of a terminal. @default false */
  readonly color?: boolean;
  /** Columns of a line. @default 100 */
  readonly width?: number;
}

/**
 * A request, its answer and the trace, for people.
 *
 * @internal
 */
export function renderAnswer({ request, answer, notes }: AnsweredRequest, { color = false, width = 100 }: AnswerTextOptions = {}): string {
  const layout = { color, width };
  const lines = [
    ...wrapped(requestText(request), 0, layout).map((line) => styled(line, 'bold', layout)),
    ...clientTexts(request).flatMap((line) => wrapped(line, 2, layout)),
    ...notes.flatMap((note) => wrapped(withFullStop(`Note: ${note}`), 0, layout)),
    '',
    ...caseLines(answer, layout),
    ...answer.trace.length === 0 ? [] : ['', styled('Trace', 'bold', layout), ...traceLines(answer.trace, layout)],
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/**
 * The steps of a trace, one after the other, those that apply with `+`, the others with `-`.
 *
 * @internal
 */
export function traceLines(trace: readonly Step[], layout: Layout): string[] {
  return trace.flatMap(({ stage, matched, text, place }) => [
    ...wrapped(`${matched ? '+' : '-'} ${stage}: ${text}`, 2, layout).map((line) => (matched ? line : styled(line, 'dim', layout))),
    ...place === undefined ? [] : wrapped(placeText(place), 6, layout).map((line) => styled(line, 'dim', layout)),
  ]);
}

/**
 * The cases of an answer: who answers, what arrives there, and who receives mirrored requests.
 *
 * @internal
 */
export function caseLines({ cases }: Answer, layout: Layout): string[] {
  return cases.flatMap((each, i) => [
    ...i === 0 ? [] : [''],
    ...each.condition === undefined ? [] : wrapped(conditionHeading(each.condition), 0, layout).map((line) => styled(line, 'bold', layout)),
    ...linesOf(each, layout),
  ]);
}

function linesOf(answer: AnswerCase, layout: Layout): string[] {
  return [
    ...answer.outcomes.flatMap((outcome) => outcomeLines(outcome, layout)),
    ...answer.mirrors.flatMap((mirror) => mirrorLines(mirror, layout)),
    ...limitTexts(answer).flatMap((text) => wrapped(text, 0, layout)),
  ];
}

function outcomeLines({ share, responder, delivered, response }: Outcome, layout: Layout): string[] {
  const workloads = responder.kind === 'service' && responder.workloads.length > 0 ? ` (${responder.workloads.join(', ')})` : '';
  const experiment = 'experiment' in responder && responder.experiment !== undefined ? ` (candidate of Experiment ${responder.namespace}/${responder.experiment})` : '';
  const reason = isProxy(responder) ? `: ${responder.reason}` : '';
  return [
    ...wrapped(`${percentText(share)} ${nameOf(responder)}${workloads}${experiment}${reason}`, 0, layout)
      .map((line) => styled(line, isProxy(responder) ? 'bold' : 'good', layout)),
    ...isProxy(responder) && responder.place !== undefined ? wrapped(placeText(responder.place), 6, layout) : [],
    ...delivered === undefined ? [] : deliveredTexts(delivered).flatMap((text) => wrapped(text, 6, layout)),
    ...response === undefined ? [] : responseTexts(response).flatMap((text) => wrapped(text, 6, layout)),
  ];
}

function mirrorLines({ share, responder, delivered, place }: Mirror, layout: Layout): string[] {
  return [
    ...wrapped(`${percentText(share)} mirrored to ${nameOf(responder)}`, 0, layout).map((line) => styled(line, 'good', layout)),
    ...deliveredTexts(delivered).flatMap((text) => wrapped(text, 6, layout)),
    ...wrapped(placeText(place), 6, layout),
  ];
}

/**
 * What arrives at a backend.
 *
 * @internal
 */
export function deliveredTexts({ method, authority, path, set, added, removed }: DeliveredRequest): string[] {
  return [
    `receives ${method} ${path} with host ${authority}`,
    ...[...set].map(([name, value]) => `sets ${name}: ${value}`),
    ...added.map(({ name, value }) => `adds ${name}: ${value}`),
    ...removed.length === 0 ? [] : [`removes ${removed.join(', ')}`],
  ];
}

/**
 * What happens to the headers of responses.
 *
 * @internal
 */
export function responseTexts({ set, added, removed }: ResponseHeaders): string[] {
  return [
    ...[...set].map(([name, value]) => `sets ${name}: ${value} in responses`),
    ...added.map(({ name, value }) => `adds ${name}: ${value} to responses`),
    ...removed.length === 0 ? [] : [`removes ${removed.join(', ')} from responses`],
  ];
}

/**
 * The time limit, the retries and the delay, if there are any.
 *
 * @internal
 */
export function limitTexts({ timeout, retries, delay }: Pick<AnswerCase, 'timeout' | 'retries' | 'delay'>): string[] {
  return [
    ...timeout === undefined ? [] : [`timeout ${timeout}`],
    ...retries === undefined ? [] : [`retries ${retries.attempts}${retries.perTryTimeout === undefined ? '' : `, ${retries.perTryTimeout} each`}${
      retries.on === undefined ? '' : `, on ${retries.on}`}`],
    ...delay === undefined ? [] : [delayText(delay)],
  ];
}
