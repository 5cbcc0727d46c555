import { tryButton } from './routes';
import { percentText } from '../../answers/expectations/shares';
import { RequestInput } from '../../answers/input/request-input';
import { inputOf } from '../../proofs/requests/input-of';
import { ShareDifference } from '../../report/changes/difference';
import { subjectText, summaryTexts } from '../../report/changes/text';
import { TrafficChange } from '../../report/changes/traffic-change';
import { TrafficReport } from '../../report/changes/traffic-report';
import { withFullStop } from '../../report/place';
import { element, Markup } from '../markup/markup';
import { shareBar } from '../markup/share-bar';

/**
 * What a change of manifests moves.
 *
 * @param exampleOf Adds a request that the page offers, and returns its number.
 * @internal
 */
export function changesList(report: TrafficReport, exampleOf: (input: RequestInput) => number): readonly Markup[] {
  return [
    ...report.changes.length === 0 ? [] : [element('ul', { class: 'changes' }, report.changes.map((change) => changeItem(change, report, exampleOf)))],
    ...summaryTexts(report).map((text) => element('p', {}, text)),
  ];
}

function changeItem(change: TrafficChange, { commandFor }: TrafficReport, exampleOf: (input: RequestInput) => number): Markup {
  const { difference, changes: [first] } = change;
  const command = commandFor(first);
  const subject = subjectText(change);
  const input = inputOf(first.witness);
  return element('li', { class: 'change' },
    element('p', { class: 'title' }, subject),
    difference.shares.length === 0 ? undefined : element('ul', { class: 'moves' }, difference.shares.map(moveItem)),
    difference.others.length === 0 ? undefined : element('ul', {}, difference.others.map((text) => element('li', {}, text))),
    element('pre', { tabindex: 0 }, command.text),
    command.notes.map((note) => element('p', { class: 'note' }, withFullStop(note))),
    input === undefined ? undefined : tryButton(exampleOf(input), subject),
  );
}

function moveItem({ kind, name, before, after }: ShareDifference): Markup {
  return element('li', {},
    element('span', { class: 'who' }, `${kind === 'mirrored' ? 'mirrored to ' : ''}${name}`),
    ' ',
    element('span', { class: 'move' }, shareBar(before.percentage), percentText(before), ' → ', shareBar(after.percentage), percentText(after)),
  );
}
