import { Event, EVENT_ID, getScalarValue } from 'js-yaml';
import { endOf, offsetOf } from './events';
import { OffsetProblem } from './offset-problem';

const MERGE = '<<';

/**
 * Keys that occur twice in one object.
 *
 * @param events The events of a text.
 * @param text The text.
 * @param index The index of the value in which to look.
 * @internal
 */
export function duplicateKeys(events: readonly Event[], text: string, index: number): OffsetProblem[] {
  const found: OffsetProblem[] = [];
  const end = endOf(events, index);
  for (let i = index; i < end; i++) {
    if (events[i].type === EVENT_ID.MAPPING) found.push(...inObject(events, text, i));
  }
  return found.sort((a, b) => a.offset - b.offset);
}

function inObject(events: readonly Event[], text: string, index: number): OffsetProblem[] {
  const found: OffsetProblem[] = [];
  const names = new Set<string>();
  for (let key = index + 1; events[key].type !== EVENT_ID.POP; key = endOf(events, endOf(events, key))) {
    const event = events[key];
    if (event.type !== EVENT_ID.SCALAR) continue;
    const name = getScalarValue(text, event);
    if (names.has(name) && name !== MERGE) {
      const message = `the key "${name}" occurs twice in one object, and kubectl would use only the second one. Remove one of them`;
      found.push({ offset: offsetOf(event) ?? 0, message });
    }
    names.add(name);
  }
  return found;
}
