import { ParsedDocument } from './parse';
import { SourceText } from './source-text';

/** A line that separates documents, without content of its own. */
const SEPARATOR = /^---[ \t]*(?:#.*)?(?:\r?\n|$(?![\s\S]))/gm;

/** What makes a document depend on more than the text up to the next separator. */
const OTHER_MARK = /^(?:%|---[ \t]*[^\s#]|\.\.\.(?=\s|$))/m;

/** A part of a text between separators. */
interface Part {
  readonly start: number;
  readonly text: string;
}

/**
 * Documents that were read before, by their text. The same document in two states of manifests is read once, and is one value.
 *
 * @internal
 */
export class KnownDocuments {
  private readonly byText = new Map<string, ParsedDocument>();

  /** The documents of a text, if each of them is known; those that are not are read by a function, which returns undefined if it cannot. */
  public read(source: SourceText, parse: (part: SourceText) => readonly ParsedDocument[] | undefined): readonly ParsedDocument[] | undefined {
    if (this.byText.size === 0 || OTHER_MARK.test(source.text)) return undefined;
    const documents: ParsedDocument[] = [];
    for (const { start, text } of partsOf(source)) {
      const known = this.byText.get(text);
      const found = known === undefined ? parse(new SourceText(text)) : [known];
      if (found === undefined) return undefined;
      documents.push(...found.map((each) => ({ ...each, source, start: each.start + start, end: each.end + start })));
    }
    return documents;
  }

  /** Remembers the documents of a text that are alone between separators. */
  public keep(source: SourceText, documents: readonly ParsedDocument[]): void {
    if (OTHER_MARK.test(source.text)) return;
    let next = 0;
    for (const { start, text } of partsOf(source)) {
      const end = start + text.length;
      const first = next;
      while (next < documents.length && documents[next].start < end) next += 1;
      if (next - first !== 1) continue;
      const document = documents[first];
      this.byText.set(text, { ...document, start: document.start - start, end: text.length });
    }
  }
}

function partsOf({ text }: SourceText): readonly Part[] {
  const parts: Part[] = [];
  let start = 0;
  for (const { 0: line, index } of text.matchAll(SEPARATOR)) {
    parts.push({ start, text: text.slice(start, index) });
    start = index + line.length;
  }
  parts.push({ start, text: text.slice(start) });
  return parts;
}
