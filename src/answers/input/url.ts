import { InputError } from './input-error';

/**
 * The parts of a URL that reach a server.
 *
 * @internal
 */
export interface UrlParts {
  /** The scheme, if it is written. */
  readonly scheme?: 'http' | 'https';
  /** The host as written; an IPv6 address with its brackets. */
  readonly host: string;
  /** The port, if it is written. */
  readonly port?: number;
  /** The path; `/` if there is none. */
  readonly path: string;
  /** The query after `?`; undefined if there is no `?`. */
  readonly query?: string;
  /** User and password, if they are written. */
  readonly userInfo?: string;
}

const URL_FORM = /^(?:([A-Za-z][A-Za-z0-9+.-]*):\/\/)?([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#.*)?$/s;
const HOST_FORM = /^(?:\[[0-9A-Fa-f:.]+\]|[^[\]:@\s/?#]+)$/;

/**
 * Reads a URL as curl does: the scheme may be absent, and a fragment is not sent.
 *
 * @throws InputError if it is not a URL.
 * @internal
 */
export function parseUrl(url: string): UrlParts {
  const [, writtenScheme, authority, path, query] = URL_FORM.exec(url)!;
  const at = authority.lastIndexOf('@');
  return {
    ...schemeOf(url, writtenScheme),
    ...hostAndPort(authority.slice(at + 1), `URL "${url}"`),
    ...at < 0 ? {} : { userInfo: authority.slice(0, at) },
    ...pathAndQuery(query === undefined ? path || '/' : `${path || '/'}?${query}`),
  };
}

function schemeOf(url: string, written: string | undefined): Pick<UrlParts, 'scheme'> {
  if (written === undefined) return {};
  const scheme = written.toLowerCase();
  if (scheme === 'http' || scheme === 'https') return { scheme };
  throw new InputError(`URL "${url}" has the scheme "${written}"`, 'use http or https');
}

/**
 * Reads a host with an optional port.
 *
 * @param text The text, such as `models.example.com:8080`.
 * @param where What it is part of, for errors.
 * @throws InputError if it is not a host.
 * @internal
 */
export function hostAndPort(text: string, where: string): Pick<UrlParts, 'host' | 'port'> {
  const [, host, port] = /^(.*?)(?::([^:\]]*))?$/s.exec(text)!;
  if (host === '') throw new InputError(`${where} has no host`, 'write it as in http://models.example.com/v2/models/iris/infer');
  if (!HOST_FORM.test(host)) throw new InputError(`${where} has the host "${host}", which is not valid`, 'use a DNS name or an IP address; an IPv6 address needs brackets');
  return port === undefined || port === '' ? { host } : { host, port: portOf(port, where) };
}

function portOf(text: string, where: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 65535) return port;
  throw new InputError(`${where} has the port "${text}"`, 'use a number from 1 to 65535');
}

/**
 * Divides a path from its query. Both stay as they are written.
 *
 * @throws InputError if it does not begin with `/`, or contains what a client must encode.
 * @internal
 */
export function pathAndQuery(written: string): Pick<UrlParts, 'path' | 'query'> {
  if (!written.startsWith('/')) throw new InputError(`path "${written}" does not begin with "/"`, `use "/${written}"`);
  const unsafe = /[^\x21-\x7e]/u.exec(written);
  if (unsafe !== null) {
    throw new InputError(`path "${written}" contains the character "${unsafe[0]}", which clients must encode`, `use "${encodeURIComponent(unsafe[0])}" for it`);
  }
  const hash = written.indexOf('#');
  if (hash >= 0) throw new InputError(`path "${written}" has a fragment, which clients do not send`, `remove "${written.slice(hash)}", or encode "#" as "%23"`);
  const mark = written.indexOf('?');
  return mark < 0 ? { path: written } : { path: written.slice(0, mark), query: written.slice(mark + 1) };
}
