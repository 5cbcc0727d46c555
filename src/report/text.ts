import { exampleLines, misroutedText } from './example';
import { footerOf, leftOutNote, Numbers } from './footer';
import { Layout, Style, styled, wrapped } from './lines';
import { FindingGroup, groupsOf } from './order';
import { showPlace, showPosition, withFullStop } from './place';
import { ReadProblem, Report } from './report';
import { Block, everything, excerpt, Item } from './screen';
import { countOf } from './totals';
import { FindingExample } from '../rules/example';
import { Finding } from '../rules/finding';
import { Level } from '../rules/rule';

/**
 * Options of the text for people.
 *
 * @internal
 */
export interface TextOptions {
  /** Whether to list all findings instead of what fits on one screen. @default false */
  readonly all?: boolean;
  /** Whether to list accepted findings with their reasons. @default false */
  readonly accepted?: boolean;
  /** Whether to use the colors of a terminal. @default false */
  readonly color?: boolean;
  /** Columns of a line. @default 100 */
  readonly width?: number;
}

/** Lines of one screen. */
const SCREEN = 40;

/** Number of related places that one screen shows for a finding. */
const RELATED = 2;

/**
 * Findings for people, grouped by rule, the most serious first, with totals in the last line.
 *
 * @internal
 */
export function renderText(report: Report, { all = false, accepted = false, color = false, width = 100 }: TextOptions = {}): string {
  const layout = { color, width };
  const blocks = sectionsOf(report, { ...layout, all, accepted });
  const footer = footerOf(report, { all, accepted }).flatMap((note) => wrapped(note, 0, layout));
  const complete = everything(blocks);
  if (all || complete.lines.length + footer.length <= SCREEN) return joined([...complete.lines, ...footer]);
  const note = (shown: Numbers) => wrapped(leftOutNote(shown, complete), 0, layout);
  const part = excerpt(blocks, SCREEN - footer.length - note(complete).length);
  return joined([...part.lines, ...note(part), ...footer]);
}

function joined(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

interface Content extends Layout {
  readonly all: boolean;
  readonly accepted: boolean;
}

/** What is shown of the findings of a section. */
interface Section {
  readonly name?: string;
  /** The style of headings. @default - that of the level */
  readonly style?: Style;
  /** Whether the remedy is shown. @default true */
  readonly remedy?: boolean;
}

function sectionsOf(report: Report, content: Content): Block[] {
  const { findings, summary, comparison } = report;
  const section = (shown: Section, entries: readonly Finding[]) => blocksOf(report, shown, entries, content);
  return [
    ...summary.problems.length === 0 ? [] : [unreadable(summary.problems, content)],
    ...comparison === undefined ? section({}, findings) : [
      ...section({ name: 'Introduced' }, comparison.introduced),
      ...section({ name: 'Fixed', style: 'good', remedy: false }, comparison.fixed),
      ...content.all ? section({ name: 'Unchanged' }, comparison.unchanged) : [],
    ],
    ...content.accepted ? section({ name: 'Accepted', style: 'dim', remedy: false }, summary.accepted) : [],
  ];
}

function blocksOf({ rules }: Report, section: Section, findings: readonly Finding[], content: Content): Block[] {
  const titles = new Map(rules.map(({ id, title }) => [id, title]));
  return groupsOf(findings).map((group, i) => {
    const block = blockOf(group, titles.get(group.rule), section, content);
    if (i > 0 || section.name === undefined) return block;
    return { ...block, heading: [styled(section.name, 'bold', content), ...block.heading] };
  });
}

function blockOf({ rule, level, findings }: FindingGroup, title: string | undefined, section: Section, content: Content): Block {
  return {
    heading: headingOf(`${level} ${rule}`, findings.length, title, section.style ?? level, content),
    size: findings.length,
    item: (index) => {
      // One screen does not repeat the remedy of the entry above.
      const repeated = !content.all && findings[index - 1]?.remedy === findings[index].remedy;
      return itemOf(findings[index], section.remedy !== false && !repeated, content);
    },
  };
}

function headingOf(name: string, count: number, title: string | undefined, style: Style, layout: Layout): string[] {
  const [first, ...others] = wrapped(`${name} (${count})${title === undefined ? '' : `: ${title}`}`, 0, layout);
  return [first.startsWith(name) ? `${styled(name, style, layout)}${first.slice(name.length)}` : first, ...others];
}

function unreadable(problems: readonly ReadProblem[], layout: Layout): Block {
  return {
    heading: headingOf('error', problems.length, 'documents that could not be read', Level.ERROR, layout),
    size: problems.length,
    item: (index) => {
      const lines = [...wrapped(showPosition(problems[index])!, 2, layout), ...wrapped(withFullStop(problems[index].message), 4, layout)];
      return { brief: lines, full: lines };
    },
  };
}

function itemOf(finding: Finding, withRemedy: boolean, content: Content): Item {
  const { problem, remedy, related, accepted, example } = finding;
  const brief = [...wrapped(showPlace(finding), 2, content), ...wrapped(withFullStop(problem), 4, content)];
  const shown = content.all ? related : related.slice(0, RELATED);
  const hidden = related.length - shown.length;
  return {
    brief,
    full: [
      ...brief,
      ...example === undefined ? [] : exampleText(example, content),
      ...withRemedy ? wrapped(`Fix: ${withFullStop(remedy)}`, 4, content) : [],
      ...accepted === undefined ? [] : wrapped(`Accepted: ${withFullStop(accepted)}`, 4, content),
      ...[...shown.map(showPlace), ...hidden === 0 ? [] : [countOf(hidden, 'other place')]]
        .flatMap((place) => wrapped(`Also: ${place}`, 4, content)).map((line) => styled(line, 'dim', content)),
    ],
  };
}

function exampleText(example: FindingExample, layout: Layout): string[] {
  return [...wrapped(misroutedText(example), 4, layout), ...exampleLines(example).map((line) => `    ${line}`)];
}
