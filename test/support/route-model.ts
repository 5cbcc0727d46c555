import { accepts } from '../../src/cluster/routing/match-relations';
import { Conditions, MatchConditions } from '../../src/cluster/routing/request-match';
import { RouteRule, VirtualHost } from '../../src/cluster/routing/virtual-hosts';
import { hostCovers } from '../../src/plan/hosts';

/** A request to a gateway. */
export interface PlainRequest {
  readonly host: string;
  /** Path with the query. */
  readonly path: string;
  readonly method: string;
  readonly headers: { readonly [name: string]: string };
}

/** The virtual host that Envoy picks for a request: the exact one, else the longest wildcard. */
export function virtualHostFor(hosts: readonly VirtualHost[], request: PlainRequest): VirtualHost | undefined {
  const matching = hosts.filter(({ host }) => host === request.host || (host.startsWith('*') && hostCovers(host, request.host)));
  return [...matching].sort((a, b) => rank(b.host, request.host) - rank(a.host, request.host))[0];
}

function rank(pattern: string, host: string): number {
  return pattern === host ? Infinity : pattern.length;
}

/** The rules that match a request, in the order in which Envoy tries them. */
export function matchingRules(host: VirtualHost | undefined, request: PlainRequest): RouteRule[] {
  return (host?.rules ?? []).filter(({ match }) => satisfiesMatch(match, request));
}

function satisfiesMatch(match: MatchConditions, { path, method, host, headers }: PlainRequest): boolean {
  const [plainPath, query = ''] = path.split('?');
  const parameters = new Map(query.split('&').filter((pair) => pair !== '').map((pair) => pair.split('=') as [string, string]));
  return accepts(match.path, plainPath) && accepts(match.method, method) && accepts(match.authority, host) && accepts(match.scheme, 'http')
    && allHold(match.headers, (name) => headers[name])
    && [...match.withoutHeaders].every(([name, condition]) => !holds(condition, headers[name] ?? (condition === 'present' ? undefined : '')))
    && allHold(match.queryParams, (name) => parameters.get(name));
}

function allHold(conditions: Conditions, valueOf: (name: string) => string | undefined): boolean {
  return [...conditions].every(([name, condition]) => holds(condition, valueOf(name)));
}

function holds(condition: Parameters<typeof accepts>[0], value: string | undefined): boolean {
  return value !== undefined && accepts(condition, value);
}
