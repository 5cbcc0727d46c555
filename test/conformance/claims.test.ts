import { App, Chart } from 'cdk8s';
import { accepted } from './checks/accepted';
import { cleanFiles } from './checks/clean';
import { RouteCase, routedAll } from './checks/routed';
import { ApiServer } from './harness/apiserver';
import { Headers } from './harness/clients';
import { parse } from './harness/manifests';
import { Issuer } from './harness/tokens';
import { startWorld, World } from './harness/world';
import { core2 } from './routes/core2';
import { Gateway } from '../../src/istio/gateway/gateway';
import { RequestAuthentication } from '../../src/security/authentication/request-authentication';
import { Model } from '../../src/seldon/core2/model';
import { CallerMatch } from '../../src/traffic/caller-match';
import { Canary } from '../../src/traffic/canary';

// Testers of a canary, known by a claim of their token.

const HOST = 'models.example.com';
const login = new Issuer('https://login.example.com');
const api = ApiServer.connect();

let world: World;

afterAll(async () => {
  await world?.close();
  await api.close();
});

function manifests(): string {
  const chart = new Chart(new App(), 'chart', { namespace: 'seldon-mesh' });
  const gateway = new Gateway(chart, 'seldon-gateway', { namespace: 'istio-system' });
  const [stable, canary] = ['iris1', 'iris2'].map((id) => new Model(chart, id, { storageUri: `gs://models/${id}` }));
  new RequestAuthentication(chart, 'login', { gateway, jwtRules: [{ issuer: login.name, jwks: login.jwks, forwardOriginalToken: false }] });
  new Canary(chart, 'iris', {
    gateways: [gateway],
    stable,
    canary,
    testers: [
      CallerMatch.claim('groups', 'testers'),
      CallerMatch.claim('https://example.com/groups', 'testers'),
      CallerMatch.nestedClaim(['realm_access', 'roles'], 'tester'),
    ],
  });
  return App.of(chart).synthYaml();
}

const rest = (title: string, headers: Headers, model: string): RouteCase =>
  ({ title, request: { rest: '/v2/models/iris/infer', host: HOST, method: 'POST', headers }, expect: { to: core2(model) } });
const grpc = (title: string, headers: Headers, model: string): RouteCase =>
  ({ title, request: { grpc: 'ModelInfer', model: 'iris', host: HOST, headers: { 'seldon-model': 'iris', ...headers } }, expect: { to: core2(model) } });

test('a claim, a claim with dots and a nested claim pick the canary; without them callers get the stable version', async () => {
  world = await startWorld(manifests());
  const testers: [string, Headers][] = [
    ['a list with the group', login.header({ groups: ['staff', 'testers'] })],
    ['the group alone', login.header({ groups: 'testers' })],
    ['a claim whose name is a URL', login.header({ 'https://example.com/groups': ['testers'] })],
    ['a nested claim', login.header({ realm_access: { roles: ['tester'] } })],
  ];
  const others: [string, Headers][] = [
    ['no token', {}],
    ['another group', login.header({ groups: ['testers2'] })],
    ['the claim as a header', { groups: 'testers' }],
    ['a claim of another name', login.header({ roles: ['tester'] })],
  ];
  expect(await routedAll(world, [
    ...testers.flatMap(([title, headers]) => [rest(title, headers, 'iris2'), grpc(title, headers, 'iris2')]),
    ...others.flatMap(([title, headers]) => [rest(title, headers, 'iris1')]),
    grpc('gRPC without a token', {}, 'iris1'),
  ])).toEqual([]);
});

test('what is written is accepted and clean', async () => {
  const yaml = manifests();
  expect(await accepted(api, yaml)).toEqual([]);
  expect(await cleanFiles(yaml)).toEqual([]);
  await api.remove(parse(yaml));
});
