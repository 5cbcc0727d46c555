/**
 * A key that all references to one object have in common. An object whose namespace is not specified has an empty one.
 *
 * @internal
 */
export function objectKey(namespace: string | undefined, name: string): string {
  return `${namespace ?? ''}/${name}`;
}
