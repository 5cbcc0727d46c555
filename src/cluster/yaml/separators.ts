import { SourceText } from './source-text';
import { Position } from '../origin';

/** A line that other readers of YAML accept, and kubectl does not. */
interface RejectedLine extends Position {
  /** What is wrong, and what to write. */
  readonly message: string;
}

/** Directives, separators of documents, and ends of documents. */
const MARKED_LINE = /^(?:%\w|---|\.\.\.(?=\s|$)).*/gm;

/**
 * Lines that other readers of YAML accept, and kubectl does not.
 *
 * @internal
 */
export function rejectedLines(source: SourceText): RejectedLine[] {
  const { text } = source;
  const lines = [...text.matchAll(MARKED_LINE)].map(({ 0: line, index }) => ({ line: line.trimEnd(), index }));
  const found: RejectedLine[] = [];
  // Where the text starts that kubectl reads as one document, and whether it has ended.
  let [start, hasEnded] = [0, false];
  lines.forEach(({ line, index }, i) => {
    const isFirst = isEmpty(text.slice(start, index));
    const next = lines[i + 1]?.index ?? text.length;
    const message = line.startsWith('---') ? separatorFault(line) : hasEnded ? undefined : markFault(line, isFirst, text.slice(index + line.length, next));
    if (message !== undefined) found.push({ ...source.positionOf(index), message });
    if (line.startsWith('---')) [start, hasEnded] = [index + line.length, false];
    else if (line.startsWith('...')) hasEnded = true;
    else start = index + line.length;
  });
  return found;
}

/**
 * Separators that kubectl does not recognize, since a mark of the byte order is before them.
 *
 * @internal
 */
export function markedSeparators(source: SourceText): RejectedLine[] {
  const message = 'kubectl does not separate documents at "---" after a mark of the byte order. Remove the mark';
  return [...source.text.matchAll(/(?<=\n)\ufeff---/g)].map(({ index }) => ({ ...source.positionOf(index), message }));
}

function separatorFault(line: string): string | undefined {
  if (/^---\s*(?:#|$)/.test(line)) return undefined;
  return /^-+$/.test(line) ? `kubectl rejects the separator "${line}". Write "---"` : 'kubectl rejects text after "---". Put it on the next line';
}

/** What is wrong with a line that has a directive or ends a document. */
function markFault(line: string, isFirst: boolean, after: string): string | undefined {
  if (line.startsWith('%')) return isFirst ? `kubectl rejects the directive "${line}". Remove the line` : undefined;
  if (isFirst) return 'kubectl rejects "..." before a document. Remove the line';
  return isEmpty(after) ? undefined : 'kubectl ignores what follows "...". Write "---" instead';
}

/** Where kubectl stops to read a document. */
const END = /^\.\.\.(?=\s|$)/m;

/**
 * Whether a document of a text ends with a line of its own (`...`).
 *
 * @internal
 */
export function hasEnds({ text }: SourceText): boolean {
  return END.test(text);
}

/**
 * The documents of a text, as kubectl separates them: at each line that starts with `---`. Each one ends at a line with `...`.
 *
 * @internal
 */
export function documentParts(source: SourceText): SourceText[] {
  const { text } = source;
  const separators = [...text.matchAll(/^((?:%.*\r?\n)*)(---.*)/gm)].map(({ 1: directives, 2: line, index }) => {
    const start = index + directives.length;
    return { index, next: hasContent(line) ? start : start + line.length };
  });
  return [{ next: 0 }, ...separators].flatMap(({ next }, i) => {
    const part = text.slice(next, separators[i]?.index ?? text.length);
    const end = lengthOf(part);
    return isEmpty(part.slice(0, end)) ? [] : [source.part(next, next + end)];
  });
}

/** The length of a document. A line that ends it before it has started is rejected, and the document is read all the same. */
function lengthOf(text: string): number {
  const { index } = END.exec(text) ?? {};
  return index === undefined || isEmpty(text.slice(0, index)) ? text.length : index;
}

/** Whether a document starts on the line of its separator. */
function hasContent(line: string): boolean {
  return /^---[ \t]+[^#\s]/.test(line);
}

/** Whether there are only directives and comments. */
function isEmpty(text: string): boolean {
  return /^(?:[ \t]*(?:#.*)?[\r\n]|%.*[\r\n])*[ \t]*(?:#.*|%.*)?$/.test(text);
}
