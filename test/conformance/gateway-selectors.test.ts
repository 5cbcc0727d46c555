import { App, Chart } from 'cdk8s';
import { startWorld } from './harness/world';
import { Gateway } from '../../src/istio/gateway/gateway';
import { ServiceBackend } from '../../src/istio/service/service-backend';
import { GrpcCalls } from '../../src/plan/endpoint';
import { ModelRoute } from '../../src/traffic/model-route';

// Pods run every Gateway whose labels are among theirs, so Gateways of which one has the labels of the other share their ports.

const HOST = 'models.example.com';
const INGRESS = { istio: 'ingressgateway' };

function appOf(...gateways: { readonly name: string; readonly selector: { readonly [label: string]: string } }[]): App {
  const app = new App();
  const chart = new Chart(app, 'test', { namespace: 'models' });
  for (const { name, selector } of gateways) {
    const gateway = new Gateway(chart, name, { selector: { ...selector } });
    const backend = ServiceBackend.of({ name: `behind-${name}`, namespace: 'models', port: 8080 });
    new ModelRoute(chart, `${name}-iris`, { endpoint: 'iris', gateways: [gateway], hosts: [HOST], backend, grpc: GrpcCalls.none() });
  }
  return app;
}

const FEWER = { name: 'a', selector: INGRESS };
const MORE = { name: 'b', selector: { ...INGRESS, app: 'istio-ingressgateway' } };

test('one of two endpoints gets nothing behind such Gateways, so the app is refused', async () => {
  expect(() => appOf(FEWER, MORE).synthYaml()).toThrow(/both match requests for exact "\/v2\/models\/iris" on host "models.example.com"/);

  const world = await startWorld([FEWER, MORE].map((gateway) => appOf(gateway).synthYaml()).join('---\n'));
  try {
    const exchanges = await world.sendAll(Array.from({ length: 20 }, () => ({ rest: '/v2/models/iris/infer', host: HOST })));
    expect(new Set(exchanges.map(({ answeredBy }) => answeredBy?.at.service))).toEqual(new Set(['behind-a.models']));
  } finally {
    await world.close();
  }
});
