/**
 * A part of a text with YAML, from one separator of documents to the next one.
 *
 * @internal
 */
export interface Part {
  /** Its text. */
  readonly text: string;
  /** Number of lines before it. */
  readonly line: number;
}

/**
 * The parts of a text that are not empty. Each is one document, unless it holds only comments, or documents end with `...`.
 *
 * @internal
 */
export function partsOf(source: string): Part[] {
  const parts: Part[] = [];
  let start = 0;
  let line = 0;
  for (const { index } of [...source.matchAll(/^---(?=\s|$)/gm), { index: source.length }]) {
    const text = source.slice(start, index);
    if (text.trim() !== '') parts.push({ text, line });
    line += text.split('\n').length - 1;
    start = index;
  }
  return parts;
}

/**
 * Whether a part holds only comments.
 *
 * @internal
 */
export function isComment({ text }: Part): boolean {
  return text.split('\n').every((line) => /^\s*(?:#|$)/.test(line));
}
