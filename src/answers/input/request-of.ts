import { entryOf } from './client';
import { grpcPath } from './grpc-method';
import { headerLines } from './header-lines';
import { InputError } from './input-error';
import { RequestInput } from './request-input';
import { hostAndPort, parseUrl, pathAndQuery, UrlParts } from './url';
import { claimsIn } from './web-token';
import { HeaderLine, HttpVersion, Request, Token } from '../request';

/**
 * The request that a client sends. What is not specified is as with curl: `GET` or, for gRPC, `POST`, the path `/`, port 80 or 443, and HTTP/1.1
 * without TLS. No header is added, except those that each gRPC call has.
 *
 * @param input The request as it is written.
 * @throws InputError if it is not a request.
 * @internal
 */
export function requestOf(input: RequestInput): Request {
  const { scheme, host, authority, port, path, query } = targetOf(input);
  const headers = [...grpcHeaders(input), ...headerLines(input.headers ?? [], 'header'), ...metadataOf(input)];
  const token = tokenOf(input, headers);
  return {
    entry: entryOf(input, scheme, host, port),
    http: httpVersion(input, scheme),
    method: methodOf(input),
    authority: authorityOf(headers, authority),
    ...input.withoutHost === true ? { hasNoHost: true } : {},
    path,
    ...query === undefined ? {} : { query },
    headers: headers.filter(({ name }) => name !== 'host'),
    ...token === undefined ? {} : { token },
  };
}

interface Target extends Pick<UrlParts, 'path' | 'query'> {
  readonly scheme: 'http' | 'https';
  /** The host that the client connects to. */
  readonly host: string;
  /** The `Host` header, unless a header replaces it. */
  readonly authority: string;
  readonly port: number;
}

function targetOf(input: RequestInput): Target {
  const { scheme: writtenScheme, host, port: writtenPort, ...rest } = input.url === undefined ? partsOf(input) : urlOf(input, input.url);
  const { path, query } = input.grpc === undefined ? rest : grpcTarget(input, rest);
  const port = input.port ?? writtenPort;
  const scheme = writtenScheme ?? (port === 443 || usesTls(input) ? 'https' : 'http');
  return {
    scheme,
    host,
    authority: writtenPort === undefined || writtenPort === defaultPort(scheme) ? host : `${host}:${writtenPort}`,
    port: checkPort(port ?? defaultPort(scheme)),
    path,
    query,
  };
}

function defaultPort(scheme: 'http' | 'https'): number {
  return scheme === 'https' ? 443 : 80;
}

function checkPort(port: number): number {
  if (Number.isInteger(port) && port >= 1 && port <= 65535) return port;
  throw new InputError(`port ${port} is not valid`, 'use a number from 1 to 65535');
}

function usesTls({ from, serverName, clientCertificate, principal }: RequestInput): boolean {
  return from === undefined && (serverName !== undefined || clientCertificate === true || principal !== undefined);
}

function urlOf(input: RequestInput, url: string): UrlParts {
  const other = (['scheme', 'host', 'path'] as const).find((field) => input[field] !== undefined);
  if (other !== undefined) throw new InputError(`the request has both \`url\` and \`${other}\``, `set \`${other}\` in the URL "${url}"`);
  return parseUrl(url);
}

function partsOf({ scheme, host, path = '/' }: RequestInput): UrlParts {
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https') throw new InputError(`scheme "${scheme}" is not valid`, 'use http or https');
  if (host === undefined) throw new InputError('the request has no host', 'set `url` or `host`');
  return { ...scheme === undefined ? {} : { scheme }, ...hostAndPort(host, `host "${host}"`), ...pathAndQuery(path) };
}

function grpcTarget(input: RequestInput, { path, query }: Pick<UrlParts, 'path' | 'query'>): Pick<UrlParts, 'path' | 'query'> {
  if (path !== '/' || query !== undefined) throw new InputError(`the request has both the gRPC method "${input.grpc}" and the path "${path}"`, 'remove the path, which the method determines');
  if (input.method !== undefined && input.method !== 'POST') throw new InputError(`the gRPC call has the method "${input.method}"`, 'remove it. All gRPC calls use POST');
  if (input.http !== undefined && input.http !== '2') throw new InputError(`the gRPC call uses HTTP/${input.http}`, 'remove `http`. All gRPC calls use HTTP/2');
  return { path: grpcPath(input.grpc!) };
}

const GRPC_HEADERS: readonly HeaderLine[] = [{ name: 'content-type', value: 'application/grpc' }, { name: 'te', value: 'trailers' }];

function grpcHeaders({ grpc, headers = [] }: RequestInput): readonly HeaderLine[] {
  if (grpc === undefined) return [];
  return GRPC_HEADERS.filter(({ name }) => !headers.some((line) => line.toLowerCase().startsWith(`${name}:`)));
}

function metadataOf({ grpc, metadata = [] }: RequestInput): HeaderLine[] {
  if (grpc === undefined && metadata.length > 0) throw new InputError('the request has metadata, but no gRPC method', 'set `grpc`, or use `headers`');
  return headerLines(metadata, 'metadata');
}

function httpVersion({ http, grpc }: RequestInput, scheme: 'http' | 'https'): HttpVersion {
  if (http === undefined) return grpc !== undefined || scheme === 'https' ? '2' : '1.1';
  if (http === '1.0' || http === '1.1' || http === '2') return http;
  throw new InputError(`HTTP version "${http}" is not supported`, 'use "1.0", "1.1" or "2"');
}

const METHODS: readonly string[] = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH'];

function methodOf({ method, grpc }: RequestInput): string {
  if (method === undefined) return grpc === undefined ? 'GET' : 'POST';
  const upper = method.toUpperCase();
  if (method !== upper && METHODS.includes(upper)) throw new InputError(`method "${method}" is not in upper case, which matters`, `use "${upper}"`);
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(method)) throw new InputError(`method "${method}" is not valid`, 'use one such as "POST"');
  return method;
}

function authorityOf(headers: readonly HeaderLine[], authority: string): string {
  const hosts = headers.filter(({ name }) => name === 'host');
  if (hosts.length > 1) throw new InputError(`the request has ${hosts.length} Host headers`, 'send one. Envoy rejects such a request');
  return hosts.length === 0 ? authority : hosts[0].value;
}

function tokenOf({ claims, validToken = true }: RequestInput, headers: readonly HeaderLine[]): Token | undefined {
  const found = claims ?? claimsIn(headers);
  if (found === undefined) return undefined;
  if (claims !== undefined && (typeof claims.iss !== 'string' || claims.iss === '')) {
    throw new InputError('the claims have no issuer', 'set `iss`, by which a RequestAuthentication accepts the token');
  }
  return { isValid: validToken, claims: found };
}
