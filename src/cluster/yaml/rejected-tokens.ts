import { Event, EVENT_ID, SCALAR_STYLE } from 'js-yaml';
import { firstOffsetOf } from './events';
import { OffsetProblem } from './offset-problem';

const ANCHOR = /^[\w-]+$/;

/** An escape that JSON has, or the reader of another language, and that of kubectl does not. */
const UNKNOWN_ESCAPE = /\\(?:\/|u[dD][89a-fA-F])/;
const ESCAPE = /\\(?:u[\da-fA-F]{4}|[^])/g;

/** Lines at the start of a block of text, of which the first one with other characters decides the indentation. */
const TAB_AS_INDENTATION = /^(?: *\r?\n)* *\t/;

/** What finds faults of an event, and the character without which there are none. */
const CHECKS: readonly (readonly [string, (event: Event, text: string) => OffsetProblem | undefined])[] = [['&', anchorFault], ['\\', escapeFault], ['\t', tabFault]];

/**
 * The first anchor, escape or tab that kubectl rejects and js-yaml does not.
 *
 * @internal
 */
export function rejectedToken(events: readonly Event[], text: string): OffsetProblem | undefined {
  const checks = CHECKS.filter(([character]) => text.includes(character));
  for (const event of checks.length === 0 ? [] : events) {
    for (const [, check] of checks) {
      const problem = check(event, text);
      if (problem !== undefined) return problem;
    }
  }
  return undefined;
}

function anchorFault(event: Event, text: string): OffsetProblem | undefined {
  if (!('anchorStart' in event) || event.anchorStart < 0) return undefined;
  const name = text.slice(event.anchorStart, event.anchorEnd);
  const message = `the anchor "${name}" has characters other than letters, digits, "-" and "_"`;
  return ANCHOR.test(name) ? undefined : { offset: event.anchorStart - 1, message };
}

function escapeFault(event: Event, text: string): OffsetProblem | undefined {
  if (event.type !== EVENT_ID.SCALAR || event.style !== SCALAR_STYLE.DOUBLE_QUOTED || event.fast) return undefined;
  for (const { 0: escape, index } of text.slice(event.valueStart, event.valueEnd).matchAll(ESCAPE)) {
    if (UNKNOWN_ESCAPE.test(escape)) return { offset: event.valueStart + index, message: `the escape "${escape}" is JSON and not YAML` };
  }
  return undefined;
}

/** A tab after a dash, or before the first line of a block of text. */
function tabFault(event: Event, text: string): OffsetProblem | undefined {
  if (event.type === EVENT_ID.SCALAR && (event.style === SCALAR_STYLE.LITERAL_BLOCK || event.style === SCALAR_STYLE.FOLDED_BLOCK)) {
    const [tabbed] = TAB_AS_INDENTATION.exec(text.slice(event.valueStart, event.valueEnd)) ?? [];
    const header = text.slice(text.lastIndexOf('\n', event.valueStart - 2) + 1, event.valueStart);
    return tabbed === undefined || /[|>][-+]?\d/.test(header) ? undefined : { offset: event.valueStart + tabbed.length - 1, message: 'a tab is not valid indentation' };
  }
  const offset = firstOffsetOf(event);
  if (offset === undefined || !/[\t ]/.test(text[offset - 1])) return undefined;
  let before = offset;
  while (/[\t ]/.test(text[before - 1])) before -= 1;
  const tab = text.slice(before, offset).indexOf('\t');
  return tab < 0 || text[before - 1] !== '-' ? undefined : { offset: before + tab, message: 'a tab is not valid after "-"' };
}
