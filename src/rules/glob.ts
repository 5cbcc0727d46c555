/**
 * Whether a text matches a pattern in which `*` stands for any characters but `/`, `**` for any characters, and `?` for one character.
 *
 * @param pattern The pattern; any text matches if undefined.
 * @internal
 */
export function globOf(pattern: string | undefined): (text: string) => boolean {
  if (pattern === undefined) return () => true;
  const source = withoutDot(pattern).replace(/\*\*\/?|[*?]|[^*?]+/g, (part) => PARTS[part] ?? part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  const expression = new RegExp(`^${source}$`, 'su');
  return (text) => expression.test(withoutDot(text));
}

/** A folder before it is optional: `a/**` + `/b` is also `a/b`. */
const PARTS: { readonly [part: string]: string } = { '**/': '(?:.*/)?', '**': '.*', '*': '[^/]*', '?': '[^/]' };

/** Paths of files with `/`, and without a `./` at the start. */
function withoutDot(path: string): string {
  return path.replace(/\\/g, '/').replace(/^(?:\.\/)+/, '');
}
