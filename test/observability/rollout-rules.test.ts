import { ApiObject, App, Chart, Duration } from 'cdk8s';
import { IstioReporter } from '../../src/observability/arm-metrics';
import { RolloutRules, RolloutRulesProps } from '../../src/observability/rollout-rules';
import { messageOf } from '../support/errors';
import { testChart } from '../support/manifests';
import { core1Plan, core2Plan, core2ShadowPlan, mixedPlan, serviceShadowPlan, subset, subsetPlan } from '../support/plans';
import { syntaxErrors } from '../support/promql';

interface Rule {
  readonly record?: string;
  readonly alert?: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: { readonly [label: string]: string };
  readonly annotations?: { readonly [name: string]: string };
}

const ALL = { maxMeanLatency: Duration.millis(250), missingAfter: Duration.minutes(15) };

function made(props: Partial<RolloutRulesProps> = {}, chart: Chart = testChart()): RolloutRules {
  return new RolloutRules(chart, 'iris-rules', { plan: props.arms === undefined ? core2Plan() : undefined, ...props });
}

function rulesOf(props: Partial<RolloutRulesProps> = {}): Rule[] {
  return ApiObject.of(made(props)).toJson().spec.groups[0].rules;
}

function recorded(series: string, props: Partial<RolloutRulesProps> = {}): Rule[] {
  return rulesOf(props).filter(({ record }) => record === `rollout_arm:${series}`);
}

function alert(name: string, props: Partial<RolloutRulesProps> = {}): Rule {
  const found = rulesOf(props).filter((rule) => rule.alert === name);
  expect(found.length).toEqual(1);
  return found[0];
}

test('defaultChild', () => {
  expect(ApiObject.of(made()).kind).toEqual('PrometheusRule');
});

test('minimal', () => {
  expect(ApiObject.of(made()).toJson()).toMatchSnapshot();
});

test.each(Object.entries({ core1Plan, core2Plan, core2ShadowPlan, mixedPlan, serviceShadowPlan, subsetPlan }))(
  'Prometheus understands every rule of %s', (_name, plan) => {
    const rules = [
      ...rulesOf({ plan: plan(), ...ALL }),
      ...rulesOf({ plan: plan(), ...ALL, clientErrors: true, alertOnShadows: true, istioReporter: IstioReporter.WAYPOINT }),
    ];
    expect(rules.flatMap(({ expr }) => syntaxErrors(expr))).toEqual([]);
  });

test('Prometheus understands comparisons and quantiles', () => {
  const rules = rulesOf({ plan: core1Plan(), ...ALL, baseline: 'main', maxLatency: Duration.seconds(1), quantile: 0.9 });
  expect(rules.map(({ alert: name }) => name).filter((name) => name !== undefined)).toEqual([
    'RolloutArmErrorRateHigh', 'RolloutArmMeanLatencyHigh', 'RolloutArmLatencyHigh',
    'RolloutArmErrorRateAboveBaseline', 'RolloutArmMeanLatencyAboveBaseline', 'RolloutArmNotMeasured',
  ]);
  expect(rules.flatMap(({ expr }) => syntaxErrors(expr))).toEqual([]);
});

describe('of a predictor', () => {
  const series = 'namespace="seldon-mesh",deployment_name="iris",predictor_name="main",service!~"status|metadata|feedback"';

  test('the orchestrator counts the requests', () => {
    expect(recorded('requests:rate5m', { plan: core1Plan() })[0]).toEqual({
      record: 'rollout_arm:requests:rate5m',
      expr: `sum(rate(seldon_api_executor_server_requests_seconds_count{${series}}[5m]))`,
      labels: { namespace: 'seldon-mesh', rollout: 'iris-canary', arm: 'main' },
    });
  });

  test('errors are those of servers, over REST and gRPC', () => {
    expect(recorded('errors:ratio_rate5m', { plan: core1Plan() })[0].expr).toEqual(
      `(sum(rate(seldon_api_executor_server_requests_seconds_count{${series},`
      + 'code=~"5..|Unknown|DeadlineExceeded|Unimplemented|Internal|Unavailable|DataLoss"}[5m])) or '
      + `0 * sum(rate(seldon_api_executor_server_requests_seconds_count{${series}}[5m]))) / `
      + `(sum(rate(seldon_api_executor_server_requests_seconds_count{${series}}[5m])) > 0)`,
    );
  });

  test('the mean and a quantile are recorded', () => {
    expect(recorded('latency_seconds:mean_rate5m', { plan: core1Plan() })[0].expr).toEqual(
      `sum(rate(seldon_api_executor_server_requests_seconds_sum{${series}}[5m])) / `
      + `(sum(rate(seldon_api_executor_server_requests_seconds_count{${series}}[5m])) > 0)`,
    );
    expect(recorded('latency_seconds:quantile_rate5m', { plan: core1Plan(), quantile: 0.95 })[0]).toEqual({
      record: 'rollout_arm:latency_seconds:quantile_rate5m',
      expr: `histogram_quantile(0.95, sum by (le) (rate(seldon_api_executor_server_requests_seconds_bucket{${series}}[5m]))) >= 0`,
      labels: { namespace: 'seldon-mesh', rollout: 'iris-canary', arm: 'main', quantile: '0.95' },
    });
  });

  test('istioMetrics uses the metrics of Istio', () => {
    expect(recorded('requests:rate5m', { plan: core1Plan(), istioMetrics: true })[1].expr).toEqual(
      'sum(rate(istio_requests_total{reporter="source",destination_service="iris-next.seldon-mesh.svc.cluster.local"}[5m]))',
    );
  });
});

describe('of a model of Seldon Core 2', () => {
  const series = 'namespace="seldon-mesh",model_internal=~"iris1_[0-9]+"';

  test('the mean latency is that of two counters, and no quantile is recorded', () => {
    expect(recorded('latency_seconds:mean_rate5m')[0].expr).toEqual(
      `sum(rate(seldon_model_infer_seconds_total{${series}}[5m])) / (sum(rate(seldon_model_infer_total{${series}}[5m])) > 0)`,
    );
    expect(recorded('latency_seconds:quantile_rate5m')).toEqual([]);
  });

  test('the alert explains it', () => {
    expect(alert('RolloutArmMeanLatencyHigh', { maxMeanLatency: Duration.millis(250) }).annotations!.description).toEqual(
      'The mean latency is {{ $value | humanizeDuration }}, more than 0.25 s. '
      + 'Models of Seldon Core 2 have no histogram of their own: this is the quotient of two counters, and no quantile is known. Over 5m.',
    );
  });

  test('clientErrors counts client errors', () => {
    expect(recorded('errors:ratio_rate5m', { clientErrors: true })[0].expr).toContain(`${series},code!~"[123]..|OK"`);
  });
});

describe('of a Service', () => {
  const series = 'reporter="source",destination_service="selector.ml.svc.cluster.local",destination_version="v1"';

  test('Istio counts by the label version of the pods', () => {
    expect(recorded('requests:rate5m', { plan: subsetPlan() }).map(({ labels: { arm }, expr }) => [arm, expr])).toEqual([
      ['v1', `sum(rate(istio_requests_total{${series}}[5m]))`],
      ['v2', `sum(rate(istio_requests_total{${series.replace('v1', 'v2')}}[5m]))`],
    ]);
  });

  test('failures are HTTP 5xx, and gRPC codes of servers', () => {
    expect(recorded('errors:ratio_rate5m', { plan: subsetPlan() })[0].expr).toEqual(
      `(sum(rate(istio_requests_total{${series},response_code=~"5.."}[5m]) or rate(istio_requests_total{${series},grpc_response_status=~"2|4|12|13|14|15"}[5m])) or `
      + `0 * sum(rate(istio_requests_total{${series}}[5m]))) / (sum(rate(istio_requests_total{${series}}[5m])) > 0)`,
    );
  });

  test('latencies are turned into seconds', () => {
    expect(recorded('latency_seconds:mean_rate5m', { plan: subsetPlan() })[0].expr).toEqual(
      `sum(rate(istio_request_duration_milliseconds_sum{${series}}[5m])) / (sum(rate(istio_request_duration_milliseconds_count{${series}}[5m])) > 0) / 1000`,
    );
    expect(recorded('latency_seconds:quantile_rate5m', { plan: subsetPlan() })[0].expr).toEqual(
      `(histogram_quantile(0.99, sum by (le) (rate(istio_request_duration_milliseconds_bucket{${series}}[5m]))) >= 0) / 1000`,
    );
  });

  test('the version can be set', () => {
    const arms = [{ backend: subset('v1', { track: 'canary' }), version: 'next' }];
    expect(recorded('requests:rate5m', { arms })[0].expr).toContain('destination_version="next"');
  });
});

describe('shadows', () => {
  test('are recorded with a label', () => {
    expect(recorded('requests:rate5m', { plan: core2ShadowPlan() }).map(({ labels }) => labels)).toEqual([
      { namespace: 'seldon-mesh', rollout: 'iris', arm: 'iris1' },
      { namespace: 'seldon-mesh', rollout: 'iris', arm: 'iris2', shadow: 'true' },
    ]);
  });

  test('raise alerts only with alertOnShadows', () => {
    const expr = (alertOnShadows: boolean) => alert('RolloutArmErrorRateHigh', { plan: core2ShadowPlan(), alertOnShadows }).expr;
    expect(expr(false)).toContain('{namespace="seldon-mesh",rollout="iris",shadow=""} > 0.05');
    expect(expr(true)).toContain('{namespace="seldon-mesh",rollout="iris"} > 0.05');
  });
});

describe('alerts', () => {
  test('need enough requests', () => {
    expect(alert('RolloutArmErrorRateHigh', { maxErrorPercent: 0.7, minRequests: 50, window: Duration.minutes(10) }).expr).toEqual(
      'rollout_arm:errors:ratio_rate10m{namespace="seldon-mesh",rollout="iris",shadow=""} > 0.007 and on (arm) '
      + 'rollout_arm:requests:rate10m{namespace="seldon-mesh",rollout="iris",shadow=""} * 600 >= 50',
    );
  });

  test('on an error rate can be left out', () => {
    expect(rulesOf({ maxErrorPercent: 100 }).filter((rule) => rule.alert !== undefined)).toEqual([]);
    expect(rulesOf({ maxErrorPercent: 100, baseline: 'iris1', maxErrorPercentAboveBaseline: 100 }).flatMap((rule) => rule.alert ?? []))
      .toEqual(['RolloutArmMeanLatencyAboveBaseline']);
  });

  test('have severity, labels, time and runbook', () => {
    const props = {
      severity: 'critical', alertLabels: { team: 'risk' }, alertAfter: Duration.seconds(90), runbookUrl: 'https://example.com/iris',
    };
    expect(alert('RolloutArmErrorRateHigh', props)).toMatchObject({
      for: '90s',
      labels: { severity: 'critical', team: 'risk' },
      annotations: {
        summary: 'Arm {{ $labels.arm }} of rollout {{ $labels.rollout }}: requests fail',
        description: '{{ $value | humanizePercentage }} of the requests fail, more than 5 %. Over 5m.',
        runbook_url: 'https://example.com/iris',
      },
    });
  });

  test('can fire at once', () => {
    expect(alert('RolloutArmErrorRateHigh', { alertAfter: Duration.minutes(0) }).for).toEqual('0s');
  });

  test('compare with a baseline that has requests, too', () => {
    const { expr } = alert('RolloutArmMeanLatencyAboveBaseline', { baseline: 'iris1', maxLatencyTimesBaseline: 2 });
    expect(expr).toEqual(
      'rollout_arm:latency_seconds:mean_rate5m{namespace="seldon-mesh",rollout="iris",shadow="",arm!="iris1"} / on (rollout) group_left () '
      + 'rollout_arm:latency_seconds:mean_rate5m{namespace="seldon-mesh",rollout="iris",arm="iris1"} > 2 and on (arm) '
      + 'rollout_arm:requests:rate5m{namespace="seldon-mesh",rollout="iris",shadow=""} * 300 >= 20 and on (rollout) '
      + 'rollout_arm:requests:rate5m{namespace="seldon-mesh",rollout="iris",arm="iris1"} * 300 >= 20',
    );
  });

  test('on missing series leave out arms that should receive no requests', () => {
    const missing = (weight: number) => alert('RolloutArmNotMeasured', { plan: subsetPlan(weight), missingAfter: Duration.minutes(15) });
    const of = (arm: string) => `absent(rollout_arm:requests:rate5m{namespace="seldon-mesh",rollout="selector",arm="${arm}"})`;
    expect(missing(30).expr).toEqual(`${of('v1')} or ${of('v2')}`);
    expect([missing(0).expr, missing(0).for]).toEqual([of('v1'), '15m']);
  });

  test('on missing series need an arm that should receive requests', () => {
    const arms = [{ backend: subset('v1'), shadow: true }];
    expect(rulesOf({ arms, missingAfter: Duration.minutes(15) }).flatMap((rule) => rule.alert ?? [])).toEqual(['RolloutArmErrorRateHigh']);
  });
});

test('the group has the name of the object, and an interval if one is set', () => {
  const { groups } = ApiObject.of(made({ metadata: { name: 'board' }, interval: Duration.seconds(30) })).toJson().spec;
  expect(groups.map(({ name, interval }: { name: string; interval: string }) => [name, interval])).toEqual([['board', '30s']]);
});

test('one rollout can have rules with two windows', () => {
  const chart = testChart();
  made({}, chart);
  expect(() => new RolloutRules(chart, 'slow', { plan: core2Plan(), window: Duration.hours(1) })).not.toThrow();
});

describe('fails', () => {
  test.each<[string, Partial<RolloutRulesProps>]>([
    ['maxErrorPercent 101. Expected a percentage from 0 to 100', { maxErrorPercent: 101 }],
    ['maxErrorPercent -1. Expected a percentage from 0 to 100', { maxErrorPercent: -1 }],
    ['maxErrorPercent "5". Expected a percentage from 0 to 100', { maxErrorPercent: '5' as unknown as number }],
    ['maxErrorPercentAboveBaseline NaN. Expected a percentage from 0 to 100', { maxErrorPercentAboveBaseline: NaN, baseline: 'iris1' }],
    ['maxLatencyTimesBaseline 0.5. Expected a number of 1 or more, such as 1.5', { maxLatencyTimesBaseline: 0.5, baseline: 'iris1' }],
    ['a comparison without a baseline. Set baseline to the arm that the others are compared with', { maxLatencyTimesBaseline: 2 }],
    ['baseline "iris". Expected one of the arms "iris1", "iris2"', { baseline: 'iris' }],
    ['minRequests 0. Expected a whole number from 1 to 9007199254740991', { minRequests: 0 }],
    ['quantile 99. Expected a number above 0 and below 1, such as 0.99', { quantile: 99 }],
    ['maxMeanLatency 250. Expected a Duration, such as Duration.seconds(5)', { maxMeanLatency: 250 as unknown as Duration }],
    ['maxMeanLatency of 0 ms. Expected 1 ms or more, in whole milliseconds', { maxMeanLatency: Duration.millis(0) }],
    ['maxLatency for Model seldon-mesh/iris1. Seldon Core 2 has no histogram for each model, so no quantile is known. Use maxMeanLatency instead',
      { maxLatency: Duration.seconds(1) }],
    ['alertAfter of 1500 ms. Expected whole seconds, 1 or more', { alertAfter: Duration.millis(1500) }],
    ['interval of 0 ms. Expected whole seconds, 1 or more', { interval: Duration.seconds(0) }],
    ['missingAfter 5. Expected a Duration, such as Duration.seconds(5)', { missingAfter: 5 as unknown as Duration }],
    ['an empty severity. Expected a severity such as "warning" or "critical"', { severity: '' }],
    ['alert label "a-b". Expected a Prometheus label: letters, digits and underscores, not starting with a digit or two underscores',
      { alertLabels: { 'a-b': 'x' } }],
    ['alertLabels null. Expected an object of strings', { alertLabels: null as never }],
    ['alertOnShadows "false". Expected true or false', { alertOnShadows: 'false' as never }],
    ['alert label arm. The rules set this label themselves. Choose another name', { alertLabels: { arm: 'x' } }],
    ['alertLabels.team 1. Expected a string', { alertLabels: { team: 1 as unknown as string } }],
    ['runbookUrl "wiki". Expected a URL such as "https://example.com/runbook"', { runbookUrl: 'wiki' }],
  ])('%s', (message, props) => {
    expect(messageOf(() => made(props))).toEqual(`${message} (at test/iris-rules)`);
  });

  test('for a baseline without another arm', () => {
    expect(messageOf(() => made({ plan: core2ShadowPlan(), baseline: 'iris1' }))).toEqual(
      'baseline "iris1" and no other arm. Add another arm, set alertOnShadows, or leave the baseline out (at test/iris-rules)',
    );
    expect(messageOf(() => made({ plan: core2ShadowPlan(), baseline: 'iris1', alertOnShadows: true }))).toEqual('no error');
  });

  test('for two objects that record the same series', () => {
    const app = new App();
    const chart = new Chart(app, 'test', { namespace: 'seldon-mesh' });
    made({}, chart);
    expect(messageOf(() => new RolloutRules(new Chart(app, 'other', { namespace: 'seldon-mesh' }), 'again', { plan: core2Plan() }))).toEqual(
      'rules for rollout "iris" with a window of 5m record the same series as test/iris-rules. Set another rollout name or window (at other/again)',
    );
  });
});
