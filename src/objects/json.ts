/**
 * A JSON object whose fields are not known to have the types that the API server requires.
 *
 * @internal
 */
export interface JsonObject {
  readonly [field: string]: unknown;
}

/**
 * Names of fields and positions in lists, from the root of an object.
 *
 * @internal
 */
export type FieldPath = readonly (string | number)[];

/** @internal */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The value as an object; an empty one for any other value.
 *
 * @internal
 */
export function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

/**
 * The value as a list; an empty one for any other value.
 *
 * @internal
 */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/**
 * The strings in a list.
 *
 * @internal
 */
export function stringsOf(value: unknown): readonly string[] {
  return listOf(value).filter((entry) => typeof entry === 'string');
}

/**
 * The value if it is a string that is not empty.
 *
 * @internal
 */
export function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/**
 * The value if it is a number.
 *
 * @internal
 */
export function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/**
 * A path as messages show it: `spec.http[0].match`.
 *
 * @internal
 */
export function showPath(path: FieldPath): string {
  return path.map((part, i) => {
    if (typeof part === 'number') return `[${part}]`;
    if (!/^[\w-]+$/.test(part)) return `[${JSON.stringify(part)}]`;
    return i === 0 ? part : `.${part}`;
  }).join('');
}
