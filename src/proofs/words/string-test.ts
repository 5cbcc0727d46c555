import { lowerAscii } from '../../answers/matching/checks';
import { IpBlocks, parseAddress } from '../../cluster/ip-blocks';
import { Expression } from '../../plan/expressions/re2';

/**
 * A test of a string. `present` is satisfied by any string.
 *
 * @internal
 */
export interface Test {
  /** How it compares; `block` is a block of addresses. */
  readonly kind: 'present' | 'exact' | 'prefix' | 'suffix' | 'regex' | 'block';
  /** The string or the expression; empty for `present`. */
  readonly value: string;
  /** A key that equal tests share. */
  readonly key: string;
}

const known = new Map<string, Test>();

/** So many tests are remembered, so that equal ones are one object. */
const MAX_KNOWN = 200_000;

/**
 * The test of a kind with a value. Equal tests are mostly one object.
 *
 * @internal
 */
export function testFor(kind: Test['kind'], value: string): Test {
  const key = `${kind} ${value}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  if (known.size === MAX_KNOWN) known.clear();
  const test = { kind, value, key };
  known.set(key, test);
  return test;
}

/** The test that any string satisfies. @internal */
export const PRESENT = testFor('present', '');

/**
 * Whether a string satisfies a test.
 *
 * @internal
 */
export function passes({ kind, value }: Test, text: string): boolean {
  switch (kind) {
    case 'present': return true;
    case 'exact': return text === value;
    case 'prefix': return text.startsWith(value);
    case 'suffix': return text.endsWith(value);
    case 'block': return isIn(value, text);
    case 'regex': return Expression.of(value).matches(text);
  }
}

function isIn(block: string, text: string): boolean {
  const address = parseAddress(text);
  return address !== undefined && new IpBlocks([block]).includes(address);
}

/**
 * The result of a test for all strings that satisfy another one, if both are plain: true, false, or undefined if it differs or is not known.
 *
 * @internal
 */
export function resultWithin(given: Test, asked: Test): boolean | undefined {
  if (asked.kind === 'present' || asked.key === given.key) return true;
  if (given.kind === 'exact') return passes(asked, given.value);
  if (given.kind === 'prefix') {
    if (asked.kind === 'exact') return asked.value.startsWith(given.value) ? undefined : false;
    if (asked.kind === 'prefix') return given.value.startsWith(asked.value) ? true : asked.value.startsWith(given.value) ? undefined : false;
  }
  if (given.kind === 'suffix') {
    if (asked.kind === 'exact') return asked.value.endsWith(given.value) ? undefined : false;
    if (asked.kind === 'suffix') return given.value.endsWith(asked.value) ? true : asked.value.endsWith(given.value) ? undefined : false;
  }
  return undefined;
}

/**
 * A test that ignores the case of letters, as an expression.
 *
 * @internal
 */
export function ignoringCase(kind: 'exact' | 'prefix', value: string): Test {
  const literal = lowerAscii(value).replace(/[^\w/]/g, (char) => (char.charCodeAt(0) < 128 ? `\\${char}` : char));
  return testFor('regex', `(?i)${literal}${kind === 'prefix' ? '(?s:.*)' : ''}`);
}
