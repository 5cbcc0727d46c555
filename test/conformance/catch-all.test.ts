import { App, Chart } from 'cdk8s';
import { startWorld } from './harness/world';
import { Gateway } from '../../src/istio/gateway';
import { ServiceBackend } from '../../src/istio/service-backend';
import { GrpcCalls } from '../../src/plan/endpoint';
import { StringMatch } from '../../src/plan/string-match';
import { Model } from '../../src/seldon/model';
import { ModelRoute } from '../../src/traffic/model-route';

// A web page on / beside models of one host is no capture: Istio tries such a rule after those of all other routes of the
// host. Shown for both orders of creation, behind a gateway and inside the mesh.

type Route = (chart: Chart, gateways: Gateway[]) => void;

const page: Route = (chart, gateways) => {
  const backend = ServiceBackend.of({ name: 'page', namespace: 'web', port: 8080 });
  new ModelRoute(chart, 'a-page', { gateways, hosts: gateways.length === 0 ? [HOST] : undefined, backend, paths: [StringMatch.prefix('/')], grpc: GrpcCalls.none() });
};

const iris: Route = (chart, gateways) => {
  const backend = Model.fromModelName(chart, 'model', 'iris');
  new ModelRoute(chart, 'iris', { gateways, backend });
};

/** A host of the mesh that both endpoints are on. */
const HOST = 'seldon-mesh.seldon-mesh.svc.cluster.local';

function manifests(routes: readonly Route[], behindGateway: boolean): string {
  const app = new App();
  const chart = new Chart(app, 'test', { namespace: 'seldon-mesh' });
  const gateways = behindGateway ? [new Gateway(chart, 'seldon-gateway', { namespace: 'istio-system' })] : [];
  for (const route of routes) route(chart, gateways);
  return app.synthYaml();
}

test.each([['page first', [page, iris]], ['model first', [iris, page]]])('behind a gateway, %s', async (_order, routes) => {
  const world = await startWorld(manifests(routes, true));
  try {
    const model = await world.send({ rest: '/v2/models/iris/infer', host: 'models.example.com' });
    const other = await world.send({ rest: '/index.html', host: 'models.example.com' });
    const call = await world.send({ grpc: 'ModelInfer', model: 'iris', host: 'models.example.com', headers: { 'seldon-model': 'iris' } });
    expect([model, other, call].map(({ answeredBy }) => answeredBy?.at.service)).toEqual(['seldon-mesh.seldon-mesh', 'page.web', 'seldon-mesh.seldon-mesh']);
  } finally {
    await world.close();
  }
});

test('inside the mesh, where the endpoints share one object', async () => {
  const world = await startWorld(manifests([iris, page], false));
  try {
    const model = await world.send({ rest: '/v2/models/iris/infer', host: HOST, fromMesh: true });
    const other = await world.send({ rest: '/index.html', host: HOST, fromMesh: true });
    expect([model, other].map(({ answeredBy }) => answeredBy?.at.service)).toEqual(['seldon-mesh.seldon-mesh', 'page.web']);
  } finally {
    await world.close();
  }
});
