import { App, Chart } from 'cdk8s';
import { Request } from './harness/clients';
import { startWorld, World } from './harness/world';
import { IBackend } from '../../src';
import { Gateway } from '../../src/istio/gateway/gateway';
import { KServeBackend, KServeProtocol } from '../../src/istio/service/kserve-backend';
import { ServiceBackend, ServiceBackendOptions } from '../../src/istio/service/service-backend';
import { InferenceProtocol } from '../../src/plan/inference-protocol';
import { StringMatch } from '../../src/plan/string-match';
import { ModelRoute } from '../../src/traffic/model-route';
import { TrafficSplit } from '../../src/traffic/traffic-split';

// Servers of several protocols on one host, each model next to one whose name begins alike: who gets which request.

const HOST = 'models.example.com';
const { TENSORFLOW_SERVING, TORCH_SERVE, HTTP } = InferenceProtocol;

const server = (name: string, protocol: InferenceProtocol, more: ServiceBackendOptions = {}) =>
  ServiceBackend.of({ name, namespace: 'models', port: 8080, protocol, ...more });

function manifests(): string {
  const app = new App();
  const chart = new Chart(app, 'test', { namespace: 'models' });
  const gateways = [new Gateway(chart, 'gateway', { namespace: 'istio-system' })];
  const route = (endpoint: string, backend: IBackend, paths?: StringMatch[]) =>
    new ModelRoute(chart, `route-${endpoint}`, { endpoint, gateways, backend, paths });

  for (const name of ['iris', 'iris-large']) route(name, server(`tf-${name}`, TENSORFLOW_SERVING, { grpcPort: 8500 }));
  for (const name of ['dense', 'dense-large']) route(name, server(`torch-${name}`, TORCH_SERVE, { grpcPort: 8500 }));
  route('score', server('score', HTTP), [StringMatch.prefix('/score/')]);
  route('page', server('page', HTTP), [StringMatch.prefix('/')]);
  route('raw', KServeBackend.raw({ name: 'flowers', namespace: 'kserve', protocol: KServeProtocol.V2, grpcPort: 8500 }));
  new TrafficSplit(chart, 'wine', {
    gateways, arms: ['wine-v1', 'wine-v2'].map((name) => ({ backend: KServeBackend.knative({ name, namespace: 'kserve', modelName: 'wine' }), weight: 50 })),
  });
  return app.synthYaml();
}

const PORTS = [{ number: 8080, name: 'http' }, { number: 8500, name: 'grpc' }];
const GRPC = ['tf-iris', 'tf-iris-large', 'torch-dense', 'torch-dense-large'].map((name) => ({ name, namespace: 'models', ports: PORTS }));

let world: World;
beforeAll(async () => {
  world = await startWorld(manifests(), {
    services: [...GRPC, { name: 'flowers-predictor', namespace: 'kserve', ports: [{ number: 80, name: 'http' }, { number: 8500, name: 'grpc-predict' }] }],
  });
});
afterAll(() => world?.close());

async function receiver(request: Request): Promise<string | undefined> {
  return (await world.send(request)).answeredBy?.at.service;
}

const PAGE = 'page.models';

test.each<[string, string, string]>([
  // What TensorFlow Serving's REST API has.
  ...['', ':predict', ':classify', ':regress', '/metadata', '/versions/3', '/versions/3/metadata', '/versions/3:predict', '/labels/stable:classify', '?x=y', ':predict?x=y']
    .flatMap((end): [string, string, string][] => [['GET', `/v1/models/iris${end}`, 'tf-iris.models'], ['POST', `/v1/models/iris-large${end}`, 'tf-iris-large.models']]),
  // What is no path of the model's.
  ...['-medium', '-medium:predict', 'x/metadata', '.v2:predict', ':explain', ':predict/x', '/metadata/x', '/versions', '/infer']
    .map((end): [string, string, string] => ['POST', `/v1/models/iris${end}`, PAGE]),
  ['GET', '/v1/models', PAGE],
  // TorchServe's inference API.
  ...['predictions', 'explanations'].flatMap((api): [string, string, string][] => [
    ['POST', `/${api}/dense`, 'torch-dense.models'], ['POST', `/${api}/dense/1.0`, 'torch-dense.models'], ['POST', `/${api}/dense-large/1.0`, 'torch-dense-large.models'],
    ['POST', `/${api}/dense-medium`, PAGE],
  ]),
  ['GET', '/models/dense', PAGE],
  // Plain HTTP.
  ['POST', '/score/fraud', 'score.models'],
  ['POST', '/scores', PAGE],
  // KServe.
  ['POST', '/v2/models/flowers/infer', 'flowers-predictor.kserve'],
  ['POST', '/v2/models/flowers-large/infer', PAGE],
  ['POST', '/v1/models/wine:predict', 'knative-local-gateway.istio-system'],
  ['POST', '/v1/models/wine-v1:predict', PAGE],
])('%s %s reaches %s', async (method, rest, service) => {
  expect(await receiver({ rest, method, host: HOST })).toBe(service);
});

test.each<[string, string, string | undefined]>([
  ['tensorflow.serving.PredictionService/Predict', 'iris', 'tf-iris.models'],
  ['tensorflow.serving.ModelService/GetModelStatus', 'iris-large', 'tf-iris-large.models'],
  ['org.pytorch.serve.grpc.inference.InferenceAPIsService/Predictions', 'dense', 'torch-dense.models'],
  ['inference.GRPCInferenceService/ModelInfer', 'flowers', 'flowers-predictor.kserve'],
  // Each knows its own methods alone.
  ['org.pytorch.serve.grpc.management.ManagementAPIsService/RegisterModel', 'dense', PAGE],
  ['inference.GRPCInferenceService/ModelInfer', 'iris', PAGE],
])('a call of %s with seldon-model: %s reaches %s', async (method, model, service) => {
  expect(await receiver({ grpc: 'ModelInfer', path: `/${method}`, model, host: HOST, headers: { 'seldon-model': model } })).toBe(service);
});

test('each service of Knative gets its share, under its own host', async () => {
  const sent = await world.sendAll(Array.from({ length: 400 }, () => ({ rest: '/v1/models/wine:predict', method: 'POST', host: HOST })));
  const shares = new Map<string | undefined, number>();
  for (const { answeredBy } of sent) shares.set(answeredBy?.host, (shares.get(answeredBy?.host) ?? 0) + 1);

  expect([...shares.keys()].sort()).toEqual(['wine-v1-predictor.kserve.svc.cluster.local', 'wine-v2-predictor.kserve.svc.cluster.local']);
  // Five standard deviations.
  for (const share of shares.values()) expect(Math.abs(share - 200)).toBeLessThan(50);
});

test('Envoy accepts all of it', async () => {
  expect(await world.rejected()).toEqual([]);
});
