import { RestRequest } from './harness/clients';
import { startWorld, World } from './harness/world';
import { enforcedPolicies } from '../../src/cluster/policies';
import { PolicyDecisions } from '../../src/cluster/policy-decision';
import { bypassedDenials } from '../../src/cluster/routing/bypassed-denials';
import { pathOnlyDeny } from '../../src/rules/access/path-only-deny';
import { unprotectedRoute } from '../../src/rules/access/unprotected-route';
import { clusterOf } from '../support/cluster';

// Envoy answers as the rules about access assume.

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
  const restOf = ({ path: rest, host, method, headers }: typeof request): RestRequest => (
    { rest, host, method, headers: Object.fromEntries(headers) }
  );
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

/** A deterministic choice. */
function chooser(seed: number): <T>(values: readonly T[]) => T {
  let state = seed;
  return (values) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return values[Math.floor(state / 65_536) % values.length];
  };
}

const PATHS = ['/a', '/a/b', '/a/infer', '/b', '/b/infer'];
const HOSTS = ['x.test', 'y.test', 'X.test:8080', 'a.x.test'];
const METHODS = ['GET', 'POST'];
const TEAMS = ['red', 'blue', 'redder', undefined];

/** Rules at random, with all fields that requests without a token can be judged by. */
function randomPolicy(name: string, action: string, one: ReturnType<typeof chooser>): string {
  const operation = () => [
    one(['', 'hosts: [x.test]', 'hosts: ["x.test:*", y.test]', 'hosts: ["*.test"]', 'notHosts: [x.test]', 'hosts: [X.TEST]', 'hosts: ["*"]']),
    one(['', 'paths: [/a]', 'paths: [/a*, /b]', 'paths: ["*/infer"]', 'notPaths: [/a/*]', 'paths: [/a/b, /b/infer]']),
    one(['', '', 'methods: [GET]', 'notMethods: [GET]', 'methods: ["P*"]']), 'notPorts: ["15021"]',
  ].filter((field) => field !== '').join(', ');
  const source = () => one(['{ notRequestPrincipals: ["*"] }', '{ requestPrincipals: ["*"] }', '{ notNamespaces: [a] }', '{ principals: ["*"] }']);
  const condition = () => one([
    '{ key: "request.headers[x-team]", values: [red] }', '{ key: "request.headers[X-Team]", notValues: [red, "blue*"] }',
    '{ key: "request.headers[x-team]", values: ["red*"] }', '{ key: "request.auth.claims[groups]", notValues: [risk] }', '{ key: "request.headers[x-team]", values: ["*"] }',
  ]);
  const rule = () => `    - to: [{ operation: { ${operation()} } }${one(['', `, { operation: { ${operation()} } }`])}]
${one(['', '', `      from: [{ source: ${source()} }]\n`])}${one(['', `      when: [${condition()}]\n`, `      when: [${condition()}, ${condition()}]\n`])}`;
  return `---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ${name}, namespace: istio-system }
spec:
  selector: { matchLabels: { istio: ingressgateway } }
  action: ${action}
  rules:
${Array.from({ length: one([1, 2, 3]) }, rule).join('')}`;
}

test.each(Array.from({ length: 12 }, (_, seed) => seed + 1))('policies at random decide as Envoy does: %i', async (seed) => {
  const one = chooser(seed * 7_919);
  const policies = ['DENY', 'DENY', ...one([[], ['ALLOW'], ['ALLOW', 'ALLOW']])].map((action, i) => randomPolicy(`p${i}`, action, one)).join('');
  world = await startWorld(`apiVersion: networking.istio.io/v1
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
${policies}`);
  const requests = PATHS.flatMap((path) => HOSTS.flatMap((host) => METHODS.flatMap((method) => TEAMS.map((team) => (
    { path, host, method, headers: new Map(team === undefined ? [] : [['x-team', team]]), caller: 'anonymous' as const })))));
  const decisions = new PolicyDecisions(clusterOf(policies).derived(enforcedPolicies));
  const results = await world.sendAll(requests.map(({ path: rest, host, method, headers }) => (
    { rest, host, method, headers: Object.fromEntries(headers) }
  )));
  const wrong = requests.flatMap((request, i) => {
    const decision = decisions.decide(request);
    const status = decision?.allowed === true ? 200 : 403;
    const seen = results[i].response.status;
    return decision !== undefined && seen === status ? [] : [{ ...request, headers: [...request.headers], decision, status: seen }];
  });
  expect({ policies, wrong }).toEqual({ policies, wrong: [] });
});
