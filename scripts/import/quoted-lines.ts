/** The start of a line that opens a quoted value: its indentation, list dashes and key, and the quote. */
const OPENING = /^(\s*(?:- +)*)[\w.$/-]+:\s+(["'])/;

/**
 * Indents the continuation lines of quoted values that begin in the column of their key. kubectl reads such files, although YAML requires
 * more indentation. White space at the beginning of a line has no meaning inside quotes, so no value changes.
 */
export function indentQuotedLines(text: string): string {
  let open: { readonly quote: string; readonly margin: string } | undefined;
  return text.split('\n').map((line) => {
    if (open === undefined) {
      const [opening, indentation, quote] = OPENING.exec(line) ?? [];
      if (opening !== undefined && !closes(line.slice(opening.length), quote)) open = { quote, margin: ' '.repeat(indentation.length + 2) };
      return line;
    }
    const indented = open.margin + line.trimStart();
    if (closes(line, open.quote)) open = undefined;
    return indented;
  }).join('\n');
}

/** Whether a quoted value ends on a line. Escaped quotes do not count. */
function closes(line: string, quote: string): boolean {
  return line.replace(quote === '"' ? /\\./g : /''/g, '').includes(quote);
}
