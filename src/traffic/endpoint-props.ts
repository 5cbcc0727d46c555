import { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { DefaultsFor } from './endpoint-defaults';
import { warnOfRouteName } from './route-ids';
import { UnusedGateways } from '../istio/virtual-service/unused-gateways';
import { nameOf } from '../mesh/default-name';
import { checkMetadata, namespaceOf } from '../mesh/manifest';
import { ManifestProps } from '../mesh/manifest-props';
import { Mesh } from '../mesh/mesh';
import { Warnings } from '../mesh/warnings';
import { BackendTarget } from '../plan/backend';
import { checkObjectName } from '../plan/checks/checks';
import { invalid, show } from '../plan/checks/errors';
import { checkGatewayList, checkTexts } from '../plan/checks/type-checks';
import { matchCovers, satisfies } from '../plan/conflicts/overlap';
import { Endpoint, GrpcCalls } from '../plan/endpoint';
import { withMethodsOf } from '../plan/endpoint-defaults';
import { IGateway } from '../plan/gateway-ref';
import { widestHosts } from '../plan/hosts';
import { Arm, DirectResponse, EndpointPlan, Mirror, Plan } from '../plan/plan';
import { checkPaths } from '../plan/plan-checks';
import { PathRewrite, RoutePolicy } from '../plan/policy';
import { IRouter } from '../plan/router';
import { StringMatch, StringMatchKind } from '../plan/string-match';

/** Triton's clients ask here whether the server is alive, before they ask for a model. */
const HEALTH = StringMatch.prefix('/v2/health/');

/** The release of Istio that brought answers without a backend. */
const DIRECT_RESPONSES_SINCE = '1.15';

/** A name that can stand in a path and in a header. */
const ENDPOINT_NAME = /^[A-Za-z0-9]([-A-Za-z0-9._]*[A-Za-z0-9])?$/;

/**
 * What callers see of a rollout, for every style of it.
 */
export interface EndpointProps extends ManifestProps {
  /**
   * Name by which callers ask: REST `/v2/models/<endpoint>`, gRPC `seldon-model: <endpoint>`. Where `paths` and `grpc` come from
   * elsewhere, as from the predictors of one SeldonDeployment of Seldon Core 1, it names rules and cookies alone.
   *
   * @default - the construct id; below a construct of your own, the ids from the chart down, with hyphens between
   */
  readonly endpoint?: string;

  /**
   * Gateways through which callers come. An empty list means what leaving it out does: callers inside the mesh.
   *
   * @default - none: callers inside the mesh
   */
  readonly gateways?: IGateway[];

  /**
   * Hosts that callers ask for.
   *
   * @default - those of the gateways' servers, `*` where they are not known; without a gateway the backends' own host
   */
  readonly hosts?: string[];

  /**
   * REST paths; an empty list for an endpoint that takes gRPC only.
   *
   * @default - the backends' paths where they agree on some (a predictor of Seldon Core 1 has the prefix
   * `/seldon/<namespace>/<deployment>/` and its rewrite to `/`); for predictors of several SeldonDeployments
   * `/seldon/<namespace of the rollout>/<endpoint>/`, so that nothing changes when they take turns; else those of the Open
   * Inference Protocol: `/v2/models/<endpoint>` and all below it
   */
  readonly paths?: StringMatch[];

  /**
   * Which gRPC calls are the endpoint's. There is no gRPC route when no backend takes gRPC.
   *
   * @default - those with the headers that the backends agree on; for predictors of several SeldonDeployments
   * `seldon: <endpoint>` and `namespace: <namespace of the rollout>`; else those with header `seldon-model: <endpoint>`
   */
  readonly grpc?: GrpcCalls;

  /**
   * Whether `/v2/health/` leads to the endpoint as well, which Triton's clients call. One endpoint of a host can have it.
   *
   * @default false
   */
  readonly health?: boolean;

  /**
   * Accepts that the endpoint's host is taken away from endpoints on a wider host behind the same gateway: they answer
   * 404 there.
   *
   * @default false
   */
  readonly takesHost?: boolean;

  /**
   * Lets callers stay with the Model that answered them first, where the endpoint leads to an Experiment of Seldon Core 2
   * over two Models or more: as its one arm, or because an `ExperimentRouter` makes one. Seldon names the Model in each answer
   * by the header `x-seldon-route`, and callers stay who send it back. Other endpoints take that header away from requests:
   * Models, Pipelines and Experiments with one candidate answer it with 404.
   *
   * It has a price. Once a Model is updated or leaves the Experiment, every caller who still sends its route gets 404, until
   * the caller drops the header. And where the Experiment has a mirror, requests of callers who stay are not copied.
   *
   * @default false
   */
  readonly seldonSticky?: boolean;

  /**
   * What happens to requests on their way, whichever arm answers.
   *
   * @default - nothing
   */
  readonly policy?: RoutePolicy;

  /**
   * Paths that are answered at once, without a backend. They are added to those that lead to what a backend hides from callers, such
   * as the metrics of a predictor of Seldon Core 1, which get 404. With an empty list callers may see that. Istio 1.15 or later; before
   * it the 404 is left out with a warning.
   *
   * @default - 404 for what a backend hides from callers
   */
  readonly directResponses?: DirectResponse[];

  /**
   * Who programs the rollout.
   *
   * @default - what the construct's documentation says
   */
  readonly router?: IRouter;
}

/**
 * Builds the plan of a rollout with one endpoint.
 *
 * @internal
 */
export function planRollout(scope: Construct, props: EndpointProps, endpoint: Endpoint, arms: Arm[], mirrors?: Mirror[]): Plan {
  const metadata: ApiObjectMetadata | undefined = props.metadata;
  const name = nameOf(scope, props);
  checkMetadata(scope, props);
  // Inside the mesh the objects are named after the host.
  if (endpoint.gateways.length > 0) checkObjectName(scope, 'name', name);
  const backends = arms.map(({ backend }) => backend.target(scope));
  return {
    name,
    namespace: namespaceOf(scope, props),
    metadata,
    endpoints: [planEndpoint(scope, props, endpoint, backends, arms, mirrors)],
  };
}

/**
 * Builds the plan of one endpoint. Where it has the backends' own paths it has their rewrite too, and it answers 404 where its
 * paths would lead to what a backend hides.
 *
 * @internal
 */
export function planEndpoint(
  at: Construct, props: Pick<EndpointProps, 'paths' | 'policy' | 'directResponses'>, endpoint: Endpoint, backends: readonly BackendTarget[], arms: Arm[], mirrors?: Mirror[],
): EndpointPlan {
  const policy = policyOf(props, backends);
  return { endpoint, arms, mirrors, policy, directResponses: withHiddenPaths(at, endpoint.paths, policy?.rewrite, backends, props.directResponses) };
}

/** A backend's own rewrite belongs to its own paths: whoever says other paths says what becomes of them. */
function policyOf({ paths, policy }: Pick<EndpointProps, 'paths' | 'policy'>, backends: readonly BackendTarget[]): RoutePolicy | undefined {
  const rewrite = backends.find(({ endpoint }) => endpoint !== undefined)?.endpoint?.rewrite;
  return paths !== undefined || rewrite === undefined || policy?.rewrite !== undefined ? policy : { ...policy, rewrite };
}

/** A backend hides what is for the cluster alone, such as its metrics. */
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
      throw invalid(at, `path ${match} with a rewrite${how}, before backends that answer ${path} for the cluster alone`,
        'nobody can tell which requests arrive there: say what they get as directResponses, or an empty list where callers may see it');
    }
    if (rewrite === undefined) return satisfies(match, path) ? [path] : [];
    if (match.kind === StringMatchKind.EXACT) return rewrite.replacement === path ? [match.value] : [];
    return path.startsWith(rewrite.replacement) ? [`${match.value}${path.slice(rewrite.replacement.length)}`] : [];
  }));
  const said = new Set((given ?? []).map(({ path }) => String(path)));
  const made = [...new Set(outside)].map((path) => ({ path: StringMatch.exact(path), status: 404 })).filter(({ path }) => !said.has(String(path)));
  if (made.length === 0) return given;
  if (Mesh.of(at)._release.knows(DIRECT_RESPONSES_SINCE)) return [...given ?? [], ...made];
  Warnings._add(at, `callers can read ${made.map(({ path }) => path.value).join(', ')}, which backends answer for the cluster alone, such as their metrics`,
    `Istio can answer such paths with 404 since ${DIRECT_RESPONSES_SINCE}, and istioVersion is older: deny them by an AuthorizationPolicy, or accept it with directResponses: []`);
  return given;
}

/**
 * What callers see, where the backends say what the props leave open.
 *
 * @param renamed Whether callers ask by the endpoint's name even where the backends have paths of their own.
 * @internal
 */
export function endpointOf(scope: Construct, props: EndpointProps, backends: readonly BackendTarget[], renamed = false): Endpoint {
  const name = props.endpoint ?? nameOf(scope);
  if (typeof name !== 'string' || !ENDPOINT_NAME.test(name)) {
    throw invalid(scope, `endpoint ${show(name)}`,
      'expected letters, digits, hyphens, dots and underscores, starting and ending with a letter or digit: it stands in paths and headers');
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
  const defaults = new DefaultsFor(scope, props, name, backends, renamed);
  const paths = props.paths ?? defaults.paths();
  const endpoint: Endpoint = {
    name,
    gateways,
    hosts: widestHosts(props.hosts ?? defaultHosts(scope, gateways, backends)),
    paths: props.health && !paths.some((path) => matchCovers(path, HEALTH) === true) ? [...paths, HEALTH] : paths,
    grpc: withMethodsOf(backends, props.grpc ?? defaults.calls()),
    takesHost: props.takesHost,
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
    throw invalid(scope, `backends on several hosts (${hosts.join(', ')}) and no gateway`, 'name the host that callers inside the mesh ask for');
  }
  return hosts;
}
