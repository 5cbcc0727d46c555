import { ApiObject, App, Chart, Testing } from 'cdk8s';
import { Gateway } from '../../../src/istio/gateway/gateway';
import { GatewayServer } from '../../../src/istio/gateway/gateway-server';
import { namedGateways } from '../../../src/istio/virtual-service/unused-gateways';
import { VirtualService } from '../../../src/istio/virtual-service/virtual-service';
import { Mesh } from '../../../src/mesh/mesh';
import { Warnings } from '../../../src/mesh/warnings';
import { Model } from '../../../src/seldon/core2/model';
import { ModelRoute, ModelRouteProps } from '../../../src/traffic/model-route';

function chartOf(app: App = Testing.app(), id = 'test'): Chart {
  return new Chart(app, id, { namespace: 'seldon-mesh' });
}

const gatewayIn = (chart: Chart, id = 'seldon-gateway') => new Gateway(chart, id, { namespace: 'istio-system' });

function route(chart: Chart, name: string, props: Partial<ModelRouteProps> = {}): ModelRoute {
  return new ModelRoute(chart, name, { backend: Model.fromModelName(chart, `model-${name}`, name), ...props });
}

const warning = (endpoints: string) => `no endpoint is behind Gateway test/seldon-gateway, and no gateways are specified for ${endpoints}. `
  + 'Callers outside the mesh cannot reach them. Set gateways: [gateway], or gateways: [] if they are only for callers inside the mesh (at test/seldon-gateway)';

describe('a Gateway that no endpoint is behind', () => {
  test('gets a warning when an endpoint specifies none', () => {
    const chart = chartOf();
    gatewayIn(chart);
    route(chart, 'iris');

    expect(Warnings.find(chart)).toEqual([warning('"iris" (test/iris)')]);
  });

  test('created after the endpoint, also in another chart', () => {
    const app = Testing.app();
    route(chartOf(app, 'models'), 'iris');
    gatewayIn(chartOf(app));

    expect(Warnings.find(app)).toEqual([warning('"iris" (models/iris)')]);
  });

  test('gets one warning for many endpoints, with the first three', () => {
    const chart = chartOf();
    gatewayIn(chart);
    for (const name of ['a', 'b', 'c', 'd', 'e']) route(chart, name);

    expect(Warnings.find(chart)).toEqual([warning('"a" (test/a), "b" (test/b), "c" (test/c) and 2 more')]);
  });

  test('gets it even if a route of another mesh refers to a gateway with the same name', () => {
    const app = Testing.app();
    const other = chartOf(app, 'other');
    Mesh.configure(other, { clusterDomain: 'other.local' });
    new ApiObject(other, 'web', {
      apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', metadata: { name: 'web' }, spec: { hosts: ['x.test'], gateways: ['istio-system/seldon-gateway'] },
    });
    const chart = chartOf(app);
    gatewayIn(chart);
    route(chart, 'iris');

    expect(Warnings.find(app)).toEqual([warning('"iris" (test/iris)')]);
  });

  test('is printed by synthesis', () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation();
    const chart = chartOf();
    gatewayIn(chart);
    route(chart, 'iris');
    Testing.synth(chart);

    expect(warn.mock.calls).toEqual([[`warning: ${warning('"iris" (test/iris)')}`]]);
    warn.mockRestore();
  });
});

describe('there is no warning', () => {
  test('for an endpoint only for callers inside the mesh', () => {
    const chart = chartOf();
    gatewayIn(chart);
    route(chart, 'iris', { gateways: [] });

    expect(Warnings.find(chart)).toEqual([]);
  });

  test('where another endpoint is behind the Gateway, by the construct or by its name', () => {
    const chart = chartOf();
    const gateways = [gatewayIn(chart), Gateway.fromGatewayName(chart, 'ref', 'other', { namespace: 'istio-system' })];
    gatewayIn(chart, 'other');
    route(chart, 'iris');
    route(chart, 'wine', { gateways });

    expect(Warnings.find(chart)).toEqual([]);
  });

  test('where a VirtualService of the user or of another construct refers to the Gateway', () => {
    const chart = chartOf();
    const gateway = gatewayIn(chart);
    route(chart, 'iris');
    new VirtualService(chart, 'web', { hosts: ['web.test'], gateways: [gateway], http: [{ route: [{ destination: { host: 'web.web.svc.cluster.local' } }] }] });
    gatewayIn(chart, 'raw');
    new ApiObject(chart, 'foreign', {
      apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', metadata: { name: 'foreign' }, spec: { hosts: ['x.test'], gateways: ['istio-system/raw'] },
    });

    expect(Warnings.find(chart)).toEqual([]);
  });

  test.each<[string, GatewayServer]>([
    ['redirects alone', GatewayServer.http({ hosts: ['models.test'], httpsRedirect: true })],
    ['other clusters', GatewayServer.autoPassthrough({ port: 15443, hosts: ['*.local'] })],
    ['connections whose TLS it does not terminate', GatewayServer.passthrough({ hosts: ['database.test'] })],
    ['TCP', GatewayServer.tcp({ port: 5432, name: 'database', hosts: ['*'] })],
  ])('for a Gateway for %s', (_what, server) => {
    const chart = chartOf();
    new Gateway(chart, 'gateway', { namespace: 'istio-system', servers: [server] });
    route(chart, 'iris');

    expect(Warnings.find(chart)).toEqual([]);
  });

  test('across meshes', () => {
    const app = Testing.app();
    const [development, production] = ['development', 'production'].map((id) => chartOf(app, id));
    Mesh.configure(development, {});
    route(development, 'iris');
    Mesh.configure(production, {});
    gatewayIn(production);

    expect(Warnings.find(app)).toEqual([]);
  });

  test('without endpoints', () => {
    const chart = chartOf();
    gatewayIn(chart);

    expect(Warnings.find(chart)).toEqual([]);
  });
});

test('gateways are named by VirtualServices, their matches, and SeldonDeployments for Seldon\'s operator', () => {
  expect([...namedGateways([
    { kind: 'VirtualService', metadata: { namespace: 'models' }, spec: { gateways: ['a', 'other/b'], http: [{}, { match: [{}, { gateways: ['c'] }] }] } },
    { kind: 'SeldonDeployment', metadata: { namespace: 'models', annotations: { 'seldon.io/istio-gateway': 'd' } }, spec: { annotations: { 'seldon.io/istio-gateway': 'x/e' } } },
    { kind: 'Model', metadata: { namespace: 'models' } },
  ])]).toEqual(['models/a', 'other/b', 'models/c', 'models/d', 'x/e']);
});
