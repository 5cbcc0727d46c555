import { ManifestProps } from '../mesh/manifest-props';
import { GrpcCalls } from '../plan/endpoint';
import { IGateway } from '../plan/gateway-ref';
import { DirectResponse } from '../plan/plan';
import { RoutePolicy } from '../plan/policy';
import { IRouter } from '../plan/router';
import { StringMatch } from '../plan/string-match';

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
