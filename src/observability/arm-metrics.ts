import { literally, matcher } from './promql';
import { BackendTarget, ResourceType } from '../plan/backend';

/** The proxies whose metrics count the requests of a plain Service. */
export enum IstioReporter {
  /** The clients' proxies: gateways, and sidecars of callers. They also count requests that reached no pod. */
  SOURCE = 'source',
  /** The servers' proxies: sidecars of the Service's pods. */
  DESTINATION = 'destination',
  /** Waypoints in ambient mode. */
  WAYPOINT = 'waypoint',
}

/**
 * Settings that apply to all arms.
 *
 * @internal
 */
export interface MetricOptions {
  /** The label of Seldon's series that contains the namespace. */
  readonly namespaceLabel: string;
  /** The proxies whose Istio series are used. */
  readonly reporter: IstioReporter;
  /** Whether client errors count as errors. */
  readonly clientErrors: boolean;
}

/** The gRPC codes that are server errors: as Go's library writes them, and by number. */
const SERVER_ERRORS = 'Unknown|DeadlineExceeded|Unimplemented|Internal|Unavailable|DataLoss';
const SERVER_ERROR_NUMBERS = '2|4|12|13|14|15';

/** Besides predictions, the orchestrator counts requests for status and metadata, and feedback. */
const NON_PREDICTIONS = 'status|metadata|feedback';

/** The series of an arm, and the labels that select them. */
interface Series {
  /** A counter of requests with their response codes. */
  readonly requests: string;
  /** Two counters: their quotient is the mean latency. */
  readonly latencySum: string;
  readonly latencyCount: string;
  /** The buckets of a histogram, if there is one for the arm. */
  readonly buckets?: string;
  /** The number of latency units in a second. */
  readonly perSecond: number;
  readonly selector: readonly string[];
  /** Failed requests match one of these. */
  readonly failures: readonly string[];
}

/**
 * PromQL for one arm. No result has labels, so that one can be divided by another.
 *
 * @internal
 */
export class ArmMetrics {
  /** The series of Seldon Core 1's executor. */
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
        matcher('service', '!~', NON_PREDICTIONS),
      ],
      failures: seldonFailures(options),
    });
  }

  /** The series of Seldon Core 2's agents and pipeline gateway. The agents' histogram has no model label. */
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
        // This label includes the model's version. In some releases `model` is the name that the caller used.
        isPipeline ? matcher('pipeline', '=', name) : matcher('model_internal', '=~', `${literally(name)}_[0-9]+`),
      ],
      failures: seldonFailures(options),
    });
  }

  /** Istio's standard series, labeled by Service and by the pods' label `version`. */
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
        : [matcher('response_code', '=~', '5..'), matcher('grpc_response_status', '=~', SERVER_ERROR_NUMBERS)],
    });
  }

  private constructor(private readonly series: Series) {}

  /** Identifies the arm's series: two arms with the same identity have the same values. */
  public get identity(): string {
    return `${this.series.requests}{${this.series.selector.join(',')}}`;
  }

  /** Whether the arm has its own histogram. */
  public get hasQuantiles(): boolean {
    return this.series.buckets !== undefined;
  }

  /** Requests per second. */
  public requests(window: string): string {
    return `sum(${this.rate(this.series.requests, window)})`;
  }

  /** Failed requests per second; 0 while there are requests and none of them fails. */
  public errors(window: string): string {
    const rates = this.series.failures.map((failure) => this.rate(this.series.requests, window, failure));
    return `sum(${rates.join(' or ')}) or 0 * ${this.requests(window)}`;
  }

  /** Fraction of the requests that failed, 0 to 1; no value while there are no requests. */
  public errorRatio(window: string): string {
    return `(${this.errors(window)}) / (${this.requests(window)} > 0)`;
  }

  /** Mean latency in seconds; no value while there are no requests. */
  public meanLatency(window: string): string {
    const { latencySum, latencyCount, perSecond } = this.series;
    const mean = `sum(${this.rate(latencySum, window)}) / (sum(${this.rate(latencyCount, window)}) > 0)`;
    return perSecond === 1 ? mean : `${mean} / ${perSecond}`;
  }

  /** A latency quantile in seconds; no value while there are no requests. */
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
 * The series of a backend.
 *
 * @internal
 */
export function metricsOf(target: BackendTarget, version: string | undefined, preferIstio: boolean, options: MetricOptions): ArmMetrics {
  const { seldon: { core1, core2 } = {}, namespace, host } = target;
  if (core2 !== undefined) return ArmMetrics.core2(namespace, core2.name, core2.type, options);
  // Without an orchestrator no component of Seldon counts requests. Each predictor has its own Service.
  if (core1 !== undefined && core1.orchestrator !== false && !preferIstio) {
    return ArmMetrics.core1(namespace, core1.deployment, core1.predictor, options);
  }
  return ArmMetrics.istio(host, core1 === undefined ? version : undefined, options);
}

function seldonFailures({ clientErrors }: MetricOptions): string[] {
  return [clientErrors ? matcher('code', '!~', '[123]..|OK') : matcher('code', '=~', `5..|${SERVER_ERRORS}`)];
}
