import { ApiObject, App, Chart, Duration } from 'cdk8s';
import { checkRules, ExpectedAlert, RuleTest, testRules } from './harness/promtool';
import { core1, core2, istio, Meter, Traffic } from './rules/traffic';
import { ServiceBackend } from '../../src/istio/service/service-backend';
import { WatchedArm } from '../../src/observability/rollout-arms';
import { RolloutDashboard, RolloutDashboardProps } from '../../src/observability/rollout-dashboard';
import { RolloutRules, RolloutRulesProps } from '../../src/observability/rollout-rules';
import { GraphNode } from '../../src/seldon/core1/graph-node';
import { PrepackagedServer } from '../../src/seldon/core1/prepackaged-server';
import { SeldonDeployment } from '../../src/seldon/core1/seldon-deployment';
import { Model } from '../../src/seldon/core2/model';

// Prometheus itself evaluates rules and dashboards on made-up series, one arm stable and one new.

/** A kind of backends: the series they have, and two of them called v1 and v2. */
interface Kind {
  readonly meter: Meter;
  readonly quantiles: boolean;
  readonly arms: (chart: Chart) => WatchedArm[];
}

const VERSIONS = ['v1', 'v2'];

const KINDS: { readonly [kind: string]: Kind } = {
  'Seldon Core 1': {
    meter: core1,
    quantiles: true,
    arms: (chart) => {
      const graph = GraphNode.model({ name: 'classifier', implementation: PrepackagedServer.SKLEARN_SERVER, modelUri: 'gs://models/iris' });
      const deployment = new SeldonDeployment(chart, 'iris', { predictors: VERSIONS.map((name) => ({ name, graph })) });
      return VERSIONS.map((name) => ({ backend: deployment.predictor(name) }));
    },
  },
  'Seldon Core 2': {
    meter: core2,
    quantiles: false,
    arms: (chart) => VERSIONS.map((name) => ({ backend: new Model(chart, name, { storageUri: 'gs://models/iris' }) })),
  },
  'Istio': {
    meter: istio,
    quantiles: true,
    arms: () => VERSIONS.map((subset) => ({
      backend: ServiceBackend.of({ name: 'selector', namespace: 'models', port: 8080, subset, subsetLabels: { version: subset } }),
    })),
  },
};

const chartOf = () => new Chart(new App(), 'chart', { namespace: 'models' });

function rulesOf({ arms, quantiles }: Kind, props: RolloutRulesProps = {}): object {
  const chart = chartOf();
  return ApiObject.of(new RolloutRules(chart, 'rules', {
    rollout: 'iris',
    arms: arms(chart),
    baseline: 'v1',
    maxMeanLatency: Duration.millis(250),
    maxLatency: quantiles ? Duration.millis(300) : undefined,
    missingAfter: Duration.minutes(15),
    ...props,
  })).toJson().spec;
}

function alert(arm: string, summary: string, description: string, labels: { readonly [label: string]: string } = {}): ExpectedAlert {
  return {
    exp_labels: { severity: 'warning', namespace: 'models', rollout: 'iris', arm, ...labels },
    exp_annotations: { summary: `Arm ${arm} of rollout iris: ${summary}`, description },
  };
}

/** All alerts there are; each must fire exactly as listed, and else not at all. */
const ALERTS = [
  'RolloutArmErrorRateHigh', 'RolloutArmMeanLatencyHigh', 'RolloutArmLatencyHigh', 'RolloutArmErrorRateAboveBaseline',
  'RolloutArmMeanLatencyAboveBaseline', 'RolloutArmNotMeasured',
];

function world(name: string, { meter }: Kind, traffic: { readonly [arm: string]: Traffic }, fires: { readonly [alert: string]: ExpectedAlert[] }, at = '20m'): RuleTest {
  return {
    name,
    interval: '1m',
    input_series: Object.entries(traffic).flatMap(([arm, each]) => meter(arm, each)),
    alert_rule_test: ALERTS.map((alertname) => ({ eval_time: at, alertname, exp_alerts: fires[alertname] ?? [] })),
  };
}

const CALM: Traffic = { ok: 50, failed: 0, calls: 10, failedCalls: 0, seconds: 0.1 };

describe.each(Object.entries(KINDS))('arms of %s', (_name, kind) => {
  const note = kind.quantiles ? ''
    : ' Models of Seldon Core 2 have no histogram of their own: this is the quotient of two counters, and no quantile is known.';
  const errors = (rate: string) => alert('v2', 'requests fail', `${rate} of the requests fail, more than 5 %. Over 5m.`);
  const moreErrors = (rate: string) => alert('v2', 'more requests fail than with the baseline',
    `Its error rate lies ${rate} above that of v1, more than 1 %. Over 5m.`);
  const expect0 = async (tests: RuleTest[], props: RolloutRulesProps = {}) => expect(await testRules(rulesOf(kind, props), tests)).toEqual([]);

  test('have rules that promtool finds nothing wrong with', async () => {
    expect(await checkRules(rulesOf(kind))).toEqual([]);
    expect(await checkRules(rulesOf(kind, { clientErrors: true, alertOnShadows: true }))).toEqual([]);
  });

  test('raise no alert while all is well', () => expect0([
    world('both answer', kind, { v1: CALM, v2: CALM }, {}),
    world('callers make errors', kind, { v1: CALM, v2: { ...CALM, refused: 50 } }, {}),
    world('no requests', kind, { v1: { ok: 0, failed: 0 }, v2: { ok: 0, failed: 0 } }, {}),
    world('only the stable one is asked', kind, { v1: CALM, v2: { ok: 0, failed: 0, calls: 0, failedCalls: 0 } }, {}),
    world('three of five requests fail, which is too few to compare', kind, { v1: CALM, v2: { ok: 0.4, failed: 0.6, seconds: 3 } }, {}),
    world('it has not failed for long enough', kind, { v1: CALM, v2: { ok: 50, failed: 50 } }, {}, '4m'),
  ]));

  test('raise alerts when requests fail', () => expect0([
    world('over REST', kind, { v1: CALM, v2: { ok: 48, failed: 12 } }, {
      RolloutArmErrorRateHigh: [errors('20%')], RolloutArmErrorRateAboveBaseline: [moreErrors('20%')],
    }),
    world('over gRPC', kind, { v1: CALM, v2: { calls: 45, failedCalls: 15 } }, {
      RolloutArmErrorRateHigh: [errors('25%')], RolloutArmErrorRateAboveBaseline: [moreErrors('25%')],
    }),
    world('all of them, and none was ever answered', kind, { v1: CALM, v2: { failed: 60 } }, {
      RolloutArmErrorRateHigh: [errors('100%')], RolloutArmErrorRateAboveBaseline: [moreErrors('100%')],
    }),
    world('more than with the baseline, and still few', kind, { v1: CALM, v2: { ok: 96, failed: 4 } }, {
      RolloutArmErrorRateAboveBaseline: [moreErrors('4%')],
    }),
    world('with a baseline without requests', kind, { v1: { ok: 0, failed: 0 }, v2: { ok: 48, failed: 12 } }, {
      RolloutArmErrorRateHigh: [errors('20%')],
    }),
  ]));

  test('raise alerts when requests are slow', () => expect0([
    world('slow', kind, { v1: CALM, v2: { ...CALM, seconds: 0.4 } }, {
      RolloutArmMeanLatencyHigh: [alert('v2', 'requests are slow', `The mean latency is 400ms, more than 0.25 s.${note} Over 5m.`)],
      RolloutArmMeanLatencyAboveBaseline: [alert('v2', 'requests are slower than with the baseline',
        `Its mean latency is 4 times that of v1, more than 1.5 times.${note} Over 5m.`)],
      // All requests are in the bucket from 0.25 to 0.5 s.
      RolloutArmLatencyHigh: kind.quantiles
        ? [alert('v2', 'some requests are slow', 'The quantile 0.99 of the latency is 497.5ms, more than 0.3 s. Over 5m.', { quantile: '0.99' })] : [],
    }),
    world('slower than the baseline', kind, { v1: CALM, v2: { ...CALM, seconds: 0.2 } }, {
      RolloutArmMeanLatencyAboveBaseline: [alert('v2', 'requests are slower than with the baseline',
        `Its mean latency is 2 times that of v1, more than 1.5 times.${note} Over 5m.`)],
    }),
  ]));

  test('raise an alert when nothing is measured', () => expect0([
    world('only the new one', kind, { v2: CALM }, {
      RolloutArmNotMeasured: [alert('v1', 'nothing is measured', 'Prometheus has counted no requests for it: its metrics are not scraped, or it has received none since its pods started. Over 5m.')],
    }),
    world('both, not for long enough', kind, {}, {}, '14m'),
  ]));

  test('count callers\' errors where that is asked for', () => expect0([
    world('callers make errors', kind, { v1: CALM, v2: { ok: 45, refused: 15 } }, {
      RolloutArmErrorRateHigh: [errors('25%')], RolloutArmErrorRateAboveBaseline: [moreErrors('25%')],
    }),
  ], { clientErrors: true }));

  test('have dashboards whose queries return the documented numbers', async () => {
    const traffic = { v1: { ok: 120, failed: 60, seconds: 0.2 }, v2: { calls: 45, failedCalls: 15, seconds: 0.4 } };
    const p50 = (...values: number[]): { [title: string]: number[] } => kind.quantiles ? { 'Latency, p50': values } : {};
    await expectPanels(kind, {}, traffic, {
      'Share of requests': [0.75, 0.25], 'Requests': [3, 1], 'Error rate': [0.3333, 0.25], 'Mean latency': [0.2, 0.4], ...p50(0.175, 0.375),
    });
    // Nothing but the numbers that are known: no NaN.
    await expectPanels(kind, {}, { v1: { ok: 0 }, v2: { ok: 0 } }, { Requests: [0, 0] });
    await expectPanels(kind, {}, { v1: { ok: 60 } }, {
      'Share of requests': [1, 0], 'Requests': [1], 'Error rate': [0], 'Mean latency': [0.1], ...p50(0.05),
    });
    await expectPanels(kind, {}, {}, {});
  });

  test('have shadows that raise alerts only where that is asked for', async () => {
    const p50: { [title: string]: number[] } = kind.quantiles ? { 'Latency, p50': [0.05, 0.05] } : {};
    const shadowed = (props: RolloutRulesProps) => {
      const chart = chartOf();
      const [primary, shadow] = kind.arms(chart);
      return ApiObject.of(new RolloutRules(chart, 'rules', { rollout: 'iris', arms: [primary, { ...shadow, shadow: true }], ...props })).toJson().spec;
    };
    const traffic = { v1: CALM, v2: { ok: 30, failed: 30 } };
    const expected = errors('50%');
    const fires = { RolloutArmErrorRateHigh: [{ ...expected, exp_labels: { ...expected.exp_labels, shadow: 'true' } }] };
    expect(await testRules(shadowed({}), [world('silent', kind, traffic, {})])).toEqual([]);
    expect(await testRules(shadowed({ alertOnShadows: true }), [world('heard', kind, traffic, fires)])).toEqual([]);
    await expectPanels(kind, { arms: shadowsOf(kind) }, traffic, {
      'Share of requests': [1],
      'Requests': [1],
      'Error rate': [0, 0.5],
      'Mean latency': [0.1, 0.1],
      'Mirrored requests': [1],
      ...p50,
    });
  });

  test('are caught when an alert does not fire', async () => {
    const [finding] = await testRules(rulesOf(kind), [world('wrong', kind, { v1: CALM, v2: CALM }, { RolloutArmErrorRateHigh: [errors('20%')] })]);
    expect(finding).toMatch(/alertname: RolloutArmErrorRateHigh, time: 20m/);
  });
});

function shadowsOf({ arms }: Kind): WatchedArm[] {
  const [primary, shadow] = arms(chartOf());
  return [primary, { ...shadow, shadow: true }];
}

/** Evaluates all panels with series; a panel that is not named must be empty. */
async function expectPanels(
  kind: Kind, props: RolloutDashboardProps, traffic: { readonly [arm: string]: Traffic }, values: { readonly [title: string]: readonly number[] },
): Promise<void> {
  const chart = chartOf();
  const construct = new RolloutDashboard(chart, 'dashboard', { arms: props.arms ?? kind.arms(chart), quantiles: [0.5] });
  const { panels } = JSON.parse(ApiObject.of(construct).toJson().data[construct.fileName]) as {
    panels: { title: string; targets?: { expr: string }[] }[];
  };
  expect(panels.map(({ title }) => title)).toEqual(expect.arrayContaining(Object.keys(values)));
  const queries = panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }, i) => ({ expr, value: values[title]?.[i] })));
  const findings = await testRules({ groups: [] }, [{
    name: 'panels',
    interval: '1m',
    input_series: Object.entries(traffic).flatMap(([arm, each]) => kind.meter(arm, each)),
    promql_expr_test: queries.map(({ expr, value }) => ({
      // Binary fractions differ in their last digit.
      expr: `round(${expr}, 0.0001)`,
      eval_time: '20m',
      exp_samples: value === undefined ? [] : [{ labels: '{}', value }],
    })),
  }]);
  expect(findings).toEqual([]);
}
