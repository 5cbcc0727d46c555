import { ApiObject, App, Chart, Testing } from 'cdk8s';
import { Gateway } from '../../src/istio/gateway/gateway';
import { GatewayServer } from '../../src/istio/gateway/gateway-server';
import { ServiceBackend } from '../../src/istio/service/service-backend';
import { GrpcCalls } from '../../src/plan/endpoint';
import { StringMatch } from '../../src/plan/string-match';
import { Model } from '../../src/seldon/core2/model';
import { TrafficSplit } from '../../src/traffic/traffic-split';
import { messageOf } from '../support/errors';
import { manifestOf, testChart } from '../support/manifests';

function twoModels(chart: Chart): Model[] {
  return ['iris1', 'iris2'].map((id) => new Model(chart, id, { storageUri: 'gs://seldon-models/mlserver/iris', requirements: ['sklearn'] }));
}

function gatewayOf(chart: Chart, ...hosts: string[]): Gateway {
  return new Gateway(chart, 'seldon-gateway', {
    namespace: 'istio-system',
    servers: [GatewayServer.http({ hosts: hosts.length === 0 ? undefined : hosts })],
  });
}

test('defaultChild', () => {
  const chart = testChart();
  const [iris1, iris2] = twoModels(chart);
  const split = new TrafficSplit(chart, 'iris', {
    gateways: [gatewayOf(chart)],
    arms: [{ backend: iris1, weight: 50 }, { backend: iris2, weight: 50 }],
  });

  expect(ApiObject.of(split).kind).toEqual('VirtualService');
});

test('two models of Seldon Core 2 behind a gateway', () => {
  const chart = testChart();
  const [iris1, iris2] = twoModels(chart);
  new TrafficSplit(chart, 'iris', {
    gateways: [gatewayOf(chart)],
    arms: [{ backend: iris1, weight: 50 }, { backend: iris2, weight: 50 }],
  });

  expect(Testing.synth(chart)).toMatchSnapshot();
});

describe('routes', () => {
  function rules(split: (chart: Chart, arms: { backend: Model; weight: number }[]) => void) {
    const chart = testChart();
    const [iris1, iris2] = twoModels(chart);
    split(chart, [{ backend: iris1, weight: 90 }, { backend: iris2, weight: 10 }]);
    return manifestOf(chart, 'VirtualService').spec.http;
  }

  test('REST takes the model and what is below it, and no other model', () => {
    const [rest] = rules((chart, arms) => new TrafficSplit(chart, 'iris', { gateways: [gatewayOf(chart)], arms }));

    expect(rest.name).toEqual('iris-http');
    expect(rest.match).toEqual([{ uri: { exact: '/v2/models/iris' } }, { uri: { prefix: '/v2/models/iris/' } }]);
  });

  test('gRPC takes the calls that name the endpoint in a header', () => {
    const [, grpc] = rules((chart, arms) => new TrafficSplit(chart, 'iris', { gateways: [gatewayOf(chart)], arms }));

    expect(grpc.name).toEqual('iris-grpc');
    expect(grpc.match).toEqual([{
      uri: { prefix: '/inference.GRPCInferenceService/' },
      headers: { 'seldon-model': { exact: 'iris' } },
    }]);
  });

  test('both have the same arms, each with the one header that picks its model', () => {
    const [rest, grpc] = rules((chart, arms) => new TrafficSplit(chart, 'iris', { gateways: [gatewayOf(chart)], arms }));
    const arm = (model: string, weight: number) => ({
      destination: { host: 'seldon-mesh.seldon-mesh.svc.cluster.local', port: { number: 80 } },
      headers: { request: { set: { 'seldon-model': model }, remove: ['x-seldon-route', 'seldon-internal-model'] } },
      weight,
    });

    expect(rest.route).toEqual([arm('iris1', 90), arm('iris2', 10)]);
    expect(grpc.route).toEqual(rest.route);
  });

  test('another name for the endpoint', () => {
    const [rest, grpc] = rules((chart, arms) => new TrafficSplit(chart, 'split', { endpoint: 'flowers', gateways: [gatewayOf(chart)], arms }));

    expect(rest.match[0]).toEqual({ uri: { exact: '/v2/models/flowers' } });
    expect(grpc.match[0].headers).toEqual({ 'seldon-model': { exact: 'flowers' } });
  });

  test('several names for clients that migrate', () => {
    const [, grpc] = rules((chart, arms) => new TrafficSplit(chart, 'iris', {
      gateways: [gatewayOf(chart)], arms, grpc: GrpcCalls.byHeader('seldon-model', 'iris', 'iris.pipeline'),
    }));

    expect(grpc.match.map(({ headers }: { headers: object }) => headers)).toEqual([
      { 'seldon-model': { exact: 'iris' } }, { 'seldon-model': { exact: 'iris.pipeline' } },
    ]);
  });

  test('no gRPC when the endpoint has none', () => {
    const all = rules((chart, arms) => new TrafficSplit(chart, 'iris', { gateways: [gatewayOf(chart)], arms, grpc: GrpcCalls.none() }));

    expect(all.map(({ name }: { name: string }) => name)).toEqual(['iris-http']);
  });

  test('health of the server on request', () => {
    const [rest] = rules((chart, arms) => new TrafficSplit(chart, 'iris', { gateways: [gatewayOf(chart)], arms, health: true }));

    expect(rest.match[2]).toEqual({ uri: { prefix: '/v2/health/' } });
  });
});

test('a weight of zero is written out', () => {
  const chart = testChart();
  const [iris1, iris2] = twoModels(chart);
  new TrafficSplit(chart, 'iris', { gateways: [gatewayOf(chart)], arms: [{ backend: iris1, weight: 100 }, { backend: iris2, weight: 0 }] });

  expect(manifestOf(chart, 'VirtualService').spec.http[0].route.map(({ weight }: { weight: number }) => weight)).toEqual([100, 0]);
});

test('weights are kept as they are, whatever their sum', () => {
  const chart = testChart();
  const [iris1, iris2] = twoModels(chart);
  new TrafficSplit(chart, 'iris', { gateways: [gatewayOf(chart)], arms: [{ backend: iris1, weight: 2 }, { backend: iris2, weight: 1 }] });

  expect(manifestOf(chart, 'VirtualService').spec.http[0].route.map(({ weight }: { weight: number }) => weight)).toEqual([2, 1]);
});

test('any number of arms', () => {
  const chart = testChart();
  const arms = Array.from({ length: 7 }, (_, i) => ({ backend: Model.fromModelName(chart, `m${i}`, `iris${i}`), weight: i }));
  new TrafficSplit(chart, 'iris', { gateways: [gatewayOf(chart)], arms });

  expect(manifestOf(chart, 'VirtualService').spec.http[0].route.length).toEqual(7);
});

describe('hosts', () => {
  test('are those of the gateway', () => {
    const chart = testChart();
    const [iris1] = twoModels(chart);
    new TrafficSplit(chart, 'iris', { gateways: [gatewayOf(chart, 'a.example.com', '*/b.example.com')], arms: [{ backend: iris1, weight: 1 }] });

    expect(manifestOf(chart, 'VirtualService').spec.hosts).toEqual(['a.example.com', 'b.example.com']);
  });

  test('are all when the gateway is not defined in this app', () => {
    const chart = testChart();
    const [iris1] = twoModels(chart);
    const gateway = Gateway.fromGatewayName(chart, 'gateway', 'shared', { namespace: 'ingress' });
    new TrafficSplit(chart, 'iris', { gateways: [gateway], arms: [{ backend: iris1, weight: 1 }] });

    const { spec } = manifestOf(chart, 'VirtualService');
    expect([spec.gateways, spec.hosts]).toEqual([['ingress/shared'], ['*']]);
  });

  test('leave out what a wider one covers, since Istio refuses both', () => {
    const chart = testChart();
    const [iris1] = twoModels(chart);
    new TrafficSplit(chart, 'iris', {
      gateways: [gatewayOf(chart)], hosts: ['a.example.com', '*.example.com'], arms: [{ backend: iris1, weight: 1 }],
    });

    expect(manifestOf(chart, 'VirtualService').spec.hosts).toEqual(['*.example.com']);
  });
});

describe('plain Services', () => {
  const v1 = { name: 'algo', namespace: 'ml', port: 8501, grpcPort: 8500, subset: 'v1', subsetLabels: { version: 'v1' } };
  const v2 = { ...v1, subset: 'v2', subsetLabels: { version: 'v2' } };

  test('subsets of one Service share its DestinationRule, in its namespace', () => {
    const chart = testChart();
    new TrafficSplit(chart, 'algo', {
      gateways: [gatewayOf(chart)],
      arms: [{ backend: ServiceBackend.of(v1), weight: 70 }, { backend: ServiceBackend.of(v2), weight: 30 }],
    });

    const rule = manifestOf(chart, 'DestinationRule');
    expect([rule.metadata.namespace, rule.metadata.name]).toEqual(['ml', 'algo']);
    expect(rule.spec).toEqual({
      host: 'algo.ml.svc.cluster.local',
      subsets: [{ name: 'v1', labels: { version: 'v1' } }, { name: 'v2', labels: { version: 'v2' } }],
    });
  });

  test('REST and gRPC go to their own ports', () => {
    const chart = testChart();
    new TrafficSplit(chart, 'algo', { gateways: [gatewayOf(chart)], arms: [{ backend: ServiceBackend.of(v1), weight: 1 }] });

    const ports = manifestOf(chart, 'VirtualService').spec.http
      .map(({ name, route }: { name: string; route: { destination: { port: object } }[] }) => [name, route[0].destination.port]);
    expect(ports).toEqual([['algo-http', { number: 8501 }], ['algo-grpc', { number: 8500 }]]);
  });

  test('their own paths are the endpoint\'s, and gRPC comes first where a path would take it', () => {
    const chart = testChart();
    const backend = ServiceBackend.of({ ...v1, paths: [StringMatch.prefix('/')] });
    new TrafficSplit(chart, 'algo', { gateways: [gatewayOf(chart)], arms: [{ backend, weight: 1 }] });

    expect(manifestOf(chart, 'VirtualService').spec.http.map(({ name, match }: { name: string; match: object[] }) => [name, match])).toEqual([
      ['algo-grpc', [{ uri: { prefix: '/inference.GRPCInferenceService/' }, headers: { 'seldon-model': { exact: 'algo' } } }]],
      ['algo-http', [{ uri: { prefix: '/' } }]],
    ]);
  });

  test('no gRPC route when none takes gRPC', () => {
    const chart = testChart();
    const backend = ServiceBackend.of({ ...v1, grpcPort: undefined });
    new TrafficSplit(chart, 'algo', { gateways: [gatewayOf(chart)], arms: [{ backend, weight: 1 }] });

    expect(manifestOf(chart, 'VirtualService').spec.http.map(({ name }: { name: string }) => name)).toEqual(['algo-http']);
  });
});

describe('fails', () => {
  const gatewayAndArms = (chart: Chart) => ({ gateways: [gatewayOf(chart)], models: twoModels(chart) });

  function failure(make: (chart: Chart, models: Model[], gateways: Gateway[]) => void): string {
    const chart = testChart();
    const { gateways, models } = gatewayAndArms(chart);
    return messageOf(() => make(chart, models, gateways));
  }

  test.each([
    [-1, '-1'], [0.5, '0.5'], [NaN, 'NaN'], [Infinity, 'Infinity'], [2147483648, '2147483648'],
  ])('with weight %p', (weight, shown) => {
    expect(failure((chart, [iris1, iris2], gateways) => new TrafficSplit(chart, 'iris', {
      gateways, arms: [{ backend: iris1, weight }, { backend: iris2, weight: 50 }],
    }))).toEqual(`weight ${shown} of Model seldon-mesh/iris1. Expected a whole number from 0 to 2147483647 (at test/iris)`);
  });

  test('with all weights zero', () => {
    expect(failure((chart, [iris1, iris2], gateways) => new TrafficSplit(chart, 'iris', {
      gateways, arms: [{ backend: iris1, weight: 0 }, { backend: iris2, weight: 0 }],
    }))).toEqual('all weights are 0 (Model seldon-mesh/iris1, Model seldon-mesh/iris2). Give at least one arm a weight above 0 (at test/iris)');
  });

  test('without arms', () => {
    expect(failure((chart, _models, gateways) => new TrafficSplit(chart, 'iris', { gateways, arms: [] })))
      .toEqual('endpoint "iris" has no arms. Give it at least one backend that answers (at test/iris)');
  });

  test('with one model twice, also by reference', () => {
    expect(failure((chart, [iris1], gateways) => new TrafficSplit(chart, 'iris', {
      gateways, arms: [{ backend: iris1, weight: 50 }, { backend: Model.fromModelName(chart, 'again', 'iris1'), weight: 50 }],
    }))).toEqual('Model seldon-mesh/iris1 is an arm twice. Add the weights up in one arm (at test/iris)');
  });

  test('with an arm whose namespace is not specified', () => {
    const chart = new Chart(new App(), 'nowhere');
    const model = new Model(chart, 'iris1', { storageUri: 'gs://models/iris' });

    expect(() => new TrafficSplit(chart, 'iris', { arms: [{ backend: model, weight: 1 }] })).toThrow(new Error(
      'Model iris1 has no namespace. Set the namespace of the chart or of the backend, since Seldon has one Service per namespace (at nowhere/iris)',
    ));
  });

  test('with paths that the models do not serve', () => {
    expect(failure((chart, [iris1], gateways) => new TrafficSplit(chart, 'iris', {
      gateways, arms: [{ backend: iris1, weight: 1 }], paths: [StringMatch.prefix('/v1/models/iris')],
    }))).toEqual('Model seldon-mesh/iris1 does not serve path prefix "/v1/models/iris". It serves prefix "/v2". Change the endpoint\'s paths, or rewrite them (at test/iris)');
  });

  test('with gRPC on some of the arms', () => {
    expect(failure((chart, [iris1], gateways) => new TrafficSplit(chart, 'iris', {
      gateways,
      arms: [{ backend: iris1, weight: 1 }, { backend: ServiceBackend.of({ name: 'old', namespace: 'ml', port: 80 }), weight: 1 }],
    }))).toEqual('Service ml/old accepts no gRPC calls, and other backends of the endpoint do. Give it a gRPC port, or the endpoint GrpcCalls.none() (at test/iris)');
  });

  test('with a host that the gateway does not serve', () => {
    const chart = testChart();
    const [iris1] = twoModels(chart);
    const gateways = [gatewayOf(chart, 'a.example.com')];

    expect(() => new TrafficSplit(chart, 'iris', { gateways, hosts: ['b.example.com'], arms: [{ backend: iris1, weight: 1 }] })).toThrow(new Error(
      'gateway seldon-gateway serves none of the hosts "b.example.com". Its servers serve "a.example.com" for routes of namespace "seldon-mesh". Route a host that the gateway serves, or remove the gateway (at test/iris)',
    ));
  });

  test('with a host that is no host', () => {
    expect(failure((chart, [iris1], gateways) => new TrafficSplit(chart, 'iris', {
      gateways, hosts: ['http://models.example.com/'], arms: [{ backend: iris1, weight: 1 }],
    }))).toEqual('host "http://models.example.com/". Expected a DNS name such as "models.example.com", "*.example.com" or "*", without scheme, port or path (at test/iris)');
  });

  test('with an endpoint that fits no path', () => {
    expect(failure((chart, [iris1], gateways) => new TrafficSplit(chart, 'iris', {
      gateways, endpoint: 'a/b', arms: [{ backend: iris1, weight: 1 }],
    }))).toEqual('endpoint "a/b". Expected letters, digits, hyphens, dots and underscores, starting and ending with a letter or digit. It is part of paths and headers (at test/iris)');
  });

  test('with a header that picks the model changed by hand', () => {
    expect(failure((chart, [iris1], gateways) => new TrafficSplit(chart, 'iris', {
      gateways, arms: [{ backend: iris1, weight: 1, requestHeaders: { add: { 'seldon-model': 'other' } } }],
    }))).toEqual('request header seldon-model is changed on the way to Model seldon-mesh/iris1. Leave it to the backend, which it selects (at test/iris)');
  });
});
