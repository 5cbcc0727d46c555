import { ApiObject, Duration, Testing } from 'cdk8s';
import { Gateway } from '../../src/istio/gateway/gateway';
import { ServiceBackend } from '../../src/istio/service/service-backend';
import { GrpcCalls } from '../../src/plan/endpoint';
import { PathRewrite } from '../../src/plan/policy';
import { StringMatch } from '../../src/plan/string-match';
import { Experiment } from '../../src/seldon/core2/experiment';
import { Model } from '../../src/seldon/core2/model';
import { ModelRoute } from '../../src/traffic/model-route';
import { manifestOf, testChart } from '../support/manifests';

function world() {
  const chart = testChart();
  const gateways = [new Gateway(chart, 'seldon-gateway', { namespace: 'istio-system' })];
  const iris = new Model(chart, 'iris', { storageUri: 'gs://seldon-models/mlserver/iris', requirements: ['sklearn'] });
  return { chart, gateways, iris };
}

test('defaultChild', () => {
  const { chart, gateways, iris } = world();

  expect(ApiObject.of(new ModelRoute(chart, 'iris-route', { gateways, backend: iris })).kind).toEqual('VirtualService');
});

test('a model behind a gateway', () => {
  const { chart, gateways, iris } = world();
  new ModelRoute(chart, 'iris-route', { endpoint: 'iris', gateways, backend: iris });

  expect(Testing.synth(chart)).toMatchSnapshot();
});

test('a model that owns its host takes gRPC calls without a header', () => {
  const { chart, gateways, iris } = world();
  new ModelRoute(chart, 'iris-route', { endpoint: 'iris', gateways, backend: iris, grpc: GrpcCalls.allOnHost() });

  expect(manifestOf(chart, 'VirtualService').spec.http[1].match).toEqual([{ uri: { prefix: '/inference.GRPCInferenceService/' } }]);
});

test('the policy holds for REST and gRPC, what only REST knows for REST', () => {
  const { chart, gateways, iris } = world();
  new ModelRoute(chart, 'iris-route', {
    gateways,
    backend: iris,
    paths: [StringMatch.prefix('/flowers/')],
    policy: {
      rewrite: PathRewrite.matched('/v2/models/iris/'),
      timeout: Duration.seconds(5),
      retries: { attempts: 1, perTryTimeout: Duration.millis(1500), retryOn: ['5xx'] },
      delay: { percent: 10, delay: Duration.millis(20) },
      cors: { allowOrigins: [StringMatch.exact('https://example.com')] },
    },
  });

  const [rest, grpc] = manifestOf(chart, 'VirtualService').spec.http;
  const both = {
    timeout: '5s',
    retries: { attempts: 1, perTryTimeout: '1500ms', retryOn: '5xx' },
    fault: { delay: { percentage: { value: 10 }, fixedDelay: '20ms' } },
  };
  expect(rest).toMatchObject({ ...both, rewrite: { uri: '/v2/models/iris/' }, corsPolicy: { allowOrigins: [{ exact: 'https://example.com' }] } });
  expect(grpc).toMatchObject(both);
  expect([grpc.rewrite, grpc.corsPolicy]).toEqual([undefined, undefined]);
});

test('a rewrite by expression', () => {
  const { chart, gateways, iris } = world();
  new ModelRoute(chart, 'iris-route', {
    gateways,
    backend: iris,
    paths: [StringMatch.regex('/team/[a-z]+/iris/.*')],
    policy: { rewrite: PathRewrite.regex('^/team/[a-z]+/(.*)', '/v2/models/\\1') },
  });

  expect(manifestOf(chart, 'VirtualService').spec.http[0].rewrite)
    .toEqual({ uriRegexRewrite: { match: '^/team/[a-z]+/(.*)', rewrite: '/v2/models/\\1' } });
});

test('paths that are answered at once come first', () => {
  const { chart, gateways, iris } = world();
  new ModelRoute(chart, 'iris-route', {
    gateways, backend: iris, directResponses: [{ path: StringMatch.exact('/v2/models/iris/secret'), status: 404, body: 'no' }],
  });

  expect(manifestOf(chart, 'VirtualService').spec.http[0]).toEqual({
    name: 'iris-route-direct-1',
    match: [{ uri: { exact: '/v2/models/iris/secret' } }],
    directResponse: { status: 404, body: { string: 'no' } },
  });
});

test('headers of the route are changed together with those of the model', () => {
  const { chart, gateways, iris } = world();
  new ModelRoute(chart, 'iris-route', {
    gateways,
    backend: iris,
    requestHeaders: { set: { 'x-team': 'flowers' }, remove: ['x-debug'] },
    responseHeaders: { add: { 'set-cookie': 'a=b' } },
  });

  expect(manifestOf(chart, 'VirtualService').spec.http[0].route[0].headers).toEqual({
    request: { set: { 'x-team': 'flowers', 'seldon-model': 'iris' }, remove: ['x-seldon-route', 'seldon-internal-model', 'x-debug'] },
    response: { add: { 'set-cookie': 'a=b' } },
  });
});

test('metadata reaches the object', () => {
  const { chart, gateways, iris } = world();
  new ModelRoute(chart, 'route', { endpoint: 'iris', gateways, backend: iris, metadata: { name: 'flowers', labels: { team: 'a' }, annotations: { x: 'y' } } });

  expect(manifestOf(chart, 'VirtualService').metadata).toEqual({
    name: 'flowers', namespace: 'seldon-mesh', labels: { team: 'a' }, annotations: { x: 'y' },
  });
});

test('an endpoint for gRPC only', () => {
  const { chart, gateways, iris } = world();
  new ModelRoute(chart, 'iris-route', { endpoint: 'iris', gateways, backend: iris, paths: [] });

  expect(manifestOf(chart, 'VirtualService').spec.http.map(({ name }: { name: string }) => name)).toEqual(['iris-grpc']);
});

test('a plain Service may name its callers\' headers', () => {
  const { chart, gateways } = world();
  const backend = ServiceBackend.of({ name: 'iris-main', namespace: 'ml', port: 8000, grpcPort: 5001, grpcHeaders: { seldon: 'iris', namespace: 'ml' } });
  new ModelRoute(chart, 'iris-route', { gateways, backend });

  expect(manifestOf(chart, 'VirtualService').spec.http[1].match[0].headers).toEqual({ seldon: { exact: 'iris' }, namespace: { exact: 'ml' } });
});

test('fails without a way to call it', () => {
  const { chart, gateways, iris } = world();

  expect(() => new ModelRoute(chart, 'iris-route', { gateways, backend: iris, paths: [], grpc: GrpcCalls.none() })).toThrow(new Error(
    'endpoint "iris-route" accepts neither REST nor gRPC. Give it REST paths, or backends and calls for gRPC (at test/iris-route)',
  ));
});

test('fails when a rewrite leads where the model does not serve', () => {
  const { chart, gateways, iris } = world();

  expect(() => new ModelRoute(chart, 'iris-route', { gateways, backend: iris, policy: { rewrite: PathRewrite.matched('/predict/') } })).toThrow(new Error(
    'Model seldon-mesh/iris does not serve path exact "/predict/". It serves prefix "/v2". Change the endpoint\'s paths, or rewrite them (at test/iris-route)',
  ));
});

test('an Experiment gets the endpoint\'s own requests, and not all that its Service understands', () => {
  const { chart, gateways } = world();
  const backend = new Experiment(chart, 'iris-exp', { candidates: [{ name: 'iris', weight: 1 }] });
  new ModelRoute(chart, 'iris-route', { endpoint: 'iris', gateways, backend });

  const { http } = manifestOf(chart, 'VirtualService').spec;
  expect(http.map(({ match }: { match: object[] }) => match)).toEqual([
    [{ uri: { exact: '/v2/models/iris' } }, { uri: { prefix: '/v2/models/iris/' } }],
    [{ uri: { prefix: '/inference.GRPCInferenceService/' }, headers: { 'seldon-model': { exact: 'iris' } } }],
  ]);
});

test('health is no second match where a path covers it', () => {
  const { chart, gateways, iris } = world();
  new ModelRoute(chart, 'iris-route', { gateways, backend: iris, paths: [StringMatch.prefix('/v2/')], health: true });

  expect(manifestOf(chart, 'VirtualService').spec.http[0].match).toEqual([{ uri: { prefix: '/v2/' } }]);
});
