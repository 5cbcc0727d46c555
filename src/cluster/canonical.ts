import { isObject } from './json';

/**
 * A value as text, with the fields of objects in order. Equal values have the same text. Fields that are undefined do not count.
 *
 * @internal
 */
export function canonical(value: unknown): string {
  return JSON.stringify(value, sorted);
}

function sorted(_name: string, value: unknown): unknown {
  if (!isObject(value)) return value;
  const names = Object.keys(value);
  if (names.length < 2) return value;
  return Object.fromEntries(names.sort().map((name) => [name, value[name]]));
}
