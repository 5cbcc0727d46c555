/**
 * The path of a field, from the spec down, step by step. `[]` stands for each item of a list.
 *
 * @internal
 */
export type FieldPath = readonly { readonly name: string; readonly isList: boolean }[];

/** @internal */
export function fieldPaths(...paths: readonly string[]): FieldPath[] {
  return paths.map((path) => path.split('.').map((step) => ({ name: step.replace('[]', ''), isList: step.endsWith('[]') })));
}

/**
 * Copies fields that are newer than the generated types, which drop them.
 *
 * @param written The JSON that the generated types produced.
 * @param source The complete values, with Istio's field names.
 * @param paths The paths of the newer fields.
 * @internal
 */
export function keepNewerFields<T>(written: T, source: unknown, paths: readonly FieldPath[]): T {
  for (const path of paths) copyField(written, source, path, 0);
  return written;
}

function copyField(written: unknown, source: unknown, path: FieldPath, depth: number): void {
  if (!isObject(written) || !isObject(source)) return;
  const { name, isList } = path[depth];
  const from = source[name];
  if (from === undefined) return;
  if (depth === path.length - 1) {
    written[name] = from;
  } else if (isList) {
    if (!Array.isArray(from)) return;
    const items = written[name] as unknown[];
    for (let i = 0; i < from.length; i++) copyField(items[i], from[i], path, depth + 1);
  } else {
    copyField(written[name], from, path, depth + 1);
  }
}

function isObject(value: unknown): value is { [name: string]: unknown } {
  return typeof value === 'object' && value !== null;
}
