import { defineMappingTag, defineScalarTag, defineSequenceTag, MappingTagDefinition, mergeTag, NOT_RESOLVED, Schema, seqTag, strTag } from 'js-yaml';

// kubectl reads YAML with a library of Go that is neither YAML 1.1 nor 1.2. These are its rules for plain scalars.

const NULLS: ReadonlySet<string> = new Set(['', '~', 'null', 'Null', 'NULL']);

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON', 'true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF', 'false', 'False', 'FALSE'].map((word) => [word, false] as const),
]);

const NUMBER_BEGINS = [...'+-.0123456789'];

/** Whole numbers with the prefixes of Go; a leading zero means octal. */
const INTEGER = /^([-+]?)(?:0[xX]([\da-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9]\d*))$/;
const FLOAT = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;
const NOT_JSON = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;

const nullTag = defineScalarTag('tag:yaml.org,2002:null', {
  implicit: true,
  implicitFirstChars: ['', '~', 'n', 'N'],
  resolve: (text) => (NULLS.has(text) ? null : NOT_RESOLVED),
  identify: () => false,
});

const boolTag = defineScalarTag('tag:yaml.org,2002:bool', {
  implicit: true,
  implicitFirstChars: [...'yYnNoOtTfF'],
  resolve: (text) => BOOLEANS.get(text) ?? NOT_RESOLVED,
  identify: () => false,
});

const intTag = defineScalarTag('tag:yaml.org,2002:int', {
  implicit: true,
  implicitFirstChars: NUMBER_BEGINS,
  resolve: (text) => integerOf(text.replaceAll('_', '')) ?? NOT_RESOLVED,
  identify: () => false,
});

const floatTag = defineScalarTag('tag:yaml.org,2002:float', {
  implicit: true,
  implicitFirstChars: NUMBER_BEGINS,
  resolve: (text) => {
    if (isNoJsonNumber(text)) throw new SyntaxError(`JSON has no number for "${text}"`);
    const plain = text.replaceAll('_', '');
    const number = FLOAT.test(plain) ? Number(plain) : Infinity;
    return Number.isFinite(number) ? number : NOT_RESOLVED;
  },
  identify: () => false,
});

/**
 * Whether a scalar is a number that JSON does not have, which kubectl rejects.
 *
 * @internal
 */
export function isNoJsonNumber(text: string): boolean {
  return NOT_JSON.test(text);
}

/** A sign may be after the prefix of a binary number. Beyond 64 bits, decimal digits are read as a float, and others as a string. */
function integerOf(text: string): number | undefined {
  const [, sign, hexadecimal, binary, octal, decimal] = INTEGER.exec(text.replace(/^0b([-+])/, '$10b')) ?? [];
  const [digits, base] = [[hexadecimal, 16], [binary, 2], [octal, 8], [decimal, 10]].find(([found]) => found !== undefined) as [string, number] ?? [];
  if (digits === undefined) return undefined;
  const number = Number.parseInt(`${sign === '-' ? '-' : ''}${digits}`, base);
  return base === 10 || isIn64Bits(number, digits, base) ? number : undefined;
}

const DIGITS_OF_64_BITS: Readonly<Record<number, RegExp>> = { 2: /^0*[01]{0,64}$/, 8: /^0*1?[0-7]{0,21}$/, 16: /^0*[\da-fA-F]{0,16}$/ };

/** The largest numbers are unsigned. A float cannot tell the largest one from the next. */
function isIn64Bits(number: number, digits: string, base: number): boolean {
  return number < 0 ? number >= -(2 ** 63) : DIGITS_OF_64_BITS[base].test(digits);
}

/** kubectl ignores tags that it does not know. The decoded form of binary values makes no difference to rules. */
const ANY_TAG = { matchByTagPrefix: true, identify: () => false };
const anyScalarTag = defineScalarTag('', { ...ANY_TAG, resolve: (text) => text });
const anyListTag = defineSequenceTag<unknown[]>('', { ...ANY_TAG, create: () => [], addItem: (list, item) => { list.push(item); } });

interface Fields {
  [key: string]: unknown;
}

/**
 * A key that is not text.
 *
 * @internal
 */
export class KeyError extends SyntaxError {}

/** Of equal keys the last one wins, also against a merged one. */
function mapTag(tagName: string, onRepeatedKey: () => void): MappingTagDefinition<Fields> {
  return defineMappingTag<Fields>(tagName, {
    matchByTagPrefix: tagName === '',
    create: () => ({}),
    addPair: (map, key, value) => {
      if (typeof key === 'object') throw new KeyError(key === null ? 'a key is null' : 'a key is a list or an object');
      const name = String(key);
      if (Object.hasOwn(map, name)) onRepeatedKey();
      // A plain assignment would replace the prototype.
      if (name === '__proto__') Object.defineProperty(map, name, { value, enumerable: true, configurable: true, writable: true });
      else map[name] = value;
      return '';
    },
    has: () => false,
    keys: Object.keys,
    get: (map, key) => map[String(key)],
    identify: () => false,
  });
}

/**
 * Reads scalars and maps as kubectl does.
 *
 * @param onRepeatedKey Called when an object has a key twice, also by a merge.
 * @internal
 */
export function kubectlSchema(onRepeatedKey: () => void): Schema {
  const maps = [mapTag('tag:yaml.org,2002:map', onRepeatedKey), mapTag('', onRepeatedKey)];
  return new Schema([nullTag, boolTag, intTag, floatTag, mergeTag, strTag, seqTag, ...maps, anyScalarTag, anyListTag]);
}
