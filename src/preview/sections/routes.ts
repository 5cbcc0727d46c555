import { RouteRow } from '../../answers/endpoints/routes-table';
import { RequestInput } from '../../answers/input/request-input';
import { placeText } from '../../report/answers/place';
import { element, Markup } from '../markup/markup';

/** A column of the table. */
interface Column {
  readonly heading: string;
  readonly style?: string;
  /** Whether it is left out if all its cells are empty. */
  readonly optional?: boolean;
  lines(row: RouteRow): readonly string[];
}

const COLUMNS: readonly Column[] = [
  { heading: 'Entrance', lines: ({ entrance }) => [entrance] },
  { heading: 'Host', lines: ({ host }) => [host] },
  { heading: 'Match', style: 'code', lines: ({ matches }) => matches },
  { heading: 'Answered by', lines: ({ backends }) => backends },
  { heading: 'Mirrored to', optional: true, lines: ({ mirrors }) => mirrors },
  { heading: 'Limits and policies', optional: true, lines: ({ limits, policies }) => [...limits, ...policies] },
  { heading: 'Rule', style: 'place', lines: ({ endpoint }) => [placeText(endpoint)] },
];

/**
 * The table of routes.
 *
 * @param rows Its rows.
 * @param name Its name.
 * @param exampleOf Adds a request that the page offers, and returns its number.
 * @internal
 */
export function routesTable(rows: readonly RouteRow[], name: string, exampleOf: (input: RequestInput) => number): Markup {
  if (rows.length === 0) return element('p', {}, 'There are no routes.');
  const columns = COLUMNS.filter(({ optional, lines }) => optional !== true || rows.some((row) => lines(row).length > 0));
  return element('div', { 'class': 'scroll', 'role': 'region', 'aria-label': name, 'tabindex': 0 },
    element('table', { class: 'routes' },
      element('thead', {}, element('tr', {}, ['Request', ...columns.map(({ heading }) => heading)].map((heading) => element('th', { scope: 'col' }, heading)))),
      element('tbody', {}, rows.map((row) => element('tr', {},
        element('td', {}, row.input === undefined ? undefined : tryButton(exampleOf(row.input), `${row.matches[0]} on ${row.host}`)),
        columns.map(({ style, lines }) => element('td', { class: style }, lines(row).map((line) => element('div', {}, line)))),
      ))),
    ),
  );
}

/**
 * A button that answers a request.
 *
 * @param example The number of the request.
 * @param what What it is for, to tell it from other such buttons.
 * @internal
 */
export function tryButton(example: number, what: string): Markup {
  return element('button', { 'type': 'button', 'class': 'try', 'data-example': example, 'aria-label': `Try a request for ${what}` }, 'Try');
}
