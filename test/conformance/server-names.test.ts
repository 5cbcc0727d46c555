import { App, Chart } from 'cdk8s';
import { startWorld } from './harness/world';
import { Gateway } from '../../src/istio/gateway/gateway';
import { GatewayServer } from '../../src/istio/gateway/gateway-server';
import { ServiceBackend } from '../../src/istio/service/service-backend';
import { GrpcCalls } from '../../src/plan/endpoint';
import { ModelRoute } from '../../src/traffic/model-route';

// A server with TLS that lists "*" is selected for no name, not even for one that it lists next to "*".

/** A Gateway with one server, and a route behind it, in a separate app. */
function manifests(name: string, hosts: string[]): string {
  const chart = new Chart(new App(), name, { namespace: 'models' });
  const gateway = new Gateway(chart, `${name}-gateway`, { servers: [GatewayServer.https({ hosts, credentialName: 'certificate' })] });
  const backend = ServiceBackend.of({ name, namespace: 'models', port: 8080 });
  new ModelRoute(chart, name, { gateways: [gateway], endpoint: 'iris', backend, grpc: GrpcCalls.none() });
  return App.of(chart).synthYaml();
}

test.each([
  [['*', 'a.example.com'], 'narrow.models'],
  [['a.example.com'], 'wide.models'],
])('hosts %j next to a server for *.example.com', async (hosts, answering) => {
  const world = await startWorld([manifests('wide', hosts), manifests('narrow', ['*.example.com'])].join('---\n'));
  try {
    const { answeredBy } = await world.send({ rest: '/v2/models/iris/infer', host: 'a.example.com', port: 443 });
    expect(answeredBy?.at.service).toBe(answering);
  } finally {
    await world.close();
  }
});
