/**
 * The authority in lower case and without its port. Envoy picks virtual hosts by it.
 *
 * @internal
 */
export function hostName(authority: string): string {
  const colon = authority.lastIndexOf(':');
  const isPort = colon >= 0 && /^\d*$/.test(authority.slice(colon + 1)) && (authority.startsWith('[') ? authority[colon - 1] === ']' : true);
  return (isPort ? authority.slice(0, colon) : authority).toLowerCase();
}
