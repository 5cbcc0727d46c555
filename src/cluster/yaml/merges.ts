import { Event, EVENT_ID, SCALAR_STYLE } from 'js-yaml';
import { endOf } from './events';

/**
 * Reverses lists of objects to merge (`<<: [*a, *b]`). kubectl reads them from the last one to the first, and each replaces what is there.
 *
 * @param events The events of a text, which are changed.
 * @param text The text.
 * @internal
 */
export function reverseMerges(events: Event[], text: string): void {
  if (!text.includes('<<')) return;
  // For each open object, whether its next value is a key; undefined for lists and documents.
  const nextIsKey: (boolean | undefined)[] = [];
  events.forEach((event, i) => {
    const depth = nextIsKey.length - 1;
    if (event.type === EVENT_ID.POP) {
      nextIsKey.pop();
    } else {
      const isKey = nextIsKey[depth];
      if (isKey === true && isMerge(event, text) && events[i + 1].type === EVENT_ID.SEQUENCE) reverseItems(events, i + 2);
      if (isKey !== undefined) nextIsKey[depth] = !isKey;
      if (event.type !== EVENT_ID.SCALAR && event.type !== EVENT_ID.ALIAS) nextIsKey.push(event.type === EVENT_ID.MAPPING ? true : undefined);
    }
  });
}

function isMerge(event: Event, text: string): boolean {
  return event.type === EVENT_ID.SCALAR && event.style === SCALAR_STYLE.PLAIN && text.slice(event.valueStart, event.valueEnd) === '<<';
}

/** Reverses the items of a list whose first one is at an index. */
function reverseItems(events: Event[], first: number): void {
  const items: Event[][] = [];
  let next = first;
  while (events[next].type !== EVENT_ID.POP) {
    const end = endOf(events, next);
    items.push(events.slice(next, end));
    next = end;
  }
  events.splice(first, next - first, ...items.reverse().flat());
}
