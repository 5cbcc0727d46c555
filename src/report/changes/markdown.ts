import { shareText } from './difference';
import { isUnchanged, othersTexts, subjectText, summaryTexts } from './text';
import { TrafficChange } from './traffic-change';
import { TrafficReport } from './traffic-report';
import { printable } from '../printable';

/** So many changes are in a table. A comment on a pull request has at most 65,536 characters. */
const SHOWN = 50;

/**
 * What a change of manifests moves, as Markdown for a comment on a pull request.
 *
 * @internal
 */
export function renderChangesMarkdown(reports: readonly TrafficReport[]): string {
  const shown = reports.length === 1 ? reports : reports.filter((report) => !isUnchanged(report));
  const texts = shown.map((report) => `## Change of traffic${report.cluster === undefined ? '' : `: ${escaped(report.cluster)}`}\n\n${reportText(report)}`);
  return [...texts, ...othersTexts(reports.length, shown.length).map((text) => `${text}\n`)].join('\n');
}

function reportText(report: TrafficReport): string {
  const { changes, violations } = report;
  const shown = changes.slice(0, SHOWN);
  return [
    ...violations.map(({ option, text, change }) => `**Exceeds \`${option}\`**: ${escaped(text)} (${escaped(subjectText(change))})\n\n`),
    ...shown.length === 0 ? [] : ['| Requests | Change |\n', '| --- | --- |\n', ...shown.map(row), '\n'],
    ...shown.length === changes.length ? [] : [`${changes.length - shown.length} smaller changes are not shown.\n\n`],
    ...summaryTexts(report).map((text) => `${escaped(text)}\n`),
    ...shown.length === 0 ? [] : ['\n<details><summary>Requests that show the changes</summary>\n\n', ...shown.map((change) => example(change, report)), '</details>\n'],
  ].join('');
}

function row(change: TrafficChange): string {
  const { shares, others } = change.difference;
  return `| ${escaped(subjectText(change))} | ${[...shares.map(shareText), ...others].map(escaped).join('<br>')} |\n`;
}

function example(change: TrafficChange, { commandFor }: TrafficReport): string {
  const { kind, text, notes } = commandFor(change.changes[0]);
  const lines = [...text.split('\n').map(printable), ...notes.map((note) => `# ${printable(note)}`)];
  return `\`\`\`${kind === 'raw' ? 'http' : 'shell'}\n${lines.join('\n').replaceAll('```', '` ` `')}\n\`\`\`\n\n`;
}

function escaped(text: string): string {
  return printable(text).replace(/[\\|<>*_`[\]]/g, '\\$&');
}
