import { Schema } from './schema';
import { show } from '../../plan/checks/errors';
import { nearest } from '../../plan/checks/near-miss';

/**
 * What is wrong with a value, without its place.
 *
 * @internal
 */
export interface ValueFault {
  /** What follows the name of the field: `is 70000`. */
  readonly problem: string;
  /** What to do. */
  readonly remedy: string;
  /** Whether newer releases may allow the value. */
  readonly isPerhapsNewer?: boolean;
}

const TYPES = {
  object: { name: 'an object', fits: (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value) },
  array: { name: 'a list', fits: (value: unknown) => Array.isArray(value) },
  string: { name: 'a string', fits: (value: unknown) => typeof value === 'string' },
  integer: { name: 'a whole number', fits: (value: unknown) => Number.isInteger(value) },
  number: { name: 'a number', fits: (value: unknown) => typeof value === 'number' },
  boolean: { name: 'true or false', fits: (value: unknown) => typeof value === 'boolean' },
} as const;

/**
 * Why a value does not have the type of a schema; undefined if it has it.
 *
 * @internal
 */
export function typeFault(value: unknown, schema: Schema): ValueFault | undefined {
  if (schema['x-kubernetes-int-or-string'] === true) {
    return typeof value === 'string' || Number.isInteger(value) ? undefined : expected(value, 'a whole number or a string');
  }
  if (schema.type === undefined || TYPES[schema.type].fits(value)) return undefined;
  // The API server reads a list here.
  if (schema.type === 'string' && schema.format !== undefined && Array.isArray(value)) return undefined;
  return expected(value, TYPES[schema.type].name);
}

function expected(value: unknown, what: string): ValueFault {
  const isQuotable = what === 'a string' && (typeof value === 'number' || typeof value === 'boolean');
  return { problem: `is ${shortly(value)}`, remedy: isQuotable ? `expected a string, so write "${String(value)}" with quotes` : `expected ${what}` };
}

/** Values of any size in one line. */
function shortly(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' && value !== null ? 'an object' : show(value ?? null);
}

/**
 * What else is wrong with a value, other than the fields and entries that it holds.
 *
 * @internal
 */
export function valueFaults(value: unknown, schema: Schema): readonly ValueFault[] {
  const { enum: allowed } = schema;
  if (allowed !== undefined && !allowed.includes(value)) return [enumFault(value, allowed)];
  if (typeof value === 'string') return textFaults(value, schema);
  if (typeof value === 'number') return numberFaults(value, schema);
  if (Array.isArray(value)) return sizeFaults(value.length, schema.minItems, schema.maxItems, ['entry', 'entries']);
  const { minProperties, maxProperties } = schema;
  if (minProperties === undefined && maxProperties === undefined) return NONE;
  return typeof value === 'object' && value !== null ? sizeFaults(Object.keys(value).length, minProperties, maxProperties, ['field', 'fields']) : NONE;
}

/** Most values have no fault. */
const NONE: readonly ValueFault[] = [];

function enumFault(value: unknown, allowed: readonly unknown[]): ValueFault {
  const near = typeof value === 'string' ? nearest(value, allowed.filter((each) => typeof each === 'string')) : undefined;
  const problem = `is ${shortly(value)}`;
  if (near !== undefined && near !== '') return { problem, remedy: `did you mean ${show(near)}?` };
  return { problem, remedy: `expected one of ${allowed.filter((each) => each !== '').map(show).join(', ')}`, isPerhapsNewer: true };
}

const FORMATS: { readonly [format: string]: { readonly fits: (text: string) => boolean; readonly name: string } } = {
  'byte': { fits: (text) => text !== '' && /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text), name: 'bytes in base64' },
  'date-time': { fits: isDateTime, name: 'a time such as 2026-01-31T12:00:00Z' },
};

function isDateTime(text: string): boolean {
  const [matches, date, hour, minute, second] = /^(\d{4}-\d\d-\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/.exec(text) ?? [];
  const day = new Date(`${date}T00:00:00Z`);
  return matches !== undefined && Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60
    && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(date);
}

const patterns = new Map<string, RegExp>();

function patternOf(source: string): RegExp {
  const known = patterns.get(source) ?? new RegExp(source, 'u');
  patterns.set(source, known);
  return known;
}

function textFaults(text: string, schema: Schema): readonly ValueFault[] {
  const { minLength, maxLength, pattern, format } = schema;
  if (minLength === undefined && maxLength === undefined && pattern === undefined && format === undefined) return NONE;
  const found = [...lengthFaults([...text].length, schema)];
  if (pattern !== undefined && !patternOf(pattern).test(text)) found.push({ problem: `is ${show(text)}`, remedy: `expected text that matches ${pattern}` });
  const known = format === undefined ? undefined : FORMATS[format];
  if (known !== undefined && !known.fits(text)) found.push({ problem: `is ${show(text)}`, remedy: `expected ${known.name}` });
  return found;
}

function lengthFaults(length: number, { minLength, maxLength }: Schema): readonly ValueFault[] {
  if (length === 0 && minLength === 1) return [{ problem: 'is empty', remedy: 'write its value' }];
  return sizeFaults(length, minLength, maxLength, ['character', 'characters']);
}

const INT32 = 2 ** 31;

function numberFaults(value: number, { minimum, maximum, format }: Schema): readonly ValueFault[] {
  const [least, most] = format === 'int32' ? [minimum ?? -INT32, maximum ?? INT32 - 1] : [minimum, maximum];
  if (least !== undefined && value < least) return [{ problem: `is ${value}`, remedy: `expected ${least} or more` }];
  return most !== undefined && value > most ? [{ problem: `is ${value}`, remedy: `expected ${most} or less` }] : NONE;
}

type Unit = readonly [one: string, many: string];

function sizeFaults(size: number, least: number | undefined, most: number | undefined, [one, many]: Unit): readonly ValueFault[] {
  const isTooSmall = least !== undefined && size < least;
  if (!isTooSmall && (most === undefined || size <= most)) return NONE;
  return [{ problem: `has ${size} ${size === 1 ? one : many}`, remedy: isTooSmall ? `expected ${least} or more` : `expected ${most} or less` }];
}
