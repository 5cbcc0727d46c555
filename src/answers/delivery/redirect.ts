import { replacementOf } from './rewrite';
import { JsonObject, numberOf, stringOf } from '../../cluster/json';
import { PathMatch } from '../../cluster/routing/request-match';
import { NormalRequest } from '../normal-request';

/**
 * A redirect of a rule.
 *
 * @internal
 */
export interface Redirect {
  /** The status. */
  readonly status: number;
  /** The address for a request. */
  readonly location: (request: NormalRequest) => string;
}

const STATUS: readonly number[] = [301, 302, 303, 307, 308];

/**
 * Compiles the redirect of a rule; undefined if its status is one that Istio does not support.
 *
 * @internal
 */
export function redirectOf(redirect: JsonObject, match: PathMatch | undefined, port: number, tls: boolean): Redirect | undefined {
  const status = numberOf(redirect.redirectCode) || 301;
  if (!STATUS.includes(status)) return undefined;
  const [scheme, authority, uri, prefixRewrite] = ['scheme', 'authority', 'uri', 'prefixRewrite'].map((field) => stringOf(redirect[field]));
  const newPort = portOf(redirect, scheme ?? (tls ? 'https' : 'http'), port);
  const rewrite = prefixRewrite === undefined ? undefined : replacementOf(prefixRewrite, match);
  return {
    status,
    location: (request) => {
      const final = scheme ?? request.scheme;
      const host = authority ?? hostFor(request, final, newPort !== undefined);
      return `${final}://${host}${newPort === undefined ? '' : `:${newPort}`}${pathOf(request, uri, rewrite)}`;
    },
  };
}

/** The query of a new path replaces that of the request. */
function pathOf({ path, query }: NormalRequest, uri: string | undefined, rewrite: ((path: string) => string) | undefined): string {
  const suffix = query === undefined ? '' : `?${query}`;
  if (rewrite !== undefined) return rewrite(path) + suffix;
  if (uri === undefined) return path + suffix;
  return uri.includes('?') ? uri : uri + suffix;
}

function hostFor({ authority, scheme }: NormalRequest, newScheme: string, hasPort: boolean): string {
  const colon = authority.lastIndexOf(':');
  if (colon < 0 || authority.endsWith(']')) return authority;
  const port = authority.slice(colon);
  const isOldDefault = newScheme !== scheme && port === (scheme === 'https' ? ':443' : ':80');
  return hasPort || isOldDefault ? authority.slice(0, colon) : authority;
}

/** Default ports are left out. */
function portOf({ port, derivePort }: JsonObject, scheme: string, listener: number): number | undefined {
  const wanted = numberOf(port) ?? (derivePort === 'FROM_REQUEST_PORT' ? listener : undefined);
  const standard = scheme === 'https' ? 443 : 80;
  return wanted === 0 || (wanted === standard && ['http', 'https'].includes(scheme)) ? undefined : wanted;
}
