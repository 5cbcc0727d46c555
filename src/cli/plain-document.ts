import { AliasEvent, constructFromEvents, Event, EVENT_ID, FAILSAFE_SCHEMA, getScalarValue, MappingEvent, parseEvents, ScalarEvent, SequenceEvent, YAMLException } from 'js-yaml';
import { FieldPath } from '../cluster/json';
import { Position } from '../cluster/origin';

/**
 * A YAML document in which each scalar is a string, as written: `1.20` keeps its zero.
 *
 * @internal
 */
export interface PlainDocument {
  /** The content; an empty object if there is none. */
  readonly content: unknown;
  /** Finds the position of a field by its name, or that of an entry of a list. That of the closest field around it if there is none. */
  position(field: FieldPath): Position;
}

/**
 * What is wrong with a text that is not one YAML document, and where.
 *
 * @internal
 */
export interface SyntaxProblem extends Position {
  /** What is wrong. */
  readonly message: string;
}

/**
 * Reads one YAML document.
 *
 * @internal
 */
export function readPlainDocument(text: string): PlainDocument | SyntaxProblem {
  // Offsets are those of the text without the mark of its byte order.
  const source = text.replace(/^\ufeff/, '');
  try {
    const events = parseEvents(source, {});
    const documents = constructFromEvents(events, { source, schema: FAILSAFE_SCHEMA, maxAliases: 1000 });
    if (documents.length > 1) return { line: 1, column: 1, message: 'it must hold one document' };
    const offsets = offsetsOf(source, events);
    return {
      content: documents.length === 0 || documents[0] === '' ? {} : documents[0],
      position: (field) => positionAt(source, offsetOf(offsets, field)),
    };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const { line = 0, column = 0 } = error.mark ?? {};
    return { line: line + 1, column: column + 1, message: error.reason };
  }
}

/** Offsets by the field's path as JSON. */
type Offsets = ReadonlyMap<string, number>;

function offsetOf(offsets: Offsets, field: FieldPath): number {
  for (let length = field.length; length > 0; length--) {
    const offset = offsets.get(JSON.stringify(field.slice(0, length)));
    if (offset !== undefined) return offset;
  }
  return 0;
}

function positionAt(source: string, offset: number): Position {
  const before = source.slice(0, offset);
  const lines = before.split('\n');
  return { line: lines.length, column: lines[lines.length - 1].length + 1 };
}

function offsetsOf(source: string, events: readonly Event[]): Offsets {
  const offsets = new Map<string, number>();
  let next = 0;
  const skip = () => {
    for (let depth = 0; ; ) {
      const { type } = events[next++];
      if (type === EVENT_ID.POP) depth--;
      if (type === EVENT_ID.MAPPING || type === EVENT_ID.SEQUENCE) depth++;
      if (depth === 0) return;
    }
  };
  const walk = (path: FieldPath) => {
    const event = events[next++];
    if (event.type === EVENT_ID.SEQUENCE) {
      for (let i = 0; events[next].type !== EVENT_ID.POP; i++) {
        offsets.set(JSON.stringify([...path, i]), startOf(events[next]));
        walk([...path, i]);
      }
      next++;
    } else if (event.type === EVENT_ID.MAPPING) {
      while (events[next].type !== EVENT_ID.POP) {
        const key = events[next];
        skip();
        const name = key.type === EVENT_ID.SCALAR ? getScalarValue(source, key) : '';
        if (!offsets.has(JSON.stringify([...path, name]))) offsets.set(JSON.stringify([...path, name]), startOf(key));
        walk([...path, name]);
      }
      next++;
    }
  };
  if (events.length > 1) {
    next = 1;
    walk([]);
  }
  return offsets;
}

function startOf(event: Event): number {
  const { start } = event as MappingEvent | SequenceEvent | { start: undefined };
  if (start !== undefined) return start;
  const { valueStart, anchorStart } = event as ScalarEvent | AliasEvent & { valueStart: undefined };
  return Math.max(valueStart ?? anchorStart, 0);
}
