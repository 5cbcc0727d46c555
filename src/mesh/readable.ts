import { IConstruct } from 'constructs';
import { invalid, show } from '../plan/checks/errors';

/** What kubectl refuses in a file, or turns into something else, and cdk8s writes as it is. */
const FORBIDDEN = /[\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff]/u;

/** Most strings: ASCII on one line that begins with a letter is never a number. */
const USUAL = /^[A-Za-z/][\x20-\x7e]*$/;

/** Numbers as kubectl reads them, apart from underscores, which may be anywhere but at the beginning. */
const NUMBER = /^[-+]?(0[xX][\da-fA-F]+|0[oO]?[0-7]+|0[bB][01]+|(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?)$/;

/** What cdk8s takes for numbers, and quotes. */
const QUOTED = /^[-+]?(0b[01_]+|0x[\da-fA-F_]+|\d[\d_]*|(\d[\d_]*)?(\.[\d_]*)?[eE][-+]?\d+|(\d[\d_]*)?\.[\d_]*)$/;

/**
 * A string that a file would not give back.
 *
 * @internal
 */
export interface Unreadable {
  /** Where the string is, below the value that was looked at: `.http[0].name`. */
  readonly path: string;
  /** What is wrong with it, as the end of a sentence about its path. */
  readonly problem: string;
  /** What kubectl would do, and what to do about it. */
  readonly remedy: string;
}

/**
 * Finds a string that kubectl would not read from a file as it is here: one that makes the file unreadable, or one that becomes a
 * number. Keys of maps count, too.
 *
 * @internal
 */
export function findUnreadable(json: unknown): Unreadable | undefined {
  if (typeof json === 'string') return unreadable(json);
  if (Array.isArray(json)) return findInList(json);
  return typeof json === 'object' && json !== null ? findInMap(json as { readonly [key: string]: unknown }) : undefined;
}

/**
 * Refuses a manifest, or a part of one, with a string that kubectl would not read as it is here.
 *
 * @param what What the path of the string begins with: `spec`.
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
      problem: `holds the character ${codeOf(forbidden[0])} in ${escaped(text)}`,
      remedy: 'kubectl could not read the file, or would read another value: leave the character out',
    };
  }
  if (becomesNumber(text)) {
    return { path: '', problem: `is the string ${show(text)}`, remedy: 'kubectl would read a number from the file: choose a value that is not one' };
  }
  if (losesItsBeginning(text)) {
    return {
      path: '',
      problem: `holds several lines, of which the first begins with a tab or all are blank: ${escaped(text)}`,
      remedy: 'kubectl could not read the file, or would read another value: indent with spaces, and leave blank lines out',
    };
  }
  return undefined;
}

function becomesNumber(text: string): boolean {
  if (!/^[-+.\d]/.test(text) || QUOTED.test(text)) return false;
  const plain = text.replaceAll('_', '');
  // What is too large for a number stays a string.
  return NUMBER.test(plain) && Number.isFinite(parseFloat(plain));
}

/** Strings of several lines are written as they are, unless they end in a line of blanks. */
function losesItsBeginning(text: string): boolean {
  return text.includes('\n') && !/\n[\t ]+$/.test(text) && (/^\n*\t/.test(text) || (/^\s*$/.test(text) && /[\t ]/.test(text)));
}

function codeOf(character: string): string {
  return `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** A string on one line, with escapes for what a terminal would not show. */
function escaped(text: string): string {
  return JSON.stringify(text).replace(/[\x7f-\x9f\u2028\u2029\ufffe\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
