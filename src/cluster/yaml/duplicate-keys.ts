import { Event, EVENT_ID, getScalarValue } from 'js-yaml';
import { endOf } from './events';
import { FieldPath } from '../json';
import { DuplicateKey } from '../origin';

const MERGE = '<<';

/**
 * Keys that occur twice in one object.
 *
 * @param events The events of a text.
 * @param text The text.
 * @param index The index of the value in which to look.
 * @internal
 */
export function duplicateKeys(events: readonly Event[], text: string, index: number): DuplicateKey[] {
  const found: DuplicateKey[] = [];
  const open: { readonly index: number; readonly field: FieldPath }[] = [{ index, field: [] }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const children = childrenOf(events, text, next.index, next.field);
    found.push(...repeated(events, text, children));
    open.push(...children.reverse());
  }
  return found;
}

/** A field of an object, or an item of a list. */
interface Child {
  readonly index: number;
  readonly field: FieldPath;
}

function childrenOf(events: readonly Event[], text: string, index: number, field: FieldPath): Child[] {
  const { type } = events[index];
  const children: Child[] = [];
  if (type === EVENT_ID.SEQUENCE) {
    for (let item = index + 1; events[item].type !== EVENT_ID.POP; item = endOf(events, item)) {
      children.push({ index: item, field: [...field, children.length] });
    }
  } else if (type === EVENT_ID.MAPPING) {
    for (let key = index + 1; events[key].type !== EVENT_ID.POP; key = endOf(events, endOf(events, key))) {
      const event = events[key];
      if (event.type === EVENT_ID.SCALAR) children.push({ index: endOf(events, key), field: [...field, getScalarValue(text, event)] });
    }
  }
  return children;
}

function repeated(events: readonly Event[], text: string, children: readonly Child[]): DuplicateKey[] {
  const found: DuplicateKey[] = [];
  const known = new Map<string | number, number>();
  for (const { index, field } of children) {
    const name = field[field.length - 1];
    const earlier = name === MERGE ? undefined : known.get(name);
    if (earlier !== undefined) found.push({ field, isEqual: contentOf(events, text, earlier) === contentOf(events, text, index) });
    known.set(name, index);
  }
  return found;
}

/** The events of a value, which two values share if they are equal. */
function contentOf(events: readonly Event[], text: string, index: number): string {
  const own = events.slice(index, endOf(events, index));
  return JSON.stringify(own.map((event) => (event.type === EVENT_ID.SCALAR ? getScalarValue(text, event) : event.type)));
}
