/**
 * A manifest as the API server stores it: without the fields that are null.
 *
 * @see https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#defaulting-and-nullable
 * @internal
 */
export function asStored<T>(manifest: T): T {
  return stored(manifest) as T;
}

function stored(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(stored);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== null).map(([name, field]) => [name, stored(field)]));
}
