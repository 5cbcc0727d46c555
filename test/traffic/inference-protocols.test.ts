import { Chart } from 'cdk8s';
import { Gateway } from '../../src/istio/gateway/gateway';
import { ServiceBackend, ServiceBackendProps } from '../../src/istio/service/service-backend';
import { GrpcCalls } from '../../src/plan/endpoint';
import { InferenceProtocol } from '../../src/plan/inference-protocol';
import { StringMatch } from '../../src/plan/string-match';
import { Model } from '../../src/seldon/core2/model';
import { ModelRoute, ModelRouteProps } from '../../src/traffic/model-route';
import { TrafficSplit } from '../../src/traffic/traffic-split';
import { manifestOf, testChart } from '../support/manifests';

const { TENSORFLOW_SERVING, TORCH_SERVE, HTTP, OPEN_INFERENCE } = InferenceProtocol;

const server = (protocol: InferenceProtocol | undefined, more: Partial<ServiceBackendProps> = {}) =>
  ServiceBackend.of({ name: 'server', namespace: 'ml', port: 8501, protocol, ...more });

function route(protocol: InferenceProtocol | undefined, props: Partial<ModelRouteProps> = {}, more: Partial<ServiceBackendProps> = {}): Chart {
  const chart = testChart();
  new ModelRoute(chart, 'iris', { gateways: [new Gateway(chart, 'gateway')], backend: server(protocol, more), ...props });
  return chart;
}

/** What each rule of the only VirtualService asks of the path. */
const uris = (chart: Chart): object[][] => manifestOf(chart, 'VirtualService').spec.http.map(({ match }: { match: { uri: object }[] }) => match.map(({ uri }) => uri));

test.each<[InferenceProtocol | undefined, object[], object]>([
  [undefined, [{ exact: '/v2/models/iris' }, { prefix: '/v2/models/iris/' }], { prefix: '/inference.GRPCInferenceService/' }],
  [OPEN_INFERENCE, [{ exact: '/v2/models/iris' }, { prefix: '/v2/models/iris/' }], { prefix: '/inference.GRPCInferenceService/' }],
  [TENSORFLOW_SERVING, [
    { exact: '/v1/models/iris' }, { exact: '/v1/models/iris:predict' }, { exact: '/v1/models/iris:classify' }, { exact: '/v1/models/iris:regress' },
    { exact: '/v1/models/iris/metadata' }, { prefix: '/v1/models/iris/versions/' }, { prefix: '/v1/models/iris/labels/' },
  ], { prefix: '/tensorflow.serving.' }],
  [TORCH_SERVE, [
    { exact: '/predictions/iris' }, { prefix: '/predictions/iris/' }, { exact: '/explanations/iris' }, { prefix: '/explanations/iris/' },
  ], { prefix: '/org.pytorch.serve.grpc.inference.InferenceAPIsService/' }],
])('an endpoint has the paths and calls of %s', (protocol, rest, grpc) => {
  expect(uris(route(protocol, {}, { grpcPort: 8500 }))).toEqual([rest, [grpc]]);
});

test('the endpoint\'s name is the model\'s', () => {
  expect(uris(route(TORCH_SERVE, { endpoint: 'densenet161' }))[0][0]).toEqual({ exact: '/predictions/densenet161' });
});

test('paths of the backend come first, and those of the endpoint before all', () => {
  const paths = [StringMatch.prefix('/v1/models/other/')];

  expect(uris(route(TENSORFLOW_SERVING, {}, { paths }))).toEqual([[{ prefix: '/v1/models/other/' }]]);
  expect(uris(route(TENSORFLOW_SERVING, { paths: [StringMatch.exact('/v1/models/iris:predict')] }))).toEqual([[{ exact: '/v1/models/iris:predict' }]]);
});

test('a plain HTTP server answers what is specified', () => {
  expect(uris(route(HTTP, { paths: [StringMatch.prefix('/score/')], grpc: GrpcCalls.none() }))).toEqual([[{ prefix: '/score/' }]]);
});

test('versions of one server share requests', () => {
  const chart = testChart();
  const arms = ['v1', 'v2'].map((subset) => ({ weight: 50, backend: server(TENSORFLOW_SERVING, { subset, subsetLabels: { version: subset } }) }));
  new TrafficSplit(chart, 'iris', { gateways: [new Gateway(chart, 'gateway')], arms });

  expect(uris(chart)[0]).toHaveLength(7);
});

describe('fails', () => {
  test('for a plain HTTP server without paths', () => {
    expect(() => route(HTTP)).toThrow(new Error('Service ml/server is a plain HTTP server, and endpoint "iris" has no paths. '
      + 'Specify them, such as paths: [StringMatch.prefix("/iris/")], or prefix "/" on a separate host (at test/iris)'));
  });

  test.each<[InferenceProtocol, string, string]>([
    [TENSORFLOW_SERVING, '/v2/models/iris/', 'prefix "/v1/models"'],
    [TORCH_SERVE, '/models/iris/',
      'exact "/", exact "/ping", prefix "/predictions/", prefix "/explanations/", prefix "/wfpredict/", prefix "/v1/models", prefix "/v2/"'],
    [OPEN_INFERENCE, '/v1/models/iris/', 'prefix "/v2"'],
  ])('for paths that %s does not know', (protocol, path, served) => {
    expect(() => route(protocol, { paths: [StringMatch.prefix(path)] })).toThrow(new Error(
      `Service ml/server does not serve path prefix "${path}". It serves ${served}. Change the endpoint's paths, or rewrite them (at test/iris)`));
  });

  test('for Triton\'s health checks at TensorFlow Serving', () => {
    expect(() => route(TENSORFLOW_SERVING, { health: true })).toThrow('Service ml/server does not serve path prefix "/v2/health/"');
  });

  test('for gRPC methods that TensorFlow Serving does not know', () => {
    const grpc = GrpcCalls.allOnHost().withMethods(StringMatch.prefix('/inference.GRPCInferenceService/'));

    expect(() => route(TENSORFLOW_SERVING, { grpc }, { grpcPort: 8500 })).toThrow(
      'Service ml/server does not serve gRPC methods prefix "/inference.GRPCInferenceService/". It serves prefix "/tensorflow.serving."');
  });

  test('for servers of different protocols that share requests', () => {
    const chart = testChart();
    const arms = [server(TENSORFLOW_SERVING), Model.fromModelName(chart, 'model', 'iris')].map((backend) => ({ backend, weight: 50 }));

    expect(() => new TrafficSplit(chart, 'iris', { gateways: [new Gateway(chart, 'gateway')], arms })).toThrow(
      'Service ml/server speaks protocol tensorflow, and Model seldon-mesh/iris v2');
  });
});
