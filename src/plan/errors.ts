import { IConstruct } from 'constructs';

/**
 * Builds the error that every check of this library throws: what is wrong, what would be right, and where.
 *
 * @internal
 */
export function invalid(at: IConstruct | string, problem: string, remedy: string): Error {
  const path = typeof at === 'string' ? at : at.node.path;
  return new Error(`${problem}: ${remedy} (at ${path === '' ? 'the app' : path})`);
}

/**
 * Writes a value into an error message, so that a string can be told from a number.
 *
 * @internal
 */
export function show(value: unknown): string {
  return typeof value === 'string' ? `"${value}"` : String(value);
}
