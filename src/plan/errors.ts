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
  if (typeof value === 'string') return `"${value}"`;
  if (Array.isArray(value)) return `[${value.map(show).join(', ')}]`;
  if (typeof value === 'function') return `function ${value.name}`;
  // Objects without a text of their own, and those that cannot become one.
  return typeof value === 'object' && value !== null && (value.toString ?? Object.prototype.toString) === Object.prototype.toString
    ? 'an object' : String(value);
}
