import { Destination, HttpMatch, HttpRewrite, HttpRoute, HttpRouteDestination } from '../istio/virtual-service/http-route';
import { BackendTarget } from '../plan/backend';
import { callsComeFirst } from '../plan/conflicts/grpc-conflicts';
import { PathRewrite } from '../plan/policy';
import { RequestProtocol, RequestMatch } from '../plan/request-match';
import { ResolvedArm, ResolvedEndpoint } from '../plan/resolve';
import { StringMatch } from '../plan/string-match';

/**
 * The HTTP rules of a VirtualService for one endpoint: direct responses, then requests that a match selects, then the shares; each with
 * REST before gRPC and the same arms.
 *
 * @internal
 */
export function httpRules(endpoint: ResolvedEndpoint): HttpRoute[] {
  const { plan, matched, shared } = endpoint;
  const { name } = plan.endpoint;
  const rules: HttpRoute[] = (plan.directResponses ?? []).map(({ path, status, body }, i) => ({
    name: `${name}-direct-${i + 1}`,
    match: [{ uri: path }],
    directResponse: { status, body },
  }));
  matched.forEach((each, i) => {
    rules.push(...rulePair(endpoint, `${name}-match-${i + 1}`, each.arm.matches!, (protocol) => [destinationFor(each, protocol, undefined)]));
  });
  if (shared.length > 0) {
    rules.push(...rulePair(endpoint, name, EVERYTHING, (protocol) => shared.map((each) => destinationFor(each, protocol, each.arm.weight))));
  }
  return rules;
}

const EVERYTHING: readonly RequestMatch[] = [{}];

function rulePair(
  endpoint: ResolvedEndpoint, name: string, matches: readonly RequestMatch[], arms: (protocol: RequestProtocol) => HttpRouteDestination[],
): HttpRoute[] {
  const { paths, grpc: calls } = endpoint.plan.endpoint;
  const rules: HttpRoute[] = [];
  const restMatches = endpoint.rest ? matches.filter(({ protocol }) => protocol !== RequestProtocol.GRPC) : [];
  if (restMatches.length > 0) {
    const match: HttpMatch[] = [];
    for (const each of restMatches) for (const uri of paths) match.push(matchOf(uri, undefined, each));
    rules.push(ruleOf(endpoint, RequestProtocol.REST, `${name}-http`, match, arms(RequestProtocol.REST)));
  }
  const grpcMatches = endpoint.grpc ? matches.filter((match) => match.protocol !== RequestProtocol.REST && match.queryParams === undefined) : [];
  if (grpcMatches.length > 0) {
    const match: HttpMatch[] = [];
    for (const each of grpcMatches) for (const set of calls.headerSets) match.push(matchOf(calls.methods, set, each));
    rules.push(ruleOf(endpoint, RequestProtocol.GRPC, `${name}-grpc`, match, arms(RequestProtocol.GRPC)));
  }
  // The first match wins.
  return rules.length === 2 && callsComeFirst(paths, calls.methods) ? rules.reverse() : rules;
}

function ruleOf(
  { plan: { policy }, mirrors }: ResolvedEndpoint, protocol: RequestProtocol, name: string, match: HttpMatch[], route: HttpRouteDestination[],
): HttpRoute {
  const rest = protocol === RequestProtocol.REST;
  return {
    name,
    match,
    route,
    rewrite: rest && policy?.rewrite !== undefined ? rewriteOf(policy.rewrite) : undefined,
    timeout: policy?.timeout,
    retries: policy?.retries,
    delay: policy?.delay,
    abort: policy?.abort,
    cors: rest ? policy?.cors : undefined,
    mirrors: mirrors.length === 0 ? undefined
      : mirrors.map(({ mirror, target }) => ({ destination: destinationOf(target, protocol), percent: mirror.percent })),
  };
}

function matchOf(uri: StringMatch, identity: Identity | undefined, { headers, withoutHeaders, queryParams }: RequestMatch): HttpMatch {
  return { uri, headers: identity === undefined ? headers : identifiedBy(identity, headers), withoutHeaders, queryParams };
}

/** Headers that identify the calls of an endpoint. */
type Identity = { readonly [name: string]: string };

function identifiedBy(identity: Identity, headers: RequestMatch['headers']): RequestMatch['headers'] {
  const all: { [name: string]: StringMatch } = headers === undefined ? {} : { ...headers };
  for (const name of Object.keys(identity)) all[name] = StringMatch.exact(identity[name]);
  return Object.keys(all).length === 0 ? undefined : all;
}

function destinationFor({ arm, target }: ResolvedArm, protocol: RequestProtocol, weight: number | undefined): HttpRouteDestination {
  const { requestHeaders: changes, responseHeaders: response } = arm;
  const set = changes?.set === undefined ? target.requestHeaders : { ...changes.set, ...target.requestHeaders };
  const remove = changes?.remove === undefined ? target.removeRequestHeaders : [...target.removeRequestHeaders ?? [], ...changes.remove];
  const request = set === undefined && remove === undefined && changes?.add === undefined ? undefined : { set, add: changes?.add, remove };
  const headers = request === undefined && response === undefined ? undefined : { request, response };
  return { destination: destinationOf(target, protocol), weight, headers };
}

function destinationOf(target: BackendTarget, protocol: RequestProtocol): Destination {
  return { host: target.host, port: protocol === RequestProtocol.GRPC ? target.grpc!.port : target.port, subset: target.subset };
}

function rewriteOf({ replacement, pattern }: PathRewrite): HttpRewrite {
  return pattern === undefined ? { uri: replacement } : { uriRegex: { match: pattern, rewrite: replacement } };
}
