import { ParsedDocument, parseYaml, SyntaxFault } from './parse';
import { SourceText } from './source-text';

/** A text is read again for each place that kubectl reads otherwise, so that there is a limit to the number of characters read. */
const MAX_CHARACTERS = 20_000_000;

/**
 * Reads a text as kubectl does where it accepts more than YAML allows. Lines inside brackets or quotes may be indented less, such as a closing
 * bracket below the start of its key; tabs may separate what is inside brackets; and a comment may follow a quote without a space.
 *
 * @internal
 */
export function parseLeniently(source: SourceText): readonly ParsedDocument[] | SyntaxFault {
  const inserted = new Map<number, number>();
  const { line: top } = source.position(0, 0);
  let text = source;
  let unclosed: SyntaxFault | undefined;
  for (let read = 0; read < MAX_CHARACTERS; read += 1 + source.text.length) {
    const parsed = parseYaml(inserted.size === 0 ? text : text.indented(inserted));
    if (!('message' in parsed)) return parsed;
    const blanked = withoutTabs(text, parsed) ?? withoutComment(text, parsed);
    if (blanked !== undefined) {
      text = blanked;
      continue;
    }
    const line = parsed.line - top;
    if (!parsed.isIndentation || inserted.has(line)) return unclosed ?? parsed;
    const lines = text.text.split('\n');
    if (!/^\s*[\]}]/.test(lines[line])) unclosed ??= { ...parsed, message: 'the brackets or quotes before this line are not closed' };
    inserted.set(line, 1 + widthOf(lines));
  }
  return unclosed ?? parseYaml(source) as SyntaxFault;
}

/** Tabs between values. */
const SEPARATING_TABS = /(?<=^|[:,[\]{}"'\w]) *\t[\t ]*/g;

/** The text with spaces instead of the last tabs before a fault that separate values of its line, if there are some. */
function withoutTabs(source: SourceText, fault: SyntaxFault): SourceText | undefined {
  if (!fault.isIndentation) return undefined;
  const offset = source.offsetOf(fault);
  const start = source.text.lastIndexOf('\n', offset - 1) + 1;
  const line = source.text.slice(start, offset);
  const tabs = [...line.matchAll(SEPARATING_TABS)].filter(({ index }) => isOutsideQuotes(line.slice(0, index))).pop();
  return tabs === undefined ? undefined : source.blanked(start + tabs.index, start + tabs.index + tabs[0].length);
}

function isOutsideQuotes(before: string): boolean {
  return before.split('"').length % 2 === 1;
}

/** The text without a comment at a fault that is not separated by a space from a quote, or from the header of a block of text. */
function withoutComment(source: SourceText, fault: SyntaxFault): SourceText | undefined {
  const offset = source.offsetOf(fault);
  const [comment] = /^#.*/.exec(source.text.slice(offset, endOfLine(source.text, offset))) ?? [];
  return comment === undefined || !/["'|>+\d-]/.test(source.text[offset - 1]) ? undefined : source.blanked(offset, offset + comment.length);
}

function endOfLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end;
}

/** No key starts in a later column. */
function widthOf(lines: readonly string[]): number {
  return lines.reduce((width, line) => Math.max(width, /^[\s?:-]*/.exec(line)![0].length), 0);
}
