import { matchesOverlap } from '../../plan/conflicts/overlap';
import { hostCovers, hostIntersection } from '../../plan/hosts';
import { EndpointPlan } from '../../plan/plan';
import { StringMatch, StringMatchKind } from '../../plan/string-match';

/** Headers by name, all of which a request has. @internal */
export interface HeaderSet {
  readonly [name: string]: string;
}

/** Requests for some hosts that a policy denies to all callers except its own. @internal */
export interface DeniedRequests {
  /** Their hosts, as in endpoints; undefined for all. */
  readonly hosts?: readonly string[];
  /** Paths in the syntax of policies. */
  readonly paths: ReadonlySet<string>;
  /** Values of single headers. */
  readonly headers: ReadonlyMap<string, ReadonlySet<string>>;
  /** Sets of headers that identify a model only together, by a key that is equal for equal sets. */
  readonly headerSets: ReadonlyMap<string, HeaderSet>;
}

/** Requests that callers send to an endpoint. @internal */
export interface EndpointRequests {
  /** Their hosts. */
  readonly hosts: readonly string[];
  /** Paths, including those of gRPC calls if the endpoint accepts all calls of its hosts. */
  readonly paths: readonly StringMatch[];
  /** Headers of the other gRPC calls. */
  readonly headerSets: readonly HeaderSet[];
  /** Headers by which arms match some of these requests. */
  readonly matched: readonly HeaderSet[];
}

/**
 * The requests that callers send to an endpoint.
 *
 * @internal
 */
export function requestsOf({ endpoint: { hosts, paths, grpc }, arms }: EndpointPlan, routesGrpc: boolean): EndpointRequests {
  const sets = routesGrpc ? grpc.headerSets : [];
  const named = sets.filter((set) => Object.keys(set).length > 0);
  return {
    hosts: hosts.map((host) => host.toLowerCase()),
    paths: named.length < sets.length ? [...paths, grpc.methods] : paths,
    headerSets: named,
    matched: arms.flatMap(({ matches = [] }) => matches.map(({ headers = {} }) => exactHeaders(headers))),
  };
}

function exactHeaders(headers: { readonly [name: string]: StringMatch }): HeaderSet {
  const exact = Object.entries(headers).filter(([, { kind }]) => kind === StringMatchKind.EXACT);
  return Object.fromEntries(exact.map(([name, { value }]) => [name, value]));
}

/**
 * Whether all requests of an endpoint are denied.
 *
 * @internal
 */
export function deniesAll(denied: readonly DeniedRequests[], { hosts, paths, headerSets }: EndpointRequests): boolean {
  return hosts.every((host) => {
    const here = denied.filter((each) => isFor(each, host));
    return paths.every((path) => path.kind !== StringMatchKind.REGEX && here.some((each) => each.paths.has(policyPath(path))))
      && headerSets.every((set) => here.some((each) => hasHeaders(each, set)));
  });
}

/**
 * Describes the requests of an endpoint that are denied, if they are for the same hosts: a path, or headers.
 *
 * @internal
 */
export function deniedOf({ paths: denied, headers, headerSets }: DeniedRequests, requests: EndpointRequests): string | undefined {
  const matches = [...denied].map(matchOf);
  const path = matches.find((match) => requests.paths.some((each) => matchesOverlap(match, each)));
  if (path !== undefined) return `path ${path}`;
  const sets = [...requests.headerSets, ...requests.matched];
  const single = sets.flatMap((set) => Object.entries(set)).find(([name, value]) => headers.get(name)?.has(value));
  if (single !== undefined) return `header ${single.join(': ')}`;
  const several = [...headerSets.values()].find((set) => sets.some((each) => Object.entries(set).every(([name, value]) => each[name] === value)));
  return several && `headers ${Object.entries(several).map((each) => each.join(': ')).join(' and ')}`;
}

/** Whether denied requests are for a host, or for all hosts of a pattern. */
function isFor({ hosts }: DeniedRequests, host: string): boolean {
  return hosts?.some((each) => hostCovers(each, host)) ?? true;
}

/**
 * Whether a host, or every host of a pattern, is not among those of denied requests.
 *
 * @internal
 */
export function isOnOtherHosts({ hosts }: DeniedRequests, host: string): boolean {
  return hosts?.every((each) => hostIntersection(each, host) === undefined) ?? false;
}

/** A path in the syntax of policies. @internal */
export function policyPath({ kind, value }: StringMatch): string {
  return kind === StringMatchKind.PREFIX ? `${value}*` : value;
}

/** A path of a policy as a match of routes. @internal */
export function matchOf(path: string): StringMatch {
  return path.endsWith('*') ? StringMatch.prefix(path.slice(0, -1)) : StringMatch.exact(path);
}

/** A key that is equal for equal sets of headers. @internal */
export function headersKey(set: HeaderSet): string {
  return JSON.stringify(Object.keys(set).sort().map((name) => [name, set[name]]));
}

function hasHeaders({ headers, headerSets }: DeniedRequests, set: HeaderSet): boolean {
  return Object.entries(set).some(([name, value]) => headers.get(name)?.has(value)) || headerSets.has(headersKey(set));
}
