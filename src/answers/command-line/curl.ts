import { curlHeaders } from './curl-headers';
import { curlWords } from './curl-options';
import { applyOption, CurlRequest, newRequest } from './curl-request';
import { WrittenOption } from './option-table';
import { ParsedCommand } from './parsed-command';
import { InputError } from '../input/input-error';
import { parseUrl, UrlParts } from '../input/url';

/**
 * The request of a curl command line.
 *
 * @param words The words after `curl`.
 * @throws InputError if curl would reject the command line, or its request cannot be resolved.
 * @internal
 */
export function curlCommand(words: readonly string[]): ParsedCommand {
  const { options, operands } = curlWords(words);
  const request = newRequest(operands);
  for (const option of options) if (option.effect === 'request') applyOption(request, option);
  const url = theUrl(request);
  const host = hostOf(url);
  const port = portOf(request, url);
  return {
    input: {
      scheme: url.scheme ?? 'http',
      host,
      ...port === undefined ? {} : { port },
      path: targetOf(request, url),
      method: methodOf(request),
      headers: curlHeaders({ ...request, user: request.user ?? userOf(url), headers: request.headers.filter(isFirstHost) }),
      http: httpVersion(request, url),
      ...request.headers.some(removesHost) ? { withoutHost: true } : {},
      ...request.clientCertificate && url.scheme === 'https' ? { clientCertificate: true } : {},
    },
    notes: [...request.notes, ...ignoredNote(options)],
  };
}

function theUrl({ urls, literalUrl, notes }: CurlRequest): UrlParts {
  if (urls.length === 0) throw new InputError('the curl command has no URL', 'add one, as in `curl http://models.example.com/v2/models/iris`');
  if (urls.length > 1) throw new InputError(`the curl command has ${urls.length} URLs, ${urls.map((url) => `"${url}"`).join(' and ')}`, 'give one URL, and quote words with spaces');
  const [url] = urls;
  if (!literalUrl && /\{[^}]*\}|\[[^\]:]+\]/.test(url)) notes.push('curl would expand the braces and brackets of the URL. They are read literally, as with --globoff');
  return parseUrl(encodeNonAscii(url));
}

/** curl encodes them, in lower case. */
function encodeNonAscii(url: string): string {
  return url.replace(/[^\0-\x7f]+/g, (text) => [...new TextEncoder().encode(text)].map((byte) => `%${byte.toString(16)}`).join(''));
}

function hostOf({ host, port }: UrlParts): string {
  return port === undefined ? host : `${host}:${port}`;
}

/** `--connect-to HOST1:PORT1:HOST2:PORT2`, of which an empty part means any or the same one. */
function portOf({ connectTo }: CurlRequest, { scheme, host, port = scheme === 'https' ? 443 : 80 }: UrlParts): number | undefined {
  for (const value of connectTo) {
    const parts = /^(\[[^\]]*\]|[^:]*):([^:]*):(\[[^\]]*\]|[^:]*):([^:]*)$/.exec(value);
    if (parts === null) throw new InputError(`--connect-to is "${value}"`, 'write it as in "models.example.com:443:gateway.local:8443"');
    const [, fromHost, fromPort, , toPort] = parts;
    const matches = (fromHost === '' || fromHost.toLowerCase() === host.toLowerCase()) && (fromPort === '' || Number(fromPort) === port);
    if (matches) return toPort === '' ? undefined : Number(toPort);
  }
  return undefined;
}

function targetOf(request: CurlRequest, { path, query }: UrlParts): string {
  if (request.target !== undefined) return request.target;
  const file = request.upload !== undefined && request.upload !== '-' && path.endsWith('/') ? encodeURIComponent(request.upload.split('/').pop()!) : '';
  const queries = [
    ...query === undefined ? [] : [query],
    ...request.queries,
    ...request.query && request.body !== undefined ? [request.body.text] : [],
  ];
  return [(request.literalPath ? path : withoutDotSegments(path)) + file, ...queries.length === 0 ? [] : [queries.filter((each) => each !== '').join('&')]].join('?');
}

/** Removes the segments `.` and `..`, as RFC 3986 describes in 5.2.4. */
function withoutDotSegments(path: string): string {
  const segments: string[] = [];
  const written = path.split('/').slice(1);
  written.forEach((segment, i) => {
    const isLast = i === written.length - 1;
    if (segment === '..') segments.pop();
    if (segment !== '.' && segment !== '..') segments.push(segment);
    else if (isLast) segments.push('');
  });
  return `/${segments.join('/')}`;
}

function methodOf(request: CurlRequest): string {
  const { method, head, form, upload, query } = request;
  const hasBody = form || (request.body !== undefined && !query);
  if (head && hasBody) throw new InputError('the curl command has both -I and data, which curl rejects', 'remove one of them');
  if (form && request.body !== undefined) throw new InputError('the curl command has both -F and -d, which curl rejects', 'remove one of them');
  if (method !== undefined) return method;
  if (head) return 'HEAD';
  if (upload !== undefined) return 'PUT';
  return hasBody ? 'POST' : 'GET';
}

/** An upgrade from HTTP/1.1, which Envoy does not do. */
function httpVersion({ http }: CurlRequest, { scheme }: UrlParts): '1.0' | '1.1' | '2' {
  if (http === '1.0' || http === '1.1' || http === '2') return http;
  return scheme === 'https' ? '2' : '1.1';
}

/** A header without a value replaces the one that curl sends by itself. */
function removesHost(header: string): boolean {
  return /^host:\s*$/i.test(header);
}

/** Of several, curl sends the first one. */
function isFirstHost(header: string, i: number, all: readonly string[]): boolean {
  const isHost = (line: string) => /^host[:;]/i.test(line);
  return !isHost(header) || all.findIndex(isHost) === i;
}

function userOf({ userInfo }: UrlParts): string | undefined {
  if (userInfo === undefined) return undefined;
  const [name, ...password] = userInfo.split(':');
  return [name, password.join(':')].map(decoded).join(':');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function ignoredNote(options: readonly WrittenOption[]): string[] {
  const names = [...new Set(options.filter(({ effect }) => effect === 'other').map(({ written }) => written))];
  return names.length === 0 ? [] : [`${names.join(', ')} ${names.length === 1 ? 'changes' : 'change'} nothing here, and ${names.length === 1 ? 'is' : 'are'} ignored`];
}
