import { IConstruct } from 'constructs';
import { HttpMatch, HttpRoute } from './http-route';
import { invalid } from '../../plan/checks/errors';
import { StringMatch, StringMatchKind } from '../../plan/string-match';

/**
 * Refuses rules that certainly no request can reach: those after a rule that matches all requests, and matches that equal an earlier
 * one. A rule that delegates handles only the requests that the other VirtualService matches, so rules after it may be reachable.
 *
 * @internal
 */
export function checkReachable(at: IConstruct, routes: readonly HttpRoute[]): void {
  if (routes.length < 2 && (routes.length === 0 || routes[0].match === undefined || routes[0].match.length < 2)) return;
  if (haveDifferentPaths(routes)) return;
  const seen = new Map<string, string>();
  let catchAll = -1;
  for (let i = 0; i < routes.length; i++) {
    const { match, delegate } = routes[i];
    if (catchAll >= 0) {
      throw invalid(at, `${describe(routes, i)} comes after ${describe(routes, catchAll)}, which matches every request`,
        'put the rule without conditions last');
    }
    if (match === undefined || match.length === 0) {
      if (delegate === undefined) catchAll = i;
      continue;
    }
    for (let j = 0; j < match.length; j++) {
      const key = keyOf(match[j]);
      const other = seen.get(key);
      if (other !== undefined) {
        throw invalid(at, `match[${j}] of ${describe(routes, i)} equals ${other}`, 'the first one gets all its requests. Change or remove one of them');
      }
      if (delegate !== undefined) continue;
      seen.set(key, `match[${j}] of ${describe(routes, i)}`);
      if (key === ANY || key === ANY_PATH) catchAll = i;
    }
  }
}

/** Most VirtualServices have few matches, with a path each. The comparison of everything takes longer. */
const FEW = 8;

/** Whether all matches have paths, which are different and not those of all requests. False if there are too many to compare. */
function haveDifferentPaths(routes: readonly HttpRoute[]): boolean {
  const paths: StringMatch[] = [];
  for (const { match } of routes) {
    if (match === undefined || match.length === 0 || paths.length + match.length > FEW) return false;
    for (const { uri } of match) {
      if (uri === undefined || uri.value === '/') return false;
      for (const other of paths) if (other.value === uri.value && other.kind === uri.kind) return false;
      paths.push(uri);
    }
  }
  return true;
}

function describe(routes: readonly HttpRoute[], index: number): string {
  const { name } = routes[index];
  return name === undefined ? `http[${index}]` : `http[${index}] "${name}"`;
}

/** A key that is the same for matches with the same conditions. */
function keyOf(match: HttpMatch): string {
  const { uri, scheme, method, authority, headers, withoutHeaders, queryParams, port, sourceLabels, sourceNamespace, gateways } = match;
  return JSON.stringify([
    uri && textOf(uri), uri !== undefined && uri.kind !== StringMatchKind.REGEX && match.ignoreUriCase === true,
    scheme && textOf(scheme), method && textOf(method), authority && textOf(authority),
    headers && entriesOf(headers, textOf), withoutHeaders && entriesOf(withoutHeaders, textOf), queryParams && entriesOf(queryParams, textOf),
    port, sourceLabels && entriesOf(sourceLabels, String), sourceNamespace,
    gateways?.length ? gateways.map(({ gatewayName, gatewayNamespace }) => [gatewayNamespace, gatewayName]) : undefined, match.mesh === true,
  ]);
}

function textOf({ kind, value }: StringMatch): string {
  return `${kind} ${value}`;
}

function entriesOf<T>(map: { readonly [key: string]: T }, text: (value: T) => string): unknown {
  const keys = Object.keys(map);
  if (keys.length > 1) keys.sort();
  return keys.length === 0 ? undefined : keys.map((key) => [key, text(map[key])]);
}

/** Keys of the matches that every request satisfies; istiod writes no rule after one. */
const ANY = keyOf({});
const ANY_PATH = keyOf({ uri: StringMatch.prefix('/') });
