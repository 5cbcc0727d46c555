import { InferenceProtocol } from '../../plan/inference-protocol';
import { StringMatch } from '../../plan/string-match';

/** Options for all kinds of `ServiceBackend`. */
export interface ServiceBackendOptions {
  /**
   * Protocol of the model server. It determines the REST paths and gRPC methods that `paths` and `grpcMethods` do not specify.
   *
   * @default InferenceProtocol.OPEN_INFERENCE, without a check of paths
   */
  readonly protocol?: InferenceProtocol;

  /**
   * Port for gRPC calls, 1 to 65535. Its name or its `appProtocol` must be `grpc`, `grpc-…`, `http2` or `http2-…`. Otherwise Istio
   * connects to it with HTTP/1.1, and calls lose their status.
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
   * Headers by which gRPC callers may address this Service.
   *
   * @default - `seldon-model` with the name of the endpoint
   */
  readonly grpcHeaders?: { [name: string]: string };

  /**
   * REST paths that the Service serves. Endpoints that specify no paths get these.
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
   * Request headers that the Service needs. The route sets them.
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
   * Other ports of the Service. A route for callers inside the mesh applies to the whole host; requests to these ports are forwarded
   * as if there were no route.
   *
   * @default - none; with `ServiceBackend.fromService` all other ports of the Service
   */
  readonly otherPorts?: number[];
}

/** Properties for `ServiceBackend.of`. */
export interface ServiceBackendProps extends ServiceBackendOptions {
  /** Name of the Service, or the full DNS name of a host that is known to the mesh. */
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
   * @default - the first port of the Service that is not for gRPC by its name or `appProtocol`, else its first port
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
