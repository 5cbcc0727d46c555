import { WrittenOption } from './option-table';
import { InputError } from '../input/input-error';

/**
 * The body of a request.
 *
 * @internal
 */
export interface CurlBody {
  /** The text, as far as it is on the command line. */
  readonly text: string;
  /** The number of bytes; undefined if a part is in a file. */
  readonly length: number | undefined;
}

/**
 * What the options of a curl command line ask for.
 *
 * @internal
 */
export interface CurlRequest {
  readonly urls: string[];
  readonly headers: string[];
  readonly cookies: string[];
  readonly connectTo: string[];
  readonly queries: string[];
  readonly notes: string[];
  method?: string;
  http?: '1.0' | '1.1' | '2' | 'upgrade';
  body?: CurlBody;
  upload?: string;
  user?: string;
  bearer?: string;
  range?: string;
  userAgent?: string;
  referer?: string;
  target?: string;
  form: boolean;
  json: boolean;
  head: boolean;
  /** Whether the data is sent in the query. */
  query: boolean;
  literalUrl: boolean;
  literalPath: boolean;
  compressed: boolean;
  clientCertificate: boolean;
}

/**
 * A request without options.
 *
 * @param urls Its URLs.
 * @internal
 */
export function newRequest(urls: readonly string[]): CurlRequest {
  return {
    urls: [...urls],
    headers: [],
    cookies: [],
    connectTo: [],
    queries: [],
    notes: [],
    form: false,
    json: false,
    head: false,
    query: false,
    literalUrl: false,
    literalPath: false,
    compressed: false,
    clientCertificate: false,
  };
}

type Apply = (request: CurlRequest, value: string, written: string) => void;

const data: Apply = (request, value) => addData(request, value.startsWith('@') ? undefined : value);
const unsupported = (why: string, remedy: string): Apply => (_, __, written) => { throw new InputError(`${written} ${why}`, remedy); };
const note = (text: string): Apply => (request, _, written) => { request.notes.push(`${written} ${text}`); };
const proxy = note('names a proxy, which is taken to pass the request on as it is');
const socket = note('names a socket. What listens there is taken to pass the request on as it is');
const http3 = note('is ignored. The request is resolved as HTTP/2, since gateways of Istio serve HTTP/3 only if that is turned on for them');

/** What each option of the request does. */
const EFFECTS: { readonly [name: string]: Apply } = {
  'url': (request, value) => { request.urls.push(value); },
  'url-query': (request, value) => { request.queries.push(value.startsWith('+') ? value.slice(1) : urlEncoded(value, request, '--url-query')); },
  'header': (request, value) => {
    if (value.startsWith('@')) request.notes.push(`the headers in the file "${value.slice(1)}" are not known, and are left out`);
    else request.headers.push(value);
  },
  'request': (request, value) => { request.method = value; },
  'request-target': (request, value) => { request.target = value; },
  'get': (request) => { request.query = true; },
  'head': (request) => { request.head = true; },
  'data': data,
  'data-ascii': data,
  'data-binary': data,
  'data-raw': (request, value) => addData(request, value),
  'data-urlencode': (request, value, written) => addData(request, urlEncoded(value, request, written)),
  'json': (request, value) => {
    request.json = true;
    // Several are joined without a separator.
    addData(request, value.startsWith('@') ? undefined : value, '');
  },
  'form': (request) => { request.form = true; },
  'form-string': (request) => { request.form = true; },
  'upload-file': (request, value) => { request.upload = value; },
  'user': (request, value) => { request.user = value.includes(':') ? value : `${value}:`; },
  'oauth2-bearer': (request, value) => { request.bearer = value; },
  'range': (request, value) => { request.range = value; },
  'user-agent': (request, value) => { request.userAgent = value; },
  'referer': (request, value) => { request.referer = value.replace(/;auto$/, ''); },
  'cookie': (request, value) => {
    if (value.includes('=')) request.cookies.push(value);
    else request.notes.push(`the cookies in the file "${value}" are not known, and are left out`);
  },
  'cert': (request) => { request.clientCertificate = true; },
  'connect-to': (request, value) => { request.connectTo.push(value); },
  'http1.1': (request) => { request.http = '1.1'; },
  'http2': (request) => { request.http = 'upgrade'; },
  'http2-prior-knowledge': (request) => { request.http = '2'; },
  'http3': http3,
  'http3-only': http3,
  'http1.0': (request) => { request.http = '1.0'; },
  'http0.9': note('is ignored, since it is about responses'),
  'insecure': () => {},
  'variable': unsupported('is not supported here', 'write its value where it is used'),
  'proxy': proxy,
  'preproxy': proxy,
  'proxy1.0': proxy,
  'socks4': proxy,
  'socks4a': proxy,
  'socks5': proxy,
  'socks5-hostname': proxy,
  'unix-socket': socket,
  'abstract-unix-socket': socket,
  'basic': () => {},
  'globoff': (request) => { request.literalUrl = true; },
  'path-as-is': (request) => { request.literalPath = true; },
  'compressed': (request) => { request.compressed = true; },
  'tr-encoding': (request) => { request.headers.push('Connection: TE', 'TE: gzip'); },
  'next': unsupported('begins another request', 'trace one request at a time'),
  'anyauth': note('is ignored. The first request, without credentials, is resolved'),
  'digest': note('is ignored. The first request, without credentials, is resolved'),
  'negotiate': note('is ignored. The first request, without credentials, is resolved'),
  'ntlm': note('is ignored. The first request, without credentials, is resolved'),
  'ntlm-wb': note('is ignored. The first request, without credentials, is resolved'),
  'aws-sigv4': note('is ignored. The header `authorization` that it makes is not known'),
  'config': note('is ignored. Options in the file are not known'),
};

/**
 * Applies an option to a request.
 *
 * @throws InputError if such a request cannot be resolved.
 * @internal
 */
export function applyOption(request: CurlRequest, { name, value, written }: WrittenOption): void {
  EFFECTS[name](request, value, written);
}

/** Adds to the body. The text is undefined if it is in a file. */
function addData(request: CurlRequest, text: string | undefined, separator: string = '&'): void {
  const { body } = request;
  const joined = body === undefined ? text ?? '' : `${body.text}${separator}${text ?? ''}`;
  const isKnown = text !== undefined && (body === undefined || body.length !== undefined);
  request.body = { text: joined, length: isKnown ? new TextEncoder().encode(joined).length : undefined };
}

/** The forms are `content`, `=content`, `name=content`, `@file` and `name@file`. */
function urlEncoded(value: string, request: CurlRequest, written: string): string {
  const [, name, mark, content] = /^([^=@]*)([=@]?)([\s\S]*)$/.exec(value)!;
  if (mark === '') return encoded(name);
  if (mark === '@') request.notes.push(`${written} reads the file "${content}", whose content is not known and is left out`);
  const text = mark === '@' ? '' : encoded(content);
  return name === '' ? text : `${name}=${text}`;
}

function encoded(text: string): string {
  return encodeURIComponent(text).replace(/%20/g, '+').replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16)}`)
    .replace(/%../g, (escape) => escape.toLowerCase());
}
