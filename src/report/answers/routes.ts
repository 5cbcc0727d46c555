import { caseJson, placeJson } from './json';
import { RouteRow } from '../../answers/endpoints/routes-table';
import { SCHEMA_VERSION } from '../json';
import { printable } from '../printable';

const HEADINGS = ['Entrance', 'Host', 'Match', 'Answered by', 'Mirrored to', 'Policy'];

/** Lines of the cells of a row. */
function cellsOf({ entrance, host, matches, backends, mirrors, limits, policies }: RouteRow): readonly (readonly string[])[] {
  return [[entrance], [host], matches, backends, mirrors, [...limits, ...policies]].map((lines) => lines.map(printable));
}

/**
 * The table of routes for people. A cell that repeats the one above is empty.
 *
 * @internal
 */
export function renderRoutes(rows: readonly RouteRow[]): string {
  if (rows.length === 0) return 'There are no routes.\n';
  const cells = rows.map(cellsOf);
  const shown = cells.map((row, i) => row.map((lines, column) => (column < 2 && i > 0 && isRepeated(row, cells[i - 1], column) ? [] : lines)));
  const all = [HEADINGS.map((heading) => [heading]), ...shown];
  const used = HEADINGS.map((_, column) => shown.some((row) => row[column].length > 0));
  const widths = HEADINGS.map((_, column) => Math.max(...all.flatMap((row) => row[column].map(({ length }) => length)), 0));
  return all.flatMap((row) => Array.from({ length: Math.max(...row.map(({ length }) => length), 1) }, (_, line) => (
    row.flatMap((lines, column) => (used[column] ? [(lines[line] ?? '').padEnd(widths[column])] : [])).join('  ').trimEnd()
  ))).map((line) => `${line}\n`).join('');
}

/** A host is repeated only at the same entrance. */
function isRepeated(row: readonly (readonly string[])[], above: readonly (readonly string[])[], column: number): boolean {
  return row.slice(0, column + 1).every((lines, i) => lines[0] === above[i][0]);
}

/**
 * The table of routes as Markdown.
 *
 * @internal
 */
export function renderRoutesMarkdown(rows: readonly RouteRow[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;
  const escaped = (text: string) => text.replace(/[\\|<>*_`]/g, '\\$&');
  const body = rows.map((row) => line(cellsOf(row).map((lines) => lines.map(escaped).join('<br>'))));
  return [line(HEADINGS), line(HEADINGS.map(() => '---')), ...body].join('');
}

/**
 * The table of routes as JSON.
 *
 * @internal
 */
export function renderRoutesJson(rows: readonly RouteRow[]): string {
  return `${JSON.stringify({ schemaVersion: SCHEMA_VERSION, routes: rows.map(rowJson) }, undefined, 2)}\n`;
}

function rowJson({ entrance, host, matches, endpoint, limits, policies, input, answer }: RouteRow): object {
  const { gateway, port, tls, object, field } = endpoint;
  const rule = placeJson({ object, field });
  return {
    entrance, gateway, port, tls, host, matches, rule, policies: [...limits, ...policies], example: input, cases: answer?.cases.map(caseJson),
  };
}
