import { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { checkMetadata, namespaceOf } from '../mesh/manifest';
import { ManifestProps } from '../mesh/manifest-props';
import { BackendTarget } from '../plan/backend';
import { checkObjectName } from '../plan/checks';
import { Endpoint, GrpcCalls } from '../plan/endpoint';
import { defaultCalls, defaultPaths } from '../plan/endpoint-defaults';
import { invalid, show } from '../plan/errors';
import { IGateway } from '../plan/gateway-ref';
import { widestHosts } from '../plan/hosts';
import { matchCovers } from '../plan/overlap';
import { Arm, DirectResponse, Mirror, Plan } from '../plan/plan';
import { checkPaths } from '../plan/plan-checks';
import { RoutePolicy } from '../plan/policy';
import { IRouter } from '../plan/router';
import { checkGatewayList, checkTexts } from '../plan/shapes';
import { StringMatch } from '../plan/string-match';

/** Triton's clients ask here whether the server is alive, before they ask for a model. */
const HEALTH = StringMatch.prefix('/v2/health/');

/** A name that can stand in a path and in a header. */
const ENDPOINT_NAME = /^[A-Za-z0-9]([-A-Za-z0-9._]*[A-Za-z0-9])?$/;

/**
 * What callers see of a rollout, for every style of it.
 */
export interface EndpointProps extends ManifestProps {
  /**
   * Name by which callers ask: REST `/v2/models/<endpoint>`, gRPC `seldon-model: <endpoint>`.
   *
   * @default - the construct id
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
   * @default - the backends' paths where they say some, else those of the Open Inference Protocol:
   * `/v2/models/<endpoint>` and all below it
   */
  readonly paths?: StringMatch[];

  /**
   * Which gRPC calls are the endpoint's. There is no gRPC route when no backend takes gRPC.
   *
   * @default - those with header `seldon-model: <endpoint>`, or with the headers that the backends know
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
   * What happens to requests on their way, whichever arm answers.
   *
   * @default - nothing
   */
  readonly policy?: RoutePolicy;

  /**
   * Paths that are answered at once, without a backend.
   *
   * @default - none
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
  const name = metadata?.name ?? scope.node.id;
  checkMetadata(scope, props);
  // Inside the mesh the objects are named after the host.
  if (endpoint.gateways.length > 0) checkObjectName(scope, 'name', name);
  return {
    name,
    namespace: namespaceOf(scope, props),
    metadata,
    endpoints: [{
      endpoint,
      arms,
      mirrors,
      policy: props.policy,
      directResponses: props.directResponses,
    }],
  };
}

/**
 * What callers see, where the backends say what the props leave open: the first that says it counts.
 *
 * @internal
 */
export function endpointOf(scope: Construct, props: EndpointProps, backends: readonly BackendTarget[]): Endpoint {
  const name = props.endpoint ?? scope.node.id;
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
  const paths = props.paths ?? defaultPaths(name, backends);
  return {
    name,
    gateways,
    hosts: widestHosts(props.hosts ?? defaultHosts(scope, gateways, backends)),
    paths: props.health && !paths.some((path) => matchCovers(path, HEALTH) === true) ? [...paths, HEALTH] : paths,
    grpc: props.grpc ?? defaultCalls(name, backends),
    takesHost: props.takesHost,
  };
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
