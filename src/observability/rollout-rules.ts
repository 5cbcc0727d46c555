import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { monitoringTypes } from './monitoring-types';
import { checkLabelName, checkSeconds, formatSeconds } from './promql';
import { recordingRules, RolloutAlerts, Rule } from './rollout-alerts';
import { measure, MeasuredRollout } from './rollout-arms';
import { RolloutRulesProps } from './rollout-rules-props';
import type * as monitoring from '../../imports/monitoring.coreos.com';
import { nameOf } from '../mesh/default-name';
import { KubernetesObject } from '../mesh/kubernetes-object';
import { writeManifest } from '../mesh/manifest';
import { Mesh } from '../mesh/mesh';
import { checkDuration, checkInteger, checkIsDuration, checkPercent } from '../plan/checks/checks';
import { invalid, pathOf, show } from '../plan/checks/errors';
import { checkProps } from '../plan/checks/props';
import { checkObject, checkText } from '../plan/checks/type-checks';

export * from './rollout-rules-props';

/** Labels that identify the series. If an alert overwrote them, it could no longer be attributed to an arm. */
const RESERVED_LABELS = ['alertname', 'severity', 'rollout', 'arm', 'namespace', 'shadow', 'quantile'];

/**
 * Records the metrics of the arms of a rollout, and raises alerts: a PrometheusRule of the Prometheus operator.
 *
 * The recorded series have the labels `namespace`, `rollout` and `arm` (and `shadow="true"` for shadows). With a window of five minutes
 * they are `rollout_arm:requests:rate5m` (per second), `rollout_arm:errors:ratio_rate5m` (0 to 1),
 * `rollout_arm:latency_seconds:mean_rate5m` and `rollout_arm:latency_seconds:quantile_rate5m`.
 *
 * Models of Seldon Core 2 have no latency quantiles, since its histogram has no model label: their mean latency is the quotient of two
 * counters. A model's metrics count all requests that it answers, including those of other routes. Both REST requests, with HTTP status
 * codes, and gRPC calls, with codes such as `OK`, are counted.
 *
 * @example
 * new RolloutRules(chart, 'iris-rules', {
 *   plan: canary.plan,
 *   maxErrorPercent: 2,
 *   maxMeanLatency: Duration.millis(250),
 *   baseline: 'iris1',
 * });
 *
 * @see https://prometheus-operator.dev/docs/developer/alerting/
 */
export class RolloutRules extends KubernetesObject {
  /**
   * Creates recording rules and alerts.
   *
   * @param scope The construct that it belongs to.
   * @param id Id of the construct, and name of the PrometheusRule unless the metadata sets another one.
   * @param props The plan of a rollout, or its arms, and the thresholds of the alerts.
   * @throws an error when neither or both of `plan` and `arms` are set; when two arms have the same name or the same metrics; when an
   * arm has no metrics, such as an Experiment or a subset without a version; when an alert needs a quantile that an arm does not have;
   * when the baseline is not an arm; when a threshold, duration or label is invalid; when the rollout already has rules with this window.
   */
  public constructor(scope: Construct, id: string, props: RolloutRulesProps) {
    super(scope, id);
    checkProps(this, 'RolloutRulesProps', props, RolloutRules);
    const rollout = measure(this, props);
    const { quantile = 0.99, alertAfter = Duration.minutes(5), interval, missingAfter } = props;
    checkThresholds(this, props, quantile);
    checkTimes(this, props, alertAfter);
    checkAlertLabels(this, props);
    checkArms(this, props, rollout);
    checkNotRecordedTwice(this, rollout);
    const alerts = new RolloutAlerts(rollout, props, formatSeconds(alertAfter));
    const rules = [
      ...recordingRules(rollout, quantile),
      ...alerts.rules(quantile, missingAfter === undefined ? undefined : formatSeconds(missingAfter)),
    ];
    const name = nameOf(this, props);
    writeManifest(this, {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PrometheusRule',
      // One group, whose rules are evaluated in order, so that alerts read values that were recorded in the same evaluation.
      spec: () => monitoringTypes().toJson_PrometheusRuleSpec({
        groups: [{ name, interval: interval && formatSeconds(interval), rules: rules.map(toRule) }],
      }),
    }, props);
  }
}

function toRule({ record, alert, expr, for: after, labels, annotations }: Rule): monitoring.PrometheusRuleSpecGroupsRules {
  return { record, alert, expr: monitoringTypes().PrometheusRuleSpecGroupsRulesExpr.fromString(expr), for: after, labels, annotations };
}

function checkThresholds(at: Construct, props: RolloutRulesProps, quantile: number): void {
  const { maxErrorPercent, maxErrorPercentAboveBaseline, maxLatencyTimesBaseline, minRequests, baseline } = props;
  if (maxErrorPercent !== undefined) checkPercent(at, 'maxErrorPercent', maxErrorPercent);
  if (maxErrorPercentAboveBaseline !== undefined) checkPercent(at, 'maxErrorPercentAboveBaseline', maxErrorPercentAboveBaseline);
  if (maxLatencyTimesBaseline !== undefined && !(typeof maxLatencyTimesBaseline === 'number' && maxLatencyTimesBaseline >= 1 && maxLatencyTimesBaseline < Infinity)) {
    throw invalid(at, `maxLatencyTimesBaseline ${show(maxLatencyTimesBaseline)}`, 'expected a number of 1 or more, such as 1.5');
  }
  if (baseline === undefined && (maxErrorPercentAboveBaseline !== undefined || maxLatencyTimesBaseline !== undefined)) {
    throw invalid(at, 'a comparison without a baseline', 'set baseline to the arm that the others are compared with');
  }
  if (minRequests !== undefined) checkInteger(at, 'minRequests', minRequests, 1, Number.MAX_SAFE_INTEGER);
  if (typeof quantile !== 'number' || !(quantile > 0 && quantile < 1)) {
    throw invalid(at, `quantile ${show(quantile)}`, 'expected a number above 0 and below 1, such as 0.99');
  }
}

function checkTimes(at: Construct, { maxMeanLatency, maxLatency, interval, missingAfter }: RolloutRulesProps, alertAfter: Duration): void {
  checkDuration(at, 'maxMeanLatency', maxMeanLatency);
  checkDuration(at, 'maxLatency', maxLatency);
  checkSeconds(at, 'interval', interval);
  checkSeconds(at, 'missingAfter', missingAfter);
  checkIsDuration(at, 'alertAfter', alertAfter);
  if (alertAfter.toMilliseconds({ integral: false }) !== 0) checkSeconds(at, 'alertAfter', alertAfter);
}

function checkAlertLabels(at: Construct, { severity, alertLabels = {}, runbookUrl }: RolloutRulesProps): void {
  if (severity !== undefined) checkText(at, 'severity', severity);
  if (severity === '') throw invalid(at, 'an empty severity', 'expected a severity such as "warning" or "critical"');
  checkObject(at, 'alertLabels', undefined, alertLabels, 'an object of labels');
  for (const [label, value] of Object.entries(alertLabels)) {
    checkLabelName(at, 'alert label', label);
    checkText(at, `value of alert label ${label}`, value);
    if (RESERVED_LABELS.includes(label)) throw invalid(at, `alert label ${label}`, 'the rules set this label themselves. Choose another name');
  }
  if (runbookUrl === undefined) return;
  checkText(at, 'runbookUrl', runbookUrl);
  if (!/^https?:\/\/[^\s]+$/.test(runbookUrl)) throw invalid(at, `runbookUrl ${show(runbookUrl)}`, 'expected a URL such as "https://example.com/runbook"');
}

function checkArms(at: Construct, { baseline, maxLatency, alertOnShadows }: RolloutRulesProps, { arms }: MeasuredRollout): void {
  const compared = arms.filter(({ shadow }) => !shadow || alertOnShadows);
  if (baseline !== undefined) {
    if (!arms.some(({ name }) => name === baseline)) {
      throw invalid(at, `baseline ${show(baseline)}`, `expected one of the arms ${arms.map(({ name }) => show(name)).join(', ')}`);
    }
    if (!compared.some(({ name }) => name !== baseline)) {
      throw invalid(at, `baseline ${show(baseline)} and no other arm`, 'add another arm, set alertOnShadows, or leave the baseline out');
    }
  }
  if (maxLatency === undefined) return;
  const without = compared.find(({ metrics }) => !metrics.hasQuantiles);
  if (without !== undefined) {
    throw invalid(at, `maxLatency for ${without.description}`,
      'Seldon Core 2 has no histogram for each model, so no quantile is known. Use maxMeanLatency instead');
  }
}

/** Rules that record the same series would conflict with each other. */
function checkNotRecordedTwice(at: Construct, { namespace, name, window }: MeasuredRollout): void {
  const recorders = Mesh.of(at)._part('rollout-rules', () => new Map<string, Construct>());
  const key = `${namespace ?? ''}/${name}/${window}`;
  const other = recorders.get(key);
  if (other !== undefined) {
    throw invalid(at, `rules for rollout ${show(name)} with a window of ${window} record the same series as ${pathOf(other)}`,
      'set another rollout name or window');
  }
  recorders.set(key, at);
}
