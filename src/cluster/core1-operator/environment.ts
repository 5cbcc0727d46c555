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
