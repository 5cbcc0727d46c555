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
  matched.forEach((each, i) => rules.push(...rulePair(endpoint, `${name}-match-${i + 1}`, each.arm.matches!, [each], false)));
  if (shared.length > 0) rules.push(...rulePair(endpoint, name, EVERYTHING, shared, true));
  return rules;
}

const EVERYTHING: readonly RequestMatch[] = [{}];

/**
 * The rules of some arms for both protocols.
 *
 * @param areShares Whether the arms share the requests by weight.
 */
function rulePair(
  endpoint: ResolvedEndpoint, name: string, matches: readonly RequestMatch[], arms: readonly ResolvedArm[], areShares: boolean,
): HttpRoute[] {
  const { paths, grpc: calls } = endpoint.plan.endpoint;
  const rest = endpoint.rest ? restMatches(endpoint, matches) : [];
  const grpc = endpoint.grpc ? grpcMatches(endpoint, matches) : [];
  const rules: HttpRoute[] = [];
  if (rest.length > 0) rules.push(ruleOf(endpoint, RequestProtocol.REST, `${name}-http`, rest, destinationsOf(arms, RequestProtocol.REST, areShares)));
  if (grpc.length > 0) rules.push(ruleOf(endpoint, RequestProtocol.GRPC, `${name}-grpc`, grpc, destinationsOf(arms, RequestProtocol.GRPC, areShares)));
  // The first match wins.
  return rules.length === 2 && callsComeFirst(paths, calls.methods) ? rules.reverse() : rules;
}

function restMatches({ plan: { endpoint: { paths } } }: ResolvedEndpoint, matches: readonly RequestMatch[]): HttpMatch[] {
  const written: HttpMatch[] = [];
  for (const each of matches) {
    if (each.protocol === RequestProtocol.GRPC) continue;
    for (const uri of paths) written.push(matchOf(uri, undefined, each));
  }
  return written;
}

function grpcMatches({ plan: { endpoint: { grpc } } }: ResolvedEndpoint, matches: readonly RequestMatch[]): HttpMatch[] {
  const written: HttpMatch[] = [];
  for (const each of matches) {
    if (each.protocol === RequestProtocol.REST || each.queryParams !== undefined) continue;
    for (const set of grpc.headerSets) written.push(matchOf(grpc.methods, set, each));
  }
  return written;
}

function destinationsOf(arms: readonly ResolvedArm[], protocol: RequestProtocol, areShares: boolean): HttpRouteDestination[] {
  return arms.map((each) => destinationFor(each, protocol, areShares ? each.arm.weight : undefined));
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
