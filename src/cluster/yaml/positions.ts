import { Event, EVENT_ID, getScalarValue, parseEvents, SCALAR_STYLE, ScalarEvent } from 'js-yaml';
import { FieldPath } from '../json';
import { Position } from '../origin';

/**
 * A key that occurs twice in one object.
 *
 * @internal
 */
export interface DuplicateKey {
  /** Number of the document, from 0. */
  readonly document: number;
  /** The field. */
  readonly field: FieldPath;
  /** Position of the second one. */
  readonly position: Position;
}

/**
 * The positions of all fields in a text with YAML documents. Found by reading the text once more, which only findings need.
 *
 * @internal
 */
export class Positions {
  /** Keys that occur twice. */
  public readonly duplicates: DuplicateKey[] = [];
  private readonly offsets: Map<string, number>[] = [];
  private readonly lines: number[] = [0];
  private readonly events: readonly Event[];
  private next = 0;

  /** Reads a text that is known to be valid. */
  constructor(private readonly text: string) {
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) this.lines.push(end + 1);
    this.events = parseEvents(text, {});
    while (this.next < this.events.length) {
      this.next += 1;
      const offsets = new Map<string, number>();
      this.offsets.push(offsets);
      if (this.events[this.next].type !== EVENT_ID.POP) this.walk(ROOT, offsets);
      this.next += 1;
    }
  }

  /** The position of a field, or that of the closest field around it. */
  public find(document: number, field: FieldPath): Position | undefined {
    const offsets = this.offsets[document];
    let offset = offsets?.get(ROOT);
    for (let key = ROOT, i = 0; i < field.length; i++) {
      key = keyIn(key, field[i]);
      offset = offsets?.get(key) ?? offset;
    }
    return offset === undefined ? undefined : this.positionOf(offset);
  }

  /** The position of a character. */
  public positionOf(offset: number): Position {
    let [low, high] = [0, this.lines.length];
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (this.lines[middle] <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - this.lines[low] + 1 };
  }

  /** Visits a value, and adds the positions of its fields: for those of an object that of the key, for those of a list that of the item. */
  private walk(path: string, offsets: Map<string, number>): void {
    const event = this.events[this.next];
    if (!offsets.has(path)) offsets.set(path, this.startOf(event));
    this.next += 1;
    if (event.type === EVENT_ID.SEQUENCE) {
      for (let i = 0; this.events[this.next].type !== EVENT_ID.POP; i++) this.walk(keyIn(path, i), offsets);
      this.next += 1;
    } else if (event.type === EVENT_ID.MAPPING) {
      while (this.events[this.next].type !== EVENT_ID.POP) this.pair(path, offsets);
      this.next += 1;
    }
  }

  private pair(path: string, offsets: Map<string, number>): void {
    const key = this.events[this.next];
    const name = key.type === EVENT_ID.SCALAR ? getScalarValue(this.text, key) : '';
    const field = keyIn(path, name);
    if (key.type === EVENT_ID.SCALAR) this.next += 1;
    else this.walk(keyIn(path, '?'), offsets);
    if (offsets.has(field) && name !== '<<') {
      this.duplicates.push({ document: this.offsets.length - 1, field: pathOf(field), position: this.positionOf(this.startOf(key)) });
    }
    // kubectl uses the last one.
    offsets.set(field, this.startOf(key));
    this.walk(field, offsets);
  }

  private startOf(event: Event): number {
    if (event.type === EVENT_ID.SCALAR) return event.valueStart - Number(isQuoted(event));
    if (event.type === EVENT_ID.ALIAS) return event.anchorStart;
    return 'start' in event ? event.start : 0;
  }
}

function isQuoted({ style }: ScalarEvent): boolean {
  return style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED;
}

/** Key of the whole document. */
const ROOT = '';

/** Key of a field, made of that of the value around it. */
function keyIn(path: string, name: string | number): string {
  return `${path},${typeof name === 'number' ? name : JSON.stringify(name)}`;
}

function pathOf(key: string): FieldPath {
  return JSON.parse(`[${key.slice(1)}]`) as FieldPath;
}
