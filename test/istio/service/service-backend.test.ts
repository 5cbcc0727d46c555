import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { ApiObject, Chart, Include, JsonPatch, Testing } from 'cdk8s';
import { Deployment, Service } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { ServiceBackend, ServiceBackendOptions, ServiceBackendProps } from '../../../src/istio/service/service-backend';
import { InferenceProtocol } from '../../../src/plan/inference-protocol';
import { StringMatch } from '../../../src/plan/string-match';
import { testChart } from '../../support/manifests';

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

test('a name with dots is a full host', () => {
  expect(ServiceBackend.of({ ...algo, name: 'models.example.com' }).target(testChart()).host).toEqual('models.example.com');
});

test('all options', () => {
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

describe('a Service of the app', () => {
  /** A Service as a plain object. */
  function raw(scope: Construct, ports: object[] | undefined, more: { name?: string; namespace?: string } = {}): ApiObject {
    const { name = 'algo', ...metadata } = more;
    return new ApiObject(scope, name, { apiVersion: 'v1', kind: 'Service', metadata: { name, ...metadata }, spec: { ports } });
  }

  const short = (service: Construct, options?: ServiceBackendOptions & { port?: number }) => {
    const { host, port, grpc, ports } = ServiceBackend.fromService(service, options).target(service);
    return [host, port, grpc?.port, ports];
  };

  test('of cdk8s-plus', () => {
    const service = new Service(testChart(undefined, 'ml'), 'algo', { metadata: { name: 'algo' }, ports: [{ port: 8501 }, { port: 8500, name: 'grpc' }] });

    expect(short(service, { grpcPort: 8500 })).toEqual(['algo.ml.svc.cluster.local', 8501, 8500, [8500, 8501]]);
  });

  test('that is an ApiObject', () => {
    expect(short(raw(testChart(), [{ port: 80 }, { port: 81, name: 'x' }], { namespace: 'ml' }))).toEqual(['algo.ml.svc.cluster.local', 80, undefined, [80, 81]]);
  });

  test('that is included, alone or together with other objects', () => {
    const folder = mkdtempSync(join(tmpdir(), 'include-'));
    try {
      const url = join(folder, 'algo.yaml');
      writeFileSync(url, 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: algo}\n---\n'
        + 'apiVersion: v1\nkind: Service\nmetadata: {name: algo, namespace: ml}\nspec: {ports: [{port: 80}]}\n');
      const include = new Include(testChart(), 'algo', { url });

      expect(short(include)).toEqual(['algo.ml.svc.cluster.local', 80, undefined, [80]]);
      expect(short(include.apiObjects[1])).toEqual(['algo.ml.svc.cluster.local', 80, undefined, [80]]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('that a construct of the user creates', () => {
    const server = new Construct(testChart(), 'server');
    raw(server, [{ port: 80 }]);

    expect(short(server)[0]).toBe('algo.seldon-mesh.svc.cluster.local');
  });

  test('with its patches', () => {
    const service = raw(testChart(), [{ port: 80 }]);
    service.addJsonPatch(JsonPatch.replace('/metadata/namespace', 'ml'), JsonPatch.replace('/spec/ports/0/port', 81));

    expect(short(service)).toEqual(['algo.ml.svc.cluster.local', 81, undefined, [81]]);
  });

  test.each<[string, object[], number]>([
    ['the first', [{ port: 80 }, { port: 81, name: 'http' }], 80],
    ['the first that is not for gRPC', [{ port: 8500, name: 'grpc' }, { port: 8501, name: 'http' }], 8501],
    ['the first without an appProtocol for gRPC', [{ port: 8500, name: 'x', appProtocol: 'grpc' }, { port: 8501, name: 'y' }], 8501],
    ['the first of a Service for gRPC alone', [{ port: 8500, name: 'grpc' }, { port: 8499, name: 'grpc-2' }], 8500],
    ['the first for TCP', [{ port: 53, protocol: 'UDP' }, { port: 80, protocol: 'TCP', name: 'http' }], 80],
  ])('gets REST requests on %s of its ports', (_what, ports, port) => {
    expect(short(raw(testChart(), ports))[1]).toBe(port);
  });

  test('gets REST requests on a port that is named', () => {
    expect(short(raw(testChart(), [{ port: 80 }, { port: 81, name: 'http' }]), { port: 81 })).toEqual([
      'algo.seldon-mesh.svc.cluster.local', 81, undefined, [80, 81],
    ]);
  });

  test('fails when it is no construct', () => {
    expect(() => ServiceBackend.fromService({ name: 'algo' } as never)).toThrow(new Error(
      'service an object. Expected a construct that creates a Service, such as one of cdk8s-plus, an ApiObject or an Include. '
      + 'For a Service that is not defined in this app, use ServiceBackend.fromServiceName or ServiceBackend.of({ name, namespace, port }) '
      + '(at ServiceBackend.fromService)'));
  });

  test('fails for options that are none', () => {
    expect(() => ServiceBackend.fromService(raw(testChart(), [{ port: 80 }]), 8501 as never)).toThrow(new Error(
      'props 8501. Expected an object with port, grpcHeaders, grpcMethods or grpcPort (at test/algo)'));
  });

  test('fails for several Services', () => {
    const server = new Construct(testChart(), 'server');
    for (const name of ['algo', 'algo-canary']) raw(server, [{ port: 80 }], { name });

    expect(() => ServiceBackend.fromService(server)).toThrow(new Error('2 Services (algo, algo-canary). Pass the intended one (at test/server)'));
  });

  test('fails for a construct without a Service', () => {
    const chart = testChart();
    const knative = new ApiObject(chart, 'knative', { apiVersion: 'serving.knative.dev/v1', kind: 'Service' });

    expect(() => ServiceBackend.fromService(new Construct(chart, 'nothing'))).toThrow(new Error(
      'no object instead of a Service. Expected a construct that creates a Service of apiVersion v1 (at test/nothing)'));
    expect(() => ServiceBackend.fromService(new Deployment(chart, 'pods', { containers: [{ image: 'a' }] }))).toThrow(new Error(
      'Deployment of apps/v1 instead of a Service. Expected a construct that creates a Service of apiVersion v1 (at test/pods)'));
    expect(() => ServiceBackend.fromService(knative)).toThrow(new Error(
      'Service of serving.knative.dev/v1 instead of a Service. Expected a construct that creates a Service of apiVersion v1 (at test/knative)'));
  });

  test('fails without ports', () => {
    const chart = testChart();

    expect(() => ServiceBackend.fromService(raw(chart, undefined))).toThrow(new Error('Service algo has no TCP port. Bind one before routing to it (at test/algo)'));
    expect(() => ServiceBackend.fromService(raw(chart, [{ port: 53, protocol: 'UDP' }], { name: 'dns' }))).toThrow(new Error(
      'Service dns has no TCP port. Bind one before routing to it (at test/dns)'));
    expect(() => ServiceBackend.fromService(new Service(chart, 'later', { metadata: { name: 'later' } }))).toThrow(
      /^the manifest of Service later is not complete \(.*A service must be configured with a port\)\. Bind its ports before routing to it \(at test\/later\)$/);
  });
});

test('an existing Service, in the namespace of the chart or another one', () => {
  const chart = testChart(undefined, 'ml');

  expect(ServiceBackend.fromServiceName(chart, 'algo', 80).target(chart).host).toEqual('algo.ml.svc.cluster.local');
  expect(ServiceBackend.fromServiceName(chart, 'algo', 80, { namespace: 'web' }).target(chart).host).toEqual('algo.web.svc.cluster.local');
});

describe('a protocol', () => {
  const target = (props: Partial<ServiceBackendProps>) => ServiceBackend.of({ ...algo, grpcPort: 8500, ...props }).target(testChart());

  test.each<[InferenceProtocol, string, string]>([
    [InferenceProtocol.OPEN_INFERENCE, 'v2', 'prefix "/inference.GRPCInferenceService/"'],
    [InferenceProtocol.TENSORFLOW_SERVING, 'tensorflow', 'prefix "/tensorflow.serving."'],
    [InferenceProtocol.TORCH_SERVE, 'torchserve', 'prefix "/org.pytorch.serve.grpc.inference.InferenceAPIsService/"'],
  ])('%s decides gRPC methods, and who may share requests', (protocol, name, methods) => {
    const { grpc, protocol: spoken, inferenceProtocol, paths } = target({ protocol });

    expect([String(grpc!.methods), spoken, inferenceProtocol, paths]).toEqual([methods, name, protocol, undefined]);
  });

  test('leaves paths and methods that are specified', () => {
    const methods = StringMatch.prefix('/tensorflow.serving.PredictionService/');
    const paths = [StringMatch.prefix('/v1/')];
    const found = target({ protocol: InferenceProtocol.TENSORFLOW_SERVING, grpcMethods: methods, paths });

    expect([found.grpc!.methods, found.paths, found.inferenceProtocol, found.protocol]).toEqual([methods, paths, undefined, 'tensorflow']);
  });

  test('that is plain HTTP needs gRPC methods for a gRPC port', () => {
    const grpcMethods = StringMatch.prefix('/fraud.Scorer/');

    expect(target({ protocol: InferenceProtocol.HTTP, grpcMethods }).grpc).toEqual({ port: 8500, methods: grpcMethods });
    expect(() => target({ protocol: InferenceProtocol.HTTP })).toThrow(new Error(
      'grpcPort 8500 of a plain HTTP server. Set grpcMethods, or leave grpcPort out (at ServiceBackend.of(ml/algo))'));
  });

  test('fails when it is not valid', () => {
    expect(() => target({ protocol: 'grpc' as never })).toThrow(new Error(
      'protocol "grpc". Expected one of v2, tensorflow, torchserve, http (at ServiceBackend.of(ml/algo))'));
  });
});

describe('fails', () => {
  test.each<[string, Partial<ServiceBackendProps>, string]>([
    ['a port of 0', { port: 0 }, 'port 0. Expected a whole number from 1 to 65535'],
    ['a port of 65536', { port: 65536 }, 'port 65536. Expected a whole number from 1 to 65535'],
    ['half a gRPC port', { grpcPort: 0.5 }, 'grpcPort 0.5. Expected a whole number from 1 to 65535'],
    ['an invalid other port', { otherPorts: [-1] }, 'other port -1. Expected a whole number from 1 to 65535'],
    ['labels without a subset', { subsetLabels: { version: 'v1' } }, 'subsetLabels without a subset. Set subset to the name of the subset that the labels select'],
    ['labels that select all pods', { subset: 'v1', subsetLabels: {} },
      'empty subsetLabels of subset "v1". They would select all pods. Set a label, or leave subsetLabels out when the subset is defined in an existing DestinationRule'],
    ['labels that are none', { subset: 'v1', subsetLabels: { 'a b': 'c' } },
      'label "a b" of subsetLabels. Expected at most 63 letters, digits, "-", "_" and ".", after an optional DNS name and a slash'],
    ['a request header in capitals', { requestHeaders: { 'X-Team': 'a' } },
      'header name "X-Team". Expected a header name in lower case, as in HTTP/2 and Envoy'],
    ['a request header of two lines', { requestHeaders: { 'x-team': 'a\nb' } }, 'value "a\\nb" of header x-team. Expected no control characters'],
    ['a request header that is a number', { requestHeaders: { 'x-team': 5 as never } }, 'requestHeaders.x-team 5. Expected a string'],
    ['a removed header in capitals', { removeRequestHeaders: ['X-Team'] },
      'header name "X-Team". Expected a header name in lower case, as in HTTP/2 and Envoy'],
    ['a removed header outside a list', { removeRequestHeaders: 'x-team' as never }, 'removeRequestHeaders "x-team". Expected a list of strings'],
    ['a gRPC header in capitals', { grpcHeaders: { 'Seldon-Model': 'a' } },
      'header name "Seldon-Model". Expected a header name in lower case, as in HTTP/2 and Envoy'],
    ['a gRPC header that is nothing', { grpcHeaders: { 'seldon-model': undefined as never } },
      'value of gRPC header seldon-model undefined. Expected a string'],
    ['one more port outside a list', { otherPorts: 9090 as never }, 'otherPorts 9090. Expected a list of numbers'],
    ['paths in quotes', { paths: ['/v1/' as never] }, 'paths[0] "/v1/". Expected a StringMatch, such as StringMatch.prefix("/v1/")'],
    ['a path outside a list', { paths: StringMatch.prefix('/v1/') as never }, 'paths prefix "/v1/". Expected a list in which each entry is a StringMatch, such as StringMatch.exact(…)'],
    ['methods in quotes', { grpcMethods: '/a.B/' as never }, 'grpcMethods "/a.B/". Expected a StringMatch, such as StringMatch.prefix("/a.B/")'],
  ])('with %s', (_what, props, problem) => {
    expect(() => ServiceBackend.of({ ...algo, ...props })).toThrow(new Error(`${problem} (at ServiceBackend.of(ml/algo))`));
  });

  test('without anything', () => {
    expect(() => ServiceBackend.of(undefined as never)).toThrow(new Error(
      'props undefined. Expected an object with name, namespace and port (at ServiceBackend.of)'));
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
      `${problem}. Expected at most 63 lower-case letters, digits and hyphens, with no hyphen at the ends (at ServiceBackend.of(${shown}))`,
    ));
  });

  test('with an invalid host', () => {
    expect(() => ServiceBackend.of({ ...algo, name: 'algo..com' })).toThrow(new Error(
      'host "algo..com". Expected a DNS name such as "models.example.com", "*.example.com" or "*", without scheme, port or path (at ServiceBackend.of(ml/algo..com))',
    ));
  });

  test('with labels instead of the name of a subset', () => {
    expect(() => ServiceBackend.of({ ...algo, subset: { version: 'v1' } as never })).toThrow(new Error('subset {"version":"v1"}. Expected the name of the subset. '
      + "The labels of its pods are subsetLabels, as in { subset: 'v1', subsetLabels: { version: 'v1' } } (at ServiceBackend.of(ml/algo))"));
  });

  test('for Services without a namespace', () => {
    const chart = new Chart(Testing.app(), 'nowhere');
    const service = new Service(chart, 'algo', { metadata: { name: 'algo' }, ports: [{ port: 80 }] });

    expect(() => ServiceBackend.fromService(service)).toThrow(new Error(
      'Service algo has no namespace. Set the namespace of its chart or metadata, since routes name the Service in full (at nowhere/algo)',
    ));
    expect(() => ServiceBackend.fromServiceName(chart, 'algo', 80)).toThrow(new Error(
      'Service algo has no namespace. Set namespace here or for the chart (at nowhere)',
    ));
  });
});

test('fails when a header is both set and removed', () => {
  expect(() => ServiceBackend.of({ name: 'algo', namespace: 'ml', port: 80, requestHeaders: { 'x-arm': 'a' }, removeRequestHeaders: ['x-arm'] }))
    .toThrow(new Error('request header x-arm is both set and removed. A header that is set would arrive anyway. Keep one of the two '
      + '(at ServiceBackend.of(ml/algo))'));
});
