/** How callers of predictors end TLS, as the operator's setting `istio.tlsMode` says. */
export enum OperatorTlsMode {
  /** No TLS. */
  DISABLE = 'DISABLE',
  /** TLS with the callers' own trust; the operator can name no certificates. */
  SIMPLE = 'SIMPLE',
  /** TLS with certificates on both sides; the operator can name none. */
  MUTUAL = 'MUTUAL',
  /** TLS with Istio's certificates on both sides. */
  ISTIO_MUTUAL = 'ISTIO_MUTUAL',
}

/** How Seldon's operator is set up in a cluster. */
export interface OperatorEnvironment {
  /**
   * The gateway of deployments that name none, as `namespace/name`; without a namespace it is that of each deployment.
   *
   * @default "istio-system/seldon-gateway"
   */
  readonly gateway?: string;

  /**
   * How callers of predictors end TLS. It takes the place of the connection pool in the DestinationRules.
   *
   * @default - Istio decides, and idle connections end after 60 seconds
   */
  readonly tlsMode?: OperatorTlsMode;

  /**
   * Port of the orchestrator for REST, 1 to 65535.
   *
   * @default 8000
   */
  readonly httpPort?: number;

  /**
   * Port of the orchestrator for gRPC, 1 to 65535.
   *
   * @default 5001
   */
  readonly grpcPort?: number;
}

/** Pods that Seldon's operator starts. */
export interface OperatorPods {
  /** Name of their Deployment. */
  readonly deployment: string;

  /** Labels of the pods, as far as Services and subsets may select them. */
  readonly labels: { [name: string]: string };

  /** Named ports of the containers. */
  readonly containers: { [container: string]: { [port: string]: number } };
}

/** What Seldon's operator makes of a SeldonDeployment once all its pods are ready. Each list is ordered by name. */
export interface OperatorObjects {
  /** VirtualServices: that of the deployment, and one for each explainer. */
  readonly virtualServices: { [field: string]: unknown }[];

  /** DestinationRules: one for each predictor and each explainer. */
  readonly destinationRules: { [field: string]: unknown }[];

  /** Services: one for each predictor, each container of a graph and each explainer. */
  readonly services: { [field: string]: unknown }[];

  /** Pods behind the Services. */
  readonly pods: OperatorPods[];
}
