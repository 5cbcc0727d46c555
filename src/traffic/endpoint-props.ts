import { ManifestProps } from '../mesh/manifest-props';
import { GrpcCalls } from '../plan/endpoint';
import { IGateway } from '../plan/gateway-ref';
import { DirectResponse } from '../plan/plan';
import { RoutePolicy } from '../plan/policy';
import { IRouter } from '../plan/router';
import { StringMatch } from '../plan/string-match';

/**
 * Properties of the endpoint, for every kind of rollout.
 */
export interface EndpointProps extends ManifestProps {
  /**
   * Name of the endpoint: REST `/v2/models/<endpoint>`, gRPC `seldon-model: <endpoint>`. If `paths` and `grpc` have another source, such
   * as the predictors of one SeldonDeployment of Seldon Core 1, only rules and cookies contain it.
   *
   * @default - the construct id; below a construct of your own, the ids from the chart down, with hyphens between
   */
  readonly endpoint?: string;

  /**
   * Gateways that the endpoint is attached to. An empty list has the same effect as none: callers inside the mesh.
   *
   * @default - none: callers inside the mesh
   */
  readonly gateways?: IGateway[];

  /**
   * Hosts of the endpoint. Endpoints on a wider host behind the same gateway answer 404 on these, which is an error unless it is accepted
   * with `Rules.accept(endpoint, "hidden-host", "reason")`.
   *
   * @default - those of the gateways' servers, `*` if they are not known; without a gateway the backends' host
   */
  readonly hosts?: string[];

  /**
   * REST paths; an empty list for an endpoint that accepts only gRPC.
   *
   * @default - the backends' paths if they agree (a predictor of Seldon Core 1 has the prefix `/seldon/<namespace>/<deployment>/` and its
   * rewrite to `/`); for predictors of several SeldonDeployments `/seldon/<namespace of the rollout>/<endpoint>/`, which stays the same
   * when the deployments change; otherwise those of the Open Inference Protocol: `/v2/models/<endpoint>` and everything below it
   */
  readonly paths?: StringMatch[];

  /**
   * The endpoint's gRPC calls. There is no gRPC route if no backend accepts gRPC.
   *
   * @default - those with the headers that the backends agree on; for predictors of several SeldonDeployments
   * `seldon: <endpoint>` and `namespace: <namespace of the rollout>`; otherwise those with header `seldon-model: <endpoint>`
   */
  readonly grpc?: GrpcCalls;

  /**
   * Whether the endpoint also has `/v2/health/`, which Triton's clients call. Only one endpoint of a host can have it.
   *
   * @default false
   */
  readonly health?: boolean;

  /**
   * Makes sessions sticky to the Model that answered first, if the endpoint leads to an Experiment of Seldon Core 2 with two or more
   * Models: as its only arm, or because an `ExperimentRouter` creates one. Seldon names the Model in the response header
   * `x-seldon-route`, and callers that send it back reach the same Model. Other endpoints remove that header from requests: Models,
   * Pipelines and Experiments with one candidate answer it with 404.
   *
   * Once a Model is updated or removed from the Experiment, callers that still send its route get 404 until they drop the header. If the
   * Experiment has a mirror, requests of sticky sessions are not mirrored.
   *
   * @default false
   */
  readonly seldonSticky?: boolean;

  /**
   * Rewrites, timeouts, retries, faults and CORS, for all arms.
   *
   * @default - none
   */
  readonly policy?: RoutePolicy;

  /**
   * Paths that are answered directly, without a backend. Paths that a backend hides from callers, such as the metrics of a predictor of
   * Seldon Core 1, are added and get 404. With an empty list callers can reach them. Requires Istio 1.15 or later; for earlier releases
   * the 404 is left out with a warning.
   *
   * @default - 404 for paths that a backend hides from callers
   */
  readonly directResponses?: DirectResponse[];

  /**
   * The router that programs the rollout.
   *
   * @default - see the construct
   */
  readonly router?: IRouter;
}
