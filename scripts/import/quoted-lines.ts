/** The start of a line that opens a quoted value: its indentation, list dashes and key, and the quote. */
const OPENING = /^(\s*(?:- +)*)[\w.$/-]+:\s+(["'])/;

/**
 * Indents the lines of quoted values that wrap at the column of their key. kubectl reads such files, although YAML wants those
 * lines further in. White space at the beginning of a line has no meaning inside quotes, so no value changes.
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

/** Whether a quoted value ends on a line, apart from quotes that are escaped. */
function closes(line: string, quote: string): boolean {
  return line.replace(quote === '"' ? /\\./g : /''/g, '').includes(quote);
}
