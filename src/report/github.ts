import { exampleLines, misroutedText } from './example';
import { showObject, showPlace, slashed, withFullStop } from './place';
import { printable } from './printable';
import { ReadProblem, Report } from './report';
import { statedFindings } from './states';
import { showComparison, showTotals } from './totals';
import { inSentences } from '../plan/checks/errors';
import { Finding, FindingPlace } from '../rules/finding';
import { Level } from '../rules/rule';

const COMMANDS: { readonly [level in Level]: string } = { [Level.ERROR]: 'error', [Level.WARNING]: 'warning', [Level.INFO]: 'notice' };

/**
 * Findings as workflow commands of GitHub Actions, which shows them at their lines, and totals. GitHub shows ten errors, ten warnings and ten notices of
 * a step, so the most serious come first. Findings that an earlier state has, too, are only counted.
 *
 * @see https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 * @internal
 */
export function renderGithub(report: Report): string {
  const { findings, summary, comparison } = report;
  return [
    ...summary.problems.map(readCommand),
    ...statedFindings(report).filter(({ state }) => state !== 'unchanged').map(({ finding }) => findingCommand(finding)),
    ...comparison === undefined ? [] : [command('notice', { title: 'Compared with the earlier state' }, showComparison(comparison))],
    showTotals(findings, summary),
  ].map((line) => `${line}\n`).join('');
}

function readCommand({ file, line, column, message }: ReadProblem): string {
  return command('error', { ...place({ file, line, column }), title: 'could not be read' }, withFullStop(printable(message)));
}

function findingCommand(finding: Finding): string {
  const { rule, level, problem, remedy, related, example } = finding;
  const message = [
    `${withConstruct(finding)}: ${withFullStop(inSentences(problem, remedy))}`,
    ...example === undefined ? [] : [misroutedText(example), ...exampleLines(example)],
    ...related.map((other) => `Also: ${showPlace(other)}`),
  ];
  return command(COMMANDS[level], { ...place(finding), title: rule }, message.map(printable).join('\n'));
}

function withConstruct(finding: FindingPlace): string {
  const { construct } = finding;
  return construct === undefined ? showObject(finding) : `${showObject(finding)} (${construct})`;
}

/** The properties of a command that tell where it is. */
function place({ file, line, column }: Partial<FindingPlace>): Properties {
  return file === undefined ? {} : { file: slashed(file), line, col: line === undefined ? undefined : column };
}

interface Properties {
  readonly [name: string]: string | number | undefined;
}

function command(name: string, properties: Properties, message: string): string {
  const list = Object.entries(properties).filter(([, value]) => value !== undefined).map(([key, value]) => `${key}=${escapedProperty(String(value))}`);
  return `::${name} ${list.join(',')}::${escapedData(message)}`;
}

/** A command ends with its line. */
function escapedData(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

/** In a property, `:` and `,` end the value. */
function escapedProperty(text: string): string {
  return escapedData(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
