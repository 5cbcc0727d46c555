import { ParsedDocument, parseYaml, SyntaxFault } from './parse';
import { SourceText } from './source-text';

/** A text is read again for each line that is not indented enough, so that there is a limit to the number of characters read. */
const MAX_CHARACTERS = 20_000_000;

/**
 * Reads a text in which lines inside brackets or quotes may be indented less than YAML requires, such as a closing bracket below the start of
 * its key. kubectl accepts them, and their indentation has no meaning.
 *
 * @internal
 */
export function parseIndented(source: SourceText): readonly ParsedDocument[] | SyntaxFault {
  const inserted = new Map<number, number>();
  const { line: top } = source.position(0, 0);
  const lines = source.text.split('\n');
  let unclosed: SyntaxFault | undefined;
  for (let read = 0; read < MAX_CHARACTERS; read += 1 + source.text.length) {
    const parsed = parseYaml(source.indented(inserted));
    if (!('message' in parsed)) return parsed;
    const line = parsed.line - top;
    if (!parsed.isIndentation || inserted.has(line)) return unclosed ?? parsed;
    if (!/^\s*[\]}]/.test(lines[line])) unclosed ??= { ...parsed, message: 'the brackets or quotes before this line are not closed' };
    inserted.set(line, 1 + widthOf(lines));
  }
  return unclosed ?? parseYaml(source) as SyntaxFault;
}

/** No key starts in a later column. */
function widthOf(lines: readonly string[]): number {
  return lines.reduce((width, line) => Math.max(width, /^[\s?:-]*/.exec(line)![0].length), 0);
}
