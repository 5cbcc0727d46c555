import { Event, EVENT_ID } from 'js-yaml';
import { endOf, firstOffsetOf } from './events';

/**
 * The offset of the first key that is a list or an object; undefined if there is none.
 *
 * @internal
 */
export function rejectedKeyOffset(events: readonly Event[]): number | undefined {
  const keys = events.flatMap(({ type }, i) => (type === EVENT_ID.MAPPING ? keysOf(events, i) : []));
  return keys.filter(({ type }) => type === EVENT_ID.MAPPING || type === EVENT_ID.SEQUENCE).map(firstOffsetOf).find((offset) => offset !== undefined);
}

function keysOf(events: readonly Event[], mapping: number): Event[] {
  const keys: Event[] = [];
  for (let key = mapping + 1; events[key].type !== EVENT_ID.POP; key = endOf(events, endOf(events, key))) keys.push(events[key]);
  return keys;
}
