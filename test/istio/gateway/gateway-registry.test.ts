import { App, Chart } from 'cdk8s';
import { Gateway } from '../../../src/istio/gateway/gateway';
import { GatewayServer } from '../../../src/istio/gateway/gateway-server';
import { ServiceBackend } from '../../../src/istio/service/service-backend';
import { VirtualService } from '../../../src/istio/virtual-service/virtual-service';
import { Mesh } from '../../../src/mesh/mesh';
import { IGateway } from '../../../src/plan/gateway-ref';
import { ModelRoute } from '../../../src/traffic/model-route';
import { TrafficSplit } from '../../../src/traffic/traffic-split';
import { findingsOf } from '../../support/errors';

const backend = ServiceBackend.of({ name: 'iris', namespace: 'models', port: 8080 });

function appWith(gatewayOf: (chart: Chart) => IGateway, make?: (chart: Chart) => void): App {
  const app = new App();
  const chart = new Chart(app, 'models', { namespace: 'models' });
  make?.(chart);
  new ModelRoute(chart, 'iris', { backend, gateways: [gatewayOf(chart)], hosts: ['a.example.com'] });
  return app;
}

const existing = (namespace: string) => (chart: Chart): IGateway => Gateway.fromGatewayName(chart, 'existing', 'seldon-gateway', { namespace });
const held = (...namespaces: string[]) => (chart: Chart): void => {
  namespaces.forEach((namespace) => new Gateway(chart, `in-${namespace}`, { namespace, metadata: { name: 'seldon-gateway' } }));
};

const REMEDY = 'Istio would find no gateway and drop the route. Pass the construct itself, or set its namespace. '
  + 'If a second Gateway is intended, use a VirtualService, which may refer to any gateway, or Mesh.configure for two meshes';

test('an endpoint may refer to a gateway that the app does not create', () => {
  expect(findingsOf(appWith(existing('istio-system')))).toEqual([]);
  expect(findingsOf(appWith(existing('istio-system'), (chart) => new Gateway(chart, 'other', { namespace: 'models' })))).toEqual([]);
});

test('an endpoint may refer to a gateway that the app creates in the same namespace', () => {
  expect(findingsOf(appWith(existing('istio-system'), held('models', 'istio-system')))).toEqual([]);
});

test('fails when the app creates the gateway in another namespace, as in the published samples', () => {
  expect(findingsOf(appWith(existing('istio-system'), held('models')))).toEqual([
    '[models/iris] endpoint "iris" of models/iris refers to gateway "istio-system/seldon-gateway", but the app creates the Gateway of that name as '
    + `models/in-models in "models". ${REMEDY}`,
  ]);
});

test('fails when the app creates it in several other namespaces, in whichever order', () => {
  const app = appWith(existing('istio-system'));
  held('a', 'b')(new Chart(app, 'late'));
  expect(findingsOf(app)[0]).toContain('as late/in-a in "a", late/in-b in "b". ');
});

test('fails for every rollout', () => {
  const app = new App();
  const chart = new Chart(app, 'models', { namespace: 'models' });
  held('models')(chart);
  const gateways = [existing('istio-system')(chart)];
  new TrafficSplit(chart, 'split', { arms: [{ backend, weight: 1 }], gateways, hosts: ['b.example.com'] });
  expect(findingsOf(app)[0]).toContain('endpoint "split" of models/split refers to gateway "istio-system/seldon-gateway"');
});

test('is reported once for any number of charts', () => {
  const app = appWith(existing('istio-system'), held('models'));
  new Chart(app, 'another');
  new Chart(app, 'third');
  expect(findingsOf(app)).toHaveLength(1);
});

test('a VirtualService may refer to any gateway', () => {
  const app = new App();
  const chart = new Chart(app, 'models', { namespace: 'models' });
  held('models')(chart);
  new VirtualService(chart, 'raw', {
    hosts: ['a.example.com'], gateways: [existing('istio-system')(chart)], http: [{ route: [{ destination: { host: 'iris', port: 8080 } }] }],
  });
  expect(findingsOf(app)).toEqual([]);
});

test('a Gateway of another mesh does not count', () => {
  const app = new App();
  const staging = new Chart(app, 'staging', { namespace: 'models' });
  Mesh.configure(staging, {});
  held('models')(staging);
  const production = new Chart(app, 'production', { namespace: 'models' });
  new ModelRoute(production, 'iris', { backend, gateways: [existing('istio-system')(production)], hosts: ['a.example.com'] });
  expect(findingsOf(app)).toEqual([]);
});

test('where the namespace is not specified, it may be the same', () => {
  const app = appWith(existing('istio-system'));
  new Gateway(new Chart(app, 'bare'), 'seldon-gateway');
  expect(findingsOf(app)).toEqual([]);
});

test('fails for a Gateway named mesh without a namespace', () => {
  const chart = new Chart(new App(), 'bare');
  const mesh = new Gateway(chart, 'mesh', { servers: [GatewayServer.http({ hosts: ['a.example.com'] })] });
  expect(() => new ModelRoute(chart, 'iris', { backend, gateways: [mesh] }))
    .toThrow(new Error('gateway "mesh" has no namespace. The bare name means callers inside the mesh. Set the namespace (at bare/iris)'));
});
