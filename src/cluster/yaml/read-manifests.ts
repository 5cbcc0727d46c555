import { loadAll, YAMLException } from 'js-yaml';
import { DocumentPositions } from './document-positions';
import { excessOf, isTooDeep } from './expansion';
import { keysIn, writtenKeysIn } from './json-keys';
import { partsOf } from './parts';
import { Positions } from './positions';
import { kubectlSchema } from './schema';
import { ClusterKind, ClusterObject, kindOf } from '../cluster-object';
import { FieldPath, isObject, JsonObject, stringOf } from '../json';
import { Position } from '../origin';

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
  /** What could not be read. */
  readonly problems: readonly TextProblem[];
}

const KINDS: ReadonlySet<string> = new Set(Object.values(ClusterKind));

/** More than any hand-written manifest has, and few enough that aliases of aliases do not fill the memory. */
const MAX_ALIASES = 1000;

/**
 * Reads the manifests of a text with YAML or JSON: several documents, lists of objects, and what kubectl, Helm and Kustomize print. Documents
 * that cannot be read are problems, and the others are read all the same.
 *
 * @internal
 */
export function readManifests(text: string, options: TextOptions): TextManifests {
  const source = text.replace(/^\ufeff/, '');
  const reader = new Reader(options);
  for (const problem of onlyOtherReaders(source)) reader.problems.push(problem);
  const json = readJson(source);
  if (json !== undefined) {
    reader.add([json], source, 0);
    if (keysIn(json) !== writtenKeysIn(source)) reader.addDuplicates(new Positions(source), 0);
    return reader;
  }
  const error = tryYaml(reader, source, 0);
  if (error === undefined) return reader;
  const parts = partsOf(source);
  if (parts.length === 1) {
    reader.problems.push(problemOf(error, 0));
    return reader;
  }
  for (const { text: part, line } of parts) {
    const wrong = tryYaml(reader, part, line);
    if (wrong !== undefined) reader.problems.push(problemOf(wrong, line));
  }
  return reader;
}

/** Reads YAML. Returns the error if there is one, and adds nothing then. */
function tryYaml(reader: Reader, source: string, line: number): Error | undefined {
  let repeated = false;
  let documents;
  try {
    documents = loadAll(source, { schema: kubectlSchema(() => { repeated = true; }), maxAliases: MAX_ALIASES });
    const excess = /&\S/.test(source) ? excessOf(documents) : undefined;
    if (excess !== undefined) return new SyntaxError(excess);
  } catch (error) {
    if (error instanceof YAMLException || error instanceof SyntaxError) return error;
    throw error;
  }
  reader.add(documents, source, line);
  if (repeated) reader.addDuplicates(new Positions(source), line);
  return undefined;
}

/** Lines that other readers of YAML accept, and kubectl does not. */
function onlyOtherReaders(source: string): TextProblem[] {
  let [line, end] = [1, 0];
  return [...source.matchAll(/^(?:(%(?:YAML|TAG)\b.*)|---[ \t]+([^#\s].*))$/gm)].map(({ index, 1: directive }) => {
    line += source.slice(end, index).split('\n').length - 1;
    end = index;
    const message = directive === undefined
      ? 'kubectl rejects text behind "---". Put it on the next line' : `kubectl rejects the directive "${directive.trim()}". Remove the line`;
    return { line, column: 1, message };
  });
}

/**
 * Whether a text has the fields of a manifest, as opposed to values of a chart or a workflow.
 *
 * @internal
 */
export function looksLikeManifests(text: string): boolean {
  return /(?:^|[{,])[ \t\ufeff"']*apiVersion["']?\s*:/m.test(text) && /(?:^|[{,])[ \t"']*kind["']?\s*:/m.test(text);
}

/**
 * Whether manifests are a template for Helm, which are no manifests yet. Manifests can hold `{{` as well, such as in the texts of alerts, and in
 * what a Pod renders by itself.
 *
 * @param text The text that they were read from.
 * @param manifests What was read from it.
 * @internal
 */
export function isTemplate(text: string, { objects, problems }: TextManifests): boolean {
  return text.includes('{{') && (problems.length > 0 || objects.some(({ type, name, namespace, spec }) => (
    JSON.stringify([name, namespace, WITHOUT_PODS.test(type) ? spec : {}]).includes('{{'))));
}

const WITHOUT_PODS = /^(?:[a-z]+\.istio\.io|mlops\.seldon\.io)\//;

/** JSON is YAML too, but this is faster, and tabs are fine. */
function readJson(source: string): unknown {
  if (!/^\s*[[{]/.test(source)) return undefined;
  try {
    const json = JSON.parse(source) as unknown;
    // The reader of YAML tells where.
    return isTooDeep(json) ? undefined : json;
  } catch {
    return undefined;
  }
}

function problemOf(error: Error, line: number): TextProblem {
  const mark = error instanceof YAMLException ? error.mark : undefined;
  const message = error instanceof YAMLException ? error.reason : error.message;
  return { line: line + (mark?.line ?? 0) + 1, column: (mark?.column ?? 0) + 1, message: `this is not valid YAML: ${message}` };
}

/** Collects the manifests of documents. */
class Reader implements TextManifests {
  public readonly objects: ClusterObject[] = [];
  public readonly ignored = new Map<string, number>();
  public readonly problems: TextProblem[] = [];
  public notManifests = 0;

  constructor(private readonly options: TextOptions) {}

  /**
   * Adds documents.
   *
   * @param documents The documents.
   * @param source Their text.
   * @param line Number of lines before it in the file.
   */
  public add(documents: readonly unknown[], source: string, line: number): void {
    const positions = new DocumentPositions(source, documents.length);
    documents.forEach((document, i) => this.read(document, [], (field) => moved(positions.find(i, field), line)));
  }

  /** Adds the problems of keys that occur twice. */
  public addDuplicates({ duplicates }: Positions, line: number): void {
    for (const { field, position } of duplicates) {
      const key = String(field[field.length - 1]);
      const message = `the key "${key}" occurs twice in one object, and kubectl would use only the second one. Remove one of them`;
      this.problems.push({ ...moved(position, line), message });
    }
  }

  private read(value: unknown, path: FieldPath, position: (field: FieldPath) => Position | undefined): void {
    if (value === null || value === undefined) return;
    if (!isObject(value) || kindOf(value) === '') {
      this.notManifests += 1;
      return;
    }
    if (Array.isArray(value.items) && kindOf(value).endsWith('List')) {
      value.items.forEach((item, i) => this.read(itemOf(value, item), [...path, 'items', i], position));
      return;
    }
    if (!KINDS.has(kindOf(value))) {
      const kind = stringOf(value.kind) ?? '';
      this.ignored.set(kind, (this.ignored.get(kind) ?? 0) + 1);
      return;
    }
    const { file, context, defaultNamespace } = this.options;
    const origin = { file, ...context === true ? { context } : {}, position: (field: FieldPath) => position([...path, ...field]) };
    this.objects.push(new ClusterObject(value, origin, defaultNamespace));
  }
}

/** The items of a typed list, such as `VirtualServiceList`, have no kind of their own. */
function itemOf(list: JsonObject, item: unknown): unknown {
  const kind = stringOf(list.kind)?.replace(/List$/, '');
  return isObject(item) && kindOf(item) === '' && kind !== '' ? { apiVersion: list.apiVersion, kind, ...item } : item;
}

/** A position in a part of a file, as one in the file. */
function moved<P extends Position | undefined>(position: P, line: number): P {
  return position === undefined ? position : { ...position, line: position.line + line };
}
