/** The TLS mode of calls to predictors, which is the operator's setting `istio.tlsMode`. */
export enum OperatorTlsMode {
  /** No TLS. */
  DISABLE = 'DISABLE',
  /** TLS; the operator cannot reference certificates. */
  SIMPLE = 'SIMPLE',
  /** Mutual TLS with own certificates, which the operator cannot reference. */
  MUTUAL = 'MUTUAL',
  /** Mutual TLS with Istio's certificates. */
  ISTIO_MUTUAL = 'ISTIO_MUTUAL',
}

/** Settings of Seldon's operator in a cluster. */
export interface OperatorEnvironment {
  /**
   * The gateway of deployments that name none, as `namespace/name`; without a namespace, it is in the namespace of each deployment.
   *
   * @default "istio-system/seldon-gateway"
   */
  readonly gateway?: string;

  /**
   * The TLS mode of calls to predictors. It replaces the connection pool in the DestinationRules.
   *
   * @default - Istio's default, with an idle timeout of 60 seconds for connections
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
