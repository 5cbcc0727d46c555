import { Duration } from 'cdk8s';
import { RolloutMetricsProps } from './rollout-arms';

/** When somebody hears of an arm. */
export interface RolloutRulesProps extends RolloutMetricsProps {
  /**
   * Percentage of failed requests, 0 to 100, above which an arm raises an alert. At 100 there is no such alert.
   *
   * @default 5
   */
  readonly maxErrorPercent?: number;

  /**
   * Mean latency above which an arm raises an alert.
   *
   * @default - no alert
   */
  readonly maxMeanLatency?: Duration;

  /**
   * Latency above which an arm raises an alert, by the share of the requests that `quantile` says. Models of Seldon Core 2 have no
   * such number: see `maxMeanLatency`.
   *
   * @default - no alert
   */
  readonly maxLatency?: Duration;

  /**
   * Share of the requests whose latency is recorded, and compared with `maxLatency`: above 0 and below 1.
   *
   * @default 0.99
   */
  readonly quantile?: number;

  /**
   * Name of the arm that the others are compared with, such as the stable version of a canary.
   *
   * @default - arms are not compared
   */
  readonly baseline?: string;

  /**
   * How many percentage points, 0 to 100, the error rate of an arm may lie above that of the baseline. At 100 there is no such alert.
   *
   * @default 1
   */
  readonly maxErrorPercentAboveBaseline?: number;

  /**
   * How many times the baseline's mean latency that of an arm may be: 1 or more.
   *
   * @default 1.5
   */
  readonly maxLatencyTimesBaseline?: number;

  /**
   * Requests that an arm must have had within the window before its numbers count: with fewer, one failure would be an alert. A whole
   * number of 1 or more.
   *
   * @default 20
   */
  readonly minRequests?: number;

  /**
   * How long something must be wrong before there is an alert, in whole seconds, 0 included.
   *
   * @default Duration.minutes(5)
   */
  readonly alertAfter?: Duration;

  /**
   * How long Prometheus may see no requests counted for an arm that is to have some, in whole seconds. Then the arm is not scraped,
   * as when mTLS is strict, or nobody has asked it yet.
   *
   * @default - no alert
   */
  readonly missingAfter?: Duration;

  /**
   * Whether shadows raise alerts, too. They are recorded in any case.
   *
   * @default false
   */
  readonly alertOnShadows?: boolean;

  /**
   * Label `severity` of the alerts.
   *
   * @default "warning"
   */
  readonly severity?: string;

  /**
   * Further labels of the alerts, by which Alertmanager routes them.
   *
   * @default - none
   */
  readonly alertLabels?: { [label: string]: string };

  /**
   * Page that says what to do, written as the annotation `runbook_url`.
   *
   * @default - none
   */
  readonly runbookUrl?: string;

  /**
   * How often the rules are evaluated, in whole seconds.
   *
   * @default - as Prometheus is told for all rules
   */
  readonly interval?: Duration;
}
