import { AmbassadorOptions, ExecutorOptions, OperatorIstioOptions } from './annotations';
import { SeldonProtocol, SeldonServerType, SeldonTransport } from './enums';
import { PredictorProps } from './predictor-props';
import { ManifestProps } from '../../mesh/manifest-props';

/**
 * Properties for `SeldonDeployment`.
 *
 * @see https://docs.seldon.io/projects/seldon-core/en/latest/reference/seldon-deployment.html
 */
export interface SeldonDeploymentProps extends ManifestProps {
  /** Versions of the graph, at least one. */
  readonly predictors: PredictorProps[];

  /**
   * The protocol between clients and models.
   *
   * @default - Seldon's: SeldonProtocol.SELDON
   */
  readonly protocol?: SeldonProtocol;

  /**
   * How the orchestrator calls the nodes of the graphs. Clients can use both REST and gRPC in either case.
   *
   * @default - Seldon's: SeldonTransport.REST
   */
  readonly transport?: SeldonTransport;

  /**
   * The source of requests. A Kafka server needs three variables in the `svcOrchSpec` of each predictor.
   *
   * @default - Seldon's: SeldonServerType.RPC
   */
  readonly serverType?: SeldonServerType;

  /**
   * Number of pods of each component, 0 to 2147483647, unless the predictor or the component sets another number.
   *
   * @default 1
   */
  readonly replicas?: number;

  /**
   * Options for the Istio objects that the operator creates, where no `OperatorRouter` sets them. Routes of this library for the
   * same requests are then rejected. Annotations in the metadata that set such an option have the same effect.
   *
   * @default - the operator's own settings
   */
  readonly istio?: OperatorIstioOptions;

  /**
   * Moves the routes that the operator writes inside the mesh, to a host that is never requested: `<name>.operator.invalid`. At a
   * gateway, callers could send that host. For clusters where the operator creates Istio objects for other deployments, and the
   * routes of this one come from this library.
   *
   * @default false
   */
  readonly disableOperatorRoutes?: boolean;

  /**
   * Options for the orchestrators.
   *
   * @default - those of the operator
   */
  readonly executor?: ExecutorOptions;

  /**
   * Whether the Services of predictors are headless, so that gRPC clients see all pods.
   *
   * @default false
   */
  readonly headlessServices?: boolean;

  /**
   * Whether models are downloaded before servers start.
   *
   * @default true
   */
  readonly storageInitializer?: boolean;

  /**
   * Options for Ambassador.
   *
   * @default - none
   */
  readonly ambassador?: AmbassadorOptions;

  /**
   * The id of the operator, in a cluster with several.
   *
   * @default - the one without an id
   */
  readonly controllerId?: string;

  /**
   * Additional annotations of all pods. A change restarts the pods.
   *
   * @default - none
   */
  readonly annotations?: { [name: string]: string };
}
