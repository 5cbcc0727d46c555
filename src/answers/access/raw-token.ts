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
  let escaped = '';
  let buffer = 0;
  let bits = 0;
  for (const character of text) {
    const value = ALPHABET.indexOf(character);
    if (value < 0) return undefined;
    buffer = (buffer << 6) | value;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    escaped += `%${((buffer >> bits) & 0xff).toString(16).padStart(2, '0')}`;
    buffer &= (1 << bits) - 1;
  }
  try {
    return decodeURIComponent(escaped);
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
  const bytes = [...encodeURIComponent(text).matchAll(/%(..)|./g)].map(([all, hex]) => (hex === undefined ? all.charCodeAt(0) : parseInt(hex, 16)));
  let result = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const some = bytes.slice(i, i + 3);
    const word = some.reduce((sum, byte, k) => sum | (byte << (16 - 8 * k)), 0);
    result += [18, 12, 6, 0].slice(0, some.length + 1).map((shift) => ALPHABET[(word >> shift) & 63]).join('');
  }
  return result;
}
