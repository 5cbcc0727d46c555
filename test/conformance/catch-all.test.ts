import { App, Chart } from 'cdk8s';
import { startWorld } from './harness/world';
import { Gateway } from '../../src/istio/gateway/gateway';
import { ServiceBackend } from '../../src/istio/service/service-backend';
import { VirtualService } from '../../src/istio/virtual-service/virtual-service';
import { GrpcCalls } from '../../src/plan/endpoint';
import { StringMatch } from '../../src/plan/string-match';
import { Model } from '../../src/seldon/core2/model';
import { CallerMatch } from '../../src/traffic/caller-match';
import { Canary } from '../../src/traffic/canary';
import { ModelRoute } from '../../src/traffic/model-route';

// A web page on / next to models of one host does not conflict: Istio tries such a rule after those of all other routes of the
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

/** A page on all paths, with a new version for testers and sticky sessions. */
function canaryPage(path: StringMatch): Route {
  return (chart, gateways) => {
    const version = (name: string) => ServiceBackend.of({ name, namespace: 'web', port: 8080 });
    new Canary(chart, 'a-page', {
      gateways,
      hosts: gateways.length === 0 ? [HOST] : ['models.example.com'],
      stable: version('page'),
      canary: version('new-page'),
      weight: 50,
      testers: [CallerMatch.header('x-tester', 'yes'), { queryParams: { beta: StringMatch.exact('1') } }],
      sticky: {},
      paths: [path],
      grpc: GrpcCalls.none(),
    });
  };
}

const irisOnHost: Route = (chart, gateways) => {
  new ModelRoute(chart, 'iris', { gateways, hosts: ['models.example.com'], backend: Model.fromModelName(chart, 'model', 'iris') });
};

/** Requests for the model that also satisfy a rule of the page. */
const TESTERS: { readonly query?: string; readonly headers: Record<string, string> }[] = [{ headers: { 'x-tester': 'yes' } }, { headers: { cookie: 'a-page-arm=canary' } }, { query: '?beta=1', headers: {} }];

async function answering(manifest: string, host: string, fromMesh: boolean): Promise<(string | undefined)[]> {
  const world = await startWorld(manifest);
  try {
    const exchanges = await world.sendAll([
      ...TESTERS.map(({ query = '', headers }) => ({ rest: `/v2/models/iris/infer${query}`, host, headers, fromMesh })),
      { grpc: 'ModelInfer', model: 'iris', host, headers: { 'seldon-model': 'iris', 'x-tester': 'yes' }, fromMesh },
    ]);
    return exchanges.map(({ answeredBy }) => answeredBy?.at.service);
  } finally {
    await world.close();
  }
}

const MODEL = 'seldon-mesh.seldon-mesh';

describe('a page on / with testers and sticky sessions', () => {
  test('would match requests for models behind a gateway, so the app is rejected', async () => {
    expect(() => manifests([canaryPage(StringMatch.prefix('/')), irisOnHost], true)).toThrow(/both match requests for exact .* with query parameter "beta": 1 on host "models.example.com". Istio puts a catch-all rule after/);

    const apart = [manifests([canaryPage(StringMatch.prefix('/'))], true), manifests([irisOnHost], true).split('---\n').filter((object) => !object.includes('kind: Gateway\n')).join('---\n')];
    expect(await answering(apart.join('---\n'), 'models.example.com', false)).toEqual(['new-page.web', 'new-page.web', 'new-page.web', 'new-page.web']);
  });

  test('would match requests for a hand-written rule for one method, so the app is rejected', async () => {
    const written: Route = (chart, gateways) => {
      const match = [{ uri: StringMatch.prefix('/v2/models/iris/'), method: StringMatch.exact('POST') }];
      new VirtualService(chart, 'written', { gateways, hosts: ['models.example.com'], http: [{ match, route: [{ destination: { host: 'written', port: 80 } }] }] });
    };
    const testers = canaryPage(StringMatch.prefix('/'));
    expect(() => manifests([testers, written], true)).toThrow(/both match requests for prefix "\/v2\/models\/iris\/" with /);

    const apart = [manifests([testers], true), manifests([written], true).split('---\n').filter((object) => !object.includes('kind: Gateway\n')).join('---\n')];
    const world = await startWorld(apart.join('---\n'));
    try {
      const exchanges = await world.sendAll([{ 'x-tester': 'yes' }, undefined].map((headers) => ({ rest: '/v2/models/iris/infer', host: 'models.example.com', headers, method: 'POST' })));
      expect(exchanges.map(({ answeredBy }) => answeredBy?.at.service)).toEqual(['new-page.web', 'written.seldon-mesh']);
    } finally {
      await world.close();
    }
  });

  test('does not conflict on narrower paths', async () => {
    expect(await answering(manifests([canaryPage(StringMatch.prefix('/web/')), irisOnHost], true), 'models.example.com', false)).toEqual([MODEL, MODEL, MODEL, MODEL]);
  });

  test.each([StringMatch.prefix('/'), StringMatch.regex('.*')])('does not conflict inside the mesh, where all of its rules come last: %s', async (path) => {
    expect(await answering(manifests([canaryPage(path), iris], false), HOST, true)).toEqual([MODEL, MODEL, MODEL, MODEL]);
  });
});

test('a page by the expression .* comes last as well', async () => {
  const page2: Route = (chart, gateways) => {
    const backend = ServiceBackend.of({ name: 'page', namespace: 'web', port: 8080 });
    new ModelRoute(chart, 'a-page', { gateways, backend, paths: [StringMatch.regex('.*')], grpc: GrpcCalls.none() });
  };
  expect(await answering(manifests([page2, iris], true), 'models.example.com', false)).toEqual([MODEL, MODEL, MODEL, MODEL]);
});
