import { ApiObject, Duration, Testing } from 'cdk8s';
import { IstioReporter } from '../../src/observability/arm-metrics';
import { RolloutDashboard, RolloutDashboardProps } from '../../src/observability/rollout-dashboard';
import { messageOf } from '../support/errors';
import { testChart } from '../support/manifests';
import { core1Plan, core2Plan, core2ShadowPlan, mixedPlan, serviceShadowPlan, subset, subsetPlan } from '../support/plans';
import { Dashboard, Panel, queriesOf, syntaxErrors } from '../support/promql';
import { service } from '../support/routed-backends';

function made(props: Partial<RolloutDashboardProps> = {}, namespace?: string): RolloutDashboard {
  const plan = props.arms === undefined ? core2Plan() : undefined;
  return new RolloutDashboard(testChart(undefined, namespace), 'iris-dashboard', { plan, ...props });
}

function dashboardOf(props: Partial<RolloutDashboardProps> = {}): Dashboard {
  const construct = made(props);
  return JSON.parse(ApiObject.of(construct).toJson().data[construct.fileName]);
}

function panel(dashboard: Dashboard, title: string, type = 'timeseries'): Panel {
  return dashboard.panels.find((each) => each.title === title && each.type === type)!;
}

function legends({ targets }: Panel): string[] {
  return targets!.map(({ legendFormat }) => legendFormat);
}

const PLANS = { core1Plan, core2Plan, core2ShadowPlan, mixedPlan, serviceShadowPlan, subsetPlan };

test('defaultChild', () => {
  expect(ApiObject.of(made()).kind).toEqual('ConfigMap');
});

test('minimal', () => {
  const chart = testChart();
  new RolloutDashboard(chart, 'iris-dashboard', { plan: core2Plan() });
  expect(Testing.synth(chart)).toMatchSnapshot();
});

describe.each(Object.entries(PLANS))('the dashboard of %s', (_name, plan) => {
  test('has queries that Prometheus understands', () => {
    const queries = queriesOf(dashboardOf({ plan: plan() }));
    expect(queries.length).toBeGreaterThan(8);
    expect(queries.flatMap(syntaxErrors)).toEqual([]);
  });

  test('has panels that do not overlap', () => {
    const { panels } = dashboardOf({ plan: plan() });
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, i) => `${x + i % w} ${y + Math.floor(i / w)}`));
    expect(new Set(cells).size).toEqual(cells.length);
    expect(panels.every(({ gridPos: { x, w } }) => x + w <= 24)).toEqual(true);
  });

  test('is the same each time', () => {
    expect(dashboardOf({ plan: plan() })).toEqual(dashboardOf({ plan: plan() }));
  });
});

test('the parser of the tests finds errors', () => {
  expect(syntaxErrors('sum(rate(a[5m])')).toEqual(['sum(rate(a[5m])⟨⟩']);
});

describe('the ConfigMap', () => {
  test('has the label of the sidecar and a file whose name no other namespace uses', () => {
    const construct = made();
    expect(construct.fileName).toEqual('seldon-mesh-iris-dashboard.json');
    expect(ApiObject.of(construct).toJson().metadata)
      .toEqual({ name: 'iris-dashboard', namespace: 'seldon-mesh', labels: { grafana_dashboard: '1' } });
  });

  test('accepts a folder, other labels, and metadata', () => {
    const construct = made({
      namespace: 'monitoring', folder: 'Models', sidecarLabels: { dashboards: 'yes' }, metadata: { name: 'board', labels: { a: 'b' }, annotations: { c: 'd' } },
    });
    expect(ApiObject.of(construct).toJson().metadata).toEqual({
      name: 'board', namespace: 'monitoring', labels: { dashboards: 'yes', a: 'b' }, annotations: { grafana_folder: 'Models', c: 'd' },
    });
    expect(construct.fileName).toEqual('monitoring-board.json');
  });
});

describe('the dashboard', () => {
  test('has title, tags, identity and refresh', () => {
    const { title, tags, refresh, uid } = dashboardOf();
    expect([title, tags, refresh]).toEqual(['Rollout seldon-mesh/iris', ['rollout'], '30s']);
    expect(uid).toMatch(/^[0-9a-f]{32}$/);
  });

  test('accepts other settings', () => {
    const { title, tags, refresh, uid } = dashboardOf({ title: 'Iris', tags: ['a', 'b'], refresh: Duration.minutes(1), uid: 'iris' });
    expect([title, tags, refresh, uid]).toEqual(['Iris', ['a', 'b'], '1m', 'iris']);
  });

  test('queries the data source that the user selects', () => {
    expect(dashboardOf()).toMatchObject({ templating: { list: [{ name: 'datasource', type: 'datasource', query: 'prometheus' }] } });
    expect(panel(dashboardOf(), 'Requests')).toMatchObject({ datasource: { type: 'prometheus', uid: '${datasource}' } });
  });

  test('compares the arms', () => {
    const dashboard = dashboardOf();
    expect(dashboard.panels.map(({ type, title }) => `${type} ${title}`)).toEqual([
      'stat Share of requests', 'stat Error rate', 'stat Mean latency',
      'timeseries Share of requests', 'timeseries Requests',
      'timeseries Error rate', 'timeseries Mean latency',
      'text Latency quantiles',
    ]);
    for (const each of dashboard.panels.filter(({ targets }) => targets !== undefined)) expect(legends(each)).toEqual(['iris1', 'iris2']);
  });

  test('shows no shares when there is no request', () => {
    expect(panel(dashboardOf(), 'Share of requests').targets![0].expr).toEqual(
      '(sum(rate(seldon_model_infer_total{namespace="seldon-mesh",model_internal=~"iris1_[0-9]+"}[5m])) or vector(0)) / '
      + '((sum(rate(seldon_model_infer_total{namespace="seldon-mesh",model_internal=~"iris1_[0-9]+"}[5m])) or vector(0)) + '
      + '(sum(rate(seldon_model_infer_total{namespace="seldon-mesh",model_internal=~"iris2_[0-9]+"}[5m])) or vector(0)) > 0)',
    );
  });

  test('explains that Seldon Core 2 has no quantiles', () => {
    expect(panel(dashboardOf(), 'Latency quantiles', 'text').options.content).toEqual(
      'Seldon Core 2 keeps no histogram for each model, so there are no quantiles for it: its mean latency is the quotient of two counters.',
    );
  });

  test('shows quantiles of predictors, one panel each', () => {
    const dashboard = dashboardOf({ plan: core1Plan() });
    expect(dashboard.panels.map(({ title }) => title).filter((title) => title.startsWith('Latency'))).toEqual(['Latency, p50', 'Latency, p95', 'Latency, p99']);
    expect(panel(dashboard, 'Latency, p99').targets![1].expr).toEqual(
      'histogram_quantile(0.99, sum by (le) (rate(seldon_api_executor_server_requests_seconds_bucket{namespace="seldon-mesh",'
      + 'deployment_name="iris",predictor_name="next",service!~"status|metadata|feedback"}[5m]))) >= 0',
    );
  });

  test('shows the given quantiles, three in a row', () => {
    const { panels } = dashboardOf({ plan: core1Plan(), quantiles: [0.1, 0.5, 0.9, 0.999] });
    expect(panels.slice(7).map(({ title, gridPos: { x, y, w } }) => [title, x, y, w])).toEqual([
      ['Latency, p10', 0, 23, 8], ['Latency, p50', 8, 23, 8], ['Latency, p90', 16, 23, 8], ['Latency, p99.9', 0, 32, 24],
    ]);
  });

  test('shows no quantiles if the list is empty', () => {
    expect(dashboardOf({ plan: core1Plan(), quantiles: [] }).panels.length).toEqual(7);
  });

  test('lists the arms without quantiles', () => {
    const shown = panel(dashboardOf({ plan: mixedPlan() }), 'Latency, p95');
    expect(legends(shown)).toEqual(['ml/wine']);
    expect(shown.description).toMatch(/^Over 5m\. Without seldon-mesh\/wine: Seldon Core 2 keeps no histogram/);
  });

  test('shows mirrored requests to shadows, which have no share', () => {
    const dashboard = dashboardOf({ plan: core2ShadowPlan() });
    expect(legends(panel(dashboard, 'Share of requests'))).toEqual(['iris1']);
    expect(legends(panel(dashboard, 'Error rate'))).toEqual(['iris1', 'iris2 (shadow)']);
    expect(legends(panel(dashboard, 'Mirrored requests'))).toEqual(['iris2 (shadow)']);
    expect(dashboard.description).toEqual('Arms of the rollout iris: Model seldon-mesh/iris1, Model seldon-mesh/iris2 (shadow).');
  });

  test('can have more arms than the alphabet has letters', () => {
    const arms = Array.from({ length: 28 }, (_, i) => ({ backend: service(`s${i}`) }));
    expect(panel(dashboardOf({ arms }), 'Requests').targets!.map(({ refId }) => refId).slice(-3)).toEqual(['Z', 'AA', 'AB']);
  });

  test('counts mirrored requests at the server', () => {
    const shown = panel(dashboardOf({ plan: serviceShadowPlan(), istioReporter: IstioReporter.SOURCE }), 'Error rate');
    expect(shown.targets!.map(({ expr }) => /reporter="(\w+)"/.exec(expr)![1])).toEqual(['source', 'destination']);
  });
});

describe('fails', () => {
  test.each<[string, Partial<RolloutDashboardProps>]>([
    ['quantiles[0] 99. Expected a number above 0 and below 1, such as 0.99', { quantiles: [99] }],
    ['quantiles[0] "0.9". Expected a number above 0 and below 1, such as 0.99', { quantiles: ['0.9' as unknown as number] }],
    ['quantiles 0.9. Expected a list of numbers', { quantiles: 0.9 as unknown as number[] }],
    ['quantile 0.9 is listed twice. List each quantile once', { quantiles: [0.9, 0.9] }],
    ['refresh of 500 ms. Expected whole seconds, 1 or more', { refresh: Duration.millis(500) }],
    ['title " ". It must not be blank', { title: ' ' }],
    ['folder "". It must not be blank', { folder: '' }],
    ['tags "a". Expected a list of strings', { tags: 'a' as unknown as string[] }],
    ['uid "a/b". Expected at most 40 letters, digits, hyphens and underscores', { uid: 'a/b' }],
    ['label "a b" of sidecarLabels. Expected at most 63 letters, digits, "-", "_" and ".", after an optional DNS name and a slash', { sidecarLabels: { 'a b': '1' } }],
    ['name of ConfigMap "A". Expected at most 253 lower-case letters, digits, hyphens and dots, starting and ending with a letter or digit', { metadata: { name: 'A' } }],
  ])('%s', (message, props) => {
    expect(messageOf(() => made(props))).toEqual(`${message} (at test/iris-dashboard)`);
  });

  test('for two versions of one label', () => {
    expect(messageOf(() => made({ arms: [{ backend: subset('v1') }, { backend: subset('v2', { version: 'v1' }) }] }))).toEqual(
      'Service ml/selector subset v1 and Service ml/selector subset v2 as two arms. '
      + 'Their metrics are the same. List each backend once, or use subsets with different versions (at test/iris-dashboard)',
    );
  });
});
