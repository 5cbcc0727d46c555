import { Duration } from 'cdk8s';
import { RolloutMetricsProps } from './rollout-arms';

/** Properties for `RolloutRules`. */
export interface RolloutRulesProps extends RolloutMetricsProps {
  /**
   * Percentage of failed requests, 0 to 100, above which an alert is raised for an arm. 100 disables this alert.
   *
   * @default 5
   */
  readonly maxErrorPercent?: number;

  /**
   * Mean latency above which an alert is raised for an arm.
   *
   * @default - no alert
   */
  readonly maxMeanLatency?: Duration;

  /**
   * Latency above which an alert is raised for an arm. The latency is the quantile that `quantile` sets. Models of Seldon Core 2 have
   * no quantiles: see `maxMeanLatency`.
   *
   * @default - no alert
   */
  readonly maxLatency?: Duration;

  /**
   * Latency quantile that is recorded, and compared with `maxLatency`: above 0 and below 1.
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
   * Percentage points, 0 to 100, by which the error rate of an arm may exceed that of the baseline. 100 disables this alert.
   *
   * @default 1
   */
  readonly maxErrorPercentAboveBaseline?: number;

  /**
   * Maximum ratio of an arm's mean latency to that of the baseline: 1 or more.
   *
   * @default 1.5
   */
  readonly maxLatencyTimesBaseline?: number;

  /**
   * Minimum number of requests to an arm within the window, a whole number of 1 or more. With fewer requests no alert is raised, since
   * a single failure would be enough for one.
   *
   * @default 20
   */
  readonly minRequests?: number;

  /**
   * How long a condition must hold before its alert fires, in whole seconds. 0 is allowed.
   *
   * @default Duration.minutes(5)
   */
  readonly alertAfter?: Duration;

  /**
   * How long, in whole seconds, the series of an arm that should receive requests may be missing before an alert is raised. They are
   * missing when the arm is not scraped, for example because mTLS is strict, or when it has had no request yet.
   *
   * @default - no alert
   */
  readonly missingAfter?: Duration;

  /**
   * Whether alerts are raised for shadows, too. Their series are recorded in any case.
   *
   * @default false
   */
  readonly alertOnShadows?: boolean;

  /**
   * Value of the alerts' label `severity`.
   *
   * @default "warning"
   */
  readonly severity?: string;

  /**
   * Additional labels of the alerts, by which Alertmanager routes them.
   *
   * @default - none
   */
  readonly alertLabels?: { [label: string]: string };

  /**
   * URL of the runbook, written as the annotation `runbook_url`.
   *
   * @default - none
   */
  readonly runbookUrl?: string;

  /**
   * Evaluation interval of the rules, in whole seconds.
   *
   * @default - the global setting of Prometheus
   */
  readonly interval?: Duration;
}
