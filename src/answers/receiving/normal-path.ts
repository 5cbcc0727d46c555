/** Paths that normalization does not change, except for segments that begin with a dot. */
const PLAIN = /^[A-Za-z0-9\-._~!$&'()*+,;=:@/]*$/;

const ESCAPE = /%([0-9a-fA-F]{2})/g;
const UNRESERVED = /[A-Za-z0-9\-._~]/;

/** Characters that Envoy escapes where a client sends them as they are. */
const ESCAPED = /[^\x21\x23-\x3b\x3d\x3f-\x5d\x5f\x61-\x7a\x7e]/gu;

/**
 * A path as Envoy compares and forwards it with Istio's default normalization: dot segments are resolved, backslashes are slashes, escapes
 * of letters, digits and `-._~` are decoded, and bytes beyond ASCII are escaped. Slashes are not merged.
 *
 * @param path The path as sent, without the query.
 * @internal
 */
export function normalPath(path: string): string {
  if (PLAIN.test(path) && !path.includes('/.')) return path;
  const decoded = path.replace(ESCAPE, decodeUnreserved).replace(/\\/g, '/').replace(ESCAPED, escapeBytes);
  return decoded.includes('/.') ? withoutDotSegments(decoded) : decoded;
}

function decodeUnreserved(escape: string, hex: string): string {
  const char = String.fromCharCode(Number.parseInt(hex, 16));
  return UNRESERVED.test(char) ? char : escape;
}

function escapeBytes(char: string): string {
  return Array.from(new TextEncoder().encode(char), (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
}

function withoutDotSegments(path: string): string {
  const segments = path.split('/').slice(1);
  const kept: string[] = [];
  for (const [i, segment] of segments.entries()) {
    const isDots = segment === '.' || segment === '..';
    if (segment === '..') kept.pop();
    if (!isDots) kept.push(segment);
    else if (i === segments.length - 1) kept.push('');
  }
  return `/${kept.join('/')}`;
}
