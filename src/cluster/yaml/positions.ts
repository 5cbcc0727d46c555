import { Event, EVENT_ID, getScalarValue, parseEvents, YAMLException } from 'js-yaml';
import { endOf, offsetOf } from './events';
import { MAX_DEPTH } from './parse';
import { SourceText } from './source-text';
import { FieldPath } from '../json';
import { Position } from '../origin';

/** A field of an object, or an item of a list. */
interface Child {
  /** The offset of its name; that of the value for an item. */
  readonly offset: number;
  /** The index of its value. */
  readonly value: number;
}

type Children = ReadonlyMap<string | number, Child>;

const NONE: Children = new Map();

/**
 * The positions of the fields of a document. Found by reading its text once more, which only findings need.
 *
 * @internal
 */
export class Positions {
  private readonly events: readonly Event[];
  private readonly children = new Map<number, Children>();

  private readonly text: string;

  /**
   * Reads a document.
   *
   * @param source The text of which it is a part.
   * @param start Offset of its first line.
   * @param end Offset of its end, or that of the next document.
   */
  constructor(private readonly source: SourceText, private readonly start: number = 0, end: number = source.text.length) {
    this.text = source.text.slice(start, end);
    this.events = eventsOf(this.text);
  }

  /** The position of a field, or that of the closest field around it. Undefined if the document is empty. */
  public find(field: FieldPath): Position | undefined {
    // The first event starts the document.
    let [value, offset] = [1, this.events.length > 1 ? offsetOf(this.events[1]) : undefined];
    for (const name of field) {
      const child = this.childrenOf(value).get(name);
      if (child === undefined) break;
      ({ value, offset } = child);
    }
    return offset === undefined ? undefined : this.source.positionOf(this.start + offset);
  }

  private childrenOf(index: number): Children {
    const type = this.events[index]?.type;
    if (type !== EVENT_ID.MAPPING && type !== EVENT_ID.SEQUENCE) return NONE;
    const known = this.children.get(index);
    if (known !== undefined) return known;
    const children = type === EVENT_ID.MAPPING ? this.fields(index) : this.items(index);
    this.children.set(index, children);
    return children;
  }

  private fields(index: number): Children {
    const fields = new Map<string, Child>();
    let offset = offsetOf(this.events[index])!;
    for (let key = index + 1; this.events[key].type !== EVENT_ID.POP;) {
      const event = this.events[key];
      const value = endOf(this.events, key);
      offset = offsetOf(event) ?? offset;
      // Of equal keys, kubectl uses the last one.
      if (event.type === EVENT_ID.SCALAR) fields.set(getScalarValue(this.text, event), { offset, value });
      key = endOf(this.events, value);
    }
    return fields;
  }

  private items(index: number): Children {
    const items = new Map<number, Child>();
    let offset = offsetOf(this.events[index])!;
    for (let value = index + 1; this.events[value].type !== EVENT_ID.POP; value = endOf(this.events, value)) {
      offset = offsetOf(this.events[value]) ?? offset;
      items.set(items.size, { offset, value });
    }
    return items;
  }
}

/** JSON may hold what YAML cannot, such as lists in hundreds of lists. It has no positions then. */
function eventsOf(text: string): readonly Event[] {
  try {
    return parseEvents(text, { maxDepth: MAX_DEPTH });
  } catch (error) {
    if (error instanceof YAMLException) return [];
    throw error;
  }
}
