import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { monitoringTypes } from './monitoring-types';
import { checkLabelName, checkSeconds, formatSeconds } from './promql';
import { recordingRules, RolloutAlerts, Rule } from './rollout-alerts';
import { measure, MeasuredRollout } from './rollout-arms';
import { RolloutRulesProps } from './rollout-rules-props';
import type * as monitoring from '../../imports/monitoring.coreos.com';
import { nameOf } from '../mesh/default-name';
import { writeManifest } from '../mesh/manifest';
import { Mesh } from '../mesh/mesh';
import { checkDuration, checkInteger, checkIsDuration, checkPercent } from '../plan/checks/checks';
import { invalid, pathOf, show } from '../plan/checks/errors';
import { checkProps } from '../plan/checks/props';
import { checkObject, checkText } from '../plan/checks/type-checks';

export * from './rollout-rules-props';

/** Labels that tell one series from another: an alert that overwrites them is told from none. */
const OWN_LABELS = ['alertname', 'severity', 'rollout', 'arm', 'namespace', 'shadow', 'quantile'];

/**
 * Records how the arms of a rollout do, and raises alerts: a PrometheusRule of Prometheus' operator.
 *
 * Recorded, with the labels `namespace`, `rollout` and `arm` (and `shadow="true"`), here for a window of five minutes:
 * `rollout_arm:requests:rate5m` per second, `rollout_arm:errors:ratio_rate5m` from 0 to 1, `rollout_arm:latency_seconds:mean_rate5m`,
 * and `rollout_arm:latency_seconds:quantile_rate5m`.
 *
 * Models of Seldon Core 2 have no quantile, since its histogram names no model: their mean latency is the quotient of two counters.
 * A model's numbers count all requests that it answers, those of other routes included. REST requests have HTTP status codes and gRPC
 * calls names such as `OK`; both count.
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
export class RolloutRules extends Construct {
  /**
   * Makes rules.
   *
   * @param scope The construct that it belongs to.
   * @param id Id of the construct, and name of the PrometheusRule unless the metadata says otherwise.
   * @param props A rollout's plan, or its arms; and when somebody hears of them.
   * @throws an error when there is neither plan nor arm or both; when two arms have one name or the same metrics; when an arm's
   * metrics cannot be known, as for an Experiment or a subset without version; when an alert needs a quantile that an arm has not;
   * when the baseline is no arm; when a threshold, length of time or label is wrong; when the rollout has rules for this window.
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
    claim(this, rollout);
    const alerts = new RolloutAlerts(rollout, props, formatSeconds(alertAfter));
    const rules = [
      ...recordingRules(rollout, quantile),
      ...alerts.rules(quantile, missingAfter === undefined ? undefined : formatSeconds(missingAfter)),
    ];
    const name = nameOf(this, props);
    writeManifest(this, {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PrometheusRule',
      // One group: its rules are evaluated in order, so that alerts read what was recorded at the same moment.
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
    throw invalid(at, 'a comparison without a baseline', 'name the arm that the others are compared with');
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
  if (severity === '') throw invalid(at, 'an empty severity', 'expected a word such as "warning" or "critical"');
  checkObject(at, 'alertLabels', undefined, alertLabels, 'an object of labels');
  for (const [label, value] of Object.entries(alertLabels)) {
    checkLabelName(at, 'alert label', label);
    checkText(at, `value of alert label ${label}`, value);
    if (OWN_LABELS.includes(label)) throw invalid(at, `alert label ${label}`, 'it is written anyway: choose another name');
  }
  if (runbookUrl === undefined) return;
  checkText(at, 'runbookUrl', runbookUrl);
  if (!/^https?:\/\/[^\s]+$/.test(runbookUrl)) throw invalid(at, `runbookUrl ${show(runbookUrl)}`, 'expected an address such as "https://example.com/runbook"');
}

function checkArms(at: Construct, { baseline, maxLatency, alertOnShadows }: RolloutRulesProps, { arms }: MeasuredRollout): void {
  const compared = arms.filter(({ shadow }) => !shadow || alertOnShadows);
  if (baseline !== undefined) {
    if (!arms.some(({ name }) => name === baseline)) {
      throw invalid(at, `baseline ${show(baseline)}`, `expected one of the arms ${arms.map(({ name }) => show(name)).join(', ')}`);
    }
    if (!compared.some(({ name }) => name !== baseline)) {
      throw invalid(at, `baseline ${show(baseline)} and no other arm`, 'give another arm, or alerts for shadows, or leave the baseline out');
    }
  }
  if (maxLatency === undefined) return;
  const without = compared.find(({ metrics }) => !metrics.hasQuantiles);
  if (without !== undefined) {
    throw invalid(at, `maxLatency for ${without.description}`,
      'Seldon Core 2 has no histogram for each model, so no quantile is known: use maxMeanLatency');
  }
}

/** Rules that record the same series twice would overwrite each other. */
function claim(at: Construct, { namespace, name, window }: MeasuredRollout): void {
  const claims = Mesh.of(at)._part('rollout-rules', () => new Map<string, Construct>());
  const key = `${namespace ?? ''}/${name}/${window}`;
  const other = claims.get(key);
  if (other !== undefined) {
    throw invalid(at, `rules for rollout ${show(name)} with a window of ${window}`, `${pathOf(other)} records the same series: say another rollout or window`);
  }
  claims.set(key, at);
}
