import { byId, domOf, Page, PageElement } from './dom';
import { counted } from '../../report/diagram/limits';
import { element } from '../markup/markup';

/** More rows, or rules, are shown only when a reader asks for them. */
const SHOWN = 100;

/** Something that is shown if it contains the words of the filter. */
interface Entry {
  readonly shown: PageElement;
  readonly text: string;
}

/**
 * The filter of the diagram and the table. Of long lists, it shows the first entries.
 *
 * @internal
 */
export class RouteFilter {
  private readonly input: PageElement;
  private readonly rows: readonly Entry[];
  private readonly hosts: readonly (readonly [host: PageElement, rules: readonly Entry[]])[];
  private readonly more: PageElement;
  private limit = SHOWN;

  constructor(private readonly page: Page) {
    this.input = byId(page, 'filter');
    this.rows = [...page.querySelectorAll('.routes tbody tr')].map((row) => ({ shown: row, text: textOf(row) }));
    this.hosts = [...page.querySelectorAll('.host')].map((host) => {
      const [entrances] = host.querySelectorAll('.entrances');
      const [heading] = host.querySelectorAll('h3,h4');
      const around = `${textOf(entrances)} ${textOf(heading)}`;
      return [host, [...host.querySelectorAll('.rule')].map((rule) => ({ shown: rule, text: `${around} ${textOf(rule)}` }))] as const;
    });
    this.more = domOf(page, element('button', { type: 'button', class: 'show-more' }, 'Show all'));
    byId(page, 'filter-status').after(this.more);
    this.input.addEventListener('input', () => this.apply());
    this.more.addEventListener('click', () => {
      this.limit = Infinity;
      this.apply();
      this.input.focus();
    });
    this.apply();
  }

  private apply(): void {
    const words = this.input.value.toLowerCase().split(/\s+/).filter((word) => word !== '');
    const matches = ({ text }: Entry) => words.every((word) => text.includes(word));
    const found = show(this.rows, matches, this.limit);
    let left = this.limit;
    for (const [host, rules] of this.hosts) {
      const shown = Math.min(show(rules, matches, left), left);
      host.hidden = shown === 0;
      left -= shown;
    }
    const shown = Math.min(found, this.limit);
    const status = words.length === 0 ? counted(found, 'route') : `${found} of ${counted(this.rows.length, 'route')}`;
    byId(this.page, 'filter-status').textContent = shown < found ? `${status}, of which the first ${shown} are shown` : status;
    this.more.hidden = shown === found;
  }
}

/** Shows the first entries that match, and returns how many match. */
function show(entries: readonly Entry[], matches: (entry: Entry) => boolean, limit: number): number {
  let found = 0;
  for (const entry of entries) {
    const isFound = matches(entry);
    found += isFound ? 1 : 0;
    entry.shown.hidden = !isFound || found > limit;
  }
  return found;
}

function textOf(found: PageElement): string {
  return (found.textContent ?? '').toLowerCase();
}
