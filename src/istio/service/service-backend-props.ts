import { InferenceProtocol } from '../../plan/inference-protocol';
import { StringMatch } from '../../plan/string-match';

/** How a Service answers requests, apart from its name and port. */
export interface ServiceBackendOptions {
  /**
   * What the model server speaks. It decides the REST paths and gRPC methods that `paths` and `grpcMethods` do not specify.
   *
   * @default InferenceProtocol.OPEN_INFERENCE, without a check of paths
   */
  readonly protocol?: InferenceProtocol;

  /**
   * Port for gRPC calls, 1 to 65535. Its name must be `grpc`, `grpc-…`, `http2` or `http2-…`, or its `appProtocol` one of these:
   * otherwise Istio speaks HTTP/1.1 to it, and calls lose their status.
   *
   * @default - no gRPC calls
   */
  readonly grpcPort?: number;

  /**
   * Paths of the Service's gRPC methods.
   *
   * @default - those of `protocol`
   */
  readonly grpcMethods?: StringMatch;

  /**
   * Headers by which callers may name this Service over gRPC.
   *
   * @default - `seldon-model` with the name of the endpoint
   */
  readonly grpcHeaders?: { [name: string]: string };

  /**
   * REST paths that the Service understands, which are those of endpoints that specify none.
   *
   * @default - those of `protocol` for the endpoint's name
   */
  readonly paths?: StringMatch[];

  /**
   * Name of a subset of the Service's pods.
   *
   * @default - all pods
   */
  readonly subset?: string;

  /**
   * Labels of the subset's pods, written to the DestinationRule of the Service.
   *
   * @default - the subset is defined in an existing DestinationRule
   */
  readonly subsetLabels?: { [label: string]: string };

  /**
   * Request headers that the Service needs; set on the way to it.
   *
   * @default - none
   */
  readonly requestHeaders?: { [name: string]: string };

  /**
   * Request headers that must not reach the Service.
   *
   * @default - none
   */
  readonly removeRequestHeaders?: string[];

  /**
   * Other ports of the Service. A route for callers inside the mesh applies to the whole host, and requests to these ports are
   * forwarded as without it.
   *
   * @default - none; with `ServiceBackend.fromService` all other ports of the Service
   */
  readonly otherPorts?: number[];
}

/** Properties for `ServiceBackend.of`. */
export interface ServiceBackendProps extends ServiceBackendOptions {
  /** Name of the Service, or a full DNS name of a host that the mesh knows. */
  readonly name: string;

  /** Namespace of the Service. */
  readonly namespace: string;

  /** Port of the Service for REST requests, 1 to 65535. */
  readonly port: number;
}

/** Options for `ServiceBackend.fromService`. */
export interface FromServiceOptions extends ServiceBackendOptions {
  /**
   * Port of the Service for REST requests, 1 to 65535.
   *
   * @default - the first port of the Service that is not for gRPC, by its name or `appProtocol`; else its first port
   */
  readonly port?: number;
}

/** Options for `ServiceBackend.fromServiceName`. */
export interface FromServiceNameOptions extends ServiceBackendOptions {
  /**
   * Namespace of the Service.
   *
   * @default - that of the chart
   */
  readonly namespace?: string;
}
