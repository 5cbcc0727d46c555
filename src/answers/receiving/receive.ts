import { whyRefused, withoutConnection } from './connection-headers';
import { hostName } from './host-name';
import { HeadersOfFirstProxy, keptLines } from './managed-headers';
import { normalPath } from './normal-path';
import { EnvoyRelease } from '../../cluster/envoy-release';
import { ProxyResponder } from '../answer';
import { NormalRequest, Peer } from '../normal-request';
import { Request } from '../request';
import { RequestHeaders } from '../request-headers';

/**
 * How a proxy received a request.
 *
 * @internal
 */
export interface Reception {
  /** Who sent it. */
  readonly peer: Peer;
  /** The port of the listener. */
  readonly port: number;
  /** The scheme. */
  readonly scheme: 'http' | 'https';
  /** The release of the proxy. */
  readonly envoy: EnvoyRelease;
}

/**
 * A request as the filters and routes of the first proxy see it.
 *
 * @internal
 */
export function receive(request: Request, { peer, port, scheme, envoy }: Reception): NormalRequest {
  const { http, method, authority, headers, token } = request;
  const { path, query } = withoutFragment(request);
  const lines = keptLines(http === '2' ? headers : withoutConnection(headers), peer);
  const own = new RequestHeaders(lines, http, envoy, new HeadersOfFirstProxy(headers, peer, scheme));
  return { peer, port, http, scheme, method, authority, host: hostName(authority), path: normalPath(path), query, headers: own, token };
}

/** The methods that Envoy's parser of HTTP/1.1 knows. */
const METHODS: ReadonlySet<string> = new Set([
  'ACL', 'BIND', 'CHECKOUT', 'CONNECT', 'COPY', 'DELETE', 'GET', 'HEAD', 'LINK', 'LOCK', 'MERGE', 'MKACTIVITY', 'MKCALENDAR', 'MKCOL', 'MOVE', 'MSEARCH',
  'M-SEARCH', 'NOTIFY', 'OPTIONS', 'PATCH', 'POST', 'PROPFIND', 'PROPPATCH', 'PURGE', 'PUT', 'REBIND', 'REPORT', 'SEARCH', 'SOURCE', 'SUBSCRIBE', 'TRACE',
  'UNBIND', 'UNLINK', 'UNLOCK', 'UNSUBSCRIBE',
]);

/**
 * The answer to a request that Envoy rejects before it looks for a route; undefined for all others.
 *
 * @internal
 */
export function whyMalformed(request: Request): ProxyResponder | undefined {
  const { path, query, method, http } = request;
  if (!VISIBLE.test(path) || (query !== undefined && !VISIBLE.test(query))) {
    const sent = query === undefined ? path : `${path}?${query}`;
    if (/[\x00-\x20\x7f]/.test(sent)) return malformed('a path with a space or a control character is invalid');
    if (http !== '2') return malformed('a path with a character beyond ASCII is invalid in HTTP/1.1');
  }
  if (http !== '2' && !METHODS.has(method)) return malformed(`the method ${method} is unknown in HTTP/1.1`);
  if (http !== '2' && method === 'CONNECT') return malformed('a request with CONNECT has no path in HTTP/1.1');
  if (http === '1.0') return { kind: 'refused', status: 426, reason: 'proxies of Istio do not accept HTTP/1.0' };
  if (request.hasNoHost === true) return malformed('a request without the header Host is invalid');
  if (path.includes('%00') && withoutFragment(request).path.includes('%00')) return malformed('a path with %00 is invalid');
  const refused = whyRefused(request);
  return refused === undefined ? undefined : { kind: 'refused', ...refused };
}

/** Characters of ASCII that paths can have. */
const VISIBLE = /^[\x21-\x7e]*$/;

type Target = Pick<Request, 'path' | 'query'>;

/** Istio's proxies drop what follows "#" before they normalize the path. */
function withoutFragment(target: Target): Target {
  const { path, query } = target;
  const inPath = path.indexOf('#');
  if (inPath >= 0) return { path: path.slice(0, inPath), query: undefined };
  const inQuery = query?.indexOf('#') ?? -1;
  return inQuery < 0 ? target : { path, query: query!.slice(0, inQuery) };
}

function malformed(reason: string): ProxyResponder {
  return { kind: 'refused', status: 400, reason };
}
