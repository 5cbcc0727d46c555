import { App, Chart } from 'cdk8s';
import { startWorld } from './harness/world';
import { Gateway } from '../../src/istio/gateway/gateway';
import { ServiceBackend } from '../../src/istio/service/service-backend';
import { GrpcCalls } from '../../src/plan/endpoint';
import { StringMatch } from '../../src/plan/string-match';
import { ModelRoute } from '../../src/traffic/model-route';

// Istio's rule for gRPC calls looks at the path alone, so an expression for methods may fit the path of a REST request.

const HOST = 'models.example.com';

type Route = (chart: Chart, gateways: Gateway[]) => void;

const calls = (methods: StringMatch): Route => (chart, gateways) => {
  const backend = ServiceBackend.of({ name: 'calls', namespace: 'models', port: 8080, grpcPort: 9500 });
  new ModelRoute(chart, 'a-calls', { gateways, hosts: [HOST], backend, paths: [], grpc: GrpcCalls.allOnHost().withMethods(methods) });
};

const wine: Route = (chart, gateways) => {
  new ModelRoute(chart, 'wine', { gateways, hosts: [HOST], backend: ServiceBackend.of({ name: 'wine', namespace: 'models', port: 8080 }), grpc: GrpcCalls.none() });
};

const page: Route = (chart, gateways) => {
  const backend = ServiceBackend.of({ name: 'page', namespace: 'models', port: 8080 });
  new ModelRoute(chart, 'page', { gateways, hosts: [HOST], backend, paths: [StringMatch.prefix('/')], grpc: GrpcCalls.none() });
};

function manifests(...routes: Route[]): string {
  const app = new App();
  const chart = new Chart(app, 'test', { namespace: 'models' });
  const gateways = [new Gateway(chart, 'models-gateway')];
  for (const route of routes) route(chart, gateways);
  return app.synthYaml();
}

const withoutGateway = (yaml: string) => yaml.split('---\n').filter((object) => !object.includes('kind: Gateway\n')).join('---\n');

/** Who answers a REST request for the model, one for another path, and a call. */
async function answering(yaml: string): Promise<(string | undefined)[]> {
  const world = await startWorld(yaml);
  try {
    const exchanges = await world.sendAll([
      { rest: '/v2/models/wine/infer', host: HOST },
      { rest: '/docs/infer.html', host: HOST },
      { grpc: 'ModelInfer', model: 'wine', host: HOST },
    ]);
    return exchanges.map(({ answeredBy }) => answeredBy?.at.service);
  } finally {
    await world.close();
  }
}

test.each(['/.*', '.*/(Predict|ModelInfer|infer)', '.*infer.*'])('methods %s take requests of a REST endpoint, so the app is refused', async (expression) => {
  const greedy = calls(StringMatch.regex(expression));
  expect(() => manifests(greedy, wine)).toThrow(/Istio compares the expression for gRPC methods with the paths of REST requests/);

  const [model, , call] = await answering(`${manifests(greedy)}---\n${withoutGateway(manifests(wine))}`);
  expect([model, call]).toEqual(['calls.models', 'calls.models']);
});

test('methods for all paths leave nothing to a page, so the app is refused', async () => {
  const all = calls(StringMatch.regex('/.*'));
  expect(() => manifests(all, page)).toThrow(/Istio compares the expression for gRPC methods/);

  expect(await answering(`${manifests(all)}---\n${withoutGateway(manifests(page))}`)).toEqual(['calls.models', 'calls.models', 'calls.models']);
});

test.each([
  StringMatch.regex('/[^/]+/(Predict|ModelInfer)'),
  StringMatch.regex('/inference[.].*'),
  StringMatch.prefix('/inference.GRPCInferenceService/'),
])('methods %s leave a REST endpoint its requests', async (methods) => {
  const [model, , call] = await answering(manifests(calls(methods), wine));
  expect([model, call]).toEqual(['wine.models', 'calls.models']);
});

test('methods of a service leave a page its requests', async () => {
  expect(await answering(manifests(calls(StringMatch.regex('/[^/]+/ModelInfer')), page))).toEqual(['page.models', 'page.models', 'calls.models']);
});
