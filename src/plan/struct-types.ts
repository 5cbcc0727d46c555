import { show } from './errors';
import { STRUCTS } from './struct-table';

/**
 * What is wrong with a value. The path grows on the way back to the props, so that right values cost none.
 *
 * @internal
 */
export interface Flaw {
  /** Where it is, as in `arms[0].weight`. */
  readonly path: string;
  /** What is wrong there, given the whole path. */
  readonly problem: (path: string) => string;
  /** What would be right. */
  readonly remedy: string;
  /** Whether it is a field that nothing reads, and no value of another type. */
  readonly unknown?: boolean;
}

/** @internal */
export type Check = (value: unknown) => Flaw | undefined;

/** @internal */
export interface Field {
  /** Whether a value is needed. */
  readonly required: boolean;
  /** Looks at a value that is given. */
  readonly check: Check;
  /** The struct that it is, where it is one. */
  readonly struct?: string;
}

/** @internal */
export interface Struct {
  /** All fields, also those of the structs that it extends. */
  readonly fields: ReadonlyMap<string, Field>;
  /** Names of the fields that need a value. */
  readonly required: readonly string[];
  /** Whether others may add fields of their own. */
  readonly open: boolean;
  /** What messages call it. */
  readonly expected: string;
}

/** Looks at a struct within a struct. */
type Nested = (struct: Struct, value: unknown) => Flaw | undefined;

const lines = new Map<string, string>();
const structs = new Map<string, Struct>();
const checks = new Map<string, Check>();

/**
 * Reads a struct from the table, once.
 *
 * @internal
 */
export function structNamed(name: string, nested: Nested): Struct {
  const known = structs.get(name);
  if (known !== undefined) return known;
  const [head, body, expected] = lineOf(name).split('|');
  const fields = new Map<string, Field>();
  for (const base of head.split('<')[1]?.split(',') ?? []) {
    for (const [field, type] of structNamed(base, nested).fields) fields.set(field, type);
  }
  for (const [, field, mark, type] of body.matchAll(/(\w+)([!?])(\S+)/g)) {
    fields.set(field, { required: mark === '!', check: checkOf(type, field, nested), struct: structIn(type) });
  }
  const required = [...fields].filter(([, field]) => field.required).map(([field]) => field);
  const struct: Struct = { fields, required, open: head.startsWith('~'), expected: expected ?? `an object with ${wordsOf(required, fields)}` };
  structs.set(name, struct);
  return struct;
}

function wordsOf(required: readonly string[], fields: ReadonlyMap<string, Field>): string {
  if (required.length > 0) return sentence(required, 'and');
  return sentence([...fields.keys()].slice(0, 4), 'or');
}

function sentence(words: readonly string[], last: string): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${last} ${words[words.length - 1]}`;
}

function lineOf(name: string): string {
  if (lines.size === 0) {
    for (const line of STRUCTS.trim().split('\n')) lines.set(/\w+/.exec(line)![0], line);
  }
  const line = lines.get(name);
  if (line === undefined) throw new Error(`src/plan/struct-table.ts does not have ${name}: run npx projen compile`);
  return line;
}

/** The struct that a type names, if it names one. */
function structIn(type: string): string | undefined {
  return /^[A-Z]/.test(type) && /^[~A-Z]/.test(lineOf(type)) ? type : undefined;
}

function checkOf(type: string, field: string, nested: Nested): Check {
  const collection = type[0] === '[' || type[0] === '{';
  const key = collection ? `${type} ${field}` : type;
  const known = checks.get(key);
  if (known !== undefined) return known;
  const check = collection ? collectionCheck(type, field, nested) : simpleCheck(type, nested);
  checks.set(key, check);
  return check;
}

function simpleCheck(type: string, nested: Nested): Check {
  switch (type) {
    case 's': return (value) => (typeof value === 'string' ? undefined : flaw(value, 'a string'));
    case 'n': return (value) => (typeof value === 'number' ? undefined : flaw(value, 'a number'));
    case 'b': return (value) => (typeof value === 'boolean' ? undefined : flaw(value, 'true or false'));
    case 'o': return (value) => (isObject(value) ? undefined : flaw(value, 'an object'));
    case '*': return () => undefined;
    default: return namedCheck(type, nested);
  }
}

function namedCheck(name: string, nested: Nested): Check {
  const line = lineOf(name);
  if (line[0] === '%') return enumCheck(line.split('|').slice(1));
  if (line[0] === '@') return classCheck(line);
  return (value) => nested(structNamed(name, nested), value);
}

function enumCheck(members: readonly string[]): Check {
  return (value) => (members.includes(value as string) ? undefined : flaw(value, `one of ${members.join(', ')}`));
}

/** Known by its members, since an app can have two copies of the library, and other languages their own implementations. */
function classCheck(line: string): Check {
  const [, body, expected] = line.split('|');
  const members = body.split(' ').filter((member) => member !== '');
  const isOne = (value: object) => (members.length === 0 ? !isPlain(value) : members.every((member) => member in value));
  return (value) => (isObject(value) && isOne(value) ? undefined : flaw(value, example(expected, value)));
}

/** A text stands in the example, which then is the right call. */
function example(expected: string, value: unknown): string {
  return typeof value === 'string' && expected.includes('StringMatch.') ? expected.replace('…', show(value)) : expected;
}

function collectionCheck(type: string, field: string, nested: Nested): Check {
  const element = checkOf(type.slice(1), field, nested);
  const plural = PLURALS[type.slice(1)] ?? field;
  return type[0] === '[' ? listCheck(element, plural) : mapCheck(element, plural);
}

const PLURALS: { readonly [type: string]: string } = { s: 'strings', n: 'numbers', b: 'true or false' };

/** A text would be read letter by letter. */
function listCheck(element: Check, plural: string): Check {
  return (value) => {
    if (!Array.isArray(value)) return flaw(value, `a list of ${plural}`);
    for (let i = 0; i < value.length; i++) {
      const found = element(value[i]);
      if (found !== undefined) return within(`[${i}]`, found);
    }
    return undefined;
  };
}

function mapCheck(element: Check, plural: string): Check {
  return (value) => {
    if (!isObject(value)) return flaw(value, `an object of ${plural}`);
    const entries = value as { readonly [key: string]: unknown };
    for (const key of Object.keys(entries)) {
      const found = entries[key] === undefined ? undefined : element(entries[key]);
      if (found !== undefined) return within(key, found);
    }
    return undefined;
  };
}

/** @internal */
export function flaw(value: unknown, expected: string): Flaw {
  return { path: '', problem: (path) => `${path} ${show(value)}`, remedy: `expected ${expected}` };
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
 * Whether something is an object literal, and no instance of a class.
 *
 * @internal
 */
export function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
