import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Chart, Duration } from 'cdk8s';
import { parse } from 'yaml';
import {
  BlueGreen, BlueGreenSlot, Canary, ExperimentRouter, Gateway, GatewayServer, IRollout, Mesh, MeshOptions, Model, RolloutGate, RolloutSteps,
  RolloutStepsProps, ServiceBackend, StringMatch, TrafficSplit,
} from '../../src';

const folders: string[] = [];

afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function testApp(mesh: MeshOptions = {}) {
  const outdir = mkdtempSync(join(tmpdir(), 'steps-'));
  folders.push(outdir);
  const app = new App({ outdir });
  Mesh.configure(app, mesh);
  const chart = new Chart(app, 'chart', { namespace: 'seldon-mesh' });
  const gateway = new Gateway(chart, 'gateway', { namespace: 'istio-system', servers: [GatewayServer.http()] });
  const model = (name: string) => new Model(chart, name, { storageUri: 'gs://seldon-models/mlserver/iris', requirements: ['sklearn'] });
  return { outdir, app, chart, gateway, model };
}

function canaryOf({ chart, gateway, model }: ReturnType<typeof testApp>, props = {}): Canary {
  return new Canary(chart, 'iris', { gateways: [gateway], stable: model('iris1'), canary: model('iris2'), ...props });
}

const filesIn = (folder: string): string[] => readdirSync(folder, { withFileTypes: true, recursive: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1)).sort();

interface Route {
  readonly metadata: object;
  readonly spec: { readonly http: readonly { readonly route: readonly { readonly weight?: number }[] }[] };
}

const read = (...path: string[]) => parse(readFileSync(join(...path), 'utf8')) as Route;

const weightsIn = ({ spec }: Route) => spec.http.map(({ route }) => route.map(({ weight }) => weight));

test('each step is a folder with the route object alone, of which only the weights differ', () => {
  const context = testApp();
  new RolloutSteps({ rollout: canaryOf(context), shares: [5, 25, 100] }).synth();
  const folder = join(context.outdir, 'steps', 'iris');

  expect(filesIn(folder)).toEqual(['01-5', '02-25', '03-100'].map((step) => `${step}/VirtualService.iris.k8s.yaml`));
  const routes = ['01-5', '02-25', '03-100'].map((step) => read(folder, step, 'VirtualService.iris.k8s.yaml'));
  expect(routes.map(weightsIn)).toEqual([[[95, 5], [95, 5]], [[75, 25], [75, 25]], [[0, 100], [0, 100]]]);
  const [first, ...others] = routes.map((route) => JSON.stringify(route).replace(/"weight":\d+/g, ''));
  expect(others).toEqual([first, first]);
});

test('a step has the same bytes as the rollout with that weight', () => {
  const context = testApp();
  new RolloutSteps({ rollout: canaryOf(context), shares: [25] }).synth();
  const other = testApp();
  canaryOf(other, { weight: 25 });
  other.app.synth();

  const step = readFileSync(join(context.outdir, 'steps', 'iris', '01-25', 'VirtualService.iris.k8s.yaml'), 'utf8');
  expect(readFileSync(join(other.outdir, 'chart.k8s.yaml'), 'utf8')).toContain(step);
});

test('steps written again have the same bytes', () => {
  const context = testApp();
  const steps = new RolloutSteps({ rollout: canaryOf(context), shares: [5, 100], gate: GATE });
  steps.synth();
  const folder = join(context.outdir, 'steps', 'iris');
  const texts = () => filesIn(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
  const before = texts();
  steps.synth();

  expect(texts()).toEqual(before);
});

test('the new version of a Canary is its canary, wherever it is in the order of addresses', () => {
  const context = testApp();
  const { chart, gateway, model } = context;
  new RolloutSteps({ rollout: new Canary(chart, 'iris', { gateways: [gateway], stable: model('z'), canary: model('a') }), shares: [10] }).synth();

  expect(weightsIn(read(context.outdir, 'steps', 'iris', '01-10', 'VirtualService.iris.k8s.yaml'))).toEqual([[10, 90], [10, 90]]);
});

test.each([[BlueGreenSlot.BLUE, [90, 10]], [BlueGreenSlot.GREEN, [10, 90]]])('the new version of a BlueGreen with %s active is the idle one', (active, weights) => {
  const context = testApp();
  const { chart, gateway, model } = context;
  const rollout = new BlueGreen(chart, 'iris', {
    gateways: [gateway], blue: model('iris1'), green: model('iris2'), active, preview: { hosts: ['preview.example.com'] },
  });
  new RolloutSteps({ rollout, shares: [10] }).synth();
  const folder = join(context.outdir, 'steps', 'iris', '01-10');

  expect(filesIn(folder)).toEqual(['VirtualService.iris.k8s.yaml']);
  expect(weightsIn(read(folder, 'VirtualService.iris.k8s.yaml'))).toEqual([weights, weights]);
});

test('rules for testers and for cookies keep their requests', () => {
  const context = testApp();
  const testers = [{ headers: { 'x-tester': StringMatch.exact('yes') } }];
  new RolloutSteps({ rollout: canaryOf(context, { testers, sticky: { cookie: 'version' } }), shares: [10] }).synth();
  const weights = weightsIn(read(context.outdir, 'steps', 'iris', '01-10', 'VirtualService.iris.k8s.yaml'));

  expect(weights.filter((each) => each.length === 2)).toEqual([[90, 10], [90, 10]]);
  expect(weights.filter((each) => each.length === 1).length).toBeGreaterThan(0);
  expect(weights.filter((each) => each.length === 1).every(([weight]) => weight === undefined)).toBe(true);
});

test('an Experiment has the weights of its candidates', () => {
  const context = testApp();
  new RolloutSteps({ rollout: canaryOf(context, { router: new ExperimentRouter() }), shares: [10] }).synth();
  const folder = join(context.outdir, 'steps', 'iris', '01-10');

  expect(filesIn(folder)).toEqual(['Experiment.iris.k8s.yaml']);
  expect(read(folder, 'Experiment.iris.k8s.yaml').spec).toEqual({ candidates: [{ name: 'iris1', weight: 90 }, { name: 'iris2', weight: 10 }], resourceType: 'model' });
});

test('annotations that synthesis adds are in the steps, too', () => {
  const context = testApp({ syncWaves: true });
  new RolloutSteps({ rollout: canaryOf(context), shares: [100] }).synth();

  expect(read(context.outdir, 'steps', 'iris', '01-100', 'VirtualService.iris.k8s.yaml').metadata)
    .toEqual({ name: 'iris', namespace: 'seldon-mesh', annotations: { 'argocd.argoproj.io/sync-wave': '7' } });
});

test('two rollouts have their own folders, and the folder can be set', () => {
  const context = testApp();
  const outdir = join(context.outdir, 'other');
  const { chart, gateway, model } = context;
  new RolloutSteps({ rollout: canaryOf(context), shares: [100], outdir }).synth();
  new RolloutSteps({ rollout: new Canary(chart, 'wine', { gateways: [gateway], stable: model('w1'), canary: model('w2') }), shares: [100] }).synth();

  expect(filesIn(outdir)).toEqual(['01-100/VirtualService.iris.k8s.yaml']);
  expect(filesIn(join(context.outdir, 'steps'))).toEqual(['wine/01-100/VirtualService.wine.k8s.yaml']);
});

const GATE: RolloutGate = {
  prometheus: 'http://prometheus:9090',
  maxErrorPercent: 2,
  maxErrorPercentAboveStable: 1,
  maxMeanLatency: Duration.millis(250),
  maxLatencyTimesStable: 1.5,
};

describe('a gate', () => {
  interface Template {
    readonly metadata: object;
    readonly spec: { readonly metrics: readonly { readonly name: string; readonly successCondition: string }[] };
  }

  interface Alerts {
    readonly spec: { readonly groups: readonly { readonly rules: readonly { readonly labels: object; readonly expr: string }[] }[] };
  }

  function gates(shares: number[], gate: RolloutGate = GATE) {
    const context = testApp();
    new RolloutSteps({ rollout: canaryOf(context), shares, gate }).synth();
    return (step: string, kind: string) => read(context.outdir, 'steps', 'iris', `gate-${step}`, `${kind}.iris-${step}.k8s.yaml`) as unknown;
  }

  test('is an AnalysisTemplate of each step, in which a query without a result fails', () => {
    const { metadata, spec } = gates([5])('01-5', 'AnalysisTemplate') as Template;

    expect(metadata).toEqual({ name: 'iris-01-5', namespace: 'seldon-mesh' });
    expect(spec.metrics.map(({ name, successCondition }) => [name, successCondition])).toEqual([
      ['requests', 'len(result) > 0 && result[0] >= 20'],
      ['error-rate', 'len(result) > 0 && result[0] <= 0.02'],
      ['error-rate-above-stable', 'len(result) > 0 && result[0] <= 0.01'],
      ['mean-latency', 'len(result) > 0 && result[0] <= 0.25'],
      ['mean-latency-times-stable', 'len(result) > 0 && result[0] <= 1.5'],
    ]);
    expect(spec.metrics[0]).toMatchObject({ initialDelay: '5m', interval: '1m', count: 5, failureLimit: 0, provider: { prometheus: { address: 'http://prometheus:9090' } } });
  });

  test('is a PrometheusRule of each step', () => {
    const { spec: { groups: [{ rules }] } } = gates([5], { prometheus: 'http://prometheus:9090', maxErrorPercent: 2, minRequests: 7 })('01-5', 'PrometheusRule') as Alerts;

    expect(rules.map(({ labels }) => labels)).toEqual(['requests', 'error-rate'].map((check) => ({ severity: 'info', rollout: 'iris', step: '01-5', check })));
    expect(rules[0].expr).toMatch(/^absent\(\(sum\(rate\(seldon_model_infer_total\{.*iris2_.*\}\[5m\]\)\) \* 300\) >= 7\)$/);
  });

  test('of the last step compares with no stable version, which has no requests', () => {
    const { spec: { metrics } } = gates([50, 100])('02-100', 'AnalysisTemplate') as Template;

    expect(metrics.map(({ name }) => name)).toEqual(['requests', 'error-rate', 'mean-latency']);
  });

  test.each<[string, Partial<RolloutGate>, string]>([
    ['no threshold', { maxErrorPercent: undefined }, 'a gate without a threshold. Set maxErrorPercent, maxErrorPercentAboveStable, maxMeanLatency or maxLatencyTimesStable'],
    ['no URL', { prometheus: 'prometheus' }, 'prometheus "prometheus". Expected a URL such as "http://prometheus:9090"'],
    ['too many percent', { maxErrorPercent: 101 }, 'maxErrorPercent 101. Expected a percentage from 0 to 100'],
    ['a negative difference', { maxErrorPercentAboveStable: -1 }, 'maxErrorPercentAboveStable -1. Expected a percentage from 0 to 100'],
    ['a quotient below 1', { maxLatencyTimesStable: 0.5 }, 'maxLatencyTimesStable 0.5. Expected a number of 1 or more, such as 1.5'],
    ['no requests', { minRequests: 0 }, 'minRequests 0. Expected'],
    ['no measurements', { measurements: 0 }, 'measurements 0. Expected'],
    ['a short window', { window: Duration.seconds(10) }, 'window'],
  ])('with %s is rejected', (_what, gate, message) => {
    expect(() => gates([5], { prometheus: 'http://prometheus:9090', maxErrorPercent: 2, ...gate })).toThrow(message);
  });
});

describe('are rejected', () => {
  const steps = (props: Partial<RolloutStepsProps>) => new RolloutSteps({ rollout: canaryOf(testApp()), shares: [5], ...props });

  test.each<[number[], string]>([
    [[], 'shares []. Set at least one step, such as [5, 25, 100] (at chart/iris)'],
    [[25, 5], 'share 5 after 25. Each step must be larger than the one before (at chart/iris)'],
    [[5, 5], 'share 5 after 5. Each step must be larger than the one before (at chart/iris)'],
    [[0, 5], 'share 0. Expected a whole percentage from 1 to 100 (at chart/iris)'],
    [[101], 'share 101. Expected a whole percentage from 1 to 100 (at chart/iris)'],
    [[2.5], 'share 2.5. Expected a whole percentage from 1 to 100 (at chart/iris)'],
    [['5'] as never, 'share "5". Expected a whole percentage from 1 to 100 (at chart/iris)'],
  ])('shares %j', (shares, message) => {
    expect(() => steps({ shares })).toThrow(new Error(message));
  });

  test('rollouts without a new version', () => {
    const { chart, gateway, model } = testApp();
    const split = new TrafficSplit(chart, 'split', { gateways: [gateway], arms: [{ backend: model('a'), weight: 1 }, { backend: model('b'), weight: 1 }] });

    const remedy = 'Expected a Canary or a BlueGreen, whose new version gets more requests with each step';
    expect(() => steps({ rollout: split })).toThrow(`${remedy} (at chart/split)`);
    expect(() => steps({ rollout: {} as IRollout })).toThrow(`${remedy} (at RolloutSteps)`);
  });

  test('rollouts in the mesh, which share their object with others', () => {
    const context = testApp();
    const { chart, outdir } = context;
    const version = (subset: string) => ServiceBackend.of({ name: 'algo', namespace: 'ml', port: 80, subset, subsetLabels: { version: subset } });
    const rollout = new Canary(chart, 'iris', { stable: version('v1'), canary: version('v2') });

    expect(() => new RolloutSteps({ rollout, shares: [5] }).synth()).toThrow('steps of a rollout that has no route object with weights');
    expect(existsSync(join(outdir, 'steps'))).toBe(false);
  });

  test('rollouts of an app with an error, and nothing is written', () => {
    const context = testApp();
    const rollout = canaryOf(context);
    context.chart.node.addValidation({ validate: () => ['not yet'] });

    expect(() => new RolloutSteps({ rollout, shares: [5] }).synth()).toThrow('not yet');
    expect(readdirSync(context.outdir)).toEqual([]);
  });
});
