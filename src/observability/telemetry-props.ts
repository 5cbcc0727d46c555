import { Duration } from 'cdk8s';
import { CustomTag, TagOverride } from './telemetry-tags';
import { PolicyTargetRef } from '../istio/common/policy-target';
import { ManifestProps } from '../mesh/manifest-props';

/** Which side of a request a proxy is on. */
export enum WorkloadMode {
  /** Both. */
  CLIENT_AND_SERVER = 'CLIENT_AND_SERVER',
  /** Requests that a workload sends; gateways are always on this side. */
  CLIENT = 'CLIENT',
  /** Requests that a workload gets. */
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
  /** `istio_request_messages_total`, of gRPC. */
  GRPC_REQUEST_MESSAGES = 'GRPC_REQUEST_MESSAGES',
  /** `istio_response_messages_total`, of gRPC. */
  GRPC_RESPONSE_MESSAGES = 'GRPC_RESPONSE_MESSAGES',
}

/** Which requests are logged, and by whom. */
export interface AccessLogging {
  /**
   * Names of the mesh's providers of logs, such as `envoy`, which writes to the proxy's standard output.
   *
   * @default - the mesh's default providers; Istio ignores the entry where there are none
   */
  readonly providers?: string[];

  /**
   * Logs only the requests for which an expression in CEL over Envoy's attributes holds, such as `response.code >= 500`.
   *
   * @default - all requests
   */
  readonly filter?: string;

  /**
   * Whether nothing is logged.
   *
   * @default false
   */
  readonly disabled?: boolean;

  /**
   * Which side of a request is logged.
   *
   * @default - both
   */
  readonly mode?: WorkloadMode;
}

/** Which requests are traced, and what spans say. */
export interface Tracing {
  /**
   * Name of the mesh's provider of traces. Istio knows one at a time.
   *
   * @default - the mesh's default provider
   */
  readonly provider?: string;

  /**
   * Percentage of the requests that are traced, 0 to 100, where the caller has not decided.
   *
   * @default - as the mesh or the namespace says, else 1
   */
  readonly samplingPercentage?: number;

  /**
   * Tags of spans by their names.
   *
   * @default - none
   */
  readonly customTags?: { [name: string]: CustomTag };

  /**
   * Whether no spans are sent; headers of traces are passed on all the same.
   *
   * @default false
   */
  readonly disableSpanReporting?: boolean;

  /**
   * Whether the last bits of the request id say that a request is traced, so that all proxies know.
   *
   * @default - true
   */
  readonly useRequestIdForTraceSampling?: boolean;

  /**
   * Whether spans have Istio's own tags, such as the canonical revision.
   *
   * @default - true
   */
  readonly enableIstioTags?: boolean;

  /**
   * Whether headers of traces are not passed on to the workloads.
   *
   * @default - false
   */
  readonly disableContextPropagation?: boolean;

  /**
   * Which side of a request is traced.
   *
   * @default - both
   */
  readonly mode?: WorkloadMode;
}

/** What becomes of one metric. Give `metric`, `customMetric`, or neither. */
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
   * @default - one of Istio's
   */
  readonly customMetric?: string;

  /**
   * Which side of a request is meant.
   *
   * @default - both
   */
  readonly mode?: WorkloadMode;

  /**
   * Whether the metric is not reported.
   *
   * @default false
   */
  readonly disabled?: boolean;

  /**
   * Labels that are added, changed or taken away, by their names. Of a hyphen Prometheus gets an underscore.
   *
   * @default - none
   */
  readonly tags?: { [name: string]: TagOverride };
}

/** How metrics are reported. */
export interface Metrics {
  /**
   * Names of the mesh's providers of metrics, such as `prometheus`.
   *
   * @default - the mesh's default providers
   */
  readonly providers?: string[];

  /**
   * What differs from the standard, in order: later ones win.
   *
   * @default - nothing
   */
  readonly overrides?: MetricOverride[];

  /**
   * How often connections that stay open report, 1 ms or more.
   *
   * @default - five seconds
   */
  readonly reportingInterval?: Duration;
}

/** What a Telemetry says. */
export interface TelemetryProps extends ManifestProps {
  /**
   * Labels of the pods that it is about. Excludes `targetRefs`.
   *
   * @default - all workloads of the namespace; in the mesh's root namespace those of the whole mesh
   */
  readonly selector?: { [label: string]: string };

  /**
   * Objects that it applies to, instead of pods: 16 at most. `istioctl analyze` treats such a Telemetry as one without a selector, and
   * warns when its namespace has one of these as well. Istio itself does not.
   *
   * @default - workloads
   */
  readonly targetRefs?: PolicyTargetRef[];

  /**
   * Access logs.
   *
   * @default - as the mesh or the namespace says
   */
  readonly accessLogging?: AccessLogging[];

  /**
   * Traces.
   *
   * @default - as the mesh or the namespace says
   */
  readonly tracing?: Tracing;

  /**
   * Metrics.
   *
   * @default - as the mesh or the namespace says
   */
  readonly metrics?: Metrics[];
}
