import { Duration } from 'cdk8s';
import { IConstruct } from 'constructs';
import { fraction, secondsOf } from '../observability/promql';
import { MeasuredArm, MeasuredRollout } from '../observability/rollout-arms';
import { checkDuration, checkInteger, checkPercent } from '../plan/checks/checks';
import { invalid, show } from '../plan/checks/errors';
import { checkText } from '../plan/checks/type-checks';

/** When a step of a rollout has gone well. At least one threshold must be set. The last step, with 100 %, is not compared with the stable version. */
export interface RolloutGate {
  /** Address of Prometheus, such as `http://prometheus.monitoring.svc.cluster.local:9090`. */
  readonly prometheus: string;

  /**
   * Maximum percentage of the new version's requests that fail, 0 to 100.
   *
   * @default - not compared
   */
  readonly maxErrorPercent?: number;

  /**
   * Maximum difference between the error rates of the new and the stable version, in percentage points from 0 to 100.
   *
   * @default - not compared
   */
  readonly maxErrorPercentAboveStable?: number;

  /**
   * Maximum mean latency of the new version.
   *
   * @default - not compared
   */
  readonly maxMeanLatency?: Duration;

  /**
   * Maximum quotient of the mean latencies of the new and the stable version, 1 or more.
   *
   * @default - not compared
   */
  readonly maxLatencyTimesStable?: number;

  /**
   * Minimum number of requests of the new version in the window, 1 or more. A step with fewer fails.
   *
   * @default 20
   */
  readonly minRequests?: number;

  /**
   * Window over which rates are calculated, in whole seconds, 1 minute or more.
   *
   * @default Duration.minutes(5)
   */
  readonly window?: Duration;

  /**
   * Number of measurements, one minute apart, all of which must pass. The first one comes after one window.
   *
   * @default 5
   */
  readonly measurements?: number;

  /**
   * Label of Seldon's series that contains the namespace of the pods.
   *
   * @default "namespace"
   */
  readonly namespaceLabel?: string;
}

/**
 * A condition of a gate.
 *
 * @internal
 */
export interface GateCheck {
  /** Its name, in kebab-case. */
  readonly name: string;
  /** What it requires, as a clause. */
  readonly requires: string;
  /** PromQL for the value. It has no result while there are no requests. */
  readonly query: string;
  /** How the value must compare with the limit. */
  readonly operator: '<=' | '>=';
  /** The limit. */
  readonly limit: number;
  /** Whether it compares with the stable version. */
  readonly isComparison: boolean;
}

/**
 * The conditions of a gate: the thresholds that are set, and enough requests to judge them by.
 *
 * @param measured The new version and the stable one.
 * @throws an error if no threshold is set, or a value is out of range.
 * @internal
 */
export function gateChecks(at: IConstruct, gate: RolloutGate, { arms: [candidate, stable], window, windowSeconds }: MeasuredRollout): GateCheck[] {
  const { minRequests = 20, measurements = 5 } = gate;
  checkText(at, 'prometheus', gate.prometheus);
  if (!/^https?:\/\/[^\s]+$/.test(gate.prometheus)) throw invalid(at, `prometheus ${show(gate.prometheus)}`, 'expected a URL such as "http://prometheus:9090"');
  checkInteger(at, 'minRequests', minRequests, 1, Number.MAX_SAFE_INTEGER);
  checkInteger(at, 'measurements', measurements, 1, 1000);
  const thresholds = [...errorChecks(at, gate, candidate, stable, window), ...latencyChecks(at, gate, candidate, stable, window)];
  if (thresholds.length === 0) {
    throw invalid(at, 'a gate without a threshold', 'set maxErrorPercent, maxErrorPercentAboveStable, maxMeanLatency or maxLatencyTimesStable');
  }
  const requests = `${candidate.metrics.requests(window)} * ${windowSeconds}`;
  return [{ name: 'requests', requires: `at least ${minRequests} requests`, query: requests, operator: '>=', limit: minRequests, isComparison: false }, ...thresholds];
}

function errorChecks(at: IConstruct, gate: RolloutGate, candidate: MeasuredArm, stable: MeasuredArm, window: string): GateCheck[] {
  const { maxErrorPercent, maxErrorPercentAboveStable } = gate;
  const [ratio, baseline] = [candidate, stable].map(({ metrics }) => metrics.errorRatio(window));
  const checks: GateCheck[] = [];
  if (maxErrorPercent !== undefined) {
    checkPercent(at, 'maxErrorPercent', maxErrorPercent);
    checks.push({ name: 'error-rate', requires: `at most ${maxErrorPercent} % errors`, query: ratio, operator: '<=', limit: fraction(maxErrorPercent), isComparison: false });
  }
  if (maxErrorPercentAboveStable !== undefined) {
    checkPercent(at, 'maxErrorPercentAboveStable', maxErrorPercentAboveStable);
    const requires = `an error rate of at most that of ${stable.name} plus ${maxErrorPercentAboveStable} %`;
    checks.push({
      name: 'error-rate-above-stable', requires, query: `(${ratio}) - (${baseline})`, operator: '<=', limit: fraction(maxErrorPercentAboveStable), isComparison: true,
    });
  }
  return checks;
}

function latencyChecks(at: IConstruct, gate: RolloutGate, candidate: MeasuredArm, stable: MeasuredArm, window: string): GateCheck[] {
  const { maxMeanLatency, maxLatencyTimesStable } = gate;
  const [mean, baseline] = [candidate, stable].map(({ metrics }) => metrics.meanLatency(window));
  const checks: GateCheck[] = [];
  checkDuration(at, 'maxMeanLatency', maxMeanLatency);
  if (maxMeanLatency !== undefined) {
    const limit = secondsOf(maxMeanLatency);
    checks.push({ name: 'mean-latency', requires: `a mean latency of at most ${limit} s`, query: mean, operator: '<=', limit, isComparison: false });
  }
  if (maxLatencyTimesStable !== undefined) {
    if (!(typeof maxLatencyTimesStable === 'number' && maxLatencyTimesStable >= 1 && maxLatencyTimesStable < Infinity)) {
      throw invalid(at, `maxLatencyTimesStable ${show(maxLatencyTimesStable)}`, 'expected a number of 1 or more, such as 1.5');
    }
    const requires = `a mean latency of at most ${maxLatencyTimesStable} times that of ${stable.name}`;
    checks.push({ name: 'mean-latency-times-stable', requires, query: `(${mean}) / (${baseline})`, operator: '<=', limit: maxLatencyTimesStable, isComparison: true });
  }
  return checks;
}
