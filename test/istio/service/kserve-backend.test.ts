import { Chart } from 'cdk8s';
import { Gateway } from '../../../src/istio/gateway/gateway';
import { KServeBackend, KServeComponent, KServeKnativeProps, KServeProtocol, KServeRawProps } from '../../../src/istio/service/kserve-backend';
import { InferenceProtocol } from '../../../src/plan/inference-protocol';
import { StringMatch } from '../../../src/plan/string-match';
import { ModelRoute } from '../../../src/traffic/model-route';
import { ShadowDeployment } from '../../../src/traffic/shadow-deployment';
import { TrafficSplit } from '../../../src/traffic/traffic-split';
import { manifestOf, testChart } from '../../support/manifests';

const iris = { name: 'iris', namespace: 'models' };
const raw = (more: Partial<KServeRawProps> = {}, chart = testChart()) => KServeBackend.raw({ ...iris, ...more }).target(chart);
const knative = (more: Partial<KServeKnativeProps> = {}, chart = testChart()) => KServeBackend.knative({ ...iris, ...more }).target(chart);

const paths = (target: { endpoint?: { paths: StringMatch[] } }) => target.endpoint!.paths.map(String);

test('raw mode: a Service for the predictor', () => {
  expect(raw()).toEqual({
    description: 'InferenceService models/iris',
    host: 'iris-predictor.models.svc.cluster.local',
    namespace: 'models',
    port: 80,
    endpoint: { paths: [StringMatch.exact('/v1/models/iris'), StringMatch.exact('/v1/models/iris:predict')], grpc: expect.anything() },
    protocol: InferenceProtocol.TENSORFLOW_SERVING,
  });
});

test('Knative mode: the local gateway, and a header for each service', () => {
  const { host, namespace, port, requestHeaders, grpc } = knative();

  expect({ host, namespace, port, requestHeaders, grpc }).toEqual({
    host: 'knative-local-gateway.istio-system.svc.cluster.local',
    namespace: 'istio-system',
    port: 80,
    requestHeaders: { host: 'iris-predictor.models.svc.cluster.local' },
    grpc: undefined,
  });
});

test('the cluster domain is the mesh\'s', () => {
  const chart = testChart({ clusterDomain: 'corp.local' });

  expect(raw({}, chart).host).toBe('iris-predictor.models.svc.corp.local');
  expect(knative({}, chart)).toMatchObject({
    host: 'knative-local-gateway.istio-system.svc.corp.local', requestHeaders: { host: 'iris-predictor.models.svc.corp.local' },
  });
});

test('the local gateway may be in another namespace', () => {
  expect(knative({ gatewayNamespace: 'knative-serving' }).host).toBe('knative-local-gateway.knative-serving.svc.cluster.local');
});

test('a transformer has a separate Service', () => {
  const component = KServeComponent.TRANSFORMER;

  expect(raw({ component })).toMatchObject({ description: 'transformer of InferenceService models/iris', host: 'iris-transformer.models.svc.cluster.local' });
  expect(knative({ component }).requestHeaders).toEqual({ host: 'iris-transformer.models.svc.cluster.local' });
});

test('the Open Inference Protocol, with gRPC where there is a port for it', () => {
  const target = raw({ protocol: KServeProtocol.V2, grpcPort: 9000 });

  expect([target.grpc, target.protocol]).toEqual([{ port: 9000 }, 'v2']);
  expect(paths(target)).toEqual(['exact "/v2/models/iris"', 'prefix "/v2/models/iris/"']);
});

test('the model may have another name than its InferenceService', () => {
  expect(paths(raw({ modelName: 'flowers' }))).toEqual(['exact "/v1/models/flowers"', 'exact "/v1/models/flowers:predict"']);
});

describe('a route', () => {
  const gateways = (chart: Chart) => [new Gateway(chart, 'gateway')];

  test('has the paths of the model, whatever it is called itself', () => {
    const chart = testChart();
    new ModelRoute(chart, 'route', { gateways: gateways(chart), backend: KServeBackend.knative(iris) });

    expect(manifestOf(chart, 'VirtualService').spec.http).toEqual([{
      name: 'route-http',
      match: [{ uri: { exact: '/v1/models/iris' } }, { uri: { exact: '/v1/models/iris:predict' } }],
      route: [{
        destination: { host: 'knative-local-gateway.istio-system.svc.cluster.local', port: { number: 80 } },
        headers: { request: { set: { host: 'iris-predictor.models.svc.cluster.local' } } },
      }],
    }]);
  });

  test('shares requests between services that know the model by one name', () => {
    const chart = testChart();
    const arms = ['iris-v1', 'iris-v2'].map((name) => ({ backend: KServeBackend.knative({ ...iris, name, modelName: 'iris' }), weight: 50 }));
    new TrafficSplit(chart, 'iris', { gateways: gateways(chart), arms });

    const { route } = manifestOf(chart, 'VirtualService').spec.http[0];
    expect(route.map(({ weight, headers }: { weight: number; headers: { request: { set: object } } }) => [weight, headers.request.set])).toEqual([
      [50, { host: 'iris-v1-predictor.models.svc.cluster.local' }], [50, { host: 'iris-v2-predictor.models.svc.cluster.local' }],
    ]);
  });

  test('fails between services that know it by several', () => {
    const chart = testChart();
    const arms = ['iris-v1', 'iris-v2'].map((name) => ({ backend: KServeBackend.raw({ ...iris, name }), weight: 50 }));

    expect(() => new TrafficSplit(chart, 'iris', { gateways: gateways(chart), arms })).toThrow('backends with different paths');
  });

  test('has no gRPC calls to agree on where none of the services has any', () => {
    const chart = testChart();
    const arms = ['iris-v1', 'iris-v2'].map((name) => ({ backend: KServeBackend.raw({ ...iris, name }), weight: 50 }));
    new TrafficSplit(chart, 'iris', { gateways: gateways(chart), arms, paths: [StringMatch.exact('/v1/models')] });

    expect(manifestOf(chart, 'VirtualService').spec.http.map(({ name }: { name: string }) => name)).toEqual(['iris-http']);
  });

  test('fails to mirror to a service of Knative', () => {
    const chart = testChart();

    expect(() => new ShadowDeployment(chart, 'iris', {
      gateways: gateways(chart), primary: KServeBackend.raw(iris), shadows: [{ backend: KServeBackend.knative({ ...iris, name: 'iris2' }), percent: 10 }],
    })).toThrow('Istio cannot mirror to InferenceService models/iris2, which is selected by header host');
  });
});

describe('fails', () => {
  const LABEL = 'Expected at most 63 lower-case letters, digits and hyphens, with no hyphen at the ends';

  test.each<[Partial<KServeRawProps>, string]>([
    [{ namespace: undefined }, `namespace undefined. ${LABEL} (at KServeBackend.raw(undefined/iris))`],
    [{ name: 'Iris' }, `name of InferenceService "Iris". ${LABEL} (at KServeBackend.raw(models/Iris))`],
    [{ name: 'a'.repeat(60) }, `name of its Service "${'a'.repeat(60)}-predictor". ${LABEL} (at KServeBackend.raw(models/${'a'.repeat(60)}))`],
    [{ protocol: 'v3' as never }, 'protocol "v3". Expected one of v1, v2 (at KServeBackend.raw)'],
    [{ component: 'explainer' as never }, 'component "explainer". Expected one of predictor, transformer (at KServeBackend.raw)'],
    [{ modelName: 'a/b' }, 'modelName "a/b". Expected letters, digits, hyphens, dots and underscores, since it is part of the path (at KServeBackend.raw(models/iris))'],
    [{ grpcPort: 0, protocol: KServeProtocol.V2 }, 'grpcPort 0. Expected a whole number from 1 to 65535 (at KServeBackend.raw(models/iris))'],
    [{ grpcPort: 9000 }, 'grpcPort 9000 with protocol v1. Set protocol: KServeProtocol.V2, which supports gRPC (at KServeBackend.raw(models/iris))'],
  ])('for %j', (props, message) => {
    expect(() => KServeBackend.raw({ ...iris, ...props })).toThrow(new Error(message));
  });

  test('without anything', () => {
    expect(() => KServeBackend.knative(undefined as never)).toThrow(new Error('props undefined. Expected an object with name and namespace (at KServeBackend.knative)'));
  });

  test('for an invalid namespace of the gateway', () => {
    expect(() => KServeBackend.knative({ ...iris, gatewayNamespace: 'a b' })).toThrow(`gatewayNamespace "a b". ${LABEL}`);
  });
});
