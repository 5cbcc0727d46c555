import { Duration } from 'cdk8s';
import { CustomTag, TagOverride } from './telemetry-tags';
import { PolicyTargetRef } from '../istio/common/policy-target';
import { ManifestProps } from '../mesh/manifest-props';

/** The side of a request that a proxy is on. */
export enum WorkloadMode {
  /** Both sides. */
  CLIENT_AND_SERVER = 'CLIENT_AND_SERVER',
  /** Requests that a workload sends. Gateways are always on this side. */
  CLIENT = 'CLIENT',
  /** Requests that a workload receives. */
  SERVER = 'SERVER',
}

/** Istio's standard metrics. */
export enum IstioMetric {
  /** All of them. */
  ALL_METRICS = 'ALL_METRICS',
  /** `istio_requests_total`. */
  REQUEST_COUNT = 'REQUEST_COUNT',
  /** `istio_request_duration_milliseconds`. */
  REQUEST_DURATION = 'REQUEST_DURATION',
  /** `istio_request_bytes`. */
  REQUEST_SIZE = 'REQUEST_SIZE',
  /** `istio_response_bytes`. */
  RESPONSE_SIZE = 'RESPONSE_SIZE',
  /** `istio_tcp_connections_opened_total`. */
  TCP_OPENED_CONNECTIONS = 'TCP_OPENED_CONNECTIONS',
  /** `istio_tcp_connections_closed_total`. */
  TCP_CLOSED_CONNECTIONS = 'TCP_CLOSED_CONNECTIONS',
  /** `istio_tcp_sent_bytes_total`. */
  TCP_SENT_BYTES = 'TCP_SENT_BYTES',
  /** `istio_tcp_received_bytes_total`. */
  TCP_RECEIVED_BYTES = 'TCP_RECEIVED_BYTES',
  /** `istio_request_messages_total`, for gRPC. */
  GRPC_REQUEST_MESSAGES = 'GRPC_REQUEST_MESSAGES',
  /** `istio_response_messages_total`, for gRPC. */
  GRPC_RESPONSE_MESSAGES = 'GRPC_RESPONSE_MESSAGES',
}

/** Which requests are logged, and by which providers. */
export interface AccessLogging {
  /**
   * Names of the mesh's access log providers, such as `envoy`, which writes to the proxy's standard output.
   *
   * @default - the mesh's default providers; Istio ignores the entry if there are none
   */
  readonly providers?: string[];

  /**
   * A CEL expression over Envoy's attributes, such as `response.code >= 500`. Only requests for which it is true are logged.
   *
   * @default - all requests
   */
  readonly filter?: string;

  /**
   * Whether access logging is disabled.
   *
   * @default false
   */
  readonly disabled?: boolean;

  /**
   * The side of a request that is logged.
   *
   * @default - both
   */
  readonly mode?: WorkloadMode;
}

/** Which requests are traced, and the tags of their spans. */
export interface Tracing {
  /**
   * Name of the mesh's tracing provider. Istio supports one at a time.
   *
   * @default - the mesh's default provider
   */
  readonly provider?: string;

  /**
   * Percentage of the requests that are traced, 0 to 100, unless the caller has made the sampling decision.
   *
   * @default - the setting of the namespace or the mesh, else 1
   */
  readonly samplingPercentage?: number;

  /**
   * Span tags by name.
   *
   * @default - none
   */
  readonly customTags?: { [name: string]: CustomTag };

  /**
   * Whether span reporting is disabled. Trace headers are still forwarded.
   *
   * @default false
   */
  readonly disableSpanReporting?: boolean;

  /**
   * Whether the trace bits of the request ID are used for the sampling decision, so that all proxies make the same one.
   *
   * @default - true
   */
  readonly useRequestIdForTraceSampling?: boolean;

  /**
   * Whether spans have Istio's tags, such as the canonical revision.
   *
   * @default - true
   */
  readonly enableIstioTags?: boolean;

  /**
   * Whether trace headers are not forwarded to the workloads.
   *
   * @default - false
   */
  readonly disableContextPropagation?: boolean;

  /**
   * The side of a request that is traced.
   *
   * @default - both
   */
  readonly mode?: WorkloadMode;
}

/** An override of one metric, or of all. Set `metric`, `customMetric`, or neither. */
export interface MetricOverride {
  /**
   * One of Istio's metrics.
   *
   * @default - all metrics
   */
  readonly metric?: IstioMetric;

  /**
   * Name of a metric that an extension adds.
   *
   * @default - one of Istio's metrics
   */
  readonly customMetric?: string;

  /**
   * The side of a request to which the override applies.
   *
   * @default - both
   */
  readonly mode?: WorkloadMode;

  /**
   * Whether the metric is disabled.
   *
   * @default false
   */
  readonly disabled?: boolean;

  /**
   * Labels that are added, changed or removed, by name. In Prometheus a hyphen becomes an underscore.
   *
   * @default - none
   */
  readonly tags?: { [name: string]: TagOverride };
}

/** How metrics are reported. */
export interface Metrics {
  /**
   * Names of the mesh's metrics providers, such as `prometheus`.
   *
   * @default - the mesh's default providers
   */
  readonly providers?: string[];

  /**
   * Overrides of the standard metrics, in order: later ones take precedence.
   *
   * @default - none
   */
  readonly overrides?: MetricOverride[];

  /**
   * How often metrics of open connections are reported, 1 ms or more.
   *
   * @default - 5 seconds
   */
  readonly reportingInterval?: Duration;
}

/** Properties for `Telemetry`. */
export interface TelemetryProps extends ManifestProps {
  /**
   * Labels of the pods to which it applies. Mutually exclusive with `targetRefs`.
   *
   * @default - all workloads of the namespace; in the mesh's root namespace, all workloads of the mesh
   */
  readonly selector?: { [label: string]: string };

  /**
   * Objects to which it applies, instead of pods: at most 16. If the namespace also has a Telemetry without a selector,
   * `istioctl analyze` reports a conflict between the two, although Istio itself has none.
   *
   * @default - workloads
   */
  readonly targetRefs?: PolicyTargetRef[];

  /**
   * Access logging.
   *
   * @default - the setting of the namespace or the mesh
   */
  readonly accessLogging?: AccessLogging[];

  /**
   * Tracing.
   *
   * @default - the setting of the namespace or the mesh
   */
  readonly tracing?: Tracing;

  /**
   * Metrics.
   *
   * @default - the setting of the namespace or the mesh
   */
  readonly metrics?: Metrics[];
}
