import { KnownDocuments } from './known-documents';
import { parseLeniently } from './lenient';
import { ParsedDocument, parseYaml, SyntaxFault } from './parse';
import { jsonParts, parseJson } from './parse-json';
import { Positions } from './positions';
import { documentParts, hasEnds, markedSeparators, rejectedLines } from './separators';
import { SourceText } from './source-text';
import { isTemplate } from './templates';
import { ClusterKind, ClusterObject, kindOf } from '../cluster-object';
import { FieldPath, isObject, JsonObject, listOf, stringOf } from '../json';
import { meantType } from '../meant-type';
import { DuplicateKey, Position } from '../origin';

/**
 * How a text is read.
 *
 * @internal
 */
export interface TextOptions {
  /** Name of the file. */
  readonly file: string;
  /** Whether the objects only give context. */
  readonly context?: boolean;
  /** The namespace of objects without one. */
  readonly defaultNamespace?: string;
  /** Whether templates, such as those of a Helm chart, are no manifests. */
  readonly skipTemplates?: boolean;
  /** Documents of other texts, which are not read again. @default - none */
  readonly known?: KnownDocuments;
}

/**
 * Something in a text that kubectl does not read, or reads otherwise than it looks.
 *
 * @internal
 */
export interface TextProblem extends Position {
  /** What is wrong, and what was expected. */
  readonly message: string;
}

/**
 * The manifests of a text.
 *
 * @internal
 */
export interface TextManifests {
  /** The objects that rules look at. */
  readonly objects: readonly ClusterObject[];
  /** Numbers of objects of other kinds, by kind. */
  readonly ignored: ReadonlyMap<string, number>;
  /** Number of documents that are not manifests. */
  readonly notManifests: number;
  /** What could not be read, ordered by position. */
  readonly problems: readonly TextProblem[];
}

const KINDS: ReadonlySet<string> = new Set(Object.values(ClusterKind));

/**
 * Reads the manifests of a text with YAML or JSON: several documents, lists of objects, and what kubectl, Helm and Kustomize print. Documents
 * that cannot be read are problems, and the others are read all the same.
 *
 * @internal
 */
export function readManifests(text: string, options: TextOptions): TextManifests {
  // Files that were joined can have a mark of the byte order in the middle.
  const source = new SourceText(text.includes('\ufeff') ? text.replace(/^\ufeff/gm, '') : text);
  const reader = new Reader(options);
  const broken = readAll(source, reader, options.known);
  if (options.skipTemplates === true && broken.some((part) => isTemplate(part.text))) {
    return { objects: [], ignored: new Map(), notManifests: 1, problems: [] };
  }
  if (reader.hasManifests) reader.problems.push(...rejectedLines(source), ...markedSeparators(new SourceText(text)));
  reader.problems.sort((a, b) => a.line - b.line || a.column - b.column);
  return reader;
}

/**
 * Whether a text has the fields of a manifest, as opposed to values of a chart, a workflow or the manifest of a package.
 *
 * @internal
 */
export function looksLikeManifests(text: string): boolean {
  return /(?:^[ \t\ufeff"'-]*|[{,]\s*["']?)apiVersion["']?\s*:/m.test(text) && /(?:^[ \t\ufeff"'-]*|[{,]\s*["']?)kind["']?\s*:/m.test(text);
}

/** Reads all documents at once, or one after the other if that fails. Returns the parts that cannot be read. */
function readAll(source: SourceText, reader: Reader, known: KnownDocuments | undefined): SourceText[] {
  const documents = parseJson(source) ?? (hasEnds(source) ? undefined : parseAll(source, known));
  if (documents !== undefined && !isFault(documents)) {
    reader.add(documents);
    return [];
  }
  return documentParts(source).flatMap((part) => jsonParts(part) ?? [part]).filter((part) => {
    const parsed = parseJson(part) ?? parseLeniently(part);
    if (!isFault(parsed)) reader.add(parsed);
    else reader.problems.push({ line: parsed.line, column: parsed.column, message: `this is not valid YAML: ${parsed.message}${isTemplate(part.text) ? TEMPLATE : ''}` });
    return isFault(parsed);
  });
}

function parseAll(source: SourceText, known: KnownDocuments | undefined): readonly ParsedDocument[] | SyntaxFault {
  const documents = known?.read(source, (part) => {
    const parsed = parseYaml(part);
    return isFault(parsed) ? undefined : parsed;
  }) ?? parseYaml(source);
  if (!isFault(documents)) known?.keep(source, documents);
  return documents;
}

const TEMPLATE = '. It looks like a template. Check what it renders, as in `helm template . | seldon-istio check -`';

function isFault(parsed: readonly ParsedDocument[] | SyntaxFault): parsed is SyntaxFault {
  return 'message' in parsed;
}

/** The positions in the text of a document, and its keys that occur twice. */
interface DocumentText {
  readonly duplicates: readonly DuplicateKey[];
  position(field: FieldPath): Position | undefined;
}

/** A list is no object of a cluster, so there can be no finding about its own keys. */
function repeatedIn(field: FieldPath, { position }: DocumentText): TextProblem {
  const message = `the key "${field[field.length - 1]}" of the list occurs twice, and kubectl uses only the last one. Remove one of them`;
  return { ...position(field) ?? { line: 1, column: 1 }, message };
}

function itemsFault(field: FieldPath, { position }: DocumentText): TextProblem {
  return { ...position(field) ?? { line: 1, column: 1 }, message: 'items of the list is not a list. Write the objects as its entries' };
}

function isBelow(path: FieldPath, field: FieldPath): boolean {
  return path.every((part, i) => field[i] === part);
}

/** Collects the manifests of documents. */
class Reader implements TextManifests {
  public readonly objects: ClusterObject[] = [];
  public readonly ignored = new Map<string, number>();
  public readonly problems: TextProblem[] = [];
  public notManifests = 0;

  constructor(private readonly options: TextOptions) {}

  /** Whether a manifest was read. */
  public get hasManifests(): boolean {
    return this.objects.length > 0 || this.ignored.size > 0;
  }

  /** Adds documents. */
  public add(documents: readonly ParsedDocument[]): void {
    for (const document of documents) {
      this.read(document.value, [], { duplicates: document.duplicates, position: positionsOf(document) });
    }
  }

  private read(value: unknown, path: FieldPath, document: DocumentText): void {
    if (value === null || value === undefined) return;
    if (!isObject(value) || kindOf(value) === '') {
      this.notManifests += 1;
    } else if ('items' in value && kindOf(value).endsWith('List')) {
      const own = document.duplicates.filter(({ field }) => field.length === path.length + 1 && isBelow(path, field));
      this.problems.push(...own.map(({ field }) => repeatedIn(field, document)));
      if (!Array.isArray(value.items) && value.items !== null) this.problems.push(itemsFault([...path, 'items'], document));
      listOf(value.items).forEach((item, i) => this.read(itemOf(value, item), [...path, 'items', i], document));
    } else {
      const own = document.duplicates.filter(({ field }) => isBelow(path, field));
      const duplicateKeys = own.map((key) => ({ ...key, field: key.field.slice(path.length) }));
      const isKnown = KINDS.has(kindOf(value)) || meantType(kindOf(value)) !== undefined;
      // kubectl reads keys that occur twice otherwise than they look, whatever the kind.
      if (isKnown || duplicateKeys.length > 0) this.addObject(value, duplicateKeys, (field) => document.position([...path, ...field]));
      else this.ignore(stringOf(value.kind) ?? '');
    }
  }

  private ignore(kind: string): void {
    this.ignored.set(kind, (this.ignored.get(kind) ?? 0) + 1);
  }

  private addObject(value: JsonObject, duplicateKeys: readonly DuplicateKey[], position: DocumentText['position']): void {
    const { file, context, defaultNamespace, skipTemplates } = this.options;
    const origin = { file, ...context === true ? { context } : {}, ...duplicateKeys.length === 0 ? {} : { duplicateKeys }, position };
    const object = new ClusterObject(value, origin, defaultNamespace);
    if (skipTemplates === true && isTemplate(object)) this.notManifests += 1;
    else this.objects.push(object);
  }
}

/** The items of a typed list, such as `VirtualServiceList`, have no kind of their own. */
function itemOf(list: JsonObject, item: unknown): unknown {
  const kind = stringOf(list.kind)?.replace(/List$/, '');
  return isObject(item) && kindOf(item) === '' && kind !== '' ? { apiVersion: list.apiVersion, kind, ...item } : item;
}

function positionsOf({ source, start, end }: ParsedDocument): (field: FieldPath) => Position | undefined {
  let positions: Positions | undefined;
  return (field) => (positions ??= new Positions(source, start, end)).find(field);
}
