/**
 * Copies fields that are newer than the generated types, which drop them, from what was to be written to what is written.
 *
 * @param written What the generated types made of it.
 * @param source What was to be written, with the names of the fields as Istio has them.
 * @param paths Where the fields are; `[]` stands for each item of a list.
 * @internal
 */
export function keepNewerFields<T>(written: T, source: unknown, paths: readonly string[]): T {
  for (const path of paths) copyField(written, source, path.split('.'));
  return written;
}

function copyField(written: unknown, source: unknown, [step, ...rest]: readonly string[]): void {
  if (!isObject(written) || !isObject(source)) return;
  const isList = step.endsWith('[]');
  const name = isList ? step.slice(0, -2) : step;
  const from = source[name];
  if (rest.length === 0) {
    if (from !== undefined) written[name] = from;
  } else if (isList) {
    if (Array.isArray(from)) from.forEach((item, i) => copyField((written[name] as unknown[])[i], item, rest));
  } else {
    copyField(written[name], from, rest);
  }
}

function isObject(value: unknown): value is { [name: string]: unknown } {
  return typeof value === 'object' && value !== null;
}
