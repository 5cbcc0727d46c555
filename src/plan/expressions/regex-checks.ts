import { IConstruct } from 'constructs';
import { checkAsIstio, Expression } from './re2';
import { invalid, show } from '../checks/errors';

/** Maximum length of an expression in Istio, in bytes. */
const MAX_BYTES = 1024;

/** Maximum program size in Istio's proxies (`re2.max_program_size.error_level`). Because of a larger one they reject all routes of the port. */
const MAX_PROGRAM_SIZE = 32768;

/** A margin, since other releases of Envoy count slightly differently. */
const LARGE_PROGRAM_SIZE = MAX_PROGRAM_SIZE / 2;

/** Classes that re2js supports and Envoy does not. Istio supports the first five. */
const UNKNOWN_TO_ENVOY: ReadonlySet<string> = new Set([
  'Cn', 'LC', 'Lc', 'Ascii', 'Assigned', 'Unknown',
  'ASCII_Hex_Digit', 'Alphabetic', 'Dash', 'Emoji', 'Emoji_Component', 'Emoji_Modifier', 'Emoji_Modifier_Base', 'Emoji_Presentation',
  'Extended_Pictographic', 'Hex_Digit', 'Lowercase', 'Math', 'Quotation_Mark', 'Terminal_Punctuation', 'Uppercase', 'White_Space',
  'Beria_Erfe', 'Garay', 'Gurung_Khema', 'Kirat_Rai', 'Ol_Onal', 'Sidetic', 'Sunuwar', 'Tai_Yo', 'Todhri', 'Tolong_Siki', 'Tulu_Tigalari',
]);

/** How many accepted expressions are cached. Most apps have fewer, and use each many times. */
const CACHE_SIZE = 1000;

const accepted = new Set<string>();

/** Quotes and escapes. Matching both prevents finding an escape inside quotes. */
const ESCAPES = /\\Q[^]*?(?:\\E|$)|\\x\{(?<code>[0-9a-fA-F]+)\}|\\[pP]\{\^?(?<name>\w+)\}|\\[^]/g;

const LAST_BYTE = 0xff;

/**
 * Checks an expression as Istio and Envoy do. Because of one invalid expression Envoy rejects all routes of a port.
 *
 * @internal
 */
export function checkRegex(at: IConstruct | string, value: string): void {
  if (accepted.has(value)) return;
  if (typeof value !== 'string') throw invalid(at, `value ${show(value)}`, 'expected a string');
  if (value === '') throw invalid(at, 'an empty regular expression', 'give an RE2 expression');
  if (Buffer.byteLength(value) > MAX_BYTES) {
    throw invalid(at, `a regular expression of ${Buffer.byteLength(value)} bytes`, `Istio accepts at most ${MAX_BYTES} bytes`);
  }
  if (/(^|[^\\])(\\\\)*(\(\?<?[=!]|\\[1-9])/.test(value) && compileError(value) !== undefined) {
    throw invalid(at, `regular expression ${show(value)}`, 'Envoy uses RE2, which has neither look-around nor back-references');
  }
  const reason = compileError(value);
  if (reason !== undefined) throw invalid(at, `regular expression ${show(value)} does not compile`, reason);
  checkAsEnvoy(at, value);
  if (accepted.size === CACHE_SIZE) accepted.clear();
  accepted.add(value);
}

/**
 * A warning for an expression whose size is close to Envoy's limit; undefined for most expressions.
 *
 * @internal
 */
export function sizeWarning(value: string): string | undefined {
  const size = Expression.of(value).programSize;
  return size <= LARGE_PROGRAM_SIZE ? undefined
    : `regular expression ${show(value)} compiles to about ${size} instructions, and because of one with more than ${MAX_PROGRAM_SIZE} Envoy rejects all routes of a port`;
}

function checkAsEnvoy(at: IConstruct | string, value: string): void {
  for (const { groups } of value.matchAll(ESCAPES)) {
    if (groups?.code !== undefined && parseInt(groups.code, 16) > LAST_BYTE) {
      throw invalid(at, `\\x{${groups.code}} in regular expression ${show(value)}`,
        'Envoy matches bytes and would reject all routes of the port because of a code above \\x{FF}. Write the character itself');
    }
    if (groups?.name !== undefined && UNKNOWN_TO_ENVOY.has(groups.name)) {
      throw invalid(at, `class ${show(groups.name)} in regular expression ${show(value)}`,
        'Envoy does not support this class and would reject all routes of the port. List the characters in brackets');
    }
  }
  const size = Expression.of(value).programSize;
  if (size > MAX_PROGRAM_SIZE) {
    throw invalid(at, `regular expression ${show(value)} compiles to about ${size} instructions`,
      `above ${MAX_PROGRAM_SIZE} instructions Envoy would reject all routes of the port. Use fewer repetitions or smaller classes`);
  }
}

function compileError(value: string): string | undefined {
  try {
    checkAsIstio(value);
    Expression.of(value);
    return undefined;
  } catch (e) {
    if (!(e instanceof SyntaxError)) throw e;
    return e.message;
  }
}
