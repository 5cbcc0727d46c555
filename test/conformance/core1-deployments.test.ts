import { App, Chart } from 'cdk8s';
import { RouteCase, routedAll } from './checks/routed';
import { parse, print } from './harness/manifests';
import { operatorMakes } from './harness/operator';
import { startWorld, World } from './harness/world';
import { Core1Callers, core1Endpoint } from './routes/core1';
import { Gateway } from '../../src/istio/gateway/gateway';
import { ExplainerType, SeldonProtocol } from '../../src/seldon/core1/enums';
import { GraphNode } from '../../src/seldon/core1/graph-node';
import { PrepackagedServer } from '../../src/seldon/core1/prepackaged-server';
import { SeldonDeployment } from '../../src/seldon/core1/seldon-deployment';
import { BlueGreen, BlueGreenSlot } from '../../src/traffic/blue-green';
import { Canary } from '../../src/traffic/canary';
import { ModelRoute } from '../../src/traffic/model-route';

// Rollouts between SeldonDeployments of several namespaces, a preview next to its endpoint, and an explainer.

const graph = GraphNode.model({ name: 'classifier', implementation: PrepackagedServer.SKLEARN_SERVER, modelUri: 'gs://models/iris' });

/** Deployments under this library, where the operator's Istio is off. */
function manifests(promoted: boolean): string {
  const chart = new Chart(new App(), 'chart', { namespace: 'rollouts' });
  const gateways = [new Gateway(chart, 'seldon-gateway', { namespace: 'istio-system' })];
  const deployments = ['old', 'new'].map((namespace) => new SeldonDeployment(chart, `${namespace}-iris`, {
    namespace,
    metadata: { name: 'iris' },
    protocol: SeldonProtocol.V2,
    predictors: [{ name: 'main', graph, explainer: namespace === 'old' ? { type: ExplainerType.ANCHOR_TABULAR } : undefined }],
  }));
  const [before, after] = deployments.map((deployment) => deployment.predictor('main'));
  new Canary(chart, 'flowers', promoted
    ? { gateways, stable: after, canary: before, weight: 0 }
    : { gateways, stable: before, canary: after, weight: 25 });
  new ModelRoute(chart, 'why', { gateways, backend: deployments[0].explainer('main') });

  const slots = new SeldonDeployment(chart, 'wine', {
    namespace: 'slots', protocol: SeldonProtocol.V2, predictors: ['blue', 'green'].map((name) => ({ name, graph })),
  });
  new BlueGreen(chart, 'wine-route', {
    endpoint: 'wine', gateways, blue: slots.predictor('blue'), green: slots.predictor('green'), active: BlueGreenSlot.BLUE, preview: {},
  });
  const objects = parse(App.of(chart).synthYaml());
  return print([...objects, ...operatorMakes(objects, { istio: false })]);
}

let world: World;

afterEach(() => world.close());

const flowers = new Core1Callers('flowers', 'rollouts');

/** The shares of two deployments, over REST and gRPC. */
const shares = (before: number, after: number): RouteCase[] => [
  flowers.rest(), flowers.rest('v2/models/classifier'), flowers.grpc(), { ...flowers.grpc(), path: '/seldon.protos.Seldon/Predict' },
].map((request) => {
  const { port, path } = flowers.at('main', request);
  const to = (namespace: string) => ({ service: `iris-main.${namespace}`, port, path });
  return { title: `${before} of old and ${after} of new`, request, expect: { shares: [{ to: to('old'), share: before }, { to: to('new'), share: after }] } };
});

/** What no step opens. */
const closed: RouteCase[] = [
  { title: 'metrics are hidden', request: flowers.rest('prometheus'), expect: { status: 404 } },
  { title: 'a deployment has no path of its own', request: { ...flowers.rest(), rest: '/seldon/old/iris/v2/models/classifier/infer' }, expect: { status: 404 } },
  { title: 'a deployment has no calls of its own', request: flowers.grpc({ seldon: 'iris', namespace: 'old' }), expect: { grpcStatus: 12 } },
];

test('a canary between deployments of two namespaces has its own endpoint', async () => {
  world = await startWorld(manifests(false));

  expect(await routedAll(world, [...shares(0.75, 0.25), ...closed])).toEqual([]);
});

test('callers keep the endpoint when the canary is promoted', async () => {
  world = await startWorld(manifests(true));

  expect(await routedAll(world, [...shares(0, 1), ...closed])).toEqual([]);
});

test('an explainer answers below its path', async () => {
  world = await startWorld(manifests(false));
  const host = 'models.example.com';

  expect(await routedAll(world, [
    {
      title: 'the explainer',
      request: { rest: '/seldon/old/iris-explainer/main/v2/models/classifier/infer', host },
      expect: { to: { service: 'iris-main-explainer.old', port: 9000, path: '/v2/models/classifier/infer' } },
    },
    { title: 'no explainer', request: { rest: '/seldon/new/iris-explainer/main/v2/models/classifier/infer', host }, expect: { status: 404 } },
  ])).toEqual([]);
});

test('a preview on the same host has its own path and calls', async () => {
  world = await startWorld(manifests(false));
  const wine = new Core1Callers('wine', 'slots');
  const preview = new Core1Callers('wine-preview', 'rollouts');
  const idle = (request: ReturnType<Core1Callers['rest']>) => ({ ...preview.at('green', request), service: 'wine-green.slots' });

  expect(await routedAll(world, [
    ...core1Endpoint({ callers: wine, arms: { blue: 1, green: 0 }, hidesMetrics: true }),
    ...[preview.rest(), preview.grpc()].map((request): RouteCase => ({ title: 'the idle slot', request, times: 50, expect: { to: idle(request) } })),
    { title: 'metrics of the preview are hidden', request: preview.rest('prometheus'), expect: { status: 404 } },
  ])).toEqual([]);
});
