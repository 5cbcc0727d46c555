import { IConstruct } from 'constructs';
import { invalid, show } from '../plan/checks/errors';
import { Fault, faultOf, forbiddenCharacter, quotesSuffice } from '../printing/unreadable';

const QUOTES = Symbol.for('cdk8s-seldon-istio.quotes');

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
 * @param json The value.
 * @param isProblem Which of them to find; all by default.
 * @internal
 */
export function findUnreadable(json: unknown, isProblem: (fault: Fault) => boolean = () => true): Unreadable | undefined {
  if (typeof json === 'string') return unreadable(json, isProblem);
  if (Array.isArray(json)) return findInList(json, isProblem);
  return typeof json === 'object' && json !== null ? findInMap(json as { readonly [key: string]: unknown }, isProblem) : undefined;
}

/**
 * Declares that an app writes such strings in quotes, so that kubectl reads them.
 *
 * @internal
 */
export function markAsQuoting(app: IConstruct): void {
  Object.defineProperty(app, QUOTES, { value: true });
}

/**
 * Rejects a manifest, or a part of one, with a string that kubectl would not read back from a file.
 *
 * @param what The beginning of the string's path: `spec`.
 * @internal
 */
export function checkReadable(at: IConstruct, what: string, json: unknown): void {
  if (findUnreadable(json) === undefined) return;
  const found = findUnreadable(json, QUOTES in at.node.root ? (fault) => !quotesSuffice(fault) : undefined);
  if (found !== undefined) throw invalid(at, `${what}${found.path} ${found.problem}`, found.remedy);
}

function findInList(list: readonly unknown[], isProblem: (fault: Fault) => boolean): Unreadable | undefined {
  for (let i = 0; i < list.length; i++) {
    const found = findUnreadable(list[i], isProblem);
    if (found !== undefined) return { ...found, path: `[${i}]${found.path}` };
  }
  return undefined;
}

function findInMap(map: { readonly [key: string]: unknown }, isProblem: (fault: Fault) => boolean): Unreadable | undefined {
  for (const key of Object.keys(map)) {
    const ofKey = unreadable(key, isProblem);
    if (ofKey !== undefined) return { ...ofKey, path: stepTo(key), problem: `is a key that ${ofKey.problem}` };
    const found = findUnreadable(map[key], isProblem);
    if (found !== undefined) return { ...found, path: `${stepTo(key)}${found.path}` };
  }
  return undefined;
}

function stepTo(key: string): string {
  return /^[\w$]+$/.test(key) ? `.${key}` : `[${escaped(key)}]`;
}

function unreadable(text: string, isProblem: (fault: Fault) => boolean): Unreadable | undefined {
  const fault = faultOf(text);
  if (fault === undefined || !isProblem(fault)) return undefined;
  if (fault === Fault.NUMBER) {
    return {
      path: '',
      problem: `is the string ${show(text)}`,
      remedy: 'choose a value that is not a number, since kubectl would read one from the file. A FastApp would write it in quotes',
    };
  }
  if (fault === Fault.WHITESPACE) {
    return {
      path: '',
      problem: `has several lines, and the first begins with a tab or all are blank, in ${escaped(text)}`,
      remedy: 'indent with spaces and remove blank lines, since kubectl could not read the file or would read another value. A FastApp would write it in quotes',
    };
  }
  return {
    path: '',
    problem: `contains the character ${codeOf(forbiddenCharacter(text)!)} in ${escaped(text)}`,
    remedy: 'remove the character, since kubectl could not read the file or would read another value',
  };
}

function codeOf(character: string): string {
  return `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** A string on one line, with escapes for characters that a terminal would not show. */
function escaped(text: string): string {
  return JSON.stringify(text).replace(/[\x7f-\x9f\u2028\u2029\ufffe\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
