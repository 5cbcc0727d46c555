/**
 * Paths of everything that differs between two values, such as the manifests of two steps of a rollout.
 */
export function differences(before: unknown, after: unknown, path = ''): string[] {
  if (!isObject(before) || !isObject(after)) return before === after ? [] : [path];
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) => differences(before[key], after[key], `${path}/${key}`));
}

/** The last parts of the paths that differ, each once. */
export function differingFields(before: unknown, after: unknown): string[] {
  return [...new Set(differences(before, after).map((path) => path.slice(path.lastIndexOf('/') + 1)))];
}

function isObject(value: unknown): value is { [key: string]: unknown } {
  return typeof value === 'object' && value !== null;
}
