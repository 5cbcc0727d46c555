import { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { BoundArm, BoundMirror, targetsOf } from './bound-backends';
import { EndpointProps } from './endpoint-props';
import { InferredDefaults } from './inferred-defaults';
import { warnOfRouteName } from './route-ids';
import { UnusedGateways } from '../istio/virtual-service/unused-gateways';
import { nameOf } from '../mesh/default-name';
import { checkMetadata, namespaceOf } from '../mesh/manifest';
import { Mesh } from '../mesh/mesh';
import { Warnings } from '../mesh/warnings';
import { BackendTarget } from '../plan/backend';
import { checkObjectName } from '../plan/checks/checks';
import { invalid, show } from '../plan/checks/errors';
import { checkTexts } from '../plan/checks/type-checks';
import { matchCovers, satisfies } from '../plan/conflicts/overlap';
import { InferenceEndpoint, GrpcCalls } from '../plan/endpoint';
import { withMethodsOf } from '../plan/endpoint-defaults';
import { IGateway } from '../plan/gateway-ref';
import { widestHosts } from '../plan/hosts';
import { checkGatewayList } from '../plan/part-checks';
import { DirectResponse, EndpointPlan, Plan } from '../plan/plan';
import { checkPaths } from '../plan/plan-checks';
import { PathRewrite, RoutePolicy } from '../plan/policy';
import { StringMatch, StringMatchKind } from '../plan/string-match';
import { OperatorIstio } from '../seldon/core1/operator-istio';

/** Triton's clients check the server's health here before they call a model. */
const HEALTH = StringMatch.prefix('/v2/health/');

/** The first release of Istio with direct responses. */
const DIRECT_RESPONSES_SINCE = '1.15';

/** A name that is valid in a path and in a header. */
const ENDPOINT_NAME = /^[A-Za-z0-9]([-A-Za-z0-9._]*[A-Za-z0-9])?$/;

/**
 * Builds the plan of a rollout with one endpoint.
 *
 * @internal
 */
export function planRollout(scope: Construct, props: EndpointProps, endpoint: InferenceEndpoint, arms: BoundArm[], mirrors?: BoundMirror[]): Plan {
  const metadata: ApiObjectMetadata | undefined = props.metadata;
  const name = nameOf(scope, props);
  checkMetadata(scope, props);
  // Inside the mesh the objects are named after the host.
  if (endpoint.gateways.length > 0) checkObjectName(scope, 'name', name);
  // Compares the endpoint with the operator's routes, whichever router writes its own.
  OperatorIstio.of(scope);
  return {
    name,
    namespace: namespaceOf(scope, props),
    metadata,
    endpoints: [planEndpoint(scope, props, endpoint, arms, mirrors)],
  };
}

/**
 * Builds the plan of one endpoint. With the backends' own paths it also has their rewrite, and it answers 404 where its paths would lead
 * to paths that a backend hides.
 *
 * @internal
 */
export function planEndpoint(
  at: Construct, props: Pick<EndpointProps, 'paths' | 'policy' | 'directResponses'>, endpoint: InferenceEndpoint, arms: BoundArm[], mirrors?: BoundMirror[],
): EndpointPlan {
  const backends = targetsOf(arms);
  const policy = policyOf(props, backends);
  return { endpoint, arms, mirrors, policy, directResponses: withHiddenPaths(at, endpoint.paths, policy?.rewrite, backends, props.directResponses) };
}

/** A backend's rewrite belongs to its own paths. Other paths need their own rewrite. */
function policyOf({ paths, policy }: Pick<EndpointProps, 'paths' | 'policy'>, backends: readonly BackendTarget[]): RoutePolicy | undefined {
  const rewrite = backends.find(({ endpoint }) => endpoint !== undefined)?.endpoint?.rewrite;
  return paths !== undefined || rewrite === undefined || policy?.rewrite !== undefined ? policy : { ...policy, rewrite };
}

/** A backend hides paths that are only for the cluster, such as its metrics. */
function withHiddenPaths(
  at: Construct, paths: readonly StringMatch[], rewrite: PathRewrite | undefined,
  backends: readonly BackendTarget[], given: DirectResponse[] | undefined,
): DirectResponse[] | undefined {
  const hidden = [...new Set(backends.flatMap(({ hiddenPaths }) => hiddenPaths ?? []))];
  if (hidden.length === 0 || given?.length === 0) return given;
  const outside = hidden.flatMap((path) => paths.flatMap((match) => {
    if (rewrite !== undefined && (match.kind === StringMatchKind.REGEX || rewrite.pattern !== undefined)) {
      if (given !== undefined) return [];
      const how = rewrite.pattern === undefined ? '' : ' by an expression';
      throw invalid(at, `path ${match} with a rewrite${how}, for backends that answer ${path} only inside the cluster`,
        'it is not known which requests arrive there. Set directResponses for them, or an empty list if callers may see it');
    }
    if (rewrite === undefined) return satisfies(match, path) ? [path] : [];
    if (match.kind === StringMatchKind.EXACT) return rewrite.replacement === path ? [match.value] : [];
    return path.startsWith(rewrite.replacement) ? [`${match.value}${path.slice(rewrite.replacement.length)}`] : [];
  }));
  const specified = new Set((given ?? []).map(({ path }) => String(path)));
  const made = [...new Set(outside)].map((path) => ({ path: StringMatch.exact(path), status: 404 }))
    .filter(({ path }) => !specified.has(String(path)));
  if (made.length === 0) return given;
  if (Mesh.of(at)._release.isAtLeast(DIRECT_RESPONSES_SINCE)) return [...given ?? [], ...made];
  Warnings._add(at, `callers can read ${made.map(({ path }) => path.value).join(', ')}, which backends answer only inside the cluster, such as their metrics`,
    `Istio can answer such paths with 404 since ${DIRECT_RESPONSES_SINCE}, and istioVersion is older. Deny them by an AuthorizationPolicy, or accept it with directResponses: []`);
  return given;
}

/**
 * The endpoint of a rollout. The backends provide defaults for the props.
 *
 * @param renamed Whether the endpoint's name identifies it even if the backends have their own paths.
 * @internal
 */
export function endpointOf(scope: Construct, props: EndpointProps, backends: readonly BackendTarget[], renamed = false): InferenceEndpoint {
  const name = props.endpoint ?? nameOf(scope);
  if (typeof name !== 'string' || !ENDPOINT_NAME.test(name)) {
    throw invalid(scope, `endpoint ${show(name)}`,
      'expected letters, digits, hyphens, dots and underscores, starting and ending with a letter or digit. It is part of paths and headers');
  }
  const gateways = props.gateways ?? [];
  checkGatewayList(scope, 'gateways', gateways);
  if (props.hosts !== undefined) checkTexts(scope, 'hosts', props.hosts);
  if (props.paths !== undefined) checkPaths(scope, props.paths);
  if (props.grpc !== undefined && !Array.isArray((props.grpc as Partial<GrpcCalls> | null)?.headerSets)) {
    throw invalid(scope, `grpc ${show(props.grpc)}`, 'expected GrpcCalls, such as GrpcCalls.byHeader("seldon-model", "iris")');
  }
  if (props.seldonSticky !== undefined && typeof props.seldonSticky !== 'boolean') {
    throw invalid(scope, `seldonSticky ${show(props.seldonSticky)}`, 'expected true or false');
  }
  const defaults = new InferredDefaults(scope, props, name, backends, renamed);
  const paths = props.paths ?? defaults.paths();
  const endpoint: InferenceEndpoint = {
    name,
    gateways,
    hosts: widestHosts(props.hosts ?? defaultHosts(scope, gateways, backends)),
    paths: props.health && !paths.some((path) => matchCovers(path, HEALTH) === true) ? [...paths, HEALTH] : paths,
    grpc: withMethodsOf(backends, props.grpc ?? defaults.calls()),
    seldonSticky: props.seldonSticky,
  };
  if (props.endpoint === undefined) warnOfRouteName(scope, endpoint, backends);
  if (props.gateways === undefined) UnusedGateways.of(scope).addEndpoint(scope, name);
  return endpoint;
}

function defaultHosts(scope: Construct, gateways: readonly IGateway[], backends: readonly BackendTarget[]): string[] {
  if (gateways.length > 0) {
    return gateways.flatMap(({ gatewayListeners }) => gatewayListeners?.flatMap(({ hosts }) => hosts) ?? ['*'])
      .map((host) => host.slice(host.indexOf('/') + 1));
  }
  const hosts = [...new Set(backends.map(({ host }) => host))];
  if (hosts.length > 1) {
    throw invalid(scope, `backends on several hosts (${hosts.join(', ')}) and no gateway`, 'set the host for callers inside the mesh');
  }
  return hosts;
}
