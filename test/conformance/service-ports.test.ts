import { ApiObject, App, Chart, Testing } from 'cdk8s';
import { startWorld } from './harness/world';
import { H2UpgradePolicy } from '../../src/istio/destination-rule/connection-pool';
import { DestinationRule } from '../../src/istio/destination-rule/destination-rule';
import { Gateway } from '../../src/istio/gateway/gateway';
import { ServiceBackend } from '../../src/istio/service/service-backend';
import { ModelRoute } from '../../src/traffic/model-route';

// How the name of a Service's port decides who can call it, and that the library refuses exactly the routes that do not work.

/** Names of ports, and who gets an answer: REST and gRPC. A gRPC call without its status counts as none. */
type Names = readonly (readonly [string, rest: boolean, grpc: boolean])[];

const HTTP2: Names = [['http2', true, true], ['http2-x', true, true], ['HTTP2', true, true], ['grpc', true, true], ['grpc-x', true, true], ['grpc-web', true, true]];
const BYTES = ['tcp', 'tcp-x', 'tls', 'https', 'mongo', 'redis', 'mysql'];
const UNKNOWN = ['', 'data', 'h2c'];

const THROUGH_GATEWAY: Names = [
  ...HTTP2, ...['http', 'http-x', ...BYTES, ...UNKNOWN].map((name) => [name, true, false] as const), ['udp', false, false],
];
const FROM_MESH: Names = [
  ...HTTP2, ['http', true, false], ['http-x', true, false], ...UNKNOWN.map((name) => [name, true, true] as const),
  ...[...BYTES, 'udp'].map((name) => [name, false, false] as const),
];
const UPGRADED: Names = THROUGH_GATEWAY.map(([name]) => [name, name !== 'udp', name !== 'udp']);

const service = (i: number) => ({ name: `s${i}`, namespace: 'models' });

function manifests(names: Names, gateway: boolean, upgraded: boolean): string {
  const app = new App();
  const chart = new Chart(app, 'test', { namespace: 'models' });
  const gateways = gateway ? [new Gateway(chart, 'gateway', { namespace: 'istio-system' })] : [];
  names.forEach((_name, i) => {
    new ModelRoute(chart, `r${i}`, { gateways, backend: ServiceBackend.of({ ...service(i), port: 80, grpcPort: 80 }) });
    if (!upgraded) return;
    new DestinationRule(chart, `d${i}`, {
      host: `s${i}.models.svc.cluster.local`,
      trafficPolicy: { connectionPool: { http: { h2UpgradePolicy: H2UpgradePolicy.UPGRADE } } },
    });
  });
  return app.synthYaml();
}

/** Whether the library accepts a route to such a port, with REST or with gRPC alone. */
function isAccepted(name: string, gateway: boolean, upgraded: boolean, grpcOnly: boolean): boolean {
  const chart = new Chart(Testing.app(), 'test', { namespace: 'models' });
  const made = new ApiObject(chart, 's', { apiVersion: 'v1', kind: 'Service', metadata: { name: 's' }, spec: { ports: [{ port: 80, name: name || undefined }] } });
  try {
    const backend = ServiceBackend.fromService(made, grpcOnly ? { grpcPort: 80 } : {});
    new ModelRoute(chart, 'r', { gateways: gateway ? [new Gateway(chart, 'gateway')] : [], backend, paths: grpcOnly ? [] : undefined });
    if (upgraded) {
      new DestinationRule(chart, 'd', { host: 's.models.svc.cluster.local', trafficPolicy: { connectionPool: { http: { h2UpgradePolicy: H2UpgradePolicy.UPGRADE } } } });
    }
    App.of(chart).synthYaml();
    return true;
  } catch {
    return false;
  }
}

test.each<[string, Names, boolean, boolean]>([
  ['through a gateway', THROUGH_GATEWAY, true, false],
  ['inside the mesh', FROM_MESH, false, false],
  ['through a gateway, with connections upgraded to HTTP/2', UPGRADED, true, true],
])('%s', async (_where, names, gateway, upgraded) => {
  const services = names.map(([name], i) => ({ ...service(i), ports: [{ number: 80, name }] }));
  const world = await startWorld(manifests(names, gateway, upgraded), { services });
  try {
    for (const [i, [name, rest, grpc]] of names.entries()) {
      const to = { host: gateway ? 'models.example.com' : `s${i}.models.svc.cluster.local`, fromMesh: !gateway };
      const request = await world.send({ rest: `/v2/models/r${i}/infer`, ...to });
      const call = await world.send({ grpc: 'ModelInfer', model: 'iris', headers: { 'seldon-model': `r${i}` }, ...to });
      expect([name, request.response.status === 200, call.response.grpcStatus === 0]).toEqual([name, rest, grpc]);
    }
  } finally {
    await world.close();
  }
  for (const [name, rest, grpc] of names) {
    // Stubs speak HTTP/2 for REST as well, which a server behind a port for gRPC does not.
    const forGrpc = name.toLowerCase().startsWith('grpc');
    expect([name, isAccepted(name, gateway, upgraded, false), isAccepted(name, gateway, upgraded, true)]).toEqual([name, rest && !forGrpc, grpc]);
  }
});

test('a port that the Service does not have does not answer', async () => {
  const app = new App();
  const chart = new Chart(app, 'test', { namespace: 'models' });
  new ModelRoute(chart, 'r', {
    gateways: [new Gateway(chart, 'gateway', { namespace: 'istio-system' })],
    backend: ServiceBackend.of({ ...service(0), port: 80, grpcPort: 9999 }),
  });
  const world = await startWorld(app.synthYaml(), { services: [{ ...service(0), ports: [{ number: 80, name: 'http' }] }] });
  try {
    const call = await world.send({ grpc: 'ModelInfer', model: 'iris', headers: { 'seldon-model': 'r' }, host: 'models.example.com' });
    expect([call.response.grpcStatus, (await call.explain())?.flags]).toEqual([14, 'NC']);
  } finally {
    await world.close();
  }
});

test('a port that a route for callers inside the mesh leaves out does not work', async () => {
  const app = new App();
  const chart = new Chart(app, 'test', { namespace: 'models' });
  new ModelRoute(chart, 'r', { backend: ServiceBackend.of({ ...service(0), port: 80 }) });
  const world = await startWorld(app.synthYaml(), { services: [{ ...service(0), ports: [{ number: 80, name: 'http' }, { number: 9090, name: 'http-metrics' }] }] });
  try {
    const metrics = await world.send({ rest: '/metrics', host: 's0.models.svc.cluster.local:9090', port: 9090, fromMesh: true });
    expect(metrics.response.status).toBe(404);
  } finally {
    await world.close();
  }
});
