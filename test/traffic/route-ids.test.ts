import { ApiObject, Chart, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { Gateway } from '../../src/istio/gateway/gateway';
import { ServiceBackend } from '../../src/istio/service/service-backend';
import { Warnings } from '../../src/mesh/warnings';
import { StringMatch } from '../../src/plan/string-match';
import { Experiment } from '../../src/seldon/core2/experiment';
import { Model } from '../../src/seldon/core2/model';
import { Pipeline } from '../../src/seldon/core2/pipeline';
import { Canary } from '../../src/traffic/canary';
import { ModelRoute } from '../../src/traffic/model-route';
import { inferredEndpoint, InferredEndpoint } from '../../src/traffic/route-ids';
import { TrafficSplit } from '../../src/traffic/traffic-split';
import { manifestOf, manifestsOf, testChart } from '../support/manifests';

function world() {
  const chart = testChart();
  const gateways = [new Gateway(chart, 'seldon-gateway', { namespace: 'istio-system' })];
  const wine = new Model(chart, 'wine', { storageUri: 'gs://models/wine', requirements: ['sklearn'] });
  return { chart, gateways, wine };
}

describe('ModelRoute.of', () => {
  test('writes the route that has the name of the model', () => {
    const { chart, gateways, wine } = world();
    const route = ModelRoute.of(wine, { gateways, health: true });
    const written = manifestOf(chart, 'VirtualService');

    const other = world();
    new ModelRoute(other.chart, 'other', { endpoint: 'wine', metadata: { name: 'wine' }, gateways: other.gateways, backend: other.wine, health: true });
    expect(written).toEqual(manifestOf(other.chart, 'VirtualService'));
    expect([route.node.path, ApiObject.of(route).name, ApiObject.of(wine).kind]).toEqual(['test/wine/Route', 'wine', 'Model']);
  });

  test('shares the object of the host inside the mesh', () => {
    const { chart, wine } = world();
    ModelRoute.of(wine, { gateways: [] });

    expect(manifestOf(chart, 'VirtualService').metadata.name).toBe('seldon-mesh-routes');
  });

  test('accepts models of other apps, pipelines and experiments', () => {
    const { chart, gateways, wine } = world();
    const pipeline = Pipeline.fromPipelineName(chart, 'pipe', 'pipe');
    const experiment = new Experiment(chart, 'exp', { candidates: [{ name: 'wine', weight: 100 }] });
    for (const each of [Model.fromModelName(chart, 'existing', 'iris'), pipeline, experiment]) ModelRoute.of(each, { gateways });

    expect(wine.modelName).toBe('wine');
    expect(manifestsOf(chart, 'VirtualService').map(({ metadata, spec }) => [metadata.name, spec.http[0].match[0].uri.exact])).toEqual([
      ['pipe', '/v2/models/pipe'], ['exp', '/v2/models/exp'], ['iris', '/v2/models/iris'],
    ]);
  });

  test('has other names where they are set', () => {
    const { chart, gateways, wine } = world();
    ModelRoute.of(wine, { gateways, endpoint: 'red', metadata: { name: 'red-route' } });

    const { metadata, spec } = manifestOf(chart, 'VirtualService');
    expect([metadata.name, spec.http[0].name]).toEqual(['red-route', 'red-http']);
  });

  test('fails for a backend without such a name', () => {
    const backend = ServiceBackend.of({ name: 'wine', namespace: 'models', port: 80 });

    expect(() => ModelRoute.of(backend)).toThrow(new Error('backend an object. Expected a Model, Pipeline or Experiment of Seldon Core 2. '
      + 'Create other routes with new ModelRoute(scope, id, { backend, … }) (at ModelRoute.of)'));
  });

  test('fails when called twice', () => {
    const { gateways, wine } = world();
    ModelRoute.of(wine, { gateways });

    expect(() => ModelRoute.of(wine, { gateways })).toThrow(new Error('a second ModelRoute.of(…) for "wine". '
      + 'Create further routes with new ModelRoute(scope, id, { backend, endpoint, … }) (at test/wine/Route)'));
  });
});

test.each<[string, (chart: Chart, backend: Model) => Construct]>([
  ['ModelRoute', (chart, backend) => new ModelRoute(chart, 'wine', { backend })],
  ['TrafficSplit', (chart, backend) => new TrafficSplit(chart, 'wine', { arms: [{ backend, weight: 1 }] })],
  ['Canary', (chart, backend) => new Canary(chart, 'wine', { stable: backend, canary: backend })],
])('a %s with the id of a model fails, and states what to do', (_style, create) => {
  const { chart, wine } = world();

  expect(() => create(chart, wine)).toThrow(new Error('a second construct with id "wine", which Model test/wine has. '
    + 'Choose another id, such as "wine-route", and set endpoint: "wine" so that callers ask for that name (at test/wine)'));
});

describe('an endpoint that is named like its backend with -route', () => {
  test('gets a warning', () => {
    const { chart, gateways, wine } = world();
    new ModelRoute(chart, 'wine-route', { gateways, backend: wine });

    expect(Warnings.find(chart)).toEqual(['callers have to ask for endpoint "wine-route", the name of the route to "wine". '
      + 'Set endpoint: "wine", or endpoint: "wine-route" if that is intended (at test/wine-route)']);
  });

  test('gets one where the ids of a construct are added to both', () => {
    const { chart, gateways } = world();
    const iris = new Construct(chart, 'iris');
    const backend = new Model(iris, 'model', { storageUri: 'gs://models/iris', requirements: ['sklearn'] });
    new ModelRoute(iris, 'route', { gateways, backend });

    expect(Warnings.find(chart)).toEqual(['callers have to ask for endpoint "iris-route", the name of the route to "iris-model". '
      + 'Set endpoint: "iris", or endpoint: "iris-route" if that is intended (at test/iris/route)']);
  });

  test.each<[string, string[], InferredEndpoint | undefined]>([
    ['wine-route', ['red', 'wine'], { name: 'wine', backend: 'wine' }],
    ['wine-route', ['wine-model'], { name: 'wine', backend: 'wine-model' }],
    ['wine-route', ['wine-v1', 'model'], undefined],
    ['wine', ['wine', 'wine-model'], undefined],
    ['route', ['', 'model'], undefined],
  ])('%s before %j is meant to be %j', (endpoint, backends, meant) => {
    expect(inferredEndpoint(endpoint, backends)).toEqual(meant);
  });

  test('gets none where that is meant, another name is, or the name is no part of the path', () => {
    const { chart, gateways, wine } = world();
    const service = ServiceBackend.of({ name: 'web', namespace: 'models', port: 80, paths: [StringMatch.prefix('/web/')] });
    new ModelRoute(chart, 'wine-route', { endpoint: 'wine-route', gateways, backend: wine });
    new ModelRoute(chart, 'red-route', { gateways, backend: wine });
    new ModelRoute(chart, 'web-route', { gateways, backend: service });

    expect(Warnings.find(chart)).toEqual([]);
    expect(Testing.synth(chart).length).toBeGreaterThan(0);
  });
});
