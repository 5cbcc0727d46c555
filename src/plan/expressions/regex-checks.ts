import { IConstruct } from 'constructs';
import { checkAsIstio, Expression } from './re2';
import { invalid, show } from '../checks/errors';

/** Istio refuses longer expressions, in bytes. */
const MAX_BYTES = 1024;

/** Istio's proxies refuse larger programs (`re2.max_program_size.error_level`), and with one of them all routes of the port. */
const MAX_PROGRAM_SIZE = 32768;

/** Other releases of Envoy count a little differently. */
const LARGE_PROGRAM_SIZE = MAX_PROGRAM_SIZE / 2;

/** Classes that the engine here knows and Envoy does not; Istio knows the first five. */
const UNKNOWN_TO_ENVOY: ReadonlySet<string> = new Set([
  'Cn', 'LC', 'Lc', 'Ascii', 'Assigned', 'Unknown',
  'ASCII_Hex_Digit', 'Alphabetic', 'Dash', 'Emoji', 'Emoji_Component', 'Emoji_Modifier', 'Emoji_Modifier_Base', 'Emoji_Presentation',
  'Extended_Pictographic', 'Hex_Digit', 'Lowercase', 'Math', 'Quotation_Mark', 'Terminal_Punctuation', 'Uppercase', 'White_Space',
  'Beria_Erfe', 'Garay', 'Gurung_Khema', 'Kirat_Rai', 'Ol_Onal', 'Sidetic', 'Sunuwar', 'Tai_Yo', 'Todhri', 'Tolong_Siki', 'Tulu_Tigalari',
]);

/** How many accepted expressions are remembered; most apps have fewer, and use each many times. */
const REMEMBERED = 1000;

const accepted = new Set<string>();

/** Quotes and escapes, so that none is looked for inside another. */
const ESCAPES = /\\Q[^]*?(?:\\E|$)|\\x\{(?<code>[0-9a-fA-F]+)\}|\\[pP]\{\^?(?<name>\w+)\}|\\[^]/g;

const LAST_BYTE = 0xff;

/**
 * Checks an expression as Istio does, and as Envoy does, which refuses all routes of a port with one that it does not know.
 *
 * @internal
 */
export function checkRegex(at: IConstruct | string, value: string): void {
  if (accepted.has(value)) return;
  if (typeof value !== 'string') throw invalid(at, `value ${show(value)}`, 'expected a string');
  if (value === '') throw invalid(at, 'an empty regular expression', 'give an RE2 expression');
  if (Buffer.byteLength(value) > MAX_BYTES) {
    throw invalid(at, `a regular expression of ${Buffer.byteLength(value)} bytes`, `Istio accepts at most ${MAX_BYTES}`);
  }
  if (/(^|[^\\])(\\\\)*(\(\?<?[=!]|\\[1-9])/.test(value) && reasonAgainst(value) !== undefined) {
    throw invalid(at, `regular expression ${show(value)}`, 'Envoy uses RE2, which has neither look-around nor back-references');
  }
  const reason = reasonAgainst(value);
  if (reason !== undefined) throw invalid(at, `regular expression ${show(value)} does not compile`, reason);
  checkAsEnvoy(at, value);
  if (accepted.size === REMEMBERED) accepted.clear();
  accepted.add(value);
}

/**
 * What is to be said about an expression that is close to the largest that Envoy accepts; undefined for most.
 *
 * @internal
 */
export function sizeWarning(value: string): string | undefined {
  const size = Expression.of(value).programSize;
  return size <= LARGE_PROGRAM_SIZE ? undefined
    : `regular expression ${show(value)} compiles to about ${size} instructions, and Envoy refuses all routes of a port with one of more than ${MAX_PROGRAM_SIZE}`;
}

function checkAsEnvoy(at: IConstruct | string, value: string): void {
  for (const { groups } of value.matchAll(ESCAPES)) {
    if (groups?.code !== undefined && parseInt(groups.code, 16) > LAST_BYTE) {
      throw invalid(at, `\\x{${groups.code}} in regular expression ${show(value)}`,
        'Envoy compares bytes, knows no code above \\x{FF}, and would refuse all routes of the port: write the character itself');
    }
    if (groups?.name !== undefined && UNKNOWN_TO_ENVOY.has(groups.name)) {
      throw invalid(at, `class ${show(groups.name)} in regular expression ${show(value)}`,
        'Envoy does not know it, and would refuse all routes of the port: write the characters in a class of your own');
    }
  }
  const size = Expression.of(value).programSize;
  if (size > MAX_PROGRAM_SIZE) {
    throw invalid(at, `regular expression ${show(value)} compiles to about ${size} instructions`,
      `Envoy would refuse all routes of the port above ${MAX_PROGRAM_SIZE}: repeat less, or smaller classes`);
  }
}

function reasonAgainst(value: string): string | undefined {
  try {
    checkAsIstio(value);
    Expression.of(value);
    return undefined;
  } catch (e) {
    if (!(e instanceof SyntaxError)) throw e;
    return e.message;
  }
}
