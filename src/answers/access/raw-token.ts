import { isObject, JsonObject } from '../../cluster/json';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/**
 * The claims of a token as it is sent; undefined if it is not a JSON Web Token.
 *
 * @internal
 */
export function claimsOf(token: string): JsonObject | undefined {
  const parts = token.split('.');
  if (parts.length !== 3 || parts.some((part) => part === '')) return undefined;
  const [header, payload] = parts.slice(0, 2).map(parsed);
  return isObject(header) && typeof header.alg === 'string' && isObject(payload) ? payload : undefined;
}

function parsed(part: string): unknown {
  const text = decoded(part);
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The text in URL-safe Base64 without padding. */
function decoded(text: string): string | undefined {
  if (!/^[\w-]*$/.test(text)) return undefined;
  const bits = Array.from(text, (character) => digits(ALPHABET.indexOf(character), 6)).join('');
  const bytes = bits.match(/.{8}/g) ?? [];
  try {
    return decodeURIComponent(bytes.map((byte) => `%${Number.parseInt(byte, 2).toString(16).padStart(2, '0')}`).join(''));
  } catch {
    return undefined;
  }
}

/**
 * Some text in URL-safe Base64 without padding.
 *
 * @internal
 */
export function encoded(text: string): string {
  const escaped = encodeURIComponent(text).match(/%..|./g) ?? [];
  const bits = escaped.map((part) => digits(part.length === 1 ? part.charCodeAt(0) : Number.parseInt(part.slice(1), 16), 8)).join('');
  return (bits.match(/.{1,6}/g) ?? []).map((part) => ALPHABET[Number.parseInt(part.padEnd(6, '0'), 2)]).join('');
}

function digits(value: number, length: number): string {
  return value.toString(2).padStart(length, '0');
}
