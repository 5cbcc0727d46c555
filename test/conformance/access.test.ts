import { App, Chart } from 'cdk8s';
import { accepted } from './checks/accepted';
import { cleanFiles } from './checks/clean';
import { RouteCase, routedAll } from './checks/routed';
import { ApiServer } from './harness/apiserver';
import { describeRequest, Headers, Request } from './harness/clients';
import { Manifest, parse, print } from './harness/manifests';
import { Issuer } from './harness/tokens';
import { startWorld, Workload, World } from './harness/world';
import { core2 } from './routes/core2';
import { Gateway } from '../../src/istio/gateway/gateway';
import { GatewayServer } from '../../src/istio/gateway/gateway-server';
import { VirtualService } from '../../src/istio/virtual-service/virtual-service';
import { StringMatch } from '../../src/plan/string-match';
import { Caller } from '../../src/security/access/caller';
import { DenyByDefault } from '../../src/security/access/deny-by-default';
import { DeploymentAccessPolicy } from '../../src/security/access/deployment-access-policy';
import { AccessEnforcer } from '../../src/security/access/deployment-access-policy-props';
import { GatewayAccessPolicy } from '../../src/security/access/gateway-access-policy';
import { RuntimeAccessPolicy } from '../../src/security/access/runtime-access-policy';
import { RequestAuthentication } from '../../src/security/authentication/request-authentication';
import { ExplainerType } from '../../src/seldon/core1/enums';
import { GraphNode } from '../../src/seldon/core1/graph-node';
import { PrepackagedServer } from '../../src/seldon/core1/prepackaged-server';
import { SeldonDeployment } from '../../src/seldon/core1/seldon-deployment';
import { Model } from '../../src/seldon/core2/model';
import { ModelRoute } from '../../src/traffic/model-route';

// Who gets in, and who does not, whatever they try.

const HOST = 'models.example.com';
const login = new Issuer('https://login.example.com');
const forger = new Issuer('https://login.example.com');
const api = ApiServer.connect();

let world: World;

afterEach(() => world?.close());
afterAll(() => api.close());

/**
 * Behind one gateway: fraud for one group, wine for all callers, and a route of someone else on the same host that leaves it to the
 * caller which model answers.
 */
function manifests(options: {
  readonly host?: string; readonly forwardOriginalToken?: boolean; readonly others?: readonly Issuer[]; readonly allow?: Caller[];
} = {}): string {
  const { host = HOST, forwardOriginalToken = true, others = [], allow = [Caller.claim('groups', ['risk'])] } = options;
  const chart = new Chart(new App(), 'chart', { namespace: 'seldon-mesh' });
  const gateway = new Gateway(chart, 'seldon-gateway', { namespace: 'istio-system', servers: [GatewayServer.http({ hosts: [host] })] });
  const [fraud, wine] = ['fraud', 'wine'].map((endpoint) => new ModelRoute(chart, `${endpoint}-route`, {
    endpoint, gateways: [gateway], backend: new Model(chart, `${endpoint}-v1`, { storageUri: `gs://models/${endpoint}` }),
  }));
  new VirtualService(chart, 'open', {
    hosts: [host],
    gateways: [gateway],
    http: [{
      match: [{ uri: StringMatch.prefix('/v2/open/') }],
      route: [{ destination: { host: 'seldon-mesh.seldon-mesh.svc.cluster.local', port: 80 } }],
    }],
  });
  new RequestAuthentication(chart, 'login', {
    gateway, jwtRules: [login, ...others].map(({ name, jwks }) => ({ issuer: name, jwks, forwardOriginalToken })),
  });
  new GatewayAccessPolicy(chart, 'fraud-access', { gateway, endpoints: [fraud], allow });
  expect(wine.plan.name).toBe('wine-route');
  return App.of(chart).synthYaml();
}

const changed = (yaml: string, change: (policy: Manifest) => void): string => {
  const objects = parse(yaml);
  objects.filter(({ kind }) => kind === 'AuthorizationPolicy').forEach(change);
  return print(objects);
};

const risk = login.header({ groups: ['staff', 'risk'] });
const wineTeam = login.header({ groups: ['wine'] });
const rest = (path: string, headers?: Headers, host = HOST): Request => ({ rest: path, host, headers, method: 'POST' });
const grpc = (headers: Headers, host = HOST): Request => ({ grpc: 'ModelInfer', model: 'fraud', host, headers });

describe('callers who may', () => {
  const cases: RouteCase[] = [
    { title: 'REST with the group', request: rest('/v2/models/fraud/infer', risk), expect: { to: core2('fraud-v1') } },
    { title: 'REST with the group, at a host with a port', request: rest('/v2/models/fraud/infer', risk, `${HOST}:1234`), expect: { to: core2('fraud-v1') } },
    { title: 'gRPC with the group', request: grpc({ 'seldon-model': 'fraud', ...risk }), expect: { to: core2('fraud-v1') } },
    { title: 'a public model, REST', request: rest('/v2/models/wine/infer'), expect: { to: core2('wine-v1') } },
    { title: 'a public model, gRPC', request: grpc({ 'seldon-model': 'wine' }), expect: { to: core2('wine-v1') } },
    { title: 'a public model, with a token', request: rest('/v2/models/wine/infer', wineTeam), expect: { to: core2('wine-v1') } },
  ];

  test.each([[HOST], ['*']])('get in at host %s', async (host) => {
    world = await startWorld(manifests({ host }));
    expect(await routedAll(world, cases)).toEqual([]);
  });

  test('what is written is accepted, and istioctl reports nothing', async () => {
    const yaml = manifests();
    expect(await accepted(api, yaml)).toEqual([]);
    expect(await cleanFiles(yaml)).toEqual([]);
    await api.remove(parse(yaml));
  });
});

describe('a token that is not good', () => {
  const past = { iat: 1, exp: 2 };
  const unsigned = `${login.token({ groups: ['risk'] }).split('.').slice(0, 2).join('.')}.`;
  const bad: [string, string][] = [
    ['signed by someone else', forger.token({ groups: ['risk'] })],
    ['of the past', login.token({ groups: ['risk'], ...past })],
    ['of another issuer', login.token({ iss: 'https://other.example.com', groups: ['risk'] })],
    ['without signature', unsigned],
    ['that is not a token', 'risk'],
  ];

  test('is refused, for whatever model', async () => {
    world = await startWorld(manifests());
    for (const [what, token] of bad) {
      const headers = { authorization: `Bearer ${token}` };
      for (const model of ['fraud', 'wine']) {
        const { response, arrivals } = await world.send(rest(`/v2/models/${model}/infer`, headers));
        expect([what, model, response.status, arrivals().length]).toEqual([what, model, 401, 0]);
        const call = await world.send(grpc({ 'seldon-model': model, ...headers }));
        expect([what, model, call.response.grpcStatus, call.arrivals().length]).toEqual([what, model, 16, 0]);
      }
    }
  });
});

describe('subjects of two issuers', () => {
  const partner = new Issuer(`${login.name}/partners`);
  const ask = (title: string, headers: Headers, expect: RouteCase['expect']): RouteCase => ({ title, request: rest('/v2/models/fraud/infer', headers), expect });
  const IN = { to: core2('fraud-v1') };
  const OUT = { status: 403 };

  test.each<[string, Caller[], RouteCase[]]>([
    ['one with a slash', [Caller.subject(login.name, 'partners/bob')], [
      ask('the subject', login.header({ sub: 'partners/bob' }), IN), ask('that of the other issuer', partner.header({ sub: 'bob' }), OUT),
      ask('another subject', login.header({ sub: 'bob' }), OUT), ask('no caller', {}, OUT),
    ]],
    ['those that begin alike', [Caller.subject(login.name, 'partners/*')], [
      ask('a subject', login.header({ sub: 'partners/bob' }), IN), ask('one of the other issuer', partner.header({ sub: 'bob' }), OUT),
    ]],
    ['all', [Caller.subject(login.name, '*')], [
      ask('a subject with a slash', login.header({ sub: 'x/y' }), IN), ask('one of the other issuer', partner.header({ sub: 'bob' }), OUT),
    ]],
    ['some of both', [Caller.subject(login.name, 'eve'), Caller.subject(login.name, 'ann'), Caller.subject(partner.name, 'bob')], [
      ask('the second', login.header({ sub: 'ann' }), IN), ask('the third', partner.header({ sub: 'bob' }), IN),
      ask('the third name of the first issuer', login.header({ sub: 'bob' }), OUT), ask('the first name of the second issuer', partner.header({ sub: 'eve' }), OUT),
    ]],
    ['one of whom more must hold', [Caller.subject(login.name, 'bob'), Caller.allOf(Caller.subject(login.name, 'eve'), Caller.claim('groups', ['risk']))], [
      ask('the first', login.header({ sub: 'bob' }), IN), ask('the second with the claim', login.header({ sub: 'eve', groups: ['risk'] }), IN),
      ask('the second without it', login.header({ sub: 'eve' }), OUT), ask('someone else with the claim', login.header({ sub: 'ann', groups: ['risk'] }), OUT),
    ]],
    ['one of several issuers', [
      Caller.allOf(Caller.claim('iss', [login.name, partner.name]), Caller.claim('sub', ['ann'])), Caller.subject(login.name, 'bob'),
    ], [
      ask('the first of one issuer', login.header({ sub: 'ann' }), IN), ask('the first of the other', partner.header({ sub: 'ann' }), IN),
      ask('the second', login.header({ sub: 'bob' }), IN), ask('the second name of the other issuer', partner.header({ sub: 'bob' }), OUT),
    ]],
  ])('are distinguished: %s', async (_what, allow, cases) => {
    world = await startWorld(manifests({ others: [partner], allow }));
    expect(await routedAll(world, cases)).toEqual([]);
  });
});

const PATHS = [
  '/v2/models/fraud/infer', '/v2/models/fraud', '/v2/models/fraud/', '/v2/models/fraud/versions/1/infer', '/v2/models/fraud?a=b',
  '/v2/models/fraud/infer?path=/v2/models/wine/infer', '/v2/models//fraud/infer', '//v2/models/fraud/infer', '/v2/models/./fraud/infer',
  '/v2/models/wine/../fraud/infer', '/v2/models/wine/%2e%2e/fraud/infer', '/v2/models/%66raud/infer', '/v2/models/fraud%2Finfer',
  '/v2/models/fraud%2finfer', '/v2/models/fraud\\infer', '/v2/models/fraud;a=b/infer', '/V2/models/fraud/infer', '/v2/models/FRAUD/infer',
  '/v2/models/fraud-v1/infer', '/v2/models/wine/infer', '/v2/open/infer', '/v2/open/models/fraud/infer', '/v2/open/../models/fraud/infer',
  '/inference.GRPCInferenceService/ModelInfer', `http://${HOST}/v2/models/fraud/infer`,
];
const HOSTS = [HOST, `${HOST}:80`, `${HOST}:1234`, 'MODELS.example.com', 'Models.Example.Com:99', `${HOST}.`, `${HOST}.:80`, 'other.example.com'];
const HEADERS: Headers[] = [
  {}, { 'seldon-model': 'fraud' }, { 'seldon-model': 'fraud-v1' }, { 'seldon-model': 'wine' }, { 'seldon-model': ['wine', 'fraud'] },
  { 'seldon-model': ['fraud', 'wine'] }, { 'seldon-model': ['wine-v1', 'fraud-v1'] }, { 'seldon-model': 'wine,fraud' }, { 'Seldon-Model': 'fraud' },
  { 'seldon-model': 'FRAUD' }, { 'x-forwarded-host': 'other.example.com', 'seldon-model': 'fraud' },
  { 'x-original-url': '/v2/models/fraud/infer', 'x-rewrite-url': '/v2/models/fraud/infer', 'x-envoy-original-path': '/v2/models/fraud/infer' },
  { 'x-envoy-decorator-operation': 'fraud', 'x-jwt-claim-groups': 'risk', 'x-http-method-override': 'GET' },
];

/** Everything that a caller without the group might try. */
function attempts(token: Headers): Request[] {
  const tried = PATHS.flatMap((path) => HOSTS.flatMap((host) => HEADERS.map((headers) => ({ path, host, headers }))));
  // gRPC has no names with capitals.
  const named = HEADERS.filter((headers) => Object.keys(headers).every((name) => /^[a-z-]+$/.test(name)));
  return [
    ...tried.map(({ path, host, headers }) => rest(path, { ...headers, ...token }, host)),
    ...HOSTS.flatMap((host) => named.map((headers) => grpc({ ...headers, ...token }, host))),
    ...['GET', 'HEAD', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND'].map((method): Request => ({ ...rest(PATHS[0], token), method })),
  ];
}

/** Those that got at the model. */
async function gotIn(token: Headers): Promise<string[]> {
  const exchanges = await world.sendAll(attempts(token));
  await world.settled();
  return exchanges.filter((exchange) => exchange.arrivals().some(({ headers }) => headers.get('seldon-model')?.some((model) => /fraud/i.test(model))))
    .map(({ request }) => describeRequest(request).replace(/( with|;) authorization: Bearer \S+/, ''));
}

/** A caller may name something that is not one of the models, which Seldon does not know either. */
const NAMES_NOTHING = /seldon-model: (wine,fraud|FRAUD)\b/;

describe.each([[HOST], ['*']])('callers who may not, at host %s', (host) => {
  test.each<[string, Headers]>([['without a token', {}], ['of another group', wineTeam]])('do not get in %s', async (_what, token) => {
    world = await startWorld(manifests({ host }));
    expect((await gotIn(token)).filter((request) => !NAMES_NOTHING.test(request))).toEqual([]);
  });

  test('get 403 or gRPC status 7', async () => {
    world = await startWorld(manifests({ host }));
    expect(await routedAll(world, [{}, wineTeam].flatMap((token): RouteCase[] => [
      { title: 'REST', request: rest('/v2/models/fraud/infer', token), expect: { status: 403 } },
      { title: 'REST, at a host with a port', request: rest('/v2/models/fraud/infer', token, `${HOST}:1234`), expect: { status: 403 } },
      { title: 'the wrong header', request: rest('/v2/models/fraud/infer', { 'seldon-model': 'wine', ...token }), expect: { status: 403 } },
      { title: 'the wrong path', request: rest('/v2/models/wine/infer', { 'seldon-model': 'fraud', ...token }), expect: { status: 403 } },
      { title: 'someone else\'s route', request: rest('/v2/open/infer', { 'seldon-model': 'fraud-v1', ...token }), expect: { status: 403 } },
      { title: 'gRPC', request: grpc({ 'seldon-model': 'fraud', ...token }), expect: { grpcStatus: 7 } },
      { title: 'gRPC, at a host with a port', request: grpc({ 'seldon-model': 'fraud', ...token }, `${HOST}:1234`), expect: { grpcStatus: 7 } },
      { title: 'gRPC, two headers', request: grpc({ 'seldon-model': ['wine', 'fraud'], ...token }), expect: { grpcStatus: 7 } },
      { title: 'gRPC, two headers, the other way round', request: grpc({ 'seldon-model': ['fraud', 'wine'], ...token }), expect: { grpcStatus: 7 } },
    ]))).toEqual([]);
  });
});

describe('forms that look right', () => {
  /** What they would let pass. */
  const passes = async (yaml: string) => {
    world = await startWorld(yaml);
    return (await gotIn(wineTeam)).join('\n');
  };

  const hasPaths = (rule: any) => rule.to[0].operation.paths !== undefined;

  test('hosts without a pattern for ports: a port bypasses the policy', async () => {
    const found = await passes(changed(manifests(), ({ spec }) => spec.rules.flatMap((rule: any) => rule.to)
      .forEach(({ operation }: any) => { operation.hosts = [HOST]; })));
    expect(found).toContain(`POST /v2/models/fraud/infer at ${HOST}:1234`);
    expect(found).not.toContain(`POST /v2/models/fraud/infer at ${HOST}:80\n`);
  });

  test('paths alone: gRPC and routes that set no header are open', async () => {
    const found = await passes(changed(manifests(), ({ spec }) => { spec.rules = spec.rules.filter(hasPaths); }));
    expect(found).toMatch(/^gRPC ModelInfer\(fraud\) at models\.example\.com:80 with seldon-model: fraud$/m);
    expect(found).toMatch(/^POST \/v2\/open\/infer at models\.example\.com:80 with seldon-model: fraud-v1$/m);
  });

  test('headers alone: REST is open', async () => {
    const found = await passes(changed(manifests(), ({ spec }) => { spec.rules = spec.rules.filter((rule: any) => !hasPaths(rule)); }));
    expect(found).toMatch(/^POST \/v2\/models\/fraud\/infer at models\.example\.com:80$/m);
  });

  /** Rules that allow something instead of rules that deny. */
  const allowing = (rules: object[]) => changed(manifests(), ({ spec }) => {
    spec.action = 'ALLOW';
    spec.rules = rules;
  });

  test('allowing by header: one of two values is enough', async () => {
    const found = await passes(allowing([
      { when: [{ key: 'request.headers[seldon-model]', values: ['wine', 'wine-v1'] }] },
    ]));
    expect(found).toMatch(/^POST \/v2\/open\/infer at models\.example\.com:80 with seldon-model: wine-v1, fraud-v1$/m);
  });

  test('allowing one model on a shared gateway: the others are closed', async () => {
    world = await startWorld(allowing([{
      to: [{ operation: { paths: ['/v2/models/fraud', '/v2/models/fraud/*'] } }], when: [{ key: 'request.auth.claims[groups]', values: ['risk'] }],
    }]));
    const [finding] = await routedAll(world, [{ title: 'wine', request: rest('/v2/models/wine/infer'), expect: { to: core2('wine-v1') } }]);
    expect(finding).toContain('got HTTP 403 from no model');
  });

  test.each([[true, 1], [false, 0]])('forwardOriginalToken: %s leaves the pods behind the gateway with %i token', async (forwardOriginalToken, count) => {
    world = await startWorld(manifests({ forwardOriginalToken }));
    for (const request of [rest('/v2/models/fraud/infer', risk), grpc({ 'seldon-model': 'fraud', ...risk })]) {
      const { answeredBy } = await world.send(request);
      expect(answeredBy!.headers.get('authorization') ?? []).toHaveLength(count);
    }
  });
});

test.each(Object.values(AccessEnforcer))('what is written around Seldon Core 2 is accepted: %s', async (enforcedBy) => {
  const chart = new Chart(new App(), 'chart', { namespace: 'seldon-mesh' });
  new RuntimeAccessPolicy(chart, 'reach', { allow: [Caller.namespace('jobs')], monitoring: ['monitoring'], enforcedBy });
  const yaml = App.of(chart).synthYaml();
  expect(await accepted(api, yaml)).toEqual([]);
  await api.remove(parse(yaml));
});

describe('the pods of a SeldonDeployment', () => {
  /** A deployment for one group, in a namespace that is closed by default. */
  function deployment(): string {
    const chart = new Chart(new App(), 'chart', { namespace: 'scoring' });
    const selector = { 'seldon-deployment-id': 'credit' };
    const graph = GraphNode.model({ name: 'classifier', implementation: PrepackagedServer.SKLEARN_SERVER, modelUri: 'gs://models/credit' });
    const credit = new SeldonDeployment(chart, 'credit', {
      predictors: [{ name: 'default', graph, explainer: { type: ExplainerType.ANCHOR_TABULAR, serviceAccountName: 'credit-explainer' } }],
    });
    new RequestAuthentication(chart, 'login', { selector, jwtRules: [{ issuer: login.name, jwks: login.jwks, forwardOriginalToken: false }] });
    new DenyByDefault(chart, 'deny-by-default');
    new DeploymentAccessPolicy(chart, 'credit-callers', {
      deployment: credit, allow: [Caller.claim('groups', ['lending']), Caller.serviceAccount('nightly-batch', 'jobs')],
    });
    return App.of(chart).synthYaml();
  }

  const workloads: Workload[] = [
    { name: 'credit', namespace: 'scoring', labels: { 'seldon-deployment-id': 'credit' }, ports: [8000, 5001] },
    { name: 'forgotten', namespace: 'scoring', labels: { app: 'forgotten' }, ports: [8000] },
  ];
  const pods = (path: string, headers?: Headers, method = 'POST', workload = 'credit'): Request =>
    ({ rest: path, host: 'credit-default.scoring', port: 8000, workload, headers, method });
  const call = (headers: Headers): Request => ({ grpc: 'ModelInfer', model: 'classifier', host: 'credit-default.scoring', port: 5001, workload: 'credit', headers });
  const lending = login.header({ groups: ['lending'] });
  const INFER = '/v2/models/classifier/infer';
  const to = (port: number, path?: string) => ({ to: { service: 'credit.scoring', port, path } });

  test('take calls of who may, and leave metrics and probes open', async () => {
    world = await startWorld(deployment(), { workloads });
    expect(await routedAll(world, [
      { title: 'REST with the group', request: pods(INFER, lending), expect: to(8000) },
      { title: 'gRPC with the group', request: call(lending), expect: to(5001) },
      { title: 'metrics', request: pods('/prometheus', {}, 'GET'), expect: to(8000) },
      { title: 'metrics, with a query', request: pods('/prometheus?name=up', {}, 'GET'), expect: to(8000) },
      ...['/live', '/ready', '/v2/health/ready'].map((path): RouteCase => ({ title: path, request: pods(path, {}, 'GET'), expect: to(8000) })),
    ])).toEqual([]);
  });

  test('take no others', async () => {
    world = await startWorld(deployment(), { workloads });
    const closed = (title: string, request: Request): RouteCase => ({ title, request, expect: 'grpc' in request ? { grpcStatus: 7 } : { status: 403 } });
    expect(await routedAll(world, [
      ...[{}, login.header({ groups: ['wine'] })].flatMap((token) => [
        closed('REST', pods(INFER, token)),
        closed('REST of another protocol', pods('/api/v1.0/predictions', token)),
        closed('gRPC', call(token)),
        closed('GET of something else', pods('/v2/models/classifier', token, 'GET')),
        closed('metrics by another method', pods('/prometheus', token)),
        closed('something behind the metrics', pods(`/prometheus/..${INFER}`, token, 'GET')),
        closed('something below the metrics', pods('/prometheus/x', token, 'GET')),
        closed('something that ends like the metrics', pods(`${INFER}/prometheus`, token, 'GET')),
        closed('who pretends to be the batch', pods(INFER, { ...token, 'x-forwarded-client-cert': 'URI=spiffe://cluster.local/ns/jobs/sa/nightly-batch' })),
      ]),
      { title: 'a forged token', request: pods(INFER, forger.header({ groups: ['lending'] })), expect: { status: 401 } },
    ])).toEqual([]);
  });

  test('next to others that are not open', async () => {
    world = await startWorld(deployment(), { workloads });
    expect(await routedAll(world, [
      { title: 'requests', request: pods(INFER, lending, 'POST', 'forgotten'), expect: { status: 403 } },
      { title: 'metrics', request: pods('/prometheus', {}, 'GET', 'forgotten'), expect: { status: 403 } },
    ])).toEqual([]);
  });

  test('an exempted port would open the model: the check can fail', async () => {
    world = await startWorld(changed(deployment(), ({ spec }) => {
      (spec.rules ?? []).filter((rule: any) => rule.to !== undefined).forEach((rule: any) => { rule.to = [{ operation: { ports: ['8000'] } }]; });
    }), { workloads });
    const [finding] = await routedAll(world, [{ title: 'REST without a token', request: pods(INFER), expect: { status: 403 } }]);
    expect(finding).toContain('got HTTP 200 from credit.scoring:8000');
  });
});
