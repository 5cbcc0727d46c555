import { GATEWAY_EXAMPLE, policyExample } from '../../../src/rules/access/access-example';
import { allowedHostWithAnyPort } from '../../../src/rules/access/allowed-host-with-any-port';
import { closedHosts } from '../../../src/rules/access/closed-hosts';
import { denyClosesTcp } from '../../../src/rules/access/deny-closes-tcp';
import { gatewayWithoutCertificates } from '../../../src/rules/access/gateway-without-certificates';
import { restOnlyDeny } from '../../../src/rules/access/rest-only-deny';
import { core2RouteExample, selects } from '../../../src/rules/routes/core2-route-example';
import { problemsOf } from '../../support/cluster';

// Rules about policies at the pods of gateways.

const route = (name: string, host = `${name}.example.com`) => core2RouteExample(`    - match: [{ uri: { prefix: /v2/models/${name}/ } }]\n${selects(name)}`, { name, hosts: `["${host}"]` });
const policy = (action: string, rules: string, options = {}) => policyExample(`  action: ${action}\n  rules:\n    - ${rules}`, options);
const all = (...documents: string[]) => documents.join('---\n');

describe('closed-hosts', () => {
  const allows = (operation: string, options = {}) => policy('ALLOW', `to: [{ operation: { ${operation} } }]`, options);
  const ROUTES = [GATEWAY_EXAMPLE, route('iris'), route('wine')];

  test('finds hosts that no rule allows', () => {
    expect(problemsOf(closedHosts, all(...ROUTES, allows('hosts: [IRIS.example.com, "iris.example.com:*"]')))).toEqual([{
      at: 'warning at AuthorizationPolicy istio-system/access spec.rules[0]',
      problem: 'no rule allows requests for the routes on host "wine.example.com" of gateway istio-system/gateway, so they are answered by 403',
      remedy: 'allow them as well, or use action DENY for the requests that are restricted',
      related: ['VirtualService models/wine'],
    }]);
  });

  test('finds hosts whose paths no rule allows', () => {
    expect(problemsOf(closedHosts, all(...ROUTES, allows('paths: [/v2/models/iris/*]'))).map(({ problem }) => problem))
      .toEqual([expect.stringContaining('on host "wine.example.com" of gateway')]);
  });

  test('counts more hosts than it shows', () => {
    const more = ['a', 'b', 'c', 'd', 'e'].map((name) => route(name));
    expect(problemsOf(closedHosts, all(GATEWAY_EXAMPLE, ...more, allows('hosts: [x.test]'))).map(({ problem }) => problem))
      .toEqual(['no rule allows requests for the routes on hosts "a.example.com", "b.example.com", "c.example.com", 2 more of gateway istio-system/gateway, so they are answered by 403']);
  });

  test.each<[string, string]>([
    ['all hosts are allowed', allows('hosts: [iris.example.com, "wine.*"]')],
    ['a suffix is allowed', allows('hosts: ["*.example.com"]')],
    ['all paths are allowed', allows('paths: ["/v2/*"]')],
    ['templates and suffixes may match', allows('paths: ["/v2/models/{*}/infer", "*/infer"]')],
    ['the rule is not about requests', policy('ALLOW', 'from: [{ source: { remoteIpBlocks: [10.0.0.0/8] } }]')],
    ['another policy allows the rest', all(allows('hosts: [iris.example.com]'), policy('ALLOW', 'to: [{ operation: { methods: [GET] } }]', { name: 'more' }))],
    ['requests are denied', policy('DENY', 'to: [{ operation: { hosts: [iris.example.com] } }]')],
    ['it is for other pods', allows('hosts: [iris.example.com]', { labels: '{ app: iris }' })],
    ['it is in another namespace, whose pods are known', all(allows('hosts: [iris.example.com]', { namespace: 'models' }), `apiVersion: apps/v1
kind: Deployment
metadata: { name: gateway, namespace: edge }
spec: { template: { metadata: { labels: { istio: ingressgateway } } } }
`)],
  ])('is silent if %s', (_what, policies) => {
    expect(problemsOf(closedHosts, all(...ROUTES, policies))).toEqual([]);
  });

  const on = (host: string, match = '{ uri: { prefix: /v2/models/iris/ } }') => core2RouteExample(`    - match: [${match}]\n${selects('iris')}`, { name: 'iris', hosts: `["${host}"]` });

  test.each<[string, string, string, boolean]>([
    ['a.b.test', 'hosts: ["*.b.test"]', '', true],
    ['a.b.test', 'hosts: ["*.c.test"]', '', false],
    ['a.b.test', 'hosts: ["a.b.*"]', '', true],
    ['a.b.test', 'hosts: ["b.*"]', '', false],
    ['a.b.test', 'hosts: ["*"]', '', true],
    ['*', 'hosts: ["b.*"]', '', true],
    ['*', 'hosts: [a.test]', '', true],
    ['*.b.test', 'hosts: ["b.*"]', '', true],
    ['*.b.test', 'hosts: [a.b.test]', '', true],
    ['*.b.test', 'hosts: [a.c.test]', '', false],
    ['a.b.test', 'hosts: ["a.b.test:80"]', '', true],
    ['a.b.test', 'hosts: ["a.b.test:8080"]', '', true],
    ['a.b.test', 'hosts: ["a.b.test:x"]', '', false],
    ['a.b.test', 'paths: [/other]', '{ headers: { a: { exact: b } } }', true],
    ['a.b.test', 'paths: [/v2/models/iris/infer]', '', true],
    ['a.b.test', 'paths: [/v2/models/wine/infer]', '', false],
    ['a.b.test', 'paths: [/v2/models/wine/infer, "*/infer"]', '', true],
    ['a.b.test', 'paths: [/x, "/v2/*"], hosts: [a.b.test]', '', true],
    ['a.b.test', 'paths: [/x], hosts: [a.b.test]', '', false],
    ['a.b.test', 'paths: [/x]', '{ uri: { exact: /x } }, { uri: { exact: /y } }', true],
  ])('routes on host %s with a rule for %s and match [%s] are open: %p', (host, allowed, match, isOpen) => {
    expect(problemsOf(closedHosts, all(GATEWAY_EXAMPLE, on(host, match || undefined), allows(allowed)))).toHaveLength(isOpen ? 0 : 1);
  });

  test('shows three hosts without a count', () => {
    const [{ problem, related }] = problemsOf(closedHosts, all(GATEWAY_EXAMPLE, ...['a', 'b', 'c'].map((name) => route(name)), allows('hosts: [x.test]')));
    expect(problem).toContain('on hosts "a.example.com", "b.example.com", "c.example.com" of gateway');
    expect(related).toEqual(['a', 'b', 'c'].map((name) => `VirtualService models/${name}`));
  });

  test('names the first policy with rules', () => {
    const empty = policyExample('  action: ALLOW', { name: 'a-nothing' });
    expect(problemsOf(closedHosts, all(...ROUTES, empty, allows('hosts: [iris.example.com]'))).map(({ at, related }) => [at, related]))
      .toEqual([['warning at AuthorizationPolicy istio-system/access spec.rules[0]', ['VirtualService models/wine']]]);
    expect(problemsOf(closedHosts, all(...ROUTES, empty))).toEqual([]);
  });

  test.each([[50, 1], [51, 0]])('%d operations are compared by their paths: %d', (count, problems) => {
    const operations = Array.from({ length: count }, (_, i) => `{ operation: { paths: [/x${i}] } }`).join(', ');
    expect(problemsOf(closedHosts, all(GATEWAY_EXAMPLE, route('iris'), policy('ALLOW', `to: [${operations}]`)))).toHaveLength(problems);
  });

  test('is silent if one of several rules is not about requests', () => {
    const rules = 'to: [{ operation: { hosts: [x.test] } }]\n    - from: [{ source: { remoteIpBlocks: [10.0.0.0/8] } }]';
    expect(problemsOf(closedHosts, all(...ROUTES, policy('ALLOW', rules)))).toEqual([]);
  });

  test('is silent for wildcards that contain an allowed host', () => {
    expect(problemsOf(closedHosts, all(GATEWAY_EXAMPLE, route('iris', '*.example.com'), route('wine', '*'), allows('hosts: [iris.example.com]')))).toEqual([]);
  });
});

describe('allowed-host-with-any-port', () => {
  const hosts = (action: string, operation: string) => policy(action, `to: [{ operation: { ${operation} } }]`);

  test('finds a host of a wildcard', () => {
    expect(problemsOf(allowedHostWithAnyPort, all(GATEWAY_EXAMPLE, route('iris', '*.b.test'), hosts('ALLOW', 'hosts: [a.test, "a.test:*"]')))).toEqual([{
      at: 'warning at AuthorizationPolicy istio-system/access spec.rules[0].to[0].operation.hosts',
      problem: '"a.test:*" also matches the host "a.test:.b.test:80", which the gateway routes to "*.b.test"',
      remedy: 'list the ports instead, such as "a.test:80" and "a.test:443"',
      related: ['VirtualService models/iris'],
    }]);
    expect(problemsOf(allowedHostWithAnyPort, all(GATEWAY_EXAMPLE, route('iris', '*.b.test'), hosts('DENY', 'notHosts: ["a.test:*"]')))).toHaveLength(1);
  });

  test.each<[string, string]>([
    ['no route is for a wildcard', all(GATEWAY_EXAMPLE, route('iris'), hosts('ALLOW', 'hosts: ["a.test:*"]'))],
    ['the ports are listed', all(GATEWAY_EXAMPLE, route('iris', '*.b.test'), hosts('ALLOW', 'hosts: [a.test, "a.test:80"]'))],
    ['all hosts are allowed', all(GATEWAY_EXAMPLE, route('iris', '*.b.test'), hosts('ALLOW', 'hosts: ["*", "a.test:*"]'))],
    ['the host is denied', all(GATEWAY_EXAMPLE, route('iris', '*.b.test'), hosts('DENY', 'hosts: [a.test, "a.test:*"]'))],
  ])('is silent if %s', (_what, yaml) => {
    expect(problemsOf(allowedHostWithAnyPort, yaml)).toEqual([]);
  });
});

describe('deny-closes-tcp', () => {
  const gateway = (protocol: string, tls = '') => GATEWAY_EXAMPLE.replace(/\n$/, `\n    - { port: { name: tcp, number: 443, protocol: ${protocol} }, hosts: ["*"]${tls} }\n`);

  test('finds a server on which the rule denies everything', () => {
    expect(problemsOf(denyClosesTcp, all(gateway('TCP'), policy('DENY', 'to: [{ operation: { paths: [/a] } }]')))).toEqual([{
      at: 'error at AuthorizationPolicy istio-system/access spec.rules[0]',
      problem: 'on port 443 of Gateway istio-system/gateway, which has protocol TCP, the rule denies all connections, since Istio ignores its conditions on requests there',
      remedy: 'add notPorts: ["8443"] to its operations, or ports with those of the HTTP servers',
      related: ['Gateway istio-system/gateway spec.servers[1]'],
    }]);
  });

  test.each<[string, string, number]>([
    ['TLS is passed through', all(gateway('HTTPS', ', tls: { mode: PASSTHROUGH }'), policy('DENY', 'when: [{ key: "request.headers[a]", values: [b] }]')), 1],
    ['the rule is about tokens', all(gateway('TLS'), policy('DENY', 'from: [{ source: { notRequestPrincipals: ["*"] } }]')), 1],
    ['the server has HTTP', all(gateway('HTTPS', ', tls: { mode: SIMPLE }'), policy('DENY', 'to: [{ operation: { paths: [/a] } }]')), 0],
    ['its port is excluded', all(gateway('TCP'), policy('DENY', 'to: [{ operation: { paths: [/a], notPorts: ["8443"] } }]')), 0],
    ['ports are listed', all(gateway('TCP'), policy('DENY', 'to: [{ operation: { paths: [/a], ports: ["8080"] } }]')), 0],
    ['the rule is about addresses', all(gateway('TCP'), policy('DENY', 'from: [{ source: { ipBlocks: [10.0.0.0/8] } }]')), 0],
    ['the rule is about names of servers', all(gateway('TLS'), policy('DENY', 'when: [{ key: connection.sni, values: [a] }]')), 0],
    ['one of two sources is about tokens', all(gateway('TCP'), policy('DENY', 'from: [{ source: { ipBlocks: [10.0.0.0/8] } }, { source: { requestPrincipals: [a] } }]')), 1],
    ['a source is about tokens and addresses', all(gateway('TCP'), policy('DENY', 'from: [{ source: { ipBlocks: [10.0.0.0/8], requestPrincipals: [a] } }]')), 0],
    ['one of two operations is for the port', all(gateway('TCP'), policy('DENY', 'to: [{ operation: { paths: [/a], ports: ["8080"] } }, { operation: { paths: [/b] } }]')), 1],
    ['it is the second rule', all(gateway('TCP'), policy('DENY', 'from: [{ source: { ipBlocks: [10.0.0.0/8] } }]\n    - to: [{ operation: { paths: [/a] } }]')), 1],
    ['everything is denied', all(gateway('TCP'), policy('DENY', '{}')), 0],
    ['requests are allowed', all(gateway('TCP'), policy('ALLOW', 'to: [{ operation: { paths: [/a] } }]')), 0],
    ['it is for other pods', all(gateway('TCP'), policy('DENY', 'to: [{ operation: { paths: [/a] } }]', { labels: '{ app: iris }' })), 0],
  ])('if %s', (_what, yaml, count) => {
    expect(problemsOf(denyClosesTcp, yaml)).toHaveLength(count);
  });
});

describe('gateway-without-certificates', () => {
  const from = (action: string, source: string, options = {}) => policy(action, `from: [{ source: { ${source} } }]`, options);

  test.each<[string, string, string]>([
    ['ALLOW', 'principals: [cluster.local/ns/a/sa/b]', 'the rule allows no request'],
    ['ALLOW', 'notNamespaces: [a]', 'the rule allows every request that matches the rest of it'],
    ['DENY', 'serviceAccounts: [a/b]', 'the rule denies no request'],
    ['DENY', 'notPrincipals: ["*"]', 'the rule denies every request that matches the rest of it'],
  ])('%s %s', (action, source, effect) => {
    expect(problemsOf(gatewayWithoutCertificates, all(GATEWAY_EXAMPLE, from(action, source)))).toEqual([{
      at: 'warning at AuthorizationPolicy istio-system/access spec.rules[0]',
      problem: `callers of Gateway istio-system/gateway have no certificate, so ${effect}`,
      remedy: 'identify callers by their tokens or addresses, or move the rule to the workloads behind the gateway',
      related: ['Gateway istio-system/gateway'],
    }]);
  });

  test.each<[string, string]>([
    ['a server asks for certificates', all(GATEWAY_EXAMPLE.replace('HTTP }', 'HTTPS }, tls: { mode: MUTUAL, credentialName: a }'), from('ALLOW', 'namespaces: [a]'))],
    ['another source does not need one', all(GATEWAY_EXAMPLE, policy('ALLOW', 'from: [{ source: { namespaces: [a] } }, { source: { ipBlocks: [10.0.0.0/8] } }]'))],
    ['it is for workloads', all(GATEWAY_EXAMPLE, from('ALLOW', 'namespaces: [a]', { namespace: 'models', labels: '{ app: iris }' }))],
    ['the Gateway is not known', from('ALLOW', 'namespaces: [a]')],
    ['requests are only logged', all(GATEWAY_EXAMPLE, from('AUDIT', 'namespaces: [a]'))],
  ])('is silent if %s', (_what, yaml) => {
    expect(problemsOf(gatewayWithoutCertificates, yaml)).toEqual([]);
  });
});

describe('rest-only-deny', () => {
  const PATHS = 'to: [{ operation: { paths: [/v2/models/fraud/*] } }]';
  const CALLERS = 'from: [{ source: { notRequestPrincipals: ["*"] } }]';

  test('finds a policy for REST only', () => {
    expect(problemsOf(restOnlyDeny, policy('DENY', `${PATHS}\n      ${CALLERS}`))).toEqual([{
      at: 'info at AuthorizationPolicy istio-system/access spec.rules[0]',
      problem: 'the policy denies "/v2/models/fraud/*" and no gRPC call, whose path does not contain the model',
      remedy: 'deny gRPC calls by the header seldon-model as well, if the gateway routes any',
      related: [],
    }]);
  });

  test.each<[string, string]>([
    ['one of two paths is that of models', policy('DENY', `to: [{ operation: { paths: [/a, /v2/models] } }]\n      ${CALLERS}`)],
    ['one of two operations is that of models', policy('DENY', `to: [{ operation: { paths: [/a] } }, { operation: { paths: ["/v2/models*"] } }]\n      ${CALLERS}`)],
    ['callers are named by a claim', policy('DENY', `${PATHS}\n      when: [{ key: "request.auth.claims[a]", notValues: [b] }]`)],
    ['callers are named by their namespace', policy('DENY', `${PATHS}\n      when: [{ key: source.namespace, notValues: [b] }]`)],
    ['callers are named by their address', policy('DENY', `${PATHS}\n      from: [{ source: { notIpBlocks: [10.0.0.0/8] } }]`)],
    ['only requests with another header are denied', policy('DENY', `${PATHS}\n      ${CALLERS}\n    - when: [{ key: "request.headers[x-team]", values: [a] }]\n      ${CALLERS}`)],
  ])('finds one if %s', (_what, yaml) => {
    expect(problemsOf(restOnlyDeny, yaml)).toHaveLength(1);
  });

  test.each<[string, string]>([
    ['the path only contains that of models', policy('DENY', `to: [{ operation: { paths: [/api/v2/models/fraud] } }]\n      ${CALLERS}`)],
    ['the path is that of other objects', policy('DENY', `to: [{ operation: { paths: [/v2/modelsets/a] } }]\n      ${CALLERS}`)],
    ['all paths are denied', policy('DENY', `${PATHS}\n      ${CALLERS}\n    - to: [{ operation: { paths: ["*"] } }]\n      ${CALLERS}`)],
    ['a template denies paths', policy('DENY', `${PATHS}\n      ${CALLERS}\n    - to: [{ operation: { paths: ["/{**}"] } }]\n      ${CALLERS}`)],
    ['all methods are denied', policy('DENY', `${PATHS}\n      ${CALLERS}\n    - to: [{ operation: { paths: [/a] } }, { operation: { methods: [POST] } }]\n      ${CALLERS}`)],
    ['a call is denied', policy('DENY', `${PATHS}\n      ${CALLERS}\n    - to: [{ operation: { paths: [/a, /inference.GRPCInferenceService/ModelInfer] } }]\n      ${CALLERS}`)],
    ['the calls are denied by their path', policy('DENY', `${PATHS.replace('/v2/models/fraud/*', '/v2/models/fraud/*, /inference.GRPCInferenceService/*')}\n      ${CALLERS}`)],
    ['the calls are denied by a header', policy('DENY', `${PATHS}\n      ${CALLERS}\n    - when: [{ key: "request.headers[seldon-model]", values: [fraud] }]\n      ${CALLERS}`)],
    ['all requests are denied', policy('DENY', `${PATHS}\n      ${CALLERS}\n    - ${CALLERS}`)],
    ['all callers are denied', policy('DENY', PATHS)],
    ['requests are allowed', policy('ALLOW', `${PATHS}\n      ${CALLERS}`)],
    ['the paths are not those of models', policy('DENY', `to: [{ operation: { paths: [/admin/*] } }]\n      ${CALLERS}`)],
    ['the routes are known', all(GATEWAY_EXAMPLE, route('fraud'), policy('DENY', `${PATHS}\n      ${CALLERS}`))],
  ])('is silent if %s', (_what, yaml) => {
    expect(problemsOf(restOnlyDeny, yaml)).toEqual([]);
  });
});
