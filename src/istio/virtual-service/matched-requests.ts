import type { HttpMatch } from './http-match';
import { VirtualServiceProps } from './virtual-service-props';
import { RouteEntry, Conditions, isCatchAllPath, MESH, queryParameter } from '../../plan/conflicts/route-entry';
import { InferenceEndpoint } from '../../plan/endpoint';
import { EndpointPlan } from '../../plan/plan';
import { RequestProtocol, RequestMatch } from '../../plan/request-match';
import { StringMatch } from '../../plan/string-match';

/**
 * Requests that one rule of a route matches.
 *
 * @internal
 */
export type MatchedRequests = Pick<RouteEntry, 'protocol' | 'path' | 'headers' | 'withoutHeaders' | 'selectsArm' | 'underConditions'>;

/** Headers that identify the calls of an endpoint. */
type HeaderSets = readonly { readonly [name: string]: string }[];

const NO_CONDITIONS: Conditions = {};

/** A match without conditions. */
const ANY: RequestMatch = {};

/**
 * The requests that an endpoint accepts: its paths and calls, narrowed by the matches when no arm has a weight. Requests that matches
 * select in addition to weights need no entry of their own unless they are for all paths: Istio puts only rules without conditions last.
 *
 * @internal
 */
export function requestsOf({ endpoint, arms, directResponses = [] }: EndpointPlan, routesGrpc: boolean): MatchedRequests[] {
  const shares = arms.some(({ weight, matches }) => weight !== undefined || matches === undefined);
  const matches = arms.flatMap((arm) => arm.matches ?? []);
  const calls = routesGrpc ? endpoint.grpc.headerSets : [];
  const requests = shares
    ? [...requestsFor(ANY, endpoint.paths, calls, endpoint.grpc.methods), ...armRequests(endpoint, calls, matches)]
    : matches.flatMap((match) => requestsFor(match, endpoint.paths, calls, endpoint.grpc.methods));
  return [...requests, ...directResponses.map(({ path }) => ({ protocol: RequestProtocol.REST, path, headers: NO_CONDITIONS }))];
}

/** The rules for all paths that select an arm. */
function armRequests({ paths, grpc }: InferenceEndpoint, calls: HeaderSets, matches: readonly RequestMatch[]): MatchedRequests[] {
  const all = paths.filter(isCatchAllPath);
  const allCalls = isCatchAllPath(grpc.methods) ? calls.filter((set) => Object.keys(set).length === 0) : [];
  if (all.length + allCalls.length === 0) return [];
  return matches.flatMap((match) => requestsFor(match, all, allCalls, grpc.methods)).map((requests) => ({ ...requests, selectsArm: true }));
}

function requestsFor(match: RequestMatch, paths: readonly StringMatch[], calls: HeaderSets, methods: StringMatch): MatchedRequests[] {
  const { protocol, withoutHeaders, queryParams } = match;
  const headers = conditionsOf(match);
  const rest = protocol === RequestProtocol.GRPC ? [] : paths.map((path) => ({ protocol: RequestProtocol.REST, path, headers, withoutHeaders }));
  if (protocol === RequestProtocol.REST || queryParams !== undefined) return rest;
  return [...rest, ...calls.map((set) => {
    const identified: { [name: string]: StringMatch } = { ...headers };
    for (const [name, value] of Object.entries(set)) identified[name] = StringMatch.exact(value);
    return { protocol: RequestProtocol.GRPC, path: methods, headers: identified, withoutHeaders };
  })];
}

function conditionsOf({ headers, queryParams }: Pick<RequestMatch, 'headers' | 'queryParams'>): Conditions {
  if (queryParams === undefined) return headers ?? NO_CONDITIONS;
  const conditions: { [name: string]: StringMatch } = { ...headers };
  for (const [name, value] of Object.entries(queryParams)) conditions[queryParameter(name)] = value;
  return conditions;
}

const ANY_PATH = StringMatch.prefix('/');

/**
 * The requests that a VirtualService matches, except those of rules for some callers, ports or gateways.
 *
 * @internal
 */
export function handWrittenRequests({ http = [] }: VirtualServiceProps): MatchedRequests[] {
  return http.flatMap(({ match }) => (match === undefined || match.length === 0 ? [{}] : match).flatMap(requestsOfMatch));
}

function requestsOfMatch(match: HttpMatch): MatchedRequests[] {
  const {
    name: _name, uri: path = ANY_PATH, ignoreUriCase: _case, statPrefix: _prefix, headers, withoutHeaders, queryParams, method, scheme, ...others
  } = match;
  if (Object.values(others).some((condition) => condition !== undefined)) return [];
  const requests = { protocol: RequestProtocol.REST, path, headers: conditionsOf({ headers, queryParams }), withoutHeaders };
  const ofSomeMethods = method !== undefined || scheme !== undefined;
  const isPlain = !ofSomeMethods && Object.keys(requests.headers).length + Object.keys(withoutHeaders ?? {}).length === 0;
  if (isPlain) return [requests];
  if (!isCatchAllPath(path)) return [{ ...requests, underConditions: true }];
  return ofSomeMethods ? [] : [{ ...requests, selectsArm: true }];
}

/**
 * The requests to compare on a listener. Inside the mesh, the endpoints of a host share one VirtualService, in which a catch-all endpoint
 * comes last with all of its rules.
 *
 * @internal
 */
export function comparedAt(listener: string, requests: readonly MatchedRequests[]): readonly MatchedRequests[] {
  return listener === MESH ? requests.filter(({ selectsArm }) => selectsArm !== true) : requests;
}
