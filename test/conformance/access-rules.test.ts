import { RestRequest } from './harness/clients';
import { startWorld, World } from './harness/world';
import { bypassedDenials } from '../../src/cluster/routing/bypassed-denials';
import { pathOnlyDeny } from '../../src/rules/access/path-only-deny';
import { unprotectedRoute } from '../../src/rules/access/unprotected-route';
import { clusterOf } from '../support/cluster';

// What the rules about access say of policies is what Envoy does.

let world: World | undefined;

afterEach(async () => {
  await world?.close();
  world = undefined;
});

test.each([['path-only-deny', pathOnlyDeny], ['unprotected-route', unprotectedRoute]])('%s shows a request that is denied, and one that is not', async (_id, rule) => {
  // The keys of the issuer cannot be fetched here, and no request has a token.
  const yaml = rule.page.wrong.split('---\n').filter((document) => !document.includes('RequestAuthentication')).join('---\n');
  const [{ denied, request }] = bypassedDenials(clusterOf(yaml));
  world = await startWorld(yaml);
  const restOf = ({ path, host, method, headers }: typeof request): RestRequest => ({ rest: path, host, method, headers: Object.fromEntries(headers) });
  const results = await world.sendAll([denied, request].map(restOf));
  expect(results.map(({ response, arrivals }) => [response.status, arrivals().length])).toEqual([[403, 0], [200, 1]]);
});

const RULES = `
    - to: [{ operation: { paths: [/host], hosts: [MODELS.example.com], notPorts: ["15021"] } }]
    - to: [{ operation: { paths: [/repeated], notPorts: ["15021"] } }]
      when: [{ key: "request.headers[x-team]", notValues: [risk] }]
    - to: [{ operation: { paths: [/joined], notPorts: ["15021"] } }]
      when: [{ key: "request.headers[accept]", values: [text/html] }]
    - to: [{ operation: { paths: [/literal/*/end], notPorts: ["15021"] } }]
    - to: [{ operation: { paths: ["/query?a"], notPorts: ["15021"] } }]
    - to: [{ operation: { paths: [/a/../dots], notPorts: ["15021"] } }]
    - to: [{ operation: { paths: [/method], methods: [post], notPorts: ["15021"] } }]
    - to: [{ operation: { paths: [/scheme], hosts: ["http://models.example.com", "http://models.example.com:*"], notPorts: ["15021"] } }]`;

test('policies that are bypassed, and that never match', async () => {
  world = await startWorld(`
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: gateway, namespace: istio-system }
spec:
  selector: { istio: ingressgateway }
  servers: [{ port: { name: http, number: 80, protocol: HTTP }, hosts: ["*"] }]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: all, namespace: models }
spec:
  hosts: ["*"]
  gateways: [istio-system/gateway]
  http: [{ route: [{ destination: { host: iris.models.svc.cluster.local, port: { number: 80 } } }] }]
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: denies, namespace: istio-system }
spec:
  selector: { matchLabels: { istio: ingressgateway } }
  action: DENY
  rules:${RULES}
`);
  const host = 'models.example.com';
  const cases: [RestRequest, number][] = [
    [{ rest: '/host', host }, 403],
    [{ rest: '/host', host: `${host}:1234` }, 200],
    [{ rest: '/repeated', host }, 403],
    [{ rest: '/repeated', host, headers: { 'x-team': 'fraud' } }, 403],
    [{ rest: '/repeated', host, headers: { 'x-team': ['fraud', 'risk'] } }, 200],
    [{ rest: '/joined', host, headers: { accept: 'text/html' } }, 403],
    [{ rest: '/joined', host, headers: { accept: ['text/html', 'x'] } }, 200],
    [{ rest: '/literal/x/end', host }, 200],
    [{ rest: '/query?a', host }, 200],
    [{ rest: '/a/../dots', host }, 200],
    [{ rest: '/method', host, method: 'POST' }, 200],
    [{ rest: '/scheme', host }, 200],
  ];
  const results = await world.sendAll(cases.map(([request]) => request));
  expect(results.map(({ response }, i) => [cases[i][0].rest, response.status])).toEqual(cases.map(([{ rest }, status]) => [rest, status]));
});
