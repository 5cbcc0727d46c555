import { IConstruct } from 'constructs';

/**
 * Builds the error that every check of this library throws: the problem, the remedy, and the construct path.
 *
 * @internal
 */
export function invalid(at: IConstruct | string, problem: string, remedy: string): Error {
  return new Error(`${inSentences(problem, remedy)} (at ${typeof at === 'string' ? at : pathOf(at)})`);
}

/** A plain lower-case word. Identifiers such as `seldonSticky` or `hosts[0]` keep their case. */
const FIRST_WORD = /^[a-z]+(?![A-Za-z0-9_.()[\]])/;

/**
 * Joins a problem and its remedy as two sentences.
 *
 * @internal
 */
export function inSentences(problem: string, remedy: string): string {
  return `${problem}. ${remedy.replace(FIRST_WORD, (word) => word[0].toUpperCase() + word.slice(1))}`;
}

/**
 * The path of the construct that the user wrote.
 *
 * @internal
 */
export function pathOf(construct: IConstruct): string {
  const { path } = userConstruct(construct).node;
  return path === '' ? 'the app' : path;
}

/**
 * The construct that the user wrote: the child that holds its manifest is called `Resource`.
 *
 * @internal
 */
export function userConstruct(construct: IConstruct): IConstruct {
  let found = construct;
  while (found.node.id === 'Resource' && found.node.scope !== undefined) found = found.node.scope;
  return found;
}

/**
 * Formats a value for an error message, so that a string can be distinguished from a number.
 *
 * @internal
 */
export function show(value: unknown): string {
  if (typeof value === 'string') return `"${value}"`;
  if (Array.isArray(value)) return `[${value.map(show).join(', ')}]`;
  if (typeof value === 'function') return `function ${value.name}`;
  // Objects that do not define their own toString, or have none.
  return typeof value === 'object' && value !== null && (value.toString ?? Object.prototype.toString) === Object.prototype.toString
    ? 'an object' : String(value);
}
