/**
 * Annotations that Seldon's operator reads.
 *
 * @internal
 */
export const ANNOTATION = {
  istioGateway: 'seldon.io/istio-gateway',
  istioHost: 'seldon.io/istio-host',
  istioRetries: 'seldon.io/istio-retries',
  istioRetriesTimeout: 'seldon.io/istio-retries-timeout',
  separateEngine: 'seldon.io/engine-separate-pod',
  noEngine: 'seldon.io/no-engine',
  serviceName: 'seldon.io/svc-name',
  headless: 'seldon.io/headless-svc',
  noStorageInitializer: 'seldon.io/no-storage-initializer',
  loggerQueueSize: 'seldon.io/executor-logger-queue-size',
  loggerWriteTimeout: 'seldon.io/executor-logger-write-timeout-ms',
  restTimeout: 'seldon.io/rest-timeout',
  grpcTimeout: 'seldon.io/grpc-timeout',
  grpcMaxMessageSize: 'seldon.io/grpc-max-message-size',
} as const;
