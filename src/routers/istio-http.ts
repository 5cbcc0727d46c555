import { Destination, HttpMatch, HttpRewrite, HttpRoute, HttpRouteDestination, RouteHeaders } from '../istio/http-route';
import { BackendTarget } from '../plan/backend';
import { matchesOverlap } from '../plan/overlap';
import { PathRewrite } from '../plan/policy';
import { Protocol, RequestMatch } from '../plan/request-match';
import { ResolvedArm, ResolvedEndpoint } from '../plan/resolve';
import { StringMatch } from '../plan/string-match';

/**
 * The HTTP rules of a VirtualService for one endpoint: answers that need no backend, then requests that a match picks,
 * then the shares; REST before gRPC each time, with the same arms.
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
  matched.forEach(({ arm, target }, i) => {
    rules.push(...rulePair(endpoint, `${name}-match-${i + 1}`, arm.matches!, (protocol) => [toArm({ arm, target }, protocol)]));
  });
  if (shared.length > 0) {
    rules.push(...rulePair(endpoint, name, [{}], (protocol) => shared.map((each) => ({
      ...toArm(each, protocol), weight: each.arm.weight,
    }))));
  }
  return rules;
}

function rulePair(
  endpoint: ResolvedEndpoint, name: string, matches: readonly RequestMatch[], arms: (protocol: Protocol) => HttpRouteDestination[],
): HttpRoute[] {
  const { plan: { endpoint: { paths, grpc: calls }, policy } } = endpoint;
  const rest: HttpRoute[] = [];
  const grpc: HttpRoute[] = [];
  const restMatches = endpoint.rest ? matches.filter(({ protocol }) => protocol !== Protocol.GRPC) : [];
  if (restMatches.length > 0) {
    rest.push({
      ...commonOf(endpoint, Protocol.REST),
      name: `${name}-http`,
      match: restMatches.flatMap((match) => paths.map((uri) => matchOf(uri, {}, match))),
      route: arms(Protocol.REST),
      rewrite: policy?.rewrite === undefined ? undefined : rewriteOf(policy.rewrite),
      cors: policy?.cors,
    });
  }
  const grpcMatches = endpoint.grpc ? matches.filter((match) => match.protocol !== Protocol.REST && match.queryParams === undefined) : [];
  if (grpcMatches.length > 0) {
    grpc.push({
      ...commonOf(endpoint, Protocol.GRPC),
      name: `${name}-grpc`,
      match: grpcMatches.flatMap((match) => calls.headerSets.map((set) => matchOf(calls.methods, set, match))),
      route: arms(Protocol.GRPC),
    });
  }
  // A REST path such as / also fits the path of a gRPC call, and the first rule that fits wins.
  const restTakesGrpc = paths.some((path) => matchesOverlap(path, calls.methods));
  return restTakesGrpc ? [...grpc, ...rest] : [...rest, ...grpc];
}

function commonOf({ plan: { policy }, mirrors }: ResolvedEndpoint, protocol: Protocol): HttpRoute {
  return {
    timeout: policy?.timeout,
    retries: policy?.retries,
    delay: policy?.delay,
    abort: policy?.abort,
    mirrors: mirrors.length === 0 ? undefined
      : mirrors.map(({ mirror, target }) => ({ destination: destinationOf(target, protocol), percent: mirror.percent })),
  };
}

function matchOf(uri: StringMatch, identity: { [name: string]: string }, { headers, withoutHeaders, queryParams }: RequestMatch): HttpMatch {
  const all: { [name: string]: StringMatch } = { ...headers };
  for (const [name, value] of Object.entries(identity)) all[name] = StringMatch.exact(value);
  return { uri, headers: Object.keys(all).length === 0 ? undefined : all, withoutHeaders, queryParams };
}

function toArm({ arm, target }: ResolvedArm, protocol: Protocol): HttpRouteDestination {
  const { requestHeaders: changes, responseHeaders: response } = arm;
  const set = { ...changes?.set, ...target.requestHeaders };
  const remove = [...target.removeRequestHeaders ?? [], ...changes?.remove ?? []];
  const request = {
    set: Object.keys(set).length === 0 ? undefined : set,
    add: changes?.add,
    remove: remove.length === 0 ? undefined : remove,
  };
  const touched = request.set !== undefined || request.add !== undefined || request.remove !== undefined;
  const headers: RouteHeaders | undefined = touched || response !== undefined
    ? { request: touched ? request : undefined, response } : undefined;
  return { destination: destinationOf(target, protocol), headers };
}

function destinationOf(target: BackendTarget, protocol: Protocol): Destination {
  return { host: target.host, port: protocol === Protocol.GRPC ? target.grpc!.port : target.port, subset: target.subset };
}

function rewriteOf({ replacement, pattern }: PathRewrite): HttpRewrite {
  return pattern === undefined ? { uri: replacement } : { uriRegex: { match: pattern, rewrite: replacement } };
}
