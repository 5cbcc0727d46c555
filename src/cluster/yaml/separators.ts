import { SourceText } from './source-text';
import { Position } from '../origin';

/** A line between documents that other readers of YAML accept, and kubectl does not. */
interface RejectedLine extends Position {
  /** What is wrong, and what to write. */
  readonly message: string;
}

/**
 * Lines that other readers of YAML accept, and kubectl does not.
 *
 * @internal
 */
export function rejectedLines(source: SourceText): RejectedLine[] {
  return [...source.text.matchAll(/^(?:%(?:YAML|TAG)\b|---).*/gm)].flatMap(({ 0: line, index }) => {
    const message = messageFor(line.trimEnd());
    return message === undefined ? [] : [{ ...source.positionOf(index), message }];
  });
}

function messageFor(line: string): string | undefined {
  if (line.startsWith('%')) return `kubectl rejects the directive "${line}". Remove the line`;
  if (/^---\s*(?:#|$)/.test(line)) return undefined;
  return /^-+$/.test(line) ? `kubectl rejects the separator "${line}". Write "---"` : 'kubectl rejects text after "---". Put it on the next line';
}

/**
 * The documents of a text, as kubectl separates them: at each line that starts with `---`.
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
    const end = separators[i]?.index ?? text.length;
    return isEmpty(text.slice(next, end)) ? [] : [source.part(next, end)];
  });
}

/** Whether a document starts on the line of its separator. */
function hasContent(line: string): boolean {
  return /^---[ \t]+[^#\s]/.test(line);
}

/** Whether there are only directives and comments. */
function isEmpty(text: string): boolean {
  return /^(?:[ \t]*(?:#.*)?[\r\n]|%.*[\r\n])*[ \t]*(?:#.*|%.*)?$/.test(text);
}
