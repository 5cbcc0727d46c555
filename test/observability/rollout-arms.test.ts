import { Duration, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { ServiceBackend } from '../../src/istio/service/service-backend';
import { measure, RolloutMetricsProps, WatchedArm } from '../../src/observability/rollout-arms';
import { IBackend, ResourceType, SeldonIdentity } from '../../src/plan/backend';
import { Experiment } from '../../src/seldon/core2/experiment';
import { Model } from '../../src/seldon/core2/model';
import { BlueGreen, BlueGreenSlot } from '../../src/traffic/blue-green';
import { CallerMatch } from '../../src/traffic/caller-match';
import { Canary } from '../../src/traffic/canary';
import { ForeignBackend } from '../support/backends';
import { CLASSIFIER, deployment, predictor } from '../support/core1';
import { messageOf } from '../support/errors';
import { testChart } from '../support/manifests';
import { core2Plan, subset } from '../support/plans';
import { models, service } from '../support/routed-backends';

function arms(props: RolloutMetricsProps) {
  return measure(new Construct(testChart(), 'here'), props).arms;
}

function names(...list: WatchedArm[]): string[] {
  return arms({ arms: list }).map(({ name }) => name);
}

/** A pipeline as a backend, without a construct. */
function pipeline(name: string): IBackend {
  return new ForeignBackend({
    description: `Pipeline ml/${name}`,
    host: 'seldon-mesh.ml.svc.cluster.local',
    namespace: 'ml',
    port: 80,
    seldon: SeldonIdentity.ofResource(ResourceType.PIPELINE, name),
  });
}

describe('names', () => {
  const iris = deployment({ predictors: [predictor('main'), predictor('next')] });
  const other = deployment({ predictors: [predictor('main')] }, 'wine');

  test('are those of predictors, with the deployment if that is needed', () => {
    expect(names({ backend: iris.predictor('main') }, { backend: iris.predictor('next') })).toEqual(['main', 'next']);
    expect(names({ backend: iris.predictor('main') }, { backend: other.predictor('main') })).toEqual(['iris/main', 'wine/main']);
  });

  test('are those of models and pipelines, with a prefix that makes them unique', () => {
    const there = Model.fromModelName(testChart(undefined, 'ml'), 'iris', 'iris');
    const here = Model.fromModelName(testChart(), 'iris', 'iris');
    expect(names({ backend: here }, { backend: there })).toEqual(['seldon-mesh/iris', 'ml/iris']);
    expect(names({ backend: there }, { backend: pipeline('iris') })).toEqual(['ml/model/iris', 'ml/pipeline/iris']);
  });

  test('are those of subsets and Services, with a prefix that makes them unique', () => {
    expect(names({ backend: subset('v1') }, { backend: service('v1') })).toEqual(['selector/v1', 'ml/v1']);
    expect(names({ backend: ServiceBackend.of({ name: 'api.example.com', namespace: 'ml', port: 443 }) })).toEqual(['api.example.com']);
    expect(names({ backend: ServiceBackend.of({ name: 'a', namespace: 'x', port: 1 }) }, { backend: ServiceBackend.of({ name: 'a', namespace: 'y', port: 1 }) }))
      .toEqual(['x/a', 'y/a']);
  });

  test('can be set', () => {
    expect(names({ backend: service('a'), name: 'stable' }, { backend: service('b') })).toEqual(['stable', 'b']);
  });
});

describe('of a plan', () => {
  test('each backend is one arm, also if several endpoints have it', () => {
    const { chart, v1, v2 } = models();
    const { plan } = new BlueGreen(chart, 'iris', { blue: v1, green: v2, active: BlueGreenSlot.BLUE, preview: {} });
    expect(arms({ plan }).map(({ name, shadow, live }) => [name, shadow, live])).toEqual([['iris1', false, true], ['iris2', false, true]]);
  });

  test('an arm by match and by weight is one arm', () => {
    const { chart, gateways, v1, v2 } = models();
    const { plan } = new Canary(chart, 'iris', { gateways, stable: v1, canary: v2, testers: [CallerMatch.header('x-tester', 'yes')] });
    expect(arms({ plan }).map(({ name, live }) => [name, live])).toEqual([['iris2', false], ['iris1', true]]);
  });

  test('name and namespace are those of the rollout', () => {
    const { name, namespace, window, windowSeconds } = measure(new Construct(testChart(), 'here'), { plan: core2Plan(), window: Duration.hours(1) });
    expect([name, namespace, window, windowSeconds]).toEqual(['iris', 'seldon-mesh', '1h', 3600]);
  });

  test('the namespace is the one in the props, that of the chart, or that of the arms', () => {
    const namespaceOf = (scope: Construct, namespace?: string) =>
      measure(new Construct(scope, 'here'), { arms: [{ backend: service('a') }], namespace }).namespace;
    expect([namespaceOf(testChart(), 'there'), namespaceOf(testChart()), namespaceOf(Testing.chart())]).toEqual(['there', 'seldon-mesh', 'ml']);
  });
});

test('the requests of predictors without an orchestrator are counted by Istio', () => {
  const iris = deployment({ predictors: [predictor('main', { graph: CLASSIFIER, annotations: { 'seldon.io/no-engine': 'true' } })] });
  expect(arms({ arms: [{ backend: iris.predictor('main') }] })[0].metrics.requests('1m')).toEqual(
    'sum(rate(istio_requests_total{reporter="source",destination_service="iris-main.seldon.svc.cluster.local"}[1m]))',
  );
});

test('pipelines have their own counters and histogram', () => {
  const [{ metrics }] = arms({ arms: [{ backend: pipeline('iris') }], namespaceLabel: 'kubernetes_namespace' });
  expect([metrics.requests('1m'), metrics.meanLatency('1m'), metrics.quantileLatency(0.5, '1m')]).toEqual([
    'sum(rate(seldon_pipeline_infer_total{kubernetes_namespace="ml",pipeline="iris"}[1m]))',
    'sum(rate(seldon_pipeline_infer_seconds_total{kubernetes_namespace="ml",pipeline="iris"}[1m])) / '
    + '(sum(rate(seldon_pipeline_infer_total{kubernetes_namespace="ml",pipeline="iris"}[1m])) > 0)',
    'histogram_quantile(0.5, sum by (le) (rate(seldon_pipeline_infer_api_seconds_bucket{kubernetes_namespace="ml",pipeline="iris"}[1m]))) >= 0',
  ]);
});

describe('fails', () => {
  const a = { backend: service('a') };

  test.each<[string, unknown]>([
    ['neither plan nor arms. Set the plan of a rollout, such as canary.plan, or a list of arms', {}],
    ['plan and arms. Set only one of them, since the plan has arms', { plan: core2Plan(), arms: [a] }],
    ['plan an object. Expected the plan of a rollout, such as canary.plan', { plan: {} }],
    ['plan "iris" without arms. Add an arm with a backend', { plan: { name: 'iris', endpoints: [] } }],
    ['arms an object. Expected a list of arms', { arms: {} }],
    ['an empty list of arms. Add at least one arm', { arms: [] }],
    ['arms[1].backend undefined. Expected a backend, such as a Model or ServiceBackend.of(…)', { arms: [a, {}] }],
    ['Service ml/a is an arm twice. Their metrics are the same. List each backend once, or use subsets with different versions', { arms: [a, a] }],
    ['two arms with name "x". Give each arm a unique name', { arms: [{ ...a, name: 'x' }, { backend: service('b'), name: 'x' }] }],
    ['name of arm Service ml/a "a b". Expected at most 253 letters, digits, hyphens, dots, slashes and underscores, starting and ending with a letter or digit',
      { arms: [{ ...a, name: 'a b' }] }],
    ['rollout "". Expected at most 253 letters, digits, hyphens, dots, slashes and underscores, starting and ending with a letter or digit',
      { arms: [a], rollout: '' }],
    ['Service ml/selector subset v1 without a version. Istio\'s metrics have the pods\' label "version" and no subset. '
      + 'Add that label to subsetLabels, or set the version of the arm', { arms: [{ backend: subset('v1', { track: 'a' }) }] }],
    ['version "" of Service ml/a. Expected the label of a Service\'s pods, since Seldon counts requests by model and predictor', { arms: [{ ...a, version: '' }] }],
    ['selector.ml.svc.cluster.local as an arm with a version and as one without. The one without counts the requests of both. Set both versions',
      { arms: [{ backend: subset('v1') }, { backend: ServiceBackend.of({ name: 'selector', namespace: 'ml', port: 8080 }) }] }],
    ['window of 30s. Expected 1 minute or more, since a rate needs several scrapes', { arms: [a], window: Duration.seconds(30) }],
    ['window "5m". Expected a Duration, such as Duration.seconds(5)', { arms: [a], window: '5m' }],
    ['namespaceLabel "kubernetes-namespace". Expected a Prometheus label: letters, digits and underscores, not starting with a digit or two underscores',
      { arms: [a], namespaceLabel: 'kubernetes-namespace' }],
    ['namespaceLabel "__name__". Expected a Prometheus label: letters, digits and underscores, not starting with a digit or two underscores',
      { arms: [a], namespaceLabel: '__name__' }],
    ['istioReporter "proxy". Expected one of "source", "destination", "waypoint"', { arms: [a], istioReporter: 'proxy' }],
  ])('%s', (message, props) => {
    expect(messageOf(() => arms(props as RolloutMetricsProps))).toEqual(`${message} (at test/here)`);
  });

  test('for an experiment, which no metric names', () => {
    const split = new Experiment(models().chart, 'split', { candidates: [{ name: 'iris1', weight: 1 }, { name: 'iris2', weight: 1 }] });
    expect(messageOf(() => arms({ arms: [{ backend: split }] }))).toEqual(
      'Experiment seldon-mesh/split as an arm. Seldon counts requests by model and pipeline. List the candidates of the experiment as arms (at test/here)',
    );
  });

  test('for a version of a model', () => {
    const model = Model.fromModelName(testChart(), 'iris', 'iris');
    expect(messageOf(() => arms({ arms: [{ backend: model, version: 'v1' }] }))).toEqual(
      'version "v1" of Model seldon-mesh/iris. Expected the label of a Service\'s pods, since Seldon counts requests by model and predictor (at test/here)',
    );
  });
});
