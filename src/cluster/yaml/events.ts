import { Event, EVENT_ID, SCALAR_STYLE } from 'js-yaml';

const { ALIAS, POP, SCALAR } = EVENT_ID;

/**
 * The offset of a value, its quotes included. Undefined for an empty value, which is nowhere.
 *
 * @internal
 */
export function offsetOf(event: Event): number | undefined {
  if (event.type === ALIAS) return event.anchorStart - 1;
  if (event.type === SCALAR) {
    const isQuoted = event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED;
    return event.valueStart < 0 ? undefined : event.valueStart - Number(isQuoted);
  }
  return 'start' in event ? event.start : undefined;
}

/**
 * The offset of a value, or that of its tag or its anchor, whichever is first.
 *
 * @internal
 */
export function firstOffsetOf(event: Event): number | undefined {
  const offsets = [offsetOf(event), 'tagStart' in event ? event.tagStart : -1, 'anchorStart' in event ? event.anchorStart - 1 : -1];
  const known = offsets.filter((offset) => offset !== undefined && offset >= 0) as number[];
  return known.length === 0 ? undefined : Math.min(...known);
}

/**
 * The index after a value.
 *
 * @internal
 */
export function endOf(events: readonly Event[], index: number): number {
  let depth = 0;
  let next = index;
  do {
    const { type } = events[next];
    if (type === POP) depth -= 1;
    else if (type !== SCALAR && type !== ALIAS) depth += 1;
    next += 1;
  } while (depth > 0);
  return next;
}
