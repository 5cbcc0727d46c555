import { inSentences } from '../../plan/checks/errors';
import { ordered } from '../../report/order';
import { showPlace, withFullStop } from '../../report/place';
import { ReadProblem } from '../../report/report';
import { pageOf } from '../../report/tool';
import { Finding } from '../../rules/finding';
import { element, Markup } from '../markup/markup';

/**
 * Findings of the rules.
 *
 * @internal
 */
export interface PreviewFindings {
  /** The findings, accepted ones included. */
  readonly findings: readonly Finding[];
  /** Those that an earlier state does not have, if there is one. */
  readonly introduced?: readonly Finding[];
  /** What could not be read. */
  readonly problems: readonly ReadProblem[];
}

/**
 * The list of findings, and what could not be read.
 *
 * @internal
 */
export function findingsList({ findings, introduced, problems }: PreviewFindings): readonly Markup[] {
  const isNew = new Set(introduced);
  const [open, accepted] = [findings.filter((each) => each.accepted === undefined), findings.filter((each) => each.accepted !== undefined)];
  return [
    ...problems.length === 0 ? [] : [element('ul', { class: 'findings' }, problems.map(problemItem))],
    open.length === 0 ? element('p', {}, 'There are no findings.') : list(open, isNew),
    ...accepted.length === 0 ? [] : [element('details', {}, element('summary', {}, `Accepted findings: ${accepted.length}`), list(accepted, isNew))],
  ];
}

function list(findings: readonly Finding[], isNew: ReadonlySet<Finding>): Markup {
  return element('ul', { class: 'findings' }, ordered(findings).map((finding) => findingItem(finding, isNew.has(finding))));
}

function findingItem(finding: Finding, isNew: boolean): Markup {
  const { level, rule, problem, remedy, related, accepted } = finding;
  return element('li', { class: `finding ${level}` },
    element('p', { class: 'title' },
      element('strong', { class: 'level' }, level), ' ', element('a', { href: pageOf(rule) }, rule), isNew ? [' ', element('span', { class: 'new' }, 'new')] : undefined),
    element('p', {}, withFullStop(inSentences(problem, remedy))),
    accepted === undefined ? undefined : element('p', {}, `Accepted: ${withFullStop(accepted)}`),
    element('p', { class: 'place' }, showPlace(finding)),
    related.map((place) => element('p', { class: 'place' }, `and ${showPlace(place)}`)),
  );
}

function problemItem({ file, line, message }: ReadProblem): Markup {
  return element('li', { class: 'finding error' },
    element('p', { class: 'title' }, element('strong', { class: 'level' }, 'not read'), ` ${file}${line === undefined ? '' : `:${line}`}`),
    element('p', {}, withFullStop(message)),
  );
}
