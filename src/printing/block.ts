/** Lines of printable characters, of which the first begins with a character that is not whitespace. */
const LINES = /^[\x21-\x7e\xa1-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}][\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;
const BLANK_END = /[\t ]\n*$/;

/**
 * Prints a string of several lines as a literal block.
 *
 * @param text The string.
 * @param indent The line break and the indentation of its lines.
 * @returns undefined for strings that begin or end with whitespace, except for line breaks at the end.
 * @internal
 */
export function printBlock(text: string, indent: string): string | undefined {
  if (!text.includes('\n') || !LINES.test(text) || BLANK_END.test(text)) return undefined;
  const lines = text.replace(/\n+$/, '');
  const breaks = text.length - lines.length;
  const chomping = breaks === 0 ? '-' : breaks === 1 ? '' : '+';
  // The line after the block begins with a line break, too.
  return `|${chomping}${indent}${lines.replace(/\n+/g, (all) => `${all.slice(1)}${indent}`)}${'\n'.repeat(Math.max(0, breaks - 1))}`;
}
