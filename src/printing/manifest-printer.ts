import { printBlock } from './block';
import { dependsOnPlace, printLine } from './quotes';

/**
 * Prints a document as YAML that ends with a line break.
 *
 * @internal
 */
export type PrintDocument = (document: unknown) => string;

/** The longest key that is written before its colon. */
const LONGEST_KEY = 1024;

/** Manifests have few different keys, except for maps such as the data of ConfigMaps. */
const MOST_KEYS = 10_000;

/**
 * A printer of manifests: maps, lists, strings, numbers, booleans and null. Its bytes equal those of the package `yaml` for YAML 1.1 with
 * unlimited lines, except that it quotes strings that kubectl would read as something else. Whatever it is not sure about is printed by
 * that package: a document that is not such a tree, and strings that are written in an unusual way.
 *
 * @internal
 */
export class ManifestPrinter {
  private readonly keys = new Map<string, string>();
  private readonly seen = new Set<object>();
  private isSure = true;
  private isTree = false;

  /**
   * Creates a printer of any number of documents.
   *
   * @param original Prints strings that this printer is not sure about.
   * @param originalDocument Prints such documents.
   */
  constructor(private readonly original: PrintDocument, private readonly originalDocument = original) {}

  /**
   * Prints a document.
   *
   * @param isTree Whether it is known to be a tree of plain maps and lists, so that they need no check.
   */
  public print(document: unknown, isTree = false): string {
    if (typeof document !== 'object' || document === null) return this.originalDocument(document);
    this.isSure = true;
    this.isTree = isTree;
    this.seen.clear();
    if (this.keys.size > MOST_KEYS) this.keys.clear();
    const text = this.printCollection(document, 0, '', '');
    return this.isSure ? `${text}\n` : this.originalDocument(document);
  }

  /**
   * Prints a map or list. One function, since V8 compiles functions that call each other into one another.
   *
   * @param depth Its indentation.
   * @param beforeEntries What separates its first entry from the text before it.
   * @param beforeEmpty What separates its brackets from that text if it has no entries.
   */
  private printCollection(value: object, depth: number, beforeEntries: string, beforeEmpty: string): string {
    if (!this.isTree && !this.isOfTree(value)) return this.unsure();
    const separator = indentation(depth);
    let text = beforeEntries;
    if (Array.isArray(value)) {
      if (value.length === 0) return `${beforeEmpty}[]`;
      for (let i = 0; i < value.length; i++) {
        const item: unknown = value[i];
        text += (i === 0 ? '- ' : `${separator}- `) + (typeof item === 'object' && item !== null
          ? this.printCollection(item, depth + 1, '', '')
          : this.printScalar(item, depth + 1));
      }
      return text;
    }
    const keys = Object.keys(value);
    if (keys.length === 0) return `${beforeEmpty}{}`;
    const inner = indentation(depth + 1);
    for (let i = 0; i < keys.length; i++) {
      const item = (value as { readonly [key: string]: unknown })[keys[i]];
      const key = this.keys.get(keys[i]) ?? this.printKey(keys[i], depth);
      text += (i === 0 ? key : separator + key) + (typeof item === 'object' && item !== null
        ? this.printCollection(item, depth + 1, inner, ' ')
        : ` ${this.printScalar(item, depth + 1)}`);
    }
    return text;
  }

  /** Whether a value is a plain map or list. What occurs twice would become an alias. */
  private isOfTree(value: object): boolean {
    return this.seen.size !== this.seen.add(value).size && (Array.isArray(value) ? Object.getPrototypeOf(value) === Array.prototype : isPlain(value));
  }

  private printKey(key: string, depth: number): string {
    const line = printLine(key);
    if ((line ?? key).length > LONGEST_KEY) return this.unsure();
    if (line === undefined) return dependsOnPlace(key) ? this.keyByOriginal(key, depth) : this.unsure();
    const printed = `${line}:`;
    this.keys.set(key, printed);
    return printed;
  }

  private printScalar(value: unknown, depth: number): string {
    if (typeof value === 'string') return printLine(value) ?? printBlock(value, indentation(depth)) ?? this.byOriginal(value, depth);
    if (typeof value === 'boolean' || value === null) return String(value);
    if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0) ? String(value) : this.byOriginal(value, depth);
    return this.unsure();
  }

  private unsure(): string {
    this.isSure = false;
    return '';
  }

  private keyByOriginal(key: string, depth: number): string {
    return this.byOriginal({ [key]: null }, depth).slice(2 * depth, -' null'.length);
  }

  /** What the original prints for a value in as many maps, since it may depend on the indentation. */
  private byOriginal(value: unknown, depth: number): string {
    let nest: unknown = value;
    let before = 0;
    for (let level = depth; level > 0; level--) {
      nest = { a: nest };
      // The key, its colon, a space or line break, and its indentation.
      before += 3 + 2 * (level - 1);
    }
    return this.original(nest).slice(before, -1);
  }
}

const INDENTATIONS: string[] = [];

/** The line break and the indentation of a line. */
function indentation(depth: number): string {
  return INDENTATIONS[depth] ??= `\n${'  '.repeat(depth)}`;
}

/** The symbols by which the package `yaml` recognizes what it does not print as a map: its own nodes, and what can be iterated. */
const NODE_TYPE = Symbol.for('yaml.node.type');
const { iterator: ITERATOR } = Symbol;

/** Whether a map is only a map: its class has no say in how it is printed, nor do symbols. */
function isPlain(map: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(map);
  return (prototype === Object.prototype || prototype === null) && !(NODE_TYPE in map) && !(ITERATOR in map);
}
