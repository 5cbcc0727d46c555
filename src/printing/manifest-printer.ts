import { printBlock } from './block';
import { printLine } from './quotes';

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
  private text = '';

  /**
   * Creates a printer of any number of documents.
   *
   * @param original Prints strings that this printer is not sure about.
   * @param originalDocument Prints such documents.
   */
  constructor(private readonly original: PrintDocument, private readonly originalDocument = original) {}

  /** Prints a document. */
  public print(document: unknown): string {
    if (typeof document !== 'object' || document === null) return this.originalDocument(document);
    this.isSure = true;
    this.text = '';
    this.seen.clear();
    if (this.keys.size > MOST_KEYS) this.keys.clear();
    if (isEmpty(document)) return this.originalDocument(document);
    this.printCollection(document, 0);
    return this.isSure ? `${this.text}\n` : this.originalDocument(document);
  }

  /** Prints a map or list, whose first line continues the current one. */
  private printCollection(value: object, depth: number): void {
    if (this.seen.has(value)) {
      // It would become an alias.
      this.isSure = false;
      return;
    }
    this.seen.add(value);
    if (Array.isArray(value)) {
      this.printList(value, depth);
    } else {
      this.printMap(value as { readonly [key: string]: unknown }, depth);
    }
  }

  private printMap(map: { readonly [key: string]: unknown }, depth: number): void {
    const keys = Object.keys(map);
    if (!isPlain(map)) this.isSure = false;
    if (keys.length === 0) this.text += '{}';
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i];
      const value = map[key];
      this.text += i === 0 ? this.printKey(key) : indentation(depth) + this.printKey(key);
      if (typeof value === 'object' && value !== null) {
        this.text += isEmpty(value) ? ' ' : indentation(depth + 1);
        this.printCollection(value, depth + 1);
      } else {
        this.text += ' ' + this.printScalar(value, depth + 1);
      }
    }
  }

  private printList(list: readonly unknown[], depth: number): void {
    if (Object.getPrototypeOf(list) !== Array.prototype) this.isSure = false;
    if (list.length === 0) this.text += '[]';
    for (let i = 0; i < list.length; i++) {
      const value = list[i];
      this.text += i === 0 ? '- ' : indentation(depth) + '- ';
      if (typeof value === 'object' && value !== null) {
        this.printCollection(value, depth + 1);
      } else {
        this.text += this.printScalar(value, depth + 1);
      }
    }
  }

  private printKey(key: string): string {
    let printed = this.keys.get(key);
    if (printed !== undefined) return printed;
    const line = printLine(key);
    if (line === undefined || line.length > LONGEST_KEY) {
      this.isSure = false;
      return '';
    }
    this.keys.set(key, printed = `${line}:`);
    return printed;
  }

  private printScalar(value: unknown, depth: number): string {
    if (typeof value === 'string') return printLine(value) ?? printBlock(value, indentation(depth)) ?? this.printByOriginal(value, depth);
    if (typeof value === 'boolean' || value === null) return String(value);
    if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0) ? String(value) : this.printByOriginal(value, depth);
    this.isSure = false;
    return '';
  }

  /** Some scalars depend on their indentation, so this prints one in as many maps. */
  private printByOriginal(value: string | number, depth: number): string {
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

function isEmpty(value: object): boolean {
  return Array.isArray(value) ? value.length === 0 : Object.keys(value).length === 0;
}

/** Whether a map is only a map: its class has no say in how it is printed, nor do symbols. */
function isPlain(map: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(map);
  return (prototype === Object.prototype || prototype === null) && Object.getOwnPropertySymbols(map).length === 0;
}
