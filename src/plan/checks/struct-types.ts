import { show } from './errors';
import { STRUCTS } from './struct-table';

/**
 * A problem of a value. The path is built while the checks return, so that valid values cost nothing.
 *
 * @internal
 */
export interface Flaw {
  /** Where it is, as in `arms[0].weight`. */
  readonly path: string;
  /** Describes the problem, given the whole path, which is empty for the props themselves. */
  readonly problem: (path: string) => string;
  /** What to do about it. */
  readonly remedy: string;
}

/** @internal */
export type Check = (value: unknown) => Flaw | undefined;

/** @internal */
export interface Field {
  /** Whether a value is needed. */
  readonly required: boolean;
  /** Checks a value that is set. */
  readonly check: Check;
  /** The struct of the value or of the entries of a list, if any. */
  readonly struct?: string;
  /** Whether the value is a list. */
  readonly list: boolean;
}

/** @internal */
export interface Struct {
  /** Its name. */
  readonly name: string;
  /** All fields, including those of the structs that it extends. */
  readonly fields: ReadonlyMap<string, Field>;
  /** Names of the required fields. */
  readonly required: readonly string[];
  /** Whether it may have additional fields. */
  readonly open: boolean;
  /** How messages describe it. */
  readonly expected: string;
}

/** Checks a struct that is nested in another one. */
type Nested = (struct: Struct, value: unknown) => Flaw | undefined;

const lines = new Map<string, string>();
const structs = new Map<string, Struct>();
const checks = new Map<string, Check>();

/**
 * Parses a struct of the table, once.
 *
 * @internal
 */
export function structNamed(name: string, nested: Nested): Struct {
  const known = structs.get(name);
  if (known !== undefined) return known;
  const [head, body, expected] = lineOf(name).split('|');
  const fields = new Map<string, Field>();
  const own = [...body.matchAll(/(\w+)([!?])(\S+)/g)];
  for (const base of head.split('<')[1]?.split(',') ?? []) {
    for (const [field, type] of structNamed(base, nested).fields) fields.set(field, type);
  }
  for (const [, field, mark, type] of own) {
    fields.set(field, { required: mark === '!', check: checkOf(type, nested), struct: structIn(type.replace('[', '')), list: type[0] === '[' });
  }
  const required = [...fields].filter(([, field]) => field.required).map(([field]) => field);
  const names = fieldsFor(required, [...own.map(([, field]) => field), ...fields.keys()]);
  const struct: Struct = { name, fields, required, open: head.startsWith('~'), expected: expected ?? `an object with ${names}` };
  structs.set(name, struct);
  return struct;
}

/** The required fields, or the first ones if none is required. */
function fieldsFor(required: readonly string[], fields: readonly string[]): string {
  if (required.length > 0) return enumeration(required, 'and');
  return enumeration([...new Set(fields)].slice(0, 4), 'or');
}

function enumeration(words: readonly string[], last: string): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${last} ${words[words.length - 1]}`;
}

function lineOf(name: string): string {
  if (lines.size === 0) {
    for (const line of STRUCTS.trim().split('\n')) lines.set(/\w+/.exec(line)![0], line);
  }
  const line = lines.get(name);
  if (line === undefined) throw new Error(`src/plan/checks/struct-table.ts does not have ${name}. Run npx projen compile`);
  return line;
}

/** The struct that a type refers to, if any. */
function structIn(type: string): string | undefined {
  return /^[A-Z]/.test(type) && /^[~A-Z]/.test(lineOf(type)) ? type : undefined;
}

function checkOf(type: string, nested: Nested): Check {
  const known = checks.get(type);
  if (known !== undefined) return known;
  const check = type[0] === '[' || type[0] === '{' ? collectionCheck(type, nested) : simpleCheck(type, nested);
  checks.set(type, check);
  return check;
}

function simpleCheck(type: string, nested: Nested): Check {
  switch (type) {
    case 's': return (value) => (typeof value === 'string' ? undefined : flaw(value, 'a string'));
    case 'b': return (value) => (typeof value === 'boolean' ? undefined : flaw(value, 'true or false'));
    case 'o': return (value) => (isObject(value) ? undefined : flaw(value, 'an object'));
    // Numbers have ranges, and some strings have rules. The constructor checks them, with a message that is more specific than the type.
    case 'n': case '*': return () => undefined;
    default: return namedCheck(type, nested);
  }
}

function namedCheck(name: string, nested: Nested): Check {
  const line = lineOf(name);
  if (line[0] === '%') return enumCheck(line.split('|').slice(1));
  if (line[0] === '@') return classCheck(line);
  if (line[0] === '&') return foreignCheck(line.split('|')[1]);
  return (value) => nested(structNamed(name, nested), value);
}

function enumCheck(members: readonly string[]): Check {
  return (value) => (members.includes(value as string) ? undefined : flaw(value, `one of ${members.join(', ')}`));
}

/** Identified by its members, since an app can load the library twice, and other languages can implement the interface. */
function classCheck(line: string): Check {
  const [name, body, expected] = line.split('|');
  const members = body.split(' ').filter((member) => member !== '');
  return (value) => {
    if (!isObject(value)) return flaw(value, example(expected, value));
    if (members.length === 0) return isPlain(value) ? flaw(value, expected) : undefined;
    const missing = members.filter((member) => !(member in value));
    if (missing.length === 0) return undefined;
    const isPartOfInterface = /^@I[A-Z]/.test(name) && missing.length < members.length;
    const lacks = isPartOfInterface ? `. This one has no ${missing.join(' and no ')}` : '';
    return flaw(value, `${example(expected, value)}${lacks}`);
  };
}

/** Objects of other packages. */
function foreignCheck(expected: string): Check {
  return (value) => (isObject(value) ? undefined : flaw(value, expected));
}

/** Factories of one string. The example then shows the correct call. */
const STRING_FACTORY = /(StringMatch|HashKey|CertificateIssuer)\.(\w+)\(…\)/;

function example(expected: string, value: unknown): string {
  return expected.replace(STRING_FACTORY, (usual, type: string) => {
    if (typeof value === 'string') return value.startsWith('/') ? `${type}.prefix(${show(value)})` : usual.replace('…', show(value));
    return type === 'StringMatch' ? matchInYaml(value) ?? usual : usual;
  });
}

/** The StringMatch for a match as written in YAML, such as `{ prefix: '/x' }`. */
function matchInYaml(value: unknown): string | undefined {
  if (!isObject(value)) return undefined;
  const written = value as { readonly [kind: string]: unknown };
  const kind = ['exact', 'prefix', 'regex'].find((each) => typeof written[each] === 'string');
  return kind === undefined ? undefined : `StringMatch.${kind}(${show(written[kind])})`;
}

function collectionCheck(type: string, nested: Nested): Check {
  const element = checkOf(type.slice(1), nested);
  const entries = () => expectedOf(type.slice(1), nested);
  return type[0] === '[' ? listCheck(element, entries) : mapCheck(element, entries);
}

const PLURALS: { readonly [type: string]: string } = { s: 'strings', n: 'numbers', b: 'true or false', o: 'objects' };

function expectedOne(type: string, line: string, nested: Nested): string {
  const [, ...parts] = line.split('|');
  if (line[0] === '%') return `one of ${parts.join(', ')}`;
  return line[0] === '@' || line[0] === '&' ? parts[parts.length - 1] : structNamed(type, nested).expected;
}

/** How messages continue after "a list" or "an object". */
function expectedOf(type: string, nested: Nested): string {
  if (type === '*') return '';
  if (type in PLURALS) return ` of ${PLURALS[type]}`;
  if (type[0] === '[' || type[0] === '{') return ` of ${type[0] === '[' ? 'lists' : 'objects'}`;
  const line = lineOf(type);
  const expected = expectedOne(type, line, nested);
  return expected.startsWith('an object with') ? expected.replace('an object', ' of objects') : ` in which each entry is ${expected}`;
}

/** A string would be iterated letter by letter. */
function listCheck(element: Check, entries: () => string): Check {
  return (value) => {
    if (!Array.isArray(value)) return flaw(value, `a list${entries()}`);
    for (let i = 0; i < value.length; i++) {
      const found = element(value[i]);
      if (found !== undefined) return within(`[${i}]`, found);
    }
    return undefined;
  };
}

function mapCheck(element: Check, entries: () => string): Check {
  return (value) => {
    if (!isObject(value)) return flaw(value, `an object${entries()}`);
    const values = value as { readonly [key: string]: unknown };
    for (const key of Object.keys(values)) {
      const found = values[key] === undefined ? undefined : element(values[key]);
      if (found !== undefined) return within(key, found);
    }
    return undefined;
  };
}

/** @internal */
export function flaw(value: unknown, expected: string): Flaw {
  return { path: '', problem: (path) => `${path === '' ? 'props' : path} ${show(value)}`, remedy: `expected ${expected}` };
}

/** @internal */
export function within(step: string, found: Flaw): Flaw {
  const separator = found.path === '' || found.path.startsWith('[') ? '' : '.';
  return { ...found, path: `${step}${separator}${found.path}` };
}

/** @internal */
export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Whether a value is an object literal and not an instance of a class.
 *
 * @internal
 */
export function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
