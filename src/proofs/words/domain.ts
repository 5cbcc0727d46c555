import { Test } from './string-test';

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
  /** Tests that all strings satisfy, and tests that none satisfies, for the search for others. @default - none */
  readonly within?: Within;
  /** Whether a client can send a string of these bytes. */
  accepts(text: string): boolean;
}

/**
 * What strings have in common.
 *
 * @internal
 */
export interface Within {
  /** Tests that all of them satisfy. */
  readonly yes: readonly Test[];
  /** Tests that none of them satisfies. */
  readonly no: readonly Test[];
  /** Whether no other strings satisfy these tests. */
  readonly isExact: boolean;
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

const HOST_BYTES = [...'abxyz0123456789cdefghijklmnopqrstuvw.-_:ABCDEFGHIJKLMNOPQRSTUVWXYZ~%!$&\'()*+,;='].map((char) => char.charCodeAt(0));

/**
 * What clients can send as `Host` header for some hosts.
 *
 * @param words Some of them, the most typical first.
 * @param within What all of them have in common.
 * @param isOwn Whether one belongs to these hosts.
 * @internal
 */
export function hostsWithin(words: readonly string[], within: Within, isOwn: (text: string) => boolean): Domain {
  return { bytes: HOST_BYTES, likely: words, isClosed: false, within, accepts: (text) => /^[\w.:~%!$&'()*+,;=[\]-]+$/.test(text) && isOwn(text) };
}
