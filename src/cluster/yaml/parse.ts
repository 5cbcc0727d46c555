import { constructFromEvents, Event, EVENT_ID, getScalarValue, parseEvents, SCALAR_STYLE, ScalarEvent, YAMLException } from 'js-yaml';
import { rejectedAlias } from './aliases';
import { duplicateKeys } from './duplicate-keys';
import { firstOffsetOf } from './events';
import { reverseMerges } from './merges';
import { OffsetProblem } from './offset-problem';
import { rejectedKeyOffset } from './rejected-keys';
import { rejectedToken } from './rejected-tokens';
import { isNoJsonNumber, kubectlSchema, KeyError } from './schema';
import { SourceText } from './source-text';
import { DuplicateKey, Position } from '../origin';

const { DOCUMENT, SCALAR } = EVENT_ID;

/**
 * A document of a text.
 *
 * @internal
 */
export interface ParsedDocument {
  /** Its value. */
  readonly value: unknown;
  /** The text of which it is a part. */
  readonly source: SourceText;
  /** Offset of its first line. */
  readonly start: number;
  /** Offset of its end, or that of the next document. */
  readonly end: number;
  /** Keys that occur twice in one of its objects. */
  readonly duplicates: readonly DuplicateKey[];
}

/**
 * Why a text cannot be read.
 *
 * @internal
 */
export interface SyntaxFault extends Position {
  /** What is wrong. */
  readonly message: string;
  /** Whether a line that is not indented as much as YAML requires is the reason. */
  readonly isIndentation: boolean;
}

/**
 * The largest number of values inside each other. More than any manifest has, and few enough for rules to visit them.
 *
 * @internal
 */
export const MAX_DEPTH = 500;

/** The reason that js-yaml gives for a line inside brackets or quotes that is not indented more than what is around it. */
const INDENTATION = 'deficient indentation';

/**
 * Reads a text with YAML documents as kubectl does, all at once.
 *
 * @internal
 */
export function parseYaml(source: SourceText): readonly ParsedDocument[] | SyntaxFault {
  const { text } = source;
  let events: Event[] = [];
  let isRepeated = false;
  try {
    events = parseEvents(text, { maxDepth: MAX_DEPTH });
    const rejected = rejectedAlias(events, text) ?? rejectedToken(events, text);
    if (rejected !== undefined) return faultAt(source, rejected);
    reverseMerges(events, text);
    const values = constructFromEvents(events, { source: text, schema: kubectlSchema(() => { isRepeated = true; }), maxTotalMergeKeys: -1 });
    return documentsOf(source, values, events, isRepeated);
  } catch (error) {
    if (error instanceof YAMLException) return faultOf(source, error);
    if (error instanceof KeyError) return faultAt(source, { offset: rejectedKeyOffset(events) ?? 0, message: error.message });
    if (error instanceof SyntaxError) return faultAt(source, { offset: numberOffset(events, text), message: error.message });
    throw error;
  }
}

function documentsOf(source: SourceText, values: readonly unknown[], events: readonly Event[], isRepeated: boolean): ParsedDocument[] {
  const roots: number[] = [];
  for (let i = 0; i < events.length; i++) if (events[i].type === DOCUMENT) roots.push(i + 1);
  const documents: ParsedDocument[] = [];
  let end = source.text.length;
  for (let i = roots.length - 1; i >= 0; i--) {
    const offset = firstOffsetOf(events[roots[i]]);
    const start = offset === undefined ? end : source.text.lastIndexOf('\n', offset - 1) + 1;
    const duplicates = isRepeated ? duplicateKeys(events, source.text, roots[i]) : [];
    documents.push({ value: values[i], source, start, end, duplicates });
    end = start;
  }
  return documents.reverse();
}

function faultOf(source: SourceText, { reason, mark }: YAMLException): SyntaxFault {
  return { ...source.position(mark?.line ?? 0, mark?.column ?? 0), message: reason, isIndentation: reason === INDENTATION };
}

function faultAt(source: SourceText, { offset, message }: OffsetProblem): SyntaxFault {
  return { ...source.positionOf(offset), message, isIndentation: false };
}

/** The first number that JSON does not have. */
function numberOffset(events: readonly Event[], text: string): number {
  const isPlain = (event: Event) => event.type === SCALAR && event.style === SCALAR_STYLE.PLAIN;
  const found = events.find((event) => isPlain(event) && isNoJsonNumber(getScalarValue(text, event as ScalarEvent)));
  return (found === undefined ? undefined : firstOffsetOf(found)) ?? 0;
}
