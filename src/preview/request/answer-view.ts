import { Answer, AnswerCase, Mirror, Outcome, Step } from '../../answers/answer';
import { isProxy, nameOf } from '../../answers/expectations/responder-names';
import { mirrorShares, percentText, Share, sharesOf } from '../../answers/expectations/shares';
import { Fraction } from '../../answers/fraction';
import { AnsweredRequest } from '../../answers/traffic-model';
import { conditionClause } from '../../report/answers/condition';
import { placeText } from '../../report/answers/place';
import { clientTexts, requestText } from '../../report/answers/request-text';
import { deliveredTexts, limitTexts, responseTexts } from '../../report/answers/text';
import { withFullStop } from '../../report/place';
import { conditionLine } from '../markup/condition';
import { element, Markup } from '../markup/markup';
import { shareBar } from '../markup/share-bar';

/**
 * The answers to a request, as elements: one, or that before a change and that after it.
 *
 * @internal
 */
export function answerView(now: AnsweredRequest, before?: AnsweredRequest): readonly Markup[] {
  const { request, notes } = now;
  return [
    element('h3', { id: 'answer-heading', tabindex: '-1' }, requestText(request)),
    element('ul', { class: 'client' }, clientTexts(request).map((text) => element('li', {}, text))),
    ...notes.map((note) => element('p', { class: 'note' }, withFullStop(`Note: ${note}`))),
    ...before === undefined ? answerParts(now.answer, 'h4') : [
      element('div', { class: 'states' },
        element('section', { 'class': 'state', 'aria-labelledby': 'answer-before' }, element('h4', { id: 'answer-before' }, 'Before'), answerParts(before.answer, 'h5')),
        element('section', { 'class': 'state', 'aria-labelledby': 'answer-now' }, element('h4', { id: 'answer-now' }, 'Now'), answerParts(now.answer, 'h5'))),
    ],
  ];
}

/**
 * An answer in one sentence, to be read out: `75 % Model models/iris1, 25 % Model models/iris2.`
 *
 * @internal
 */
export function answerSummary({ answer }: AnsweredRequest): string {
  return withFullStop(answer.cases.map(caseSummary).join('; '));
}

function caseSummary({ condition, outcomes, mirrors }: AnswerCase): string {
  const shares = [...sharesOf(outcomes).map(shareText), ...mirrorShares(mirrors).map((share) => `${percentText(share.share)} mirrored to ${nameOf(share.responder)}`)].join(', ');
  return condition === undefined ? shares : `${shares}, ${conditionClause(condition)}`;
}

function shareText({ responder, share }: Share): string {
  const reason = isProxy(responder) && responder.kind !== 'redirect' ? ` (${responder.reason})` : '';
  return `${percentText(share)} ${nameOf(responder)}${reason}`;
}

function answerParts({ cases, trace }: Answer, heading: string): readonly Markup[] {
  return [
    ...cases.map((each) => element('div', { class: 'case' },
      conditionLine(each.condition),
      element('ul', { class: 'outcomes' }, each.outcomes.map(outcomeItem), each.mirrors.map(mirrorItem)),
      limitTexts(each).map((text) => element('p', { class: 'limit' }, text)),
    )),
    element(heading, {}, 'Trace'),
    element('ol', { class: 'trace' }, trace.map(stepItem)),
  ];
}

function outcomeItem({ share, responder, delivered, response }: Outcome): Markup {
  const workloads = responder.kind === 'service' && responder.workloads.length > 0 ? ` (${responder.workloads.join(', ')})` : '';
  const experiment = 'experiment' in responder && responder.experiment !== undefined ? ` (candidate of Experiment ${responder.namespace}/${responder.experiment})` : '';
  const reason = isProxy(responder) ? `: ${responder.reason}` : '';
  const details = [
    ...isProxy(responder) && responder.place !== undefined ? [placeText(responder.place)] : [],
    ...delivered === undefined ? [] : deliveredTexts(delivered),
    ...response === undefined ? [] : responseTexts(response),
  ];
  return shareItem(isProxy(responder) ? 'outcome proxy' : 'outcome', share, percentText(share), `${nameOf(responder)}${workloads}${experiment}${reason}`, details);
}

function mirrorItem({ share, responder, delivered, place }: Mirror): Markup {
  return shareItem('outcome mirror', share, `${percentText(share)} mirrored`, nameOf(responder), [...deliveredTexts(delivered), placeText(place)]);
}

function shareItem(style: string, share: Fraction, text: string, name: string, details: readonly string[]): Markup {
  return element('li', { class: style },
    element('span', { class: 'share' }, text, shareBar(share.percentage)),
    element('span', { class: 'who' }, name),
    details.length === 0 ? undefined : element('ul', { class: 'details' }, details.map((detail) => element('li', {}, detail))),
  );
}

function stepItem({ stage, matched, text, place }: Step): Markup {
  return element('li', { class: matched ? 'step applies' : 'step' },
    element('span', { class: 'stage' }, `${stage} ${matched ? 'applies' : 'does not apply'}: `),
    text,
    place === undefined ? undefined : element('span', { class: 'place' }, placeText(place)),
  );
}
