import { Chart, Testing } from 'cdk8s';
import { Service } from 'cdk8s-plus-27';
import { ServiceBackend, ServiceBackendProps } from '../../src/istio/service-backend';
import { StringMatch } from '../../src/plan/string-match';
import { testChart } from '../manifests';

const algo = { name: 'algo', namespace: 'ml', port: 8501 };

test('a Service by its name', () => {
  expect(ServiceBackend.of(algo).target(testChart())).toEqual({
    description: 'Service ml/algo',
    host: 'algo.ml.svc.cluster.local',
    namespace: 'ml',
    port: 8501,
    ports: [8501],
  });
});

test('the cluster domain is the mesh\'s', () => {
  expect(ServiceBackend.of(algo).target(testChart({ clusterDomain: 'corp.local' })).host).toEqual('algo.ml.svc.corp.local');
});

test('a name with dots is a host of its own', () => {
  expect(ServiceBackend.of({ ...algo, name: 'models.example.com' }).target(testChart()).host).toEqual('models.example.com');
});

test('everything that can be said', () => {
  const backend = ServiceBackend.of({
    ...algo,
    grpcPort: 8500,
    grpcMethods: StringMatch.prefix('/tensorflow.serving.PredictionService/'),
    grpcHeaders: { model: 'algo' },
    paths: [StringMatch.prefix('/v1/')],
    subset: 'v1',
    subsetLabels: { version: 'v1' },
    requestHeaders: { model: 'algo' },
    removeRequestHeaders: ['x-debug'],
    otherPorts: [9090, 8501],
  });

  expect(backend.target(testChart())).toEqual({
    description: 'Service ml/algo subset v1',
    host: 'algo.ml.svc.cluster.local',
    namespace: 'ml',
    port: 8501,
    grpc: { port: 8500, methods: StringMatch.prefix('/tensorflow.serving.PredictionService/') },
    ports: [8500, 8501, 9090],
    subset: 'v1',
    subsetLabels: { version: 'v1' },
    requestHeaders: { model: 'algo' },
    removeRequestHeaders: ['x-debug'],
    paths: [StringMatch.prefix('/v1/')],
    grpcHeaders: { model: 'algo' },
  });
});

test('a Service of cdk8s-plus, whose first port takes REST', () => {
  const chart = testChart(undefined, 'ml');
  const service = new Service(chart, 'algo', { metadata: { name: 'algo' }, ports: [{ port: 8501 }, { port: 8500, name: 'grpc' }] });

  const { host, port, grpc, ports } = ServiceBackend.fromService(service, { grpcPort: 8500 }).target(chart);
  expect({ host, port, grpc, ports }).toEqual({ host: 'algo.ml.svc.cluster.local', port: 8501, grpc: { port: 8500 }, ports: [8500, 8501] });
});

test('a Service that lives elsewhere, in the namespace of the chart', () => {
  const chart = testChart(undefined, 'ml');

  expect(ServiceBackend.fromServiceName(chart, 'algo', 80).target(chart).host).toEqual('algo.ml.svc.cluster.local');
});

describe('fails', () => {
  test.each<[string, Partial<ServiceBackendProps>, string]>([
    ['a port of 0', { port: 0 }, 'port 0: expected a whole number from 1 to 65535'],
    ['a port of 65536', { port: 65536 }, 'port 65536: expected a whole number from 1 to 65535'],
    ['half a gRPC port', { grpcPort: 0.5 }, 'grpcPort 0.5: expected a whole number from 1 to 65535'],
    ['another port that is none', { otherPorts: [-1] }, 'other port -1: expected a whole number from 1 to 65535'],
    ['labels for no subset', { subsetLabels: { version: 'v1' } }, 'subsetLabels without a subset: name the subset that the labels select'],
    ['labels that select all pods', { subset: 'v1', subsetLabels: {} },
      'empty subsetLabels of subset "v1": they would select all pods: name a label, or leave them out when the subset is defined elsewhere'],
    ['labels that are none', { subset: 'v1', subsetLabels: { 'a b': 'c' } },
      'label "a b" of subsetLabels: expected at most 63 letters, digits, "-", "_" and ".", after an optional DNS name and a slash'],
    ['a request header in capitals', { requestHeaders: { 'X-Team': 'a' } },
      'header name "X-Team": expected a header name in lower case, which is how HTTP/2 and Envoy know them'],
    ['a request header of two lines', { requestHeaders: { 'x-team': 'a\nb' } }, 'value "a\\nb" of header x-team: expected no control characters'],
    ['a request header that is a number', { requestHeaders: { 'x-team': 5 as never } }, 'value 5 of header x-team: expected a string'],
    ['a removed header in capitals', { removeRequestHeaders: ['X-Team'] },
      'header name "X-Team": expected a header name in lower case, which is how HTTP/2 and Envoy know them'],
    ['a removed header outside a list', { removeRequestHeaders: 'x-team' as never }, 'removeRequestHeaders "x-team": expected a list of strings'],
    ['a gRPC header in capitals', { grpcHeaders: { 'Seldon-Model': 'a' } },
      'header name "Seldon-Model": expected a header name in lower case, which is how HTTP/2 and Envoy know them'],
    ['a gRPC header that is nothing', { grpcHeaders: { 'seldon-model': undefined as never } },
      'value of gRPC header seldon-model undefined: expected a string'],
    ['one more port outside a list', { otherPorts: 9090 as never }, 'otherPorts 9090: expected a list of ports'],
    ['paths in quotes', { paths: ['/v1/' as never] }, 'paths[0] "/v1/": expected a StringMatch, such as StringMatch.prefix("/v1/")'],
    ['a path outside a list', { paths: StringMatch.prefix('/v1/') as never }, 'paths prefix "/v1/": expected a list of StringMatch'],
    ['methods in quotes', { grpcMethods: '/a.B/' as never }, 'grpcMethods "/a.B/": expected a StringMatch, such as StringMatch.prefix("/a.B/")'],
  ])('with %s', (_what, props, problem) => {
    expect(() => ServiceBackend.of({ ...algo, ...props })).toThrow(new Error(`${problem} (at ServiceBackend.of(ml/algo))`));
  });

  test('without anything', () => {
    expect(() => ServiceBackend.of(undefined as never)).toThrow(new Error(
      'props undefined: expected an object with name, namespace and port (at ServiceBackend.of)'));
  });

  test.each<[string, Partial<ServiceBackendProps>, string]>([
    ['name of Service undefined', { name: undefined }, 'ml/undefined'],
    ['namespace undefined', { namespace: undefined }, 'undefined/algo'],
    ['name of Service 5', { name: 5 as never }, 'ml/5'],
    ['name of Service "Algo"', { name: 'Algo' }, 'ml/Algo'],
    ['namespace "m_l"', { namespace: 'm_l' }, 'm_l/algo'],
    ['subset "v 1"', { subset: 'v 1' }, 'ml/algo'],
  ])('with %s', (problem, props, shown) => {
    expect(() => ServiceBackend.of({ ...algo, ...props })).toThrow(new Error(
      `${problem}: expected at most 63 lower-case letters, digits and hyphens, with no hyphen at the ends (at ServiceBackend.of(${shown}))`,
    ));
  });

  test('with a host that is none', () => {
    expect(() => ServiceBackend.of({ ...algo, name: 'algo..com' })).toThrow(new Error(
      'host "algo..com": expected a DNS name such as "models.example.com", "*.example.com" or "*", without scheme, port or path (at ServiceBackend.of(ml/algo..com))',
    ));
  });

  test('for a Service without ports', () => {
    const service = new Service(testChart(), 'algo', { metadata: { name: 'algo' }, externalName: 'algo.example.com' });

    expect(() => ServiceBackend.fromService(service)).toThrow(new Error('Service algo has no port: bind one before routing to it (at test/algo)'));
  });

  test('for Services whose namespace nobody said', () => {
    const chart = new Chart(Testing.app(), 'nowhere');
    const service = new Service(chart, 'algo', { metadata: { name: 'algo' }, ports: [{ port: 80 }] });

    expect(() => ServiceBackend.fromService(service)).toThrow(new Error(
      'Service algo has no namespace: say the namespace of its chart or metadata, since routes name the Service in full (at nowhere/algo)',
    ));
    expect(() => ServiceBackend.fromServiceName(chart, 'algo', 80)).toThrow(new Error(
      'Service algo has no namespace: give the chart one, or use ServiceBackend.of (at nowhere)',
    ));
  });
});

test('fails when a header is both set and removed', () => {
  expect(() => ServiceBackend.of({ name: 'algo', namespace: 'ml', port: 80, requestHeaders: { 'x-arm': 'a' }, removeRequestHeaders: ['x-arm'] }))
    .toThrow(new Error('request header x-arm is both set and removed: say one of the two: a header that is set would arrive all the same '
      + '(at ServiceBackend.of(ml/algo))'));
});
