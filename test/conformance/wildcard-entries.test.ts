import { App, Chart } from 'cdk8s';
import { startWorld } from './harness/world';
import { ServiceEntry, ServiceEntryProtocol, ServiceEntryResolution } from '../../src/istio/egress/service-entry';
import { ServiceBackend } from '../../src/istio/service/service-backend';
import { GrpcCalls } from '../../src/plan/endpoint';
import { ModelRoute } from '../../src/traffic/model-route';

// Inside the mesh, a ServiceEntry for one name below the wildcard of a route makes the route ineffective for the other names.

function manifests(entry: string | undefined): string {
  const chart = new Chart(new App(), 'test', { namespace: 'models' });
  new ModelRoute(chart, 'iris', { hosts: ['*.example.com'], backend: ServiceBackend.of({ name: 'iris', namespace: 'models', port: 80 }), grpc: GrpcCalls.none() });
  if (entry !== undefined) {
    const ports = [{ number: 80, protocol: ServiceEntryProtocol.HTTP }];
    new ServiceEntry(chart, 'store', { hosts: [entry], ports, resolution: ServiceEntryResolution.STATIC, endpoints: [{ address: '192.0.2.1' }] });
  }
  return App.of(chart).synthYaml();
}

test.each<[string | undefined, (string | undefined)[]]>([
  [undefined, ['iris.models', 'iris.models']],
  ['store.example.org', ['iris.models', 'iris.models']],
  ['store.example.com', ['iris.models', undefined]],
])('with an entry for %s', async (entry, answering) => {
  const world = await startWorld(manifests(entry));
  try {
    const exchanges = await world.sendAll(['store', 'iris'].map((name) => ({ rest: '/v2/models/iris/infer', host: `${name}.example.com`, fromMesh: true })));
    expect(exchanges.map(({ answeredBy }) => answeredBy?.at.service)).toEqual(answering);
  } finally {
    await world.close();
  }
});
