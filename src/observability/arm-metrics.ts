import { literally, matcher } from './promql';
import { BackendTarget, ResourceType } from '../plan/backend';

/** Whose proxies count the requests of a plain Service. */
export enum IstioReporter {
  /** Those that send: gateways and sidecars of callers. They see requests that found no pod, too. */
  SOURCE = 'source',
  /** Those that receive: sidecars of the Service's pods. */
  DESTINATION = 'destination',
  /** Waypoints of ambient mode. */
  WAYPOINT = 'waypoint',
}

/**
 * What is said once for all arms.
 *
 * @internal
 */
export interface MetricOptions {
  /** Label of Seldon's series that holds the namespace. */
  readonly namespaceLabel: string;
  /** Whose Istio series count. */
  readonly reporter: IstioReporter;
  /** Whether callers' own errors are errors. */
  readonly clientErrors: boolean;
}

/** Codes of gRPC that are a server's fault, as Go's library writes them and by number. */
const SERVER_FAULTS = 'Unknown|DeadlineExceeded|Unimplemented|Internal|Unavailable|DataLoss';
const SERVER_FAULT_NUMBERS = '2|4|12|13|14|15';

/** The orchestrator counts questions about itself, and feedback, beside predictions. */
const NO_PREDICTIONS = 'status|metadata|feedback';

/** What is counted for an arm, and how it is told from others. */
interface Series {
  /** A counter of requests, with their codes. */
  readonly requests: string;
  /** Two counters whose quotient is the mean latency. */
  readonly latencySum: string;
  readonly latencyCount: string;
  /** Buckets of a histogram, where there is one for the arm. */
  readonly buckets?: string;
  /** How many of the latency's units are a second. */
  readonly perSecond: number;
  readonly selector: readonly string[];
  /** Requests that failed match one of these. */
  readonly failures: readonly string[];
}

/**
 * PromQL for one arm. All results are without labels, so that they can be divided by each other.
 *
 * @internal
 */
export class ArmMetrics {
  /** Series of the executor of Seldon Core 1. */
  public static core1(namespace: string, deployment: string, predictor: string, options: MetricOptions): ArmMetrics {
    const histogram = 'seldon_api_executor_server_requests_seconds';
    return new ArmMetrics({
      requests: `${histogram}_count`,
      latencySum: `${histogram}_sum`,
      latencyCount: `${histogram}_count`,
      buckets: `${histogram}_bucket`,
      perSecond: 1,
      selector: [
        matcher(options.namespaceLabel, '=', namespace),
        matcher('deployment_name', '=', deployment),
        matcher('predictor_name', '=', predictor),
        matcher('service', '!~', NO_PREDICTIONS),
      ],
      failures: seldonFailures(options),
    });
  }

  /** Series of the agents and the pipeline gateway of Seldon Core 2. Agents have no histogram that names a model. */
  public static core2(namespace: string, name: string, type: ResourceType, options: MetricOptions): ArmMetrics {
    const isPipeline = type === ResourceType.PIPELINE;
    const infer = isPipeline ? 'seldon_pipeline_infer' : 'seldon_model_infer';
    return new ArmMetrics({
      requests: `${infer}_total`,
      latencySum: `${infer}_seconds_total`,
      latencyCount: `${infer}_total`,
      buckets: isPipeline ? `${infer}_api_seconds_bucket` : undefined,
      perSecond: 1,
      selector: [
        matcher(options.namespaceLabel, '=', namespace),
        // The model's version is part of this label; in some releases `model` holds the name that the caller used.
        isPipeline ? matcher('pipeline', '=', name) : matcher('model_internal', '=~', `${literally(name)}_[0-9]+`),
      ],
      failures: seldonFailures(options),
    });
  }

  /** Istio's standard series, which know Services and the pods' label `version`. */
  public static istio(host: string, version: string | undefined, options: MetricOptions): ArmMetrics {
    const histogram = 'istio_request_duration_milliseconds';
    return new ArmMetrics({
      requests: 'istio_requests_total',
      latencySum: `${histogram}_sum`,
      latencyCount: `${histogram}_count`,
      buckets: `${histogram}_bucket`,
      perSecond: 1000,
      selector: [
        matcher('reporter', '=', options.reporter),
        matcher('destination_service', '=', host),
        ...version === undefined ? [] : [matcher('destination_version', '=', version)],
      ],
      failures: options.clientErrors
        ? [matcher('response_code', '!~', '[123]..'), matcher('grpc_response_status', '!~', '0?')]
        : [matcher('response_code', '=~', '5..'), matcher('grpc_response_status', '=~', SERVER_FAULT_NUMBERS)],
    });
  }

  private constructor(private readonly series: Series) {}

  /** What tells the arm from others: two arms with one identity have the same numbers. */
  public get identity(): string {
    return `${this.series.requests}{${this.series.selector.join(',')}}`;
  }

  /** Whether there is a histogram for this arm alone. */
  public get hasQuantiles(): boolean {
    return this.series.buckets !== undefined;
  }

  /** Requests per second. */
  public requests(window: string): string {
    return `sum(${this.rate(this.series.requests, window)})`;
  }

  /** Requests per second that failed; 0 while there are requests and none of them did. */
  public errors(window: string): string {
    const rates = this.series.failures.map((failure) => this.rate(this.series.requests, window, failure));
    return `sum(${rates.join(' or ')}) or 0 * ${this.requests(window)}`;
  }

  /** Share of the requests that failed, 0 to 1; nothing while there are no requests. */
  public errorRatio(window: string): string {
    return `(${this.errors(window)}) / (${this.requests(window)} > 0)`;
  }

  /** Mean latency in seconds; nothing while there are no requests. */
  public meanLatency(window: string): string {
    const { latencySum, latencyCount, perSecond } = this.series;
    const mean = `sum(${this.rate(latencySum, window)}) / (sum(${this.rate(latencyCount, window)}) > 0)`;
    return perSecond === 1 ? mean : `${mean} / ${perSecond}`;
  }

  /** Latency in seconds that a share of the requests stays below; nothing while there are no requests. */
  public quantileLatency(quantile: number, window: string): string {
    const { buckets, perSecond } = this.series;
    const value = `histogram_quantile(${quantile}, sum by (le) (${this.rate(buckets!, window)})) >= 0`;
    return perSecond === 1 ? value : `(${value}) / ${perSecond}`;
  }

  private rate(metric: string, window: string, ...matchers: string[]): string {
    return `rate(${metric}{${[...this.series.selector, ...matchers].join(',')}}[${window}])`;
  }
}

/**
 * Series for whatever answers.
 *
 * @internal
 */
export function metricsOf(target: BackendTarget, version: string | undefined, preferIstio: boolean, options: MetricOptions): ArmMetrics {
  const { core1, core2, namespace, host } = target;
  if (core2 !== undefined) return ArmMetrics.core2(namespace, core2.name, core2.type, options);
  // Without an orchestrator nothing of Seldon's counts requests. Each predictor has a Service of its own.
  if (core1 !== undefined && core1.orchestrator !== false && !preferIstio) {
    return ArmMetrics.core1(namespace, core1.deployment, core1.predictor, options);
  }
  return ArmMetrics.istio(host, core1 === undefined ? version : undefined, options);
}

function seldonFailures({ clientErrors }: MetricOptions): string[] {
  return [clientErrors ? matcher('code', '!~', '[123]..|OK') : matcher('code', '=~', `5..|${SERVER_FAULTS}`)];
}
