import { base64 } from './base64';
import { CurlRequest } from './curl-request';

/** A header that curl sends by itself. */
type Own = readonly [name: string, value: string];

/**
 * The header lines that curl sends, in their order. A header of the user takes the place of one that curl sends by itself; one without a value
 * removes it, and one that ends with a semicolon is empty.
 *
 * @internal
 */
export function curlHeaders(request: CurlRequest): string[] {
  const written = request.headers.flatMap(writtenHeader);
  const given = new Set(written.map(({ name }) => name.toLowerCase()));
  const own = ([name, value]: Own) => (given.has(name.toLowerCase()) ? [] : [`${name}: ${value}`]);
  return [
    ...leading(request).flatMap(own),
    ...written.flatMap(({ name, value }) => (value === undefined ? [] : [`${name}: ${value}`])),
    ...trailing(request).flatMap(own),
  ];
}

function writtenHeader(line: string): { readonly name: string; readonly value: string | undefined }[] {
  const colon = line.indexOf(':');
  if (colon >= 0) {
    const value = line.slice(colon + 1).trim();
    return [{ name: line.slice(0, colon), value: value === '' ? undefined : value }];
  }
  const empty = /^([^;]+);\s*$/.exec(line);
  // curl sends no other line without a colon.
  return empty === null ? [] : [{ name: empty[1], value: '' }];
}

/** A recent release. Rules name the program, if at all. */
const USER_AGENT = 'curl/8.5.0';

function leading({ user, bearer, range, userAgent = USER_AGENT, compressed, referer, cookies, json }: CurlRequest): Own[] {
  return [
    ...bearer !== undefined ? [['Authorization', `Bearer ${bearer}`] as const] : [],
    ...user !== undefined && bearer === undefined ? [['Authorization', `Basic ${base64(user)}`] as const] : [],
    ...range === undefined ? [] : [['Range', `bytes=${range}`] as const],
    ...userAgent === '' ? [] : [['User-Agent', userAgent] as const],
    ...json ? [] : [['Accept', '*/*'] as const],
    ...compressed ? [['Accept-Encoding', 'deflate, gzip, br, zstd'] as const] : [],
    ...referer === undefined || referer === '' ? [] : [['Referer', referer] as const],
    ...cookies.length === 0 ? [] : [['Cookie', cookies.map((each) => each.replace(/\s+$/, '')).join(';')] as const],
  ];
}

const FORM = 'application/x-www-form-urlencoded';
const BOUNDARY = `${'-'.repeat(24)}0000000000000000`;

function trailing({ json, body, form, query }: CurlRequest): Own[] {
  if (form) return [['Content-Type', `multipart/form-data; boundary=${BOUNDARY}`]];
  if (body === undefined || query) return [];
  const length: Own[] = body.length === undefined ? [] : [['Content-Length', String(body.length)]];
  return json ? [['Content-Type', 'application/json'], ['Accept', 'application/json'], ...length] : [...length, ['Content-Type', FORM]];
}
