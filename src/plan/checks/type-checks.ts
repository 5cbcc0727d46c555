import { IConstruct } from 'constructs';
import { invalid, show } from './errors';

type At = IConstruct | string;

// Checks of values that are in no struct, such as parameters of a method. The table of structs covers all others.

/**
 * Checks that a value is a list. A string would be iterated letter by letter.
 *
 * @internal
 */
export function checkList(at: At, what: string, value: readonly unknown[], of: string): void {
  if (!Array.isArray(value)) throw invalid(at, `${what} ${show(value)}`, `expected a list of ${of}`);
}

/** @internal */
export function checkText(at: At, what: string, value: string): void {
  if (typeof value !== 'string') throw invalid(at, `${what} ${show(value)}`, 'expected a string');
}

/** @internal */
export function checkTexts(at: At, what: string, values: readonly string[]): void {
  checkList(at, what, values, 'strings');
  for (let i = 0; i < values.length; i++) {
    if (typeof values[i] !== 'string') checkText(at, `${what}[${i}]`, values[i]);
  }
}

/** Called for messages only, since most values are valid or not set. */
function nameOf(name: string, of: string | undefined): string {
  return of === undefined ? name : `${name} of ${of}`;
}

/** @internal */
export function checkTextIfGiven(at: At, name: string, of: string | undefined, value: string | undefined): void {
  if (value !== undefined && typeof value !== 'string') checkText(at, nameOf(name, of), value);
}

/**
 * Checks an object of named values, if it is set.
 *
 * @internal
 */
export function checkObject(at: At, name: string, of: string | undefined, value: object | undefined, expected: string): void {
  if (value !== undefined && (typeof value !== 'object' || value === null || Array.isArray(value))) {
    throw invalid(at, `${nameOf(name, of)} ${show(value)}`, `expected ${expected}`);
  }
}

/**
 * Checks the value of an enum, if it is set.
 *
 * @internal
 */
export function checkMember(at: At, what: string, value: string | undefined, members: object): void {
  if (value === undefined) return;
  const known = Object.values(members) as string[];
  if (!known.includes(value)) throw invalid(at, `${what} ${show(value)}`, `expected one of ${known.join(', ')}`);
}
