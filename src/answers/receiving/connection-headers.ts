import { ProxyResponder } from '../answer';
import { HeaderLine, Request } from '../request';

/** Headers about the connection, which HTTP/2 does not have. */
const NAMES: ReadonlySet<string> = new Set(['connection', 'upgrade', 'content-length', 'transfer-encoding']);

/** It belongs to an upgrade to HTTP/2. */
const SETTINGS = 'http2-settings';

/** Values of the header `connection` that name no header. */
const NOT_HEADERS: ReadonlySet<string> = new Set(['close', 'keep-alive', 'connection', 'te', SETTINGS, '']);

/** Headers that no client may have removed. */
const PROTECTED: ReadonlySet<string> = new Set(['host', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto']);

/** As many names in the header `connection` are refused. */
const TOO_MANY = 10;

/**
 * The headers of HTTP/1.1 about its connection.
 *
 * @internal
 */
interface Connection {
  /** What the header `connection` contains, in lower case. */
  readonly tokens: readonly string[];
  /** The protocol that an upgrade asks for; undefined without one. */
  readonly upgrade: string | undefined;
}

/** Whether there are none of these headers, as in most requests. */
function isPlain(lines: readonly HeaderLine[]): boolean {
  for (let i = 0; i < lines.length; i += 1) if (NAMES.has(lines[i].name)) return false;
  return true;
}

function valuesOf(lines: readonly HeaderLine[], name: string): readonly string[] {
  return lines.filter((line) => line.name === name).map(({ value }) => value);
}

function connectionOf(lines: readonly HeaderLine[]): Connection {
  const tokens = valuesOf(lines, 'connection').join(',').toLowerCase().split(',').map((token) => token.trim());
  const upgrades = valuesOf(lines, 'upgrade');
  return { tokens, upgrade: tokens.includes('upgrade') && upgrades.length > 0 ? upgrades.join(',').toLowerCase() : undefined };
}

/**
 * The status and the reason if a proxy refuses a request for its headers about the connection; undefined if it does not.
 *
 * @internal
 */
export function whyRefused({ http, headers }: Pick<Request, 'http' | 'headers'>): Pick<ProxyResponder, 'status' | 'reason'> | undefined {
  if (http === '2' || isPlain(headers)) return undefined;
  const lengths = valuesOf(headers, 'content-length');
  const encodings = valuesOf(headers, 'transfer-encoding');
  if (lengths.length > 1 || lengths.some((length) => !/^\d+$/.test(length))) return { status: 400, reason: 'the header content-length is repeated, or not a number' };
  if (encodings.length > 0 && lengths.length > 0) return { status: 400, reason: 'a request has content-length or transfer-encoding, but not both' };
  if (encodings.some((encoding) => encoding.toLowerCase() !== 'chunked')) return { status: 501, reason: 'proxies know only the transfer-encoding chunked' };
  const { tokens, upgrade } = connectionOf(headers);
  if (upgrade !== undefined && upgrade !== 'h2c') return undefined;
  if (tokens.length >= TOO_MANY) return { status: 400, reason: `the header connection has ${tokens.length} values` };
  const wrong = tokens.find((token) => PROTECTED.has(token) || token.startsWith(':'));
  return wrong === undefined ? undefined : { status: 400, reason: `the header connection must not name ${wrong}` };
}

/**
 * The lines that remain of a request of HTTP/1.1: a proxy removes the header `connection` and all headers that it names before rules and policies see
 * the request, unless the client asks for an upgrade of the connection, such as to a WebSocket.
 *
 * @internal
 */
export function withoutConnection(lines: readonly HeaderLine[]): readonly HeaderLine[] {
  if (isPlain(lines)) return lines;
  const { tokens, upgrade } = connectionOf(lines);
  if (upgrade !== undefined && upgrade !== 'h2c') return lines;
  const named = tokens.filter((token) => !NOT_HEADERS.has(token));
  const removed = new Set([...named, 'connection', 'upgrade', ...upgrade === 'h2c' ? [SETTINGS] : []]);
  return lines.filter(({ name }) => !removed.has(name));
}
