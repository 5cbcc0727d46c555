import { ApiObject, App, Chart } from 'cdk8s';
import { RouteCase, routedAll } from './checks/routed';
import { Headers, Request } from './harness/clients';
import { parse, print } from './harness/manifests';
import { operatorMakes } from './harness/operator';
import { Issuer } from './harness/tokens';
import { startWorld, World } from './harness/world';
import { core2 } from './routes/core2';
import { Gateway } from '../../src/istio/gateway/gateway';
import { GatewayServer } from '../../src/istio/gateway/gateway-server';
import { OperatorRouter } from '../../src/routers/operator-router';
import { Caller } from '../../src/security/access/caller';
import { GatewayAccessPolicy } from '../../src/security/access/gateway-access-policy';
import { RequestAuthentication } from '../../src/security/authentication/request-authentication';
import { AuthorizationPolicy } from '../../src/security/authorization/authorization-policy';
import { AuthorizationRule } from '../../src/security/authorization/authorization-rule';
import { ExplainerType } from '../../src/seldon/core1/enums';
import { GraphNode } from '../../src/seldon/core1/graph-node';
import { PrepackagedServer } from '../../src/seldon/core1/prepackaged-server';
import { SeldonDeployment } from '../../src/seldon/core1/seldon-deployment';
import { Model } from '../../src/seldon/core2/model';
import { ModelRoute } from '../../src/traffic/model-route';

// A policy closes what it is for, on every host that leads there, and leaves neighbours of the same name open.

const login = new Issuer('https://login.example.com');
const risk = login.header({ groups: ['risk'] });

let world: World;

afterEach(() => world?.close());

function chartOf(...gateways: string[][]): { chart: Chart; gateways: Gateway[] } {
  const chart = new Chart(new App(), 'chart', { namespace: 'seldon-mesh' });
  const made = gateways.map((hosts, i) => new Gateway(chart, `gateway-${i}`, { namespace: 'istio-system', servers: [GatewayServer.http({ hosts, port: i === 0 ? 80 : 8080 })] }));
  new RequestAuthentication(chart, 'login', { gateway: made[0], jwtRules: [{ issuer: login.name, jwks: login.jwks, forwardOriginalToken: true }] });
  return { chart, gateways: made };
}

const rest = (host: string, headers?: Headers, port?: number): Request => ({ rest: '/v2/models/iris/infer', host, headers, port, method: 'POST' });
const grpc = (host: string, headers: Headers = {}): Request => ({ grpc: 'ModelInfer', model: 'iris', host, headers: { 'seldon-model': 'iris', ...headers } });

describe('two endpoints of one name', () => {
  /** Closed on all hosts below b.test, at two gateways of the same pods; open on a.test at the first. */
  function manifests(rule?: AuthorizationRule): string {
    const { chart, gateways } = chartOf(['*.b.test', 'a.test'], ['*.b.test']);
    const [closed, open] = ['iris-v1', 'iris-v2'].map((name) => new Model(chart, name, { storageUri: 'gs://models/iris' }));
    const iris = new ModelRoute(chart, 'closed', { endpoint: 'iris', gateways, hosts: ['*.b.test'], backend: closed });
    new ModelRoute(chart, 'open', { endpoint: 'iris', gateways: [gateways[0]], hosts: ['a.test'], backend: open });
    if (rule === undefined) new GatewayAccessPolicy(chart, 'access', { gateway: gateways[0], endpoints: [iris], allow: [Caller.claim('groups', ['risk'])] });
    else new AuthorizationPolicy(chart, 'by-hand', { namespace: 'istio-system', selector: gateways[0].gatewaySelector, rules: [rule] });
    return App.of(chart).synthYaml();
  }

  const HOSTS = [
    'x.b.test', 'x.b.test:80', 'X.B.TEST', 'x.b.test:', 'x.b.test.', 'a.test.b.test', 'a.test:.b.test:80', 'a.test:x.b.test:', 'a.test:.b.test:foo', 'a.test:80:.b.test:80',
    'a.test:443:.b.test:443', 'a.test:80,x.b.test:80', 'a.test:80@x.b.test:80', 'a.test@x.b.test', 'a.test:1:x.b.test', 'a.test:80.b.test', '.b.test', 'a.test.', 'a.test:',
  ];

  /** Hosts by which callers without a token got at the closed model. */
  async function gotIn(): Promise<string[]> {
    const requests = HOSTS.flatMap((host) => [rest(host), rest(host, {}, 8080), rest(host, { 'seldon-model': 'iris-v1' }), grpc(host)]);
    const exchanges = await world.sendAll(requests);
    await world.settled();
    return exchanges.filter((exchange) => exchange.arrivals().some(({ headers }) => headers.get('seldon-model')?.includes('iris-v1'))).map(({ request }) => request.host);
  }

  test('one is closed, the other is open', async () => {
    world = await startWorld(manifests());
    const [OPEN, CLOSED] = [{ to: core2('iris-v2') }, { to: core2('iris-v1') }];
    const cases: RouteCase[] = [
      ...['a.test', 'a.test:80', 'a.test:443', 'A.TEST', 'A.test:80'].map((host) => ({ title: 'open', request: rest(host), expect: OPEN })),
      ...['a.test', 'a.test:80', 'a.test:443'].map((host) => ({ title: 'open for gRPC', request: grpc(host), expect: OPEN })),
      ...['x.b.test', 'x.b.test:99'].flatMap((host): RouteCase[] => [
        { title: 'closed', request: rest(host), expect: { status: 403 } }, { title: 'closed for gRPC', request: grpc(host), expect: { grpcStatus: 7 } },
        { title: 'closed behind the other gateway', request: rest(host, {}, 8080), expect: { status: 403 } },
        { title: 'with the group', request: rest(host, risk), expect: CLOSED }, { title: 'gRPC with the group', request: grpc(host, risk), expect: CLOSED },
      ]),
    ];
    expect(await routedAll(world, cases)).toEqual([]);
    expect(await gotIn()).toEqual([]);
  });

  test('leaving out a host with any port would open the closed one', async () => {
    const objects = parse(manifests());
    for (const { operation } of objects.find(({ kind }) => kind === 'AuthorizationPolicy')!.spec.rules.flatMap(({ to }: any) => to)) operation.notHosts = ['a.test', 'a.test:*'];
    world = await startWorld(print(objects));
    expect(await gotIn()).toEqual(expect.arrayContaining(['a.test:.b.test:80', 'a.test:80@x.b.test:80']));
  });

  test.each([
    ['any port opens the closed one', ['a.test', 'a.test:*'], { to: core2('iris-v1') }],
    ['exact ports keep it closed', ['a.test', 'a.test:80', 'a.test:443'], { status: 403 }],
  ])('allowing a host: %s', async (_what, hosts, expected) => {
    world = await startWorld(manifests({ to: [{ hosts }] }));
    expect(await routedAll(world, [
      ...['a.test', 'a.test:80', 'a.test:443'].map((host) => ({ title: 'allowed', request: rest(host), expect: { to: core2('iris-v2') } })),
      { title: 'not allowed', request: rest('x.b.test'), expect: { status: 403 } },
      { title: 'begins with the allowed one', request: rest('a.test:.b.test:80'), expect: expected },
    ])).toEqual([]);
  });
});

describe('an explainer next to a closed predictor, both routed by the operator', () => {
  function manifests(closed: boolean): string {
    const { chart, gateways: [gateway] } = chartOf(['*']);
    const graph = GraphNode.model({ name: 'classifier', implementation: PrepackagedServer.SKLEARN_SERVER, modelUri: 'gs://models/credit' });
    const credit = new SeldonDeployment(chart, 'credit', { predictors: [{ name: 'main', graph, explainer: { type: ExplainerType.ANCHOR_TABULAR } }] });
    const route = new ModelRoute(chart, 'credit-route', { gateways: [gateway], backend: credit.predictor('main'), router: new OperatorRouter() });
    new GatewayAccessPolicy(chart, 'access', {
      gateway, endpoints: [route], models: closed ? [credit.explainer('main')] : [], allow: [Caller.claim('groups', ['risk'])],
    });
    return closed ? App.of(chart).synthYaml() : print(chart.node.findAll().filter(ApiObject.isApiObject).map((object) => object.toJson()));
  }

  const start = async (closed: boolean) => {
    const objects = parse(manifests(closed));
    world = await startWorld(print([...objects, ...operatorMakes(objects)]));
  };
  const explain = (headers?: Headers): Request => ({ rest: '/seldon/seldon-mesh/credit-explainer/main/api/v1.0/explain', host: 'models.example.com', headers, method: 'POST' });
  const predict = (headers?: Headers): Request => ({ rest: '/seldon/seldon-mesh/credit/api/v1.0/predictions', host: 'models.example.com', headers, method: 'POST' });
  const explained = { to: { service: 'credit-main-explainer.seldon-mesh', port: 9000, path: '/api/v1.0/explain' } };
  const predicted = { to: { service: 'credit-main.seldon-mesh', path: '/api/v1.0/predictions' } };

  test('is closed with it', async () => {
    await start(true);
    expect(await routedAll(world, [
      { title: 'the predictor', request: predict(), expect: { status: 403 } }, { title: 'the predictor for the group', request: predict(risk), expect: predicted },
      { title: 'the explainer', request: explain(), expect: { status: 403 } }, { title: 'the explainer for the group', request: explain(risk), expect: explained },
    ])).toEqual([]);
  });

  test('would be open, which synthesis refuses', async () => {
    await start(false);
    expect(await routedAll(world, [
      { title: 'the predictor', request: predict(), expect: { status: 403 } }, { title: 'the explainer', request: explain(), expect: explained },
    ])).toEqual([]);
  });
});
