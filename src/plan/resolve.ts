import { IConstruct } from 'constructs';
import { BackendTarget, BackendUse, RouteEngine } from './backend';
import { bindBackend } from './bind';
import { checkPercent, checkWeights } from './checks/checks';
import { invalid, show } from './checks/errors';
import { checkList, checkTexts } from './checks/type-checks';
import { callsComeFirst, pathHiddenByCalls } from './conflicts/grpc-conflicts';
import { matchCovers, matchesOverlap } from './conflicts/overlap';
import { InferenceEndpoint, GrpcCalls } from './endpoint';
import { checkHeaderName, checkHeaderValue } from './header-checks';
import { HeaderChanges } from './headers';
import { servedPaths } from './inference-protocol';
import { checkClaimKey, isClaimKey } from './jwt-claims';
import { checkStringMatch } from './part-checks';
import { Arm, EndpointPlan, Mirror } from './plan';
import { checkPlan } from './plan-checks';
import { PathRewrite } from './policy';
import { checkQueryParams } from './query-match';
import { RequestProtocol, RequestMatch } from './request-match';
import { keepSeldonRoute } from './seldon-sticky';
import { StringMatch, StringMatchKind } from './string-match';

/** @internal */
export interface ResolvedArm {
  /** The arm of the plan. */
  readonly arm: Arm;
  /** How to reach its backend. */
  readonly target: BackendTarget;
}

/** @internal */
export interface ResolvedMirror {
  /** The mirror of the plan. */
  readonly mirror: Mirror;
  /** How to reach its backend. */
  readonly target: BackendTarget;
}

/**
 * An endpoint's plan with the targets of its backends, after all checks.
 *
 * @internal
 */
export interface ResolvedEndpoint {
  /** The plan. */
  readonly plan: EndpointPlan;
  /** Arms that share the requests that no match selects. */
  readonly shared: readonly ResolvedArm[];
  /** Arms that get the requests that their matches select. */
  readonly matched: readonly ResolvedArm[];
  /** The mirrors. */
  readonly mirrors: readonly ResolvedMirror[];
  /** Whether the endpoint accepts REST requests. */
  readonly rest: boolean;
  /** Whether the endpoint accepts gRPC calls. */
  readonly grpc: boolean;
}

/**
 * Finds the targets of an endpoint's plan and checks the rules that apply to every router. Backends that the rollout did not bind are
 * bound here.
 *
 * @param at The construct that routes.
 * @param plan The endpoint's plan.
 * @param engine The router's engine.
 * @internal
 */
export function resolveEndpoint(at: IConstruct, plan: EndpointPlan, engine: RouteEngine): ResolvedEndpoint {
  const { endpoint } = plan;
  checkPlan(at, plan);
  if (plan.arms.length === 0) {
    throw invalid(at, `endpoint "${endpoint.name}" has no arms`, 'give it at least one backend that answers');
  }
  const use = { engine, shared: plan.arms.length > 1, timeout: plan.policy?.timeout };
  const arms = plan.arms.map((arm, i) => ({ arm, target: bindBackend(at, `arms[${i}].backend`, arm, use).target }));
  const resolved: ResolvedEndpoint = {
    plan,
    shared: arms.filter(({ arm }) => arm.weight !== undefined || arm.matches === undefined),
    matched: arms.filter(({ arm }) => arm.matches !== undefined),
    mirrors: plan.mirrors === undefined ? [] : resolveMirrors(at, plan.mirrors, use),
    rest: endpoint.paths.length > 0,
    grpc: endpoint.grpc.headerSets.length > 0 && arms.some(({ target }) => target.grpc !== undefined),
  };
  checkArms(at, arms, resolved);
  checkRequests(at, arms, resolved);
  return endpoint.seldonSticky ? withSeldonRoute(at, arms, resolved) : resolved;
}

function resolveMirrors(at: IConstruct, mirrors: readonly Mirror[], use: BackendUse): ResolvedMirror[] {
  return mirrors.map((mirror, i) => ({ mirror, target: bindBackend(at, `mirrors[${i}].backend`, mirror, { ...use, mirror: true }).target }));
}

/** Checks which requests each arm gets, and what it changes. */
function checkArms(at: IConstruct, arms: readonly ResolvedArm[], { plan, shared, matched, mirrors, grpc }: ResolvedEndpoint): void {
  checkShares(at, shared);
  checkProtocols(at, shared);
  checkMirrors(at, arms, mirrors);
  for (const each of arms) checkArmHeaders(at, each);
  for (const { arm, target } of matched) {
    checkList(at, `matches of arm ${target.description}`, arm.matches!, 'matches');
    if (arm.matches!.length === 0) {
      throw invalid(at, `arm ${target.description} has an empty list of matches`, 'name the requests that it gets, or leave the list out');
    }
    for (const match of arm.matches!) {
      checkMatch(at, match);
      checkClaims(at, match, plan);
      if (grpc) checkCallMatch(at, match, plan.endpoint.grpc);
    }
  }
}

/** Checks that the backends serve the requests of the endpoint. */
function checkRequests(at: IConstruct, arms: readonly ResolvedArm[], { plan, shared, mirrors, rest, grpc }: ResolvedEndpoint): void {
  const { endpoint, policy } = plan;
  if (!rest && !grpc) {
    throw invalid(at, `endpoint "${endpoint.name}" accepts neither REST nor gRPC`, 'give it REST paths, or backends and calls for gRPC');
  }
  if (rest) {
    checkRewrite(at, endpoint.paths, policy?.rewrite);
    checkCommonPaths(at, shared);
    if (grpc) checkOwnPaths(at, endpoint);
  }
  const targets = [...arms, ...mirrors].map(({ target }) => target);
  if (rest) checkPaths(at, targets, endpoint.paths, policy?.rewrite);
  if (grpc) for (const target of targets) checkGrpc(at, target, endpoint.grpc);
}

function withSeldonRoute(at: IConstruct, arms: readonly ResolvedArm[], resolved: ResolvedEndpoint): ResolvedEndpoint {
  const target = keepSeldonRoute(at, arms.map((each) => each.target));
  const keeping = ({ arm }: ResolvedArm) => ({ arm, target });
  return { ...resolved, shared: resolved.shared.map(keeping), matched: resolved.matched.map(keeping) };
}

/**
 * A key that two backends share if they have the same address and headers: nothing distinguishes requests for the one from requests
 * for the other.
 *
 * @internal
 */
export function backendIdentity({ host, port, subset, requestHeaders }: BackendTarget, changes?: HeaderChanges): string {
  const set = changes?.set === undefined ? requestHeaders ?? {} : { ...changes.set, ...requestHeaders };
  let key = `${host}\n${port}\n${subset ?? ''}`;
  for (const name of Object.keys(set).sort()) key += `\n${name}: ${set[name]}`;
  return key;
}

function checkShares(at: IConstruct, shared: readonly ResolvedArm[]): void {
  if (shared.length === 1 && shared[0].arm.weight === undefined) return;
  checkWeights(at, weightsOf(at, shared));
  checkDifferent(at, shared);
}

function weightsOf(at: IConstruct, shared: readonly ResolvedArm[]): { readonly name: string; readonly weight: number }[] {
  return shared.map(({ arm, target }) => {
    if (arm.weight === undefined) {
      throw invalid(at, `arm ${target.description} has no weight`, 'give every arm that shares requests one, or a match that selects its requests');
    }
    return { name: target.description, weight: arm.weight };
  });
}

function checkDifferent(at: IConstruct, shared: readonly ResolvedArm[]): void {
  const seen = new Set<string>();
  for (const { arm, target } of shared) {
    const key = backendIdentity(target, arm.requestHeaders);
    if (seen.has(key)) {
      throw invalid(at, `${target.description} is an arm twice`, 'add the weights up in one arm');
    }
    seen.add(key);
  }
}

function checkMirrors(at: IConstruct, arms: readonly ResolvedArm[], mirrors: readonly ResolvedMirror[]): void {
  if (mirrors.length === 0) return;
  const answering = new Set(arms.map(({ target }) => backendIdentity(target)));
  const seen = new Set<string>();
  for (const { mirror, target } of mirrors) {
    checkPercent(at, `percent of mirror ${target.description}`, mirror.percent);
    const key = backendIdentity(target);
    if (answering.has(key)) {
      throw invalid(at, `${target.description} answers and gets mirrored requests`, 'a model cannot be its own shadow, since it would get requests twice. Mirror to another backend');
    }
    if (seen.has(key)) throw invalid(at, `${target.description} is a mirror twice`, 'name each mirror once');
    seen.add(key);
  }
}

function checkArmHeaders(at: IConstruct, { arm, target }: ResolvedArm): void {
  for (const changes of [arm.requestHeaders, arm.responseHeaders]) {
    if (changes !== undefined) checkChanges(at, changes);
  }
  const request = arm.requestHeaders;
  if (request === undefined) return;
  const owned = [...Object.keys(target.requestHeaders ?? {}), ...(target.removeRequestHeaders ?? [])];
  const touched = new Set([...Object.keys(request.set ?? {}), ...Object.keys(request.add ?? {}), ...(request.remove ?? [])]);
  for (const name of owned) {
    if (touched.has(name)) {
      throw invalid(at, `request header ${name} is changed on the way to ${target.description}`, 'leave it to the backend, which it selects');
    }
  }
}

function checkChanges(at: IConstruct, { set, add, remove }: HeaderChanges): void {
  for (const values of [set, add]) {
    for (const [name, value] of Object.entries(values ?? {})) {
      checkHeaderName(at, name);
      checkHeaderValue(at, name, value);
    }
  }
  if (remove !== undefined) checkTexts(at, 'headers to remove', remove);
  for (const name of remove ?? []) checkHeaderName(at, name);
}

function checkMatch(at: IConstruct, { headers, withoutHeaders, queryParams, protocol }: RequestMatch): void {
  for (const part of [headers, withoutHeaders]) {
    if (part === undefined) continue;
    for (const name of Object.keys(part)) {
      if (isClaimKey(name)) checkClaimKey(at, name);
      else checkHeaderName(at, name);
    }
    checkValues(at, 'header', part);
  }
  if (queryParams !== undefined) {
    checkValues(at, 'query parameter', queryParams);
    checkQueryParams(at, 'match of query parameter', queryParams);
  }
  if ([headers, withoutHeaders, queryParams].every((part) => Object.keys(part ?? {}).length === 0)) {
    throw invalid(at, 'a match without conditions', 'name a header or query parameter that selects requests, or use a weight');
  }
  if (protocol === RequestProtocol.GRPC && queryParams !== undefined) {
    throw invalid(at, 'a match of query parameters for gRPC', 'gRPC calls have none. Match a header');
  }
}

/** Istio matches claims only at gateways. */
function checkClaims(at: IConstruct, { headers, withoutHeaders }: RequestMatch, { endpoint }: EndpointPlan): void {
  if (endpoint.gateways.length > 0) return;
  const key = Object.keys({ ...headers, ...withoutHeaders }).find(isClaimKey);
  if (key === undefined) return;
  throw invalid(at, `match of claim ${show(key)} without a gateway`, 'Istio matches claims at gateways only. Give the endpoint gateways, or match a header');
}

function checkValues(at: IConstruct, what: string, values: { readonly [name: string]: StringMatch }): void {
  for (const name of Object.keys(values)) checkStringMatch(at, `match of ${what} ${name}`, values[name], StringMatchKind.EXACT);
}

/** One header cannot identify both the endpoint and the arm: the endpoint's value would win, and the match select all its calls. */
function checkCallMatch(at: IConstruct, { headers, withoutHeaders, queryParams, protocol }: RequestMatch, calls: GrpcCalls): void {
  if (protocol === RequestProtocol.REST || queryParams !== undefined) return;
  for (const name of [...Object.keys(headers ?? {}), ...Object.keys(withoutHeaders ?? {})]) {
    if (calls.headerSets.some((set) => Object.hasOwn(set, name))) {
      throw invalid(at, `a match of header ${name}, which identifies the gRPC calls of the endpoint`, 'match another header, or only REST requests');
    }
  }
}

/** Backends of one kind share one list of paths, which is compared once. */
function checkPaths(at: IConstruct, targets: readonly BackendTarget[], paths: readonly StringMatch[], rewrite: PathRewrite | undefined): void {
  if (rewrite?.pattern !== undefined) return;
  const checked = new Set<readonly StringMatch[]>();
  for (const { description, paths: own, inferenceProtocol } of targets) {
    const served = own ?? servedPaths(inferenceProtocol);
    if (served === undefined || checked.has(served)) continue;
    checked.add(served);
    const lost = paths.map((path) => arriving(path, rewrite)).find((path, i) => !isServed(path, served, rewrite !== undefined || paths[i].value === '/'));
    if (lost === undefined) continue;
    throw invalid(at, `${description} does not serve path ${lost}`, `it serves ${served.join(', ') || 'none'}. Change the endpoint's paths, or rewrite them`);
  }
}

/**
 * Whether a backend serves any request for a path.
 *
 * @param mayBeWider Whether the path may be wider than what is served: behind a rewrite, and for the whole of a host, the backend
 * answers whatever it serves below the path.
 */
function isServed(path: StringMatch, served: readonly StringMatch[], mayBeWider: boolean): boolean {
  if (mayBeWider && path.kind === StringMatchKind.PREFIX && served.some((known) => matchCovers(path, known) === true)) return true;
  return served.some((known) => mayServe(known, path));
}

/** An expression may also match other requests than the intended ones, so it only has to match some that are served. */
function mayServe(known: StringMatch, wanted: StringMatch): boolean {
  const isExpression = [known, wanted].some(({ kind }) => kind === StringMatchKind.REGEX);
  return isExpression ? matchesOverlap(known, wanted) : matchCovers(known, wanted) === true;
}

/** Istio replaces the prefix character by character. */
function checkRewrite(at: IConstruct, paths: readonly StringMatch[], rewrite: PathRewrite | undefined): void {
  if (rewrite === undefined || rewrite.pattern !== undefined) return;
  const { replacement } = rewrite;
  for (const { kind, value } of paths) {
    if (kind !== StringMatchKind.PREFIX || value.endsWith('/') === replacement.endsWith('/')) continue;
    const [problem, remedy] = replacement.endsWith('/')
      ? [`${value}/infer would arrive as ${replacement}/infer, and ${value}-large/infer as ${replacement}-large/infer`, `end the prefix with a slash: ${show(`${value}/`)}`]
      : [`${value}infer would arrive as ${replacement}infer`, `end the replacement with a slash, or use PathRewrite.regex(${show(`^${value.slice(0, -1)}(/.*)?$`)}, ${show(`${replacement}\\1`)})`];
    throw invalid(at, `prefix ${show(value)} with a rewrite to ${show(replacement)}: ${problem}`, remedy);
  }
}

/** A request of one protocol is an error in another one. */
function checkProtocols(at: IConstruct, shared: readonly ResolvedArm[]): void {
  const [first, ...others] = shared.map(({ target }) => target).filter(({ protocol }) => protocol !== undefined);
  const other = others.find(({ protocol }) => protocol !== first.protocol);
  if (other === undefined) return;
  throw invalid(at, `${first.description} speaks protocol ${first.protocol}, and ${other.description} ${other.protocol}`,
    'each would answer a share of the requests with errors. Let backends of one protocol share the traffic');
}

/** Each arm must be able to serve the requests that it shares with the others. */
function checkCommonPaths(at: IConstruct, shared: readonly ResolvedArm[]): void {
  const [first, ...others] = shared.map(({ target }) => target).filter(({ paths }) => paths !== undefined && paths.length > 0);
  for (const other of others) {
    if (other.paths === first.paths || other.paths!.some((path) => first.paths!.some((known) => matchesOverlap(path, known)))) continue;
    throw invalid(at, `${first.description} and ${other.description} serve no common path (${first.paths!.join(', ')}; ${other.paths!.join(', ')})`,
      'let backends of one protocol share the traffic');
  }
}

/** Envoy compares methods with the paths of all requests, so calls that no header identifies would match the endpoint's REST requests. */
function checkOwnPaths(at: IConstruct, { paths, grpc: { headerSets, methods } }: InferenceEndpoint): void {
  if (headerSets.every((set) => Object.keys(set).length > 0) || !callsComeFirst(paths, methods)) return;
  const path = pathHiddenByCalls(paths, methods);
  if (path === undefined) return;
  throw invalid(at, `gRPC methods ${methods} also match every request for ${path}, so no REST request would reach its own route`,
    'name the gRPC service, such as StringMatch.prefix("/inference.GRPCInferenceService/"), or identify the calls by a header');
}

/** A path as it arrives at the backend. */
function arriving(path: StringMatch, rewrite: PathRewrite | undefined): StringMatch {
  if (rewrite === undefined || path.kind === StringMatchKind.REGEX) return path;
  return path.kind === StringMatchKind.PREFIX ? StringMatch.prefix(rewrite.replacement) : StringMatch.exact(rewrite.replacement);
}

function checkGrpc(at: IConstruct, target: BackendTarget, calls: GrpcCalls): void {
  if (target.grpc === undefined) {
    throw invalid(at, `${target.description} accepts no gRPC calls, and other backends of the endpoint do`,
      'give it a gRPC port, or the endpoint GrpcCalls.none()');
  }
  const known = target.grpc.methods ?? GrpcCalls.allOnHost().methods;
  if (!mayServe(known, calls.methods)) {
    throw invalid(at, `${target.description} does not serve gRPC methods ${calls.methods}`, `it serves ${known}`);
  }
}
