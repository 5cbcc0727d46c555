import { fraction, matcher, secondsOf } from './promql';
import { MeasuredRollout } from './rollout-arms';
import { RolloutRulesProps } from './rollout-rules-props';

/**
 * A Prometheus rule.
 *
 * @internal
 */
export interface Rule {
  /** The name of the series that it records. */
  readonly record?: string;
  /** The name of the alert that it raises. */
  readonly alert?: string;
  /** PromQL. */
  readonly expr: string;
  /** How long the condition must hold before the alert fires. */
  readonly for?: string;
  /** The labels of the series or the alert. */
  readonly labels: { readonly [label: string]: string };
  /** The annotations of the alert. */
  readonly annotations?: { readonly [name: string]: string };
}

/** The names of the recorded series. The window is part of them, so that rules with different windows do not conflict. */
interface RecordedNames {
  readonly requests: string;
  readonly errors: string;
  readonly mean: string;
  readonly quantile: string;
}

function recordedNames(window: string): RecordedNames {
  return {
    requests: `rollout_arm:requests:rate${window}`,
    errors: `rollout_arm:errors:ratio_rate${window}`,
    mean: `rollout_arm:latency_seconds:mean_rate${window}`,
    quantile: `rollout_arm:latency_seconds:quantile_rate${window}`,
  };
}

/**
 * The recording rules of each arm.
 *
 * @internal
 */
export function recordingRules({ name, namespace, window, arms }: MeasuredRollout, quantile: number): Rule[] {
  const names = recordedNames(window);
  return arms.flatMap(({ name: arm, shadow, metrics }) => {
    const labels = { ...namespace === undefined ? {} : { namespace }, rollout: name, arm, ...shadow ? { shadow: 'true' } : {} };
    return [
      { record: names.requests, expr: metrics.requests(window), labels },
      { record: names.errors, expr: metrics.errorRatio(window), labels },
      { record: names.mean, expr: metrics.meanLatency(window), labels },
      ...metrics.hasQuantiles
        ? [{ record: names.quantile, expr: metrics.quantileLatency(quantile, window), labels: { ...labels, quantile: `${quantile}` } }] : [],
    ];
  });
}

/**
 * Alerts on the recorded series: one rule for all arms.
 *
 * @internal
 */
export class RolloutAlerts {
  private readonly names: RecordedNames;
  private readonly selector: string;
  private readonly alerting: string;
  private readonly labels: { readonly [label: string]: string };
  private readonly minRequests: number;

  constructor(private readonly rollout: MeasuredRollout, private readonly props: RolloutRulesProps, private readonly after: string) {
    const { name, namespace, window } = rollout;
    this.names = recordedNames(window);
    this.selector = [...namespace === undefined ? [] : [matcher('namespace', '=', namespace)], matcher('rollout', '=', name)].join(',');
    this.alerting = props.alertOnShadows ? this.selector : `${this.selector},shadow=""`;
    this.labels = { severity: props.severity ?? 'warning', ...props.alertLabels };
    this.minRequests = props.minRequests ?? 20;
  }

  /** Alerts on each arm, and on the comparison of each arm with the baseline. */
  public rules(quantile: number, missingAfter: string | undefined): Rule[] {
    const { maxErrorPercent = 5, maxMeanLatency, maxLatency, baseline } = this.props;
    const rules: Rule[] = [];
    if (maxErrorPercent < 100) {
      rules.push(this.rule('RolloutArmErrorRateHigh', this.enough(`${this.series(this.names.errors)} > ${fraction(maxErrorPercent)}`),
        `{{ $value | humanizePercentage }} of the requests fail, more than ${maxErrorPercent} %.`));
    }
    if (maxMeanLatency !== undefined) {
      rules.push(this.rule('RolloutArmMeanLatencyHigh', this.enough(`${this.series(this.names.mean)} > ${secondsOf(maxMeanLatency)}`),
        `The mean latency is {{ $value | humanizeDuration }}, more than ${secondsOf(maxMeanLatency)} s. ${this.meanNote}`));
    }
    if (maxLatency !== undefined) {
      const series = `${this.names.quantile}{${this.alerting},${matcher('quantile', '=', `${quantile}`)}}`;
      rules.push(this.rule('RolloutArmLatencyHigh', this.enough(`${series} > ${secondsOf(maxLatency)}`),
        `The quantile ${quantile} of the latency is {{ $value | humanizeDuration }}, more than ${secondsOf(maxLatency)} s.`));
    }
    if (baseline !== undefined) rules.push(...this.comparisons(baseline));
    if (missingAfter !== undefined) rules.push(...this.missing(missingAfter));
    return rules;
  }

  /** Both sides need enough requests: a baseline with three of them is no basis for a comparison. */
  private comparisons(baseline: string): Rule[] {
    const { maxErrorPercentAboveBaseline: points = 1, maxLatencyTimesBaseline: times = 1.5 } = this.props;
    const others = (name: string) => `${name}{${this.alerting},arm!="${baseline}"}`;
    const base = (name: string) => `${name}{${this.selector},${matcher('arm', '=', baseline)}}`;
    const enough = (expr: string) => `${this.enough(expr)} and on (rollout) ${base(this.names.requests)} * ${this.rollout.windowSeconds} >= ${this.minRequests}`;
    const rules: Rule[] = [];
    if (points < 100) {
      rules.push(this.rule('RolloutArmErrorRateAboveBaseline',
        enough(`${others(this.names.errors)} - on (rollout) group_left () ${base(this.names.errors)} > ${fraction(points)}`),
        `Its error rate lies {{ $value | humanizePercentage }} above that of ${baseline}, more than ${points} %.`));
    }
    rules.push(this.rule('RolloutArmMeanLatencyAboveBaseline',
      enough(`${others(this.names.mean)} / on (rollout) group_left () ${base(this.names.mean)} > ${times}`),
      `Its mean latency is {{ $value | humanize }} times that of ${baseline}, more than ${times} times. ${this.meanNote}`));
    return rules;
  }

  private missing(after: string): Rule[] {
    const expected = this.rollout.arms.filter(({ live, shadow }) => live && (!shadow || this.props.alertOnShadows));
    if (expected.length === 0) return [];
    // `absent` returns the labels of its selector, so that the alert of one rule still names the arm.
    const expr = expected.map(({ name }) => `absent(${this.names.requests}{${this.selector},${matcher('arm', '=', name)}})`).join(' or ');
    return [{
      ...this.rule('RolloutArmNotMeasured', expr, 'Prometheus has counted no requests for it: its metrics are not scraped, or it has received none since its pods started.'),
      for: after,
    }];
  }

  /** Adds the condition that there are enough requests. */
  private enough(expr: string): string {
    return `${expr} and on (arm) ${this.series(this.names.requests)} * ${this.rollout.windowSeconds} >= ${this.minRequests}`;
  }

  private series(name: string): string {
    return `${name}{${this.alerting}}`;
  }

  private rule(alert: string, expr: string, description: string): Rule {
    const { runbookUrl } = this.props;
    return {
      alert,
      expr,
      for: this.after,
      labels: this.labels,
      annotations: {
        summary: `Arm {{ $labels.arm }} of rollout {{ $labels.rollout }}: ${TITLES[alert]}`,
        description: `${description.trim()} Over ${this.rollout.window}.`,
        ...runbookUrl === undefined ? {} : { runbook_url: runbookUrl },
      },
    };
  }

  private get meanNote(): string {
    return this.rollout.arms.every(({ metrics }) => metrics.hasQuantiles) ? ''
      : 'Models of Seldon Core 2 have no histogram of their own: this is the quotient of two counters, and no quantile is known.';
  }
}

const TITLES: { readonly [alert: string]: string } = {
  RolloutArmErrorRateHigh: 'requests fail',
  RolloutArmMeanLatencyHigh: 'requests are slow',
  RolloutArmLatencyHigh: 'some requests are slow',
  RolloutArmErrorRateAboveBaseline: 'more requests fail than with the baseline',
  RolloutArmMeanLatencyAboveBaseline: 'requests are slower than with the baseline',
  RolloutArmNotMeasured: 'nothing is measured',
};
