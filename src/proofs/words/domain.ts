/**
 * The strings that clients can send in a part of a request.
 *
 * @internal
 */
export interface Domain {
  /** The bytes that strings consist of, the plainest first. */
  readonly bytes: readonly number[];
  /** Typical strings, the most typical first. */
  readonly likely: readonly string[];
  /** Whether there are no others. */
  readonly isClosed: boolean;
  /** Whether a client can send a string of these bytes. */
  accepts(text: string): boolean;
}

const PLAIN = [...'xaby10zcdefghijklmnopqrstuvw23456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-_./'].map((char) => char.charCodeAt(0));
const PRINTABLE = Array.from({ length: 94 }, (_, i) => 33 + i);
const HIGH = Array.from({ length: 128 }, (_, i) => 128 + i);

/** Strings that people like to read. */
const LIKELY = ['yes', 'true', '1', 'other', 'x'];

function bytesWith(more: readonly number[], except: string = ''): readonly number[] {
  return [...new Set([...PLAIN, ...PRINTABLE, ...more])].filter((byte) => !except.includes(String.fromCharCode(byte)));
}

/** Values of headers. Envoy removes spaces around those of HTTP/1.1. @internal */
export const HEADER_VALUES: Domain = {
  bytes: bytesWith([32, 9, ...HIGH]),
  likely: LIKELY,
  isClosed: false,
  accepts: (text) => !/^[ \t]|[ \t]$/.test(text) && !/[\x00-\x08\x0a-\x1f\x7f]/.test(text),
};

/** Values of parameters of a query, as they are sent. @internal */
export const PARAMETER_VALUES: Domain = { bytes: bytesWith([], '#&'), likely: LIKELY, isClosed: false, accepts: (text) => /^[\x21\x22\x24\x25\x27-\x7e]*$/.test(text) };

/** Strings in tokens. @internal */
export const CLAIM_VALUES: Domain = { bytes: bytesWith([32, 10, ...HIGH]), likely: LIKELY, isClosed: false, accepts: () => true };

/** Methods. Only HTTP/2 has others than those that Envoy knows. @internal */
export const METHODS: Domain = {
  bytes: bytesWith([], '"(),/:;<=>?@[\\]{}'),
  likely: ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'TRACE'],
  isClosed: false,
  accepts: (text) => /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(text) && text !== 'CONNECT',
};

/**
 * Some strings, the most typical first.
 *
 * @internal
 */
export function oneOf(words: readonly string[]): Domain {
  return { bytes: [], likely: words, isClosed: true, accepts: (text) => words.includes(text) };
}
