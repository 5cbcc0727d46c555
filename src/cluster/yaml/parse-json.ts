import { parseEvents, YAMLException } from 'js-yaml';
import { duplicateKeys } from './duplicate-keys';
import { MAX_DEPTH, ParsedDocument } from './parse';
import { SourceText } from './source-text';
import { DuplicateKey } from '../origin';

const STRING = '"[^"\\\\]*(?:\\\\.[^"\\\\]*)*"';

/**
 * Reads a text as JSON. JSON is YAML too, but this is faster, and tabs are fine. Undefined if it is not JSON.
 *
 * @internal
 */
export function parseJson(source: SourceText): readonly ParsedDocument[] | undefined {
  const { text } = source;
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    const value = JSON.parse(text) as unknown;
    return [{ value, source, start: 0, end: text.length, duplicates: countKeys(value) < writtenKeys(text) ? duplicatesIn(text) : [] }];
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TooDeep) return undefined;
    throw error;
  }
}

/**
 * The JSON objects of a text that holds several, one after the other. Undefined if it does not.
 *
 * @internal
 */
export function jsonParts(source: SourceText): readonly SourceText[] | undefined {
  const { text } = source;
  if (!/^\s*\{/.test(text)) return undefined;
  const parts: SourceText[] = [];
  let [start, depth] = [0, 0];
  for (const { 0: token, index } of text.matchAll(new RegExp(`${STRING}|[{}]`, 'gs'))) {
    if (depth === 0 && (token !== '{' || text.slice(start, index).trim() !== '')) return undefined;
    if (token === '{') depth += 1;
    else if (token === '}') depth -= 1;
    if (depth > 0) continue;
    parts.push(source.part(start, index + 1));
    start = index + 1;
  }
  return depth === 0 && text.slice(start).trim() === '' ? parts : undefined;
}

class TooDeep extends Error {}

/** Throws if so many values are inside each other that rules could not visit them. */
function countKeys(value: unknown, depth: number = 0): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (depth > MAX_DEPTH) throw new TooDeep();
  const values: unknown[] = Object.values(value);
  return values.reduce((sum: number, each) => sum + countKeys(each, depth + 1), Array.isArray(value) ? 0 : values.length);
}

function writtenKeys(text: string): number {
  let keys = 0;
  for (const [token] of text.matchAll(new RegExp(`${STRING}\\s*:?`, 'gs'))) keys += Number(token.endsWith(':'));
  return keys;
}

function duplicatesIn(text: string): readonly DuplicateKey[] {
  try {
    return duplicateKeys(parseEvents(text, { maxDepth: MAX_DEPTH }), text, 1);
  } catch (error) {
    if (error instanceof YAMLException) return [];
    throw error;
  }
}
