import { Chart, Duration } from 'cdk8s';
import { RoutePolicy } from '../../src/plan/policy';
import { StringMatch } from '../../src/plan/string-match';
import { ExperimentRouter } from '../../src/routers/experiment-router';
import { OperatorRouter } from '../../src/routers/operator-router';
import { GraphNode } from '../../src/seldon/core1/graph-node';
import { PrepackagedServer } from '../../src/seldon/core1/prepackaged-server';
import { SeldonDeployment } from '../../src/seldon/core1/seldon-deployment';
import { AbTest } from '../../src/traffic/ab-test';
import { BlueGreen, BlueGreenSlot } from '../../src/traffic/blue-green';
import { CallerMatch } from '../../src/traffic/caller-match';
import { Canary } from '../../src/traffic/canary';
import { EndpointProps } from '../../src/traffic/endpoint-props';
import { ModelRoute } from '../../src/traffic/model-route';
import { ShadowDeployment } from '../../src/traffic/shadow-deployment';
import { TrafficSplit } from '../../src/traffic/traffic-split';
import { manifestOf, manifestsOf, testChart } from '../support/manifests';
import { models, services, World } from '../support/routed-backends';

// A policy is the same, whichever style sets it.

type Style = (world: World, props: EndpointProps) => void;

const testers = [CallerMatch.header('x-tester', 'yes')];

const STYLES: { readonly [name: string]: Style } = {
  ModelRoute: ({ chart, v1 }, props) => new ModelRoute(chart, 'iris', { ...props, backend: v1 }),
  TrafficSplit: ({ chart, v1, v2 }, props) => new TrafficSplit(chart, 'iris', { ...props, arms: [{ backend: v1, weight: 1 }, { backend: v2, weight: 1 }] }),
  Canary: ({ chart, v1, v2 }, props) => new Canary(chart, 'iris', { ...props, stable: v1, canary: v2, weight: 10, testers, sticky: {} }),
  BlueGreen: ({ chart, v1, v2 }, props) => new BlueGreen(chart, 'iris', { ...props, blue: v1, green: v2, active: BlueGreenSlot.BLUE, preview: {} }),
  AbTest: ({ chart, v1, v2 }, props) => new AbTest(chart, 'iris', {
    ...props, variants: [{ name: 'a', backend: v1, weight: 1, matches: testers }, { name: 'b', backend: v2, weight: 1 }], sticky: {},
  }),
  ShadowDeployment: ({ chart, v1, v2 }, props) => new ShadowDeployment(chart, 'iris', { ...props, primary: v1, shadows: [{ backend: v2, percent: 10 }] }),
};
const STYLES_OF_MODELS: { readonly [name: string]: Style } = {
  'ShadowDeployment of models': STYLES.ShadowDeployment,
  'TrafficSplit by an Experiment': (world, props) => STYLES.TrafficSplit(world, { ...props, router: new ExperimentRouter() }),
};
const ALL: [string, Style, () => World][] = [
  ...Object.entries(STYLES).map(([name, style]): [string, Style, () => World] => [name, style, () => services()]),
  ...Object.entries(STYLES_OF_MODELS).map(([name, style]): [string, Style, () => World] => [name, style, models]),
];

const POLICY: RoutePolicy = {
  timeout: Duration.seconds(5),
  retries: { attempts: 2, perTryTimeout: Duration.millis(1500), retryOn: ['5xx', '429'] },
  delay: { percent: 1, delay: Duration.millis(100) },
  abort: { percent: 0.5, httpStatus: 503 },
  cors: { allowOrigins: [StringMatch.exact('https://example.com')], allowMethods: ['POST'], maxAge: Duration.hours(1) },
};
const WRITTEN = {
  timeout: '5s',
  retries: { attempts: 2, perTryTimeout: '1500ms', retryOn: '5xx,429' },
  fault: { delay: { percentage: { value: 1 }, fixedDelay: '100ms' }, abort: { percentage: { value: 0.5 }, httpStatus: 503 } },
};
const WRITTEN_CORS = { allowOrigins: [{ exact: 'https://example.com' }], allowMethods: ['POST'], maxAge: '3600s' };

test.each(ALL)('%s writes it on every rule', (_name, style, worldOf) => {
  const world = worldOf();
  style(world, { gateways: world.gateways, policy: POLICY });
  const rules = manifestsOf(world.chart, 'VirtualService').flatMap(({ spec }) => spec.http);

  expect(rules.length).toBeGreaterThanOrEqual(2);
  for (const { name, timeout, retries, fault, corsPolicy } of rules) {
    expect({ name, timeout, retries, fault, corsPolicy }).toEqual({ name, ...WRITTEN, corsPolicy: /-http$/.test(name) ? WRITTEN_CORS : undefined });
  }
});

test.each(Object.entries(STYLES))('%s writes it for callers inside the mesh, and leaves the rest of the host alone', (_name, style) => {
  const world = services();
  style(world, { hosts: ['v1.ml.svc.cluster.local'], policy: { timeout: Duration.seconds(5) } });
  const timeouts: [string, string][] = manifestOf(world.chart, 'VirtualService').spec.http.map(({ name, timeout }: any) => [name, timeout]);

  expect(timeouts.length).toBeGreaterThan(2);
  for (const [name, timeout] of timeouts) expect([name, timeout]).toEqual([name, name.startsWith('rest-of-port-') ? undefined : '5s']);
});

const BAD: [RoutePolicy, string][] = [
  [{ timeout: Duration.millis(0) }, 'policy.timeout of 0 ms. Expected 1 ms or more, in whole milliseconds (at test/iris)'],
  [{ delay: { percent: 101, delay: Duration.seconds(1) } }, 'policy.delay.percent 101. Expected a percentage from 0 to 100 (at test/iris)'],
];

describe.each(ALL)('%s', (_name, style, worldOf) => {
  test.each(BAD)('fails for a bad policy: %#', (policy, message) => {
    const world = worldOf();

    expect(() => style(world, { gateways: world.gateways, policy })).toThrow(new Error(message));
  });
});

describe('under Seldon\'s operator', () => {
  const graph = GraphNode.model({ name: 'classifier', implementation: PrepackagedServer.SKLEARN_SERVER, modelUri: 'gs://models/iris' });

  function operated(): World {
    const chart: Chart = testChart();
    const deployment = new SeldonDeployment(chart, 'deployment', { predictors: ['main', 'canary'].map((name) => ({ name, graph })) });
    return { chart, gateways: services().gateways, v1: deployment.predictor('main'), v2: deployment.predictor('canary') };
  }
  const canary = ({ chart, v1, v2, gateways }: World, policy: RoutePolicy) => new Canary(chart, 'iris', {
    stable: v1, canary: v2, weight: 10, gateways, policy, router: new OperatorRouter(),
  });

  test('retries become annotations', () => {
    const world = operated();
    canary(world, { retries: { attempts: 3, perTryTimeout: Duration.seconds(2) } });

    expect((manifestOf(world.chart, 'SeldonDeployment').metadata as { annotations?: object }).annotations).toMatchObject({
      'seldon.io/istio-retries': '3', 'seldon.io/istio-retries-timeout': '2',
    });
  });

  test.each<[string, RoutePolicy]>([
    ['timeout', { timeout: Duration.seconds(1) }],
    ['delay', { delay: { percent: 1, delay: Duration.seconds(1) } }],
    ['abort', { abort: { percent: 1, httpStatus: 503 } }],
    ['cors', { cors: { allowOrigins: [StringMatch.exact('https://example.com')] } }],
  ])('fails for %s', (what, policy) => {
    expect(() => canary(operated(), policy)).toThrow(
      new Error(`${what} under Seldon's operator. Its routes have none. Use IstioRouter, whose routes this library writes (at test/iris)`));
  });
});

