import { ApiObject, ApiObjectMetadataDefinition, App, Chart, ImplicitTokenResolver, Lazy, LazyResolver, NumberStringUnionResolver } from 'cdk8s';
import { isFinished } from '../mesh/usual-json';
import { patchCount } from '../mesh/written-objects';

interface Json {
  [key: string]: unknown;
}

/** What a class of cdk8s has, and does not declare. */
type Parts = { readonly [field: string]: unknown };

const USUAL_RESOLVERS: readonly object[] = [LazyResolver, ImplicitTokenResolver, NumberStringUnionResolver];

/** What an object has that only cdk8s knows how to write. */
const UNUSUAL = new Error('unusual');

/**
 * Makes the JSON of the objects of an app, as cdk8s does, in one pass over each object instead of five. Whatever is unusual is left to
 * cdk8s: resolvers, patches, classes, values that are not JSON.
 *
 * The first object of each kind is made by both. If they differ, as they may with another release of cdk8s, cdk8s makes all of that kind.
 *
 * @internal
 */
export class ObjectJson {
  private readonly areUsual: boolean;
  private readonly proven = new Map<string, boolean>();
  private readonly trees = new Set<unknown>();

  constructor(app: App) {
    const resolvers = app.resolvers as readonly object[] | undefined;
    this.areUsual = !process.env.CDK8S_DISABLE_SORT && resolvers?.length === USUAL_RESOLVERS.length
      && resolvers.every((resolver, i) => Object.getPrototypeOf(resolver) === (USUAL_RESOLVERS[i] as typeof LazyResolver).prototype);
  }

  /** The JSON of an object. */
  public of(object: ApiObject): unknown {
    if (!this.areUsual || !isUsual(object)) return object.toJson();
    const kind = `${object.apiVersion} ${object.kind}`;
    const isProven = this.proven.get(kind);
    if (isProven === false) return object.toJson();
    // The code of a chart may change what it writes.
    const isOnlyRead = method(object.chart, 'toJson') === method(Chart.prototype, 'toJson');
    const json = tryJsonOf(object, isOnlyRead);
    if (json === undefined) return object.toJson();
    if (isProven === undefined) {
      const original: unknown = object.toJson();
      this.proven.set(kind, JSON.stringify(json) === JSON.stringify(original));
      return original;
    }
    if (isOnlyRead) this.trees.add(json);
    return json;
  }

  /** Whether a value is the JSON of an object, made here: a tree of plain maps and lists. */
  public isTree(json: unknown): boolean {
    return this.trees.has(json);
  }
}

/** A class of its own may write something else, and so may a second copy of cdk8s. */
function isUsual(object: ApiObject): boolean {
  const { metadata } = object;
  return method(object, 'toJson') === method(ApiObject.prototype, 'toJson') && patchCount(object) === 0
    && method(metadata, 'toJson') === method(ApiObjectMetadataDefinition.prototype, 'toJson');
}

function method(object: object, name: string): unknown {
  return (object as Parts)[name];
}

/** Undefined if cdk8s has to make it, or to fail. */
function tryJsonOf(object: ApiObject, isOnlyRead: boolean): Json | undefined {
  try {
    return jsonOf(object, isOnlyRead);
  } catch {
    return undefined;
  }
}

function jsonOf(object: ApiObject, isOnlyRead: boolean): Json {
  const props = (object as unknown as Parts).props as Json;
  const json: Json = { apiVersion: valueOf(props.apiVersion, false), kind: valueOf(props.kind, false), metadata: metadataOf(object.metadata) };
  for (const key of sortedKeys(props)) {
    checkKey(key);
    if (key === 'apiVersion' || key === 'kind' || key === 'metadata') continue;
    const value = isOnlyRead ? readValueOf(props[key]) : valueOf(props[key], false);
    if (value !== undefined) json[key] = value;
  }
  return json;
}

/** A spec that has been checked needs no copy. */
function readValueOf(value: unknown): unknown {
  if (!isLazy(value)) return valueOf(value, false);
  const produced: unknown = value.produce();
  return isFinished(produced) ? produced : valueOf(produced, false);
}

function isLazy(value: unknown): value is Lazy {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Lazy.prototype;
}

/** The fields of metadata that methods can change, sorted. */
const METADATA = ['annotations', 'finalizers', 'labels', 'name', 'namespace', 'ownerReferences'];

function metadataOf(metadata: ApiObjectMetadataDefinition): unknown {
  const parts = metadata as unknown as Parts;
  const own: Json = {};
  for (const key of METADATA) {
    const value = valueOf(parts[key], true);
    if (value !== undefined) own[key] = value;
  }
  const others = parts._additionalAttributes as Json;
  const hasOthers = Object.keys(others).some((key) => !METADATA.includes(key));
  return hasOthers ? valueOf({ ...without(others, METADATA), ...own }, true) : own;
}

function without(map: Json, keys: readonly string[]): Json {
  return Object.fromEntries(Object.entries(map).filter(([key]) => !keys.includes(key)));
}

/** Keys that are not those of plain data. */
function checkKey(key: string): void {
  if (key === 'constructor' || key === '__proto__') throw UNUSUAL;
}

/** Most maps are sorted already. */
function sortedKeys(map: Json): string[] {
  const keys = Object.keys(map);
  for (let i = 1; i < keys.length; i++) if (keys[i] < keys[i - 1]) return keys.sort();
  return keys;
}

/**
 * Resolves a value, with sorted keys. What has no value is undefined, and so are empty lists and maps in a compact one. One function, since
 * V8 compiles functions that call each other into one another.
 */
function valueOf(value: unknown, isCompact: boolean): unknown {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (value === undefined || value === null) return undefined;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype) {
    const json: Json = {};
    let isEmpty = true;
    for (const key of sortedKeys(value as Json)) {
      checkKey(key);
      const inner = valueOf((value as Json)[key], isCompact);
      if (inner === undefined) continue;
      json[key] = inner;
      isEmpty = false;
    }
    return isCompact && isEmpty ? undefined : json;
  }
  if (prototype === Array.prototype) {
    const list = value as readonly unknown[];
    const json: unknown[] = [];
    for (let i = 0; i < list.length; i++) json.push(valueOf(list[i], isCompact));
    return isCompact && json.length === 0 ? undefined : json;
  }
  if (isLazy(value)) return valueOf(value.produce(), isCompact);
  throw UNUSUAL;
}
