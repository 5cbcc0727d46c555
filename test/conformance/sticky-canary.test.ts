import { App, Chart } from 'cdk8s';
import { RouteCase, routedAll } from './checks/routed';
import { parse, print } from './harness/manifests';
import { operatorMakes } from './harness/operator';
import { SET_COOKIE } from './harness/stubs';
import { startWorld, World } from './harness/world';
import { Core1Callers } from './routes/core1';
import { Gateway } from '../../src/istio/gateway/gateway';
import { GatewayServer } from '../../src/istio/gateway/gateway-server';
import { GraphNode } from '../../src/seldon/core1/graph-node';
import { PrepackagedServer } from '../../src/seldon/core1/prepackaged-server';
import { SeldonDeployment } from '../../src/seldon/core1/seldon-deployment';
import { Canary } from '../../src/traffic/canary';

// Sticky sessions of a canary, step by step.

const VERSIONS = { main: 'stable', canary: 'canary' };

/** A sticky canary whose requests are mirrored to a third version, and what the operator makes of its deployment. */
function manifests(weight: number): string {
  const chart = new Chart(new App(), 'chart', { namespace: 'models' });
  const gateway = new Gateway(chart, 'seldon-gateway', { namespace: 'istio-system', servers: [GatewayServer.http()] });
  const deployment = new SeldonDeployment(chart, 'iris', {
    predictors: ['main', 'canary', 'dark'].map((name) => ({
      name, graph: GraphNode.model({ name: 'classifier', implementation: PrepackagedServer.SKLEARN_SERVER, modelUri: 'gs://models/iris' }),
    })),
    disableOperatorRoutes: true,
  });
  new Canary(chart, 'iris-rollout', {
    endpoint: 'iris',
    gateways: [gateway],
    stable: deployment.predictor('main'),
    canary: deployment.predictor('canary'),
    weight,
    sticky: {},
    mirrors: [{ backend: deployment.predictor('dark'), percent: 50 }],
  });
  const objects = parse(App.of(chart).synthYaml());
  return print([...objects, ...operatorMakes(objects)]);
}

const callers = new Core1Callers('iris', 'models', 'models.example.com', { subsets: true });

/** Everything by which callers show that they belong to an arm. */
const belonging = (arm: string) => [
  { what: 'REST callers with the cookie', request: callers.rest(undefined, { cookie: `theme=dark; iris-arm=${arm}` }) },
  { what: 'gRPC callers with the cookie', request: callers.grpc({ cookie: `iris-arm=${arm}` }) },
  { what: 'gRPC callers with the header', request: callers.grpc({ 'x-iris-arm': arm }) },
];

let world: World;

afterEach(() => world?.close());

/** The cookies that came with an answer. */
const cookiesOf = (headers: Readonly<Record<string, string | string[] | undefined>>) => [headers['set-cookie'] ?? []].flat();

/** Callers with a sticky session, whose requests are mirrored as all others are. */
const stays = (arm: string, predictor: string): RouteCase[] => belonging(arm).map(({ what, request }): RouteCase => ({
  title: `${what} ${arm} stay`,
  request,
  expect: { to: callers.at(predictor, request), mirrored: [{ to: callers.at('dark', request), share: 0.5 }] },
}));

/** Callers of both arms go to one predictor. */
const everybodyAt = (predictor: string): RouteCase[] => ['stable', 'canary'].flatMap(
  (arm) => belonging(arm).map(({ what, request }): RouteCase => ({
    title: `${what} ${arm} reach ${predictor}`,
    request,
    expect: { to: callers.at(predictor, request), mirrored: [{ to: callers.at('dark', request), share: 0.5 }] },
  })),
);

describe('a canary with a share', () => {
  beforeEach(async () => { world = await startWorld(manifests(25)); });

  test('sessions are sticky by cookie and by header, and requests are mirrored', async () => {
    expect(await routedAll(world, [...stays('canary', 'canary'), ...stays('stable', 'main')])).toEqual([]);
  });

  test.each([['REST', callers.rest()], ['gRPC', callers.grpc()]])('each %s caller gets the name of the version, together with the model\'s own cookies', async (_what, request) => {
    const exchanges = await world.sendAll(new Array(200).fill({ ...request, headers: { ...request.headers, [SET_COOKIE]: 'session=1; Path=/' } }));
    const arms = exchanges.map(({ response, answeredBy }) => {
      const predictor = answeredBy!.at.subset as keyof typeof VERSIONS;
      expect(cookiesOf(response.headers)).toEqual([
        'session=1; Path=/', `iris-arm=${VERSIONS[predictor]}; Path=/seldon/models/iris/; Max-Age=3600; HttpOnly`,
      ]);
      return predictor;
    });
    expect([...new Set(arms)].sort()).toEqual(['canary', 'main']);
  });

  test('sets no cookie for callers who have one', async () => {
    for (const { request } of belonging('canary')) {
      const { response } = await world.send({ ...request, headers: { ...request.headers, [SET_COOKIE]: 'session=1' } });
      expect(cookiesOf(response.headers)).toEqual(['session=1']);
    }
  });
});

describe.each([[0, 'main'], [100, 'canary']])('a canary at weight %i', (weight, predictor) => {
  test(`sends all callers of both versions to ${predictor}, and sets no cookie`, async () => {
    world = await startWorld(manifests(weight));
    expect(await routedAll(world, everybodyAt(predictor))).toEqual([]);
    for (const request of [callers.rest(), callers.grpc()]) {
      const { response } = await world.send({ ...request, headers: { ...request.headers, [SET_COOKIE]: 'session=1' } });
      expect(cookiesOf(response.headers)).toEqual(['session=1']);
    }
  });
});

describe('the check can fail', () => {
  /** Our routes of the last step, and an arm whose weight was removed by hand. */
  test('a keep-route that outlives its share still gets its callers', async () => {
    const objects = parse(manifests(25));
    for (const arm of objects.filter(({ metadata }) => metadata.name === 'iris-rollout').flatMap(({ spec }) => spec.http)
      .flatMap((rule: any) => rule.route ?? []).filter(({ weight }: any) => weight !== undefined)) {
      arm.weight = arm.destination.host.startsWith('iris-main.') ? 100 : 0;
    }
    world = await startWorld(print(objects));
    const findings = await routedAll(world, everybodyAt('main').map((route) => ({ ...route, times: 50 })));
    expect(findings.filter((finding) => /\(50 of 50\)\n.*got .* from iris-canary\.models/.test(finding))).toHaveLength(3);
  });
});
