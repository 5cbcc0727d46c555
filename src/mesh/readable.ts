import { IConstruct } from 'constructs';
import { invalid, show } from '../plan/checks/errors';

/** Characters that cdk8s writes as they are, and that kubectl rejects in a file or reads as something else. */
const FORBIDDEN = /[\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff]/u;

/** Most strings. A line of ASCII that begins with a letter is never a number. */
const USUAL = /^[A-Za-z/][\x20-\x7e]*$/;

/** Numbers as kubectl reads them, except for underscores, which are allowed anywhere but at the beginning. */
const NUMBER = /^[-+]?(0[xX][\da-fA-F]+|0[oO]?[0-7]+|0[bB][01]+|(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?)$/;

/** Strings that cdk8s recognizes as numbers and quotes. */
const QUOTED = /^[-+]?(0b[01_]+|0x[\da-fA-F_]+|\d[\d_]*|(\d[\d_]*)?(\.[\d_]*)?[eE][-+]?\d+|(\d[\d_]*)?\.[\d_]*)$/;

/**
 * A string that kubectl would not read back from a file.
 *
 * @internal
 */
export interface Unreadable {
  /** Path of the string below the value that was checked: `.http[0].name`. */
  readonly path: string;
  /** The problem, as the predicate of a sentence about the path. */
  readonly problem: string;
  /** What kubectl would do, and the remedy. */
  readonly remedy: string;
}

/**
 * Finds a string that kubectl would not read back from a file: one that makes the file unreadable, or one that becomes a number. Keys
 * of maps are checked, too.
 *
 * @internal
 */
export function findUnreadable(json: unknown): Unreadable | undefined {
  if (typeof json === 'string') return unreadable(json);
  if (Array.isArray(json)) return findInList(json);
  return typeof json === 'object' && json !== null ? findInMap(json as { readonly [key: string]: unknown }) : undefined;
}

/**
 * Rejects a manifest, or a part of one, with a string that kubectl would not read back from a file.
 *
 * @param what The beginning of the string's path: `spec`.
 * @internal
 */
export function checkReadable(at: IConstruct, what: string, json: unknown): void {
  const found = findUnreadable(json);
  if (found !== undefined) throw invalid(at, `${what}${found.path} ${found.problem}`, found.remedy);
}

function findInList(list: readonly unknown[]): Unreadable | undefined {
  for (let i = 0; i < list.length; i++) {
    const found = findUnreadable(list[i]);
    if (found !== undefined) return { ...found, path: `[${i}]${found.path}` };
  }
  return undefined;
}

function findInMap(map: { readonly [key: string]: unknown }): Unreadable | undefined {
  for (const key of Object.keys(map)) {
    const ofKey = unreadable(key);
    if (ofKey !== undefined) return { ...ofKey, path: stepTo(key), problem: `is a key that ${ofKey.problem}` };
    const found = findUnreadable(map[key]);
    if (found !== undefined) return { ...found, path: `${stepTo(key)}${found.path}` };
  }
  return undefined;
}

function stepTo(key: string): string {
  return /^[\w$]+$/.test(key) ? `.${key}` : `[${escaped(key)}]`;
}

function unreadable(text: string): Unreadable | undefined {
  if (USUAL.test(text)) return undefined;
  const forbidden = FORBIDDEN.exec(text);
  if (forbidden !== null) {
    return {
      path: '',
      problem: `contains the character ${codeOf(forbidden[0])} in ${escaped(text)}`,
      remedy: 'remove the character, since kubectl could not read the file or would read another value',
    };
  }
  if (becomesNumber(text)) {
    return { path: '', problem: `is the string ${show(text)}`, remedy: 'choose a value that is not a number, since kubectl would read one from the file' };
  }
  if (losesLeadingWhitespace(text)) {
    return {
      path: '',
      problem: `has several lines, and the first begins with a tab or all are blank, in ${escaped(text)}`,
      remedy: 'indent with spaces and remove blank lines, since kubectl could not read the file or would read another value',
    };
  }
  return undefined;
}

function becomesNumber(text: string): boolean {
  if (!/^[-+.\d]/.test(text) || QUOTED.test(text)) return false;
  const plain = text.replaceAll('_', '');
  // A number that is too large remains a string.
  return NUMBER.test(plain) && Number.isFinite(parseFloat(plain));
}

/** Strings with several lines are written as they are, unless the last line is blank. */
function losesLeadingWhitespace(text: string): boolean {
  return text.includes('\n') && !/\n[\t ]+$/.test(text) && (/^\n*\t/.test(text) || (/^\s*$/.test(text) && /[\t ]/.test(text)));
}

function codeOf(character: string): string {
  return `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** A string on one line, with escapes for characters that a terminal would not show. */
function escaped(text: string): string {
  return JSON.stringify(text).replace(/[\x7f-\x9f\u2028\u2029\ufffe\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
