import { AmbassadorOptions, ExecutorOptions, OperatorIstioOptions } from './annotations';
import { SeldonProtocol, SeldonServerType, SeldonTransport } from './enums';
import { PredictorProps } from './predictor-props';
import { ManifestProps } from '../../mesh/manifest-props';

/**
 * What a SeldonDeployment takes.
 *
 * @see https://docs.seldon.io/projects/seldon-core/en/latest/reference/seldon-deployment.html
 */
export interface SeldonDeploymentProps extends ManifestProps {
  /** Versions of the graph, at least one. */
  readonly predictors: PredictorProps[];

  /**
   * What clients and models say to each other.
   *
   * @default - Seldon's: SeldonProtocol.SELDON
   */
  readonly protocol?: SeldonProtocol;

  /**
   * How the orchestrator calls the nodes of the graphs. Callers reach it over REST and gRPC either way.
   *
   * @default - Seldon's: SeldonTransport.REST
   */
  readonly transport?: SeldonTransport;

  /**
   * Where requests come from. A Kafka server needs three variables in the `svcOrchSpec` of each predictor.
   *
   * @default - Seldon's: SeldonServerType.RPC
   */
  readonly serverType?: SeldonServerType;

  /**
   * How many pods of each component run, 0 to 2147483647, where nothing closer to it says another number.
   *
   * @default 1
   */
  readonly replicas?: number;

  /**
   * What the operator is told about the Istio objects that it writes, where no `OperatorRouter` says it. Routes of this library
   * for the same requests are refused then, and annotations in the metadata that say so count as well.
   *
   * @default - the operator's own settings
   */
  readonly istio?: OperatorIstioOptions;

  /**
   * Puts the routes that the operator writes inside the mesh, on a host that nobody asks for: `<name>.operator.invalid`. At a
   * gateway callers could send it. For clusters where the operator writes Istio objects for other deployments, and the routes
   * of this one come from this library.
   *
   * @default false
   */
  readonly disableOperatorRoutes?: boolean;

  /**
   * How the orchestrators work.
   *
   * @default - as the operator says
   */
  readonly executor?: ExecutorOptions;

  /**
   * Whether the Services of predictors have no address of their own, so that gRPC clients see all pods.
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
   * What Ambassador is told.
   *
   * @default - nothing
   */
  readonly ambassador?: AmbassadorOptions;

  /**
   * The operator that is meant, where a cluster has several.
   *
   * @default - the one without an id
   */
  readonly controllerId?: string;

  /**
   * Further annotations of all pods. A change restarts them.
   *
   * @default - none
   */
  readonly annotations?: { [name: string]: string };
}
