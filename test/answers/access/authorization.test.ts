import { NormalRequest } from '../../../src/answers/normal-request';
import { atGateway, atPods, Difference, gatewayPolicy, login, podPolicy, readable, token } from '../../support/access';

// What AuthorizationPolicies decide.

const DENIED = '403: spec.rules[0] of AuthorizationPolicy istio-system/policy denies the request at AuthorizationPolicy istio-system/policy spec.rules[0]';

/** Whether a rule matches a request at the gateway. */
function matches(rule: string, difference: Difference): boolean | string[] {
  const verdict = readable(atGateway(`${login('- { issuer: https://login.test, forwardOriginalToken: true }')}${gatewayPolicy(`action: DENY\nrules:\n  - ${rule}`)}`, difference));
  if (Array.isArray(verdict)) return verdict;
  expect([DENIED, 'passes']).toContain(verdict);
  return verdict === DENIED;
}

const to = (operation: string) => `to: [{ operation: { ${operation} } }]`;
const from = (source: string) => `from: [{ source: { ${source} } }]`;
const when = (key: string, lists: string) => `when: [{ key: "${key}", ${lists} }]`;

const header = (...values: string[]): Difference => ({ lines: values.map((value) => ['x-team', value] as const) });
const outside = (peer: Omit<Extract<NormalRequest['peer'], { kind: 'outside' }>, 'kind'>): Difference => ({ peer: { kind: 'outside', ...peer } });

describe.each<[string, string, [Difference, boolean][]]>([
  ['a path', to('paths: [/a]'), [[{ path: '/a' }, true], [{ path: '/a', query: 'x' }, true], [{ path: '/a/' }, false], [{ path: '/A' }, false]]],
  ['a prefix', to('paths: ["/a*"]'), [[{ path: '/a' }, true], [{ path: '/ab' }, true], [{ path: '/b' }, false]]],
  ['a suffix', to('paths: ["*/infer"]'), [[{ path: '/a/infer' }, true], [{ path: '/infer' }, true], [{ path: '/inferx' }, false]]],
  ['any path', to('paths: ["*"]'), [[{ path: '/' }, true]]],
  ['an asterisk inside of a path', to('paths: [/a/*/b]'), [[{ path: '/a/x/b' }, false], [{ path: '/a/*/b' }, true]]],
  ['a template', to('paths: ["/v2/{*}/infer"]'), [
    [{ path: '/v2/iris/infer' }, true], [{ path: '/v2/a/b/infer' }, false], [{ path: '/v2//infer' }, false], [{ path: '/v2/a=b*/infer' }, true],
  ]],
  ['a template for the rest', to('paths: ["/v2/{**}"]'), [[{ path: '/v2/' }, true], [{ path: '/v2/a/b' }, true], [{ path: '/v2' }, false]]],
  ['excluded paths', to('notPaths: [/a, "/b*"]'), [[{ path: '/a' }, false], [{ path: '/bb' }, false], [{ path: '/c' }, true]]],
  ['a host', to('hosts: [X.test]'), [[{ authority: 'x.TEST' }, true], [{ authority: 'x.test:80' }, false]]],
  ['a host with any port', to('hosts: ["x.test:*"]'), [[{ authority: 'X.test:80' }, true], [{ authority: 'x.test' }, false]]],
  ['a method', to('methods: [get, POST]'), [[{ method: 'GET' }, false], [{ method: 'POST' }, true]]],
  ['a port', to('ports: ["8080"]'), [[{ port: 8080 }, true], [{ port: 80 }, false]]],
  ['a port of the proxy itself', to('ports: ["15021"]'), [[{}, false]]],
  ['an operation with two fields', to('paths: [/a], methods: [GET]'), [[{ path: '/a' }, true], [{ path: '/a', method: 'PUT' }, false]]],
  ['one of two operations', 'to: [{ operation: { paths: [/a] } }, { operation: { methods: [PUT] } }]', [
    [{ path: '/a' }, true], [{ method: 'PUT' }, true], [{}, false],
  ]],
  ['a header', when('request.headers[X-Team]', 'values: [red]'), [
    [header('red'), true], [header('blue', 'red'), true], [header('red,blue'), false], [header('Red'), false], [{}, false],
  ]],
  ['a header that is present', when('request.headers[x-team]', 'values: ["*"]'), [[header(''), true], [{}, false]]],
  ['an excluded header', when('request.headers[x-team]', 'notValues: [red]'), [[header('blue'), true], [header('blue', 'red'), false], [{}, true]]],
  ['a header that is joined', when('request.headers[accept]', 'values: [a]'), [
    [{ lines: [['accept', 'a']] }, true], [{ lines: [['accept', 'a'], ['accept', 'b']] }, false],
  ]],
  ['the host as a header', when('request.headers[host]', 'values: [x.test]'), [[{}, true], [{ authority: 'X.test' }, false]]],
  ['both lists of a condition', when('request.headers[x-team]', 'values: ["re*"], notValues: [red]'), [[header('rex'), true], [header('red'), false]]],
  ['a claim', when('request.auth.claims[groups]', 'values: [risk]'), [
    [{ token: token({ groups: 'risk' }) }, true], [{ token: token({ groups: ['a', 'risk'] }) }, true], [{ token: token({ groups: { risk: 'risk' } }) }, false],
    [{ token: token({ groups: 1 }) }, false], [{}, false],
  ]],
  ['a claim of words', when('request.auth.claims[scope]', 'values: [write]'), [
    [{ token: token({ scope: 'read write' }) }, true], [{ token: token({ scope: 'rewrite' }) }, false],
  ]],
  ['a nested claim', when('request.auth.claims[realm][roles]', 'values: ["te*"]'), [
    [{ token: token({ realm: { roles: ['tester'] } }) }, true], [{ token: token({ realm: 'tester' }) }, false],
  ]],
  ['a claim whose name has dots', when('request.auth.claims[a.b]', 'values: [yes]'), [
    [{ token: token({ 'a.b': 'yes' }) }, true], [{ token: token({ a: { b: 'yes' } }) }, false],
  ]],
  ['audiences', when('request.auth.audiences', 'values: [models]'), [[{ token: token({ aud: ['x', 'models'] }) }, true], [{ token: token({ aud: 'x' }) }, false]]],
  ['a presenter', when('request.auth.presenter', 'values: [portal]'), [[{ token: token({ azp: 'portal' }) }, true], [{ token: token({}) }, false]]],
  ['any token', from('requestPrincipals: ["*"]'), [[{ token: token({}) }, true], [{ token: token({ sub: undefined }) }, false], [{}, false]]],
  ['a principal of a token', from('requestPrincipals: [https://login.test/alice]'), [
    [{ token: token({}) }, true], [{ token: token({ sub: 'bob' }) }, false], [{ token: token({ sub: 'x/alice' }) }, false],
  ]],
  ['principals of an issuer', from('requestPrincipals: [https://login.test/*]'), [[{ token: token({ sub: 'bob' }) }, true], [{}, false]]],
  ['principals by their end', from('requestPrincipals: ["*/alice"]'), [[{ token: token({}) }, true], [{ token: token({ sub: 'malice' }) }, false]]],
  ['principals by their end, without a slash', from('requestPrincipals: ["*lice"]'), [[{ token: token({ sub: 'malice' }) }, true], [{ token: token({ sub: 'bob' }) }, false]]],
  ['principals by the beginning of the issuer', from('requestPrincipals: ["https://lo*"]'), [[{ token: token({}) }, false]]],
  ['an excluded principal of a token', from('notRequestPrincipals: ["*"]'), [[{}, true], [{ token: token({}) }, false]]],
  ['a certificate', from('principals: [cluster.local/ns/jobs/sa/batch]'), [
    [outside({ certificate: { principal: 'cluster.local/ns/jobs/sa/batch' } }), true], [outside({ certificate: { principal: 'cluster.local/ns/jobs/sa/b' } }), false],
    [outside({}), false],
  ]],
  ['any certificate', from('principals: ["*"]'), [[outside({ certificate: {} }), true], [outside({}), false]]],
  ['a certificate by its end', from('principals: ["*/sa/batch"]'), [[outside({ certificate: { principal: 'a/ns/b/sa/batch' } }), true], [outside({ certificate: {} }), false]]],
  ['a namespace', from('namespaces: ["jo*s"]'), [
    [outside({ certificate: { principal: 'cluster.local/ns/jobs/sa/a' } }), true], [outside({ certificate: { principal: 'cluster.local/ns/x/sa/a' } }), false],
  ]],
  ['an excluded namespace', from('notNamespaces: [jobs]'), [[outside({}), true], [outside({ certificate: { principal: 'cluster.local/ns/jobs/sa/a' } }), false]]],
  ['a service account', from('serviceAccounts: [jobs/batch]'), [
    [outside({ certificate: { principal: 'cluster.local/ns/jobs/sa/batch' } }), true], [outside({ certificate: { principal: 'cluster.local/ns/jobs/sa/batch2' } }), false],
  ]],
  ['a service account of the namespace of the policy', from('serviceAccounts: [batch]'), [
    [outside({ certificate: { principal: 'cluster.local/ns/istio-system/sa/batch' } }), true], [outside({ certificate: { principal: 'cluster.local/ns/jobs/sa/batch' } }), false],
  ]],
  ['a trust domain', from('trustDomains: ["*.local"]'), [
    [outside({ certificate: { principal: 'cluster.local/ns/a/sa/b' } }), true], [outside({ certificate: { principal: 'cluster.org/ns/a/sa/b' } }), false],
  ]],
  ['addresses of the connection', from('ipBlocks: [10.0.0.0/8, "2001:db8::/32"]'), [
    [outside({ sourceAddress: '10.1.2.3' }), true], [outside({ sourceAddress: '11.1.2.3' }), false], [outside({ sourceAddress: '2001:db8::1' }), true],
  ]],
  ['addresses of the client', when('remote.ip', 'values: [10.1.2.3]'), [[outside({ remoteAddress: '10.1.2.3' }), true], [outside({ remoteAddress: '10.1.2.4' }), false]]],
  ['a server name', when('connection.sni', 'values: ["*.test"]'), [[outside({ serverName: 'x.test' }), true], [outside({}), false]]],
  ['a rule without conditions', '{}', [[{}, true]]],
])('%s', (_title, rule, requests) => {
  test.each(requests)('%j: %s', (difference, expected) => {
    expect(matches(rule, difference)).toBe(expected);
  });
});

test('DENY comes before ALLOW, and without an ALLOW policy all other requests pass', () => {
  const deny = gatewayPolicy('action: DENY\nrules: [{ to: [{ operation: { paths: [/a] } }] }]');
  const allow = gatewayPolicy('rules: [{ to: [{ operation: { paths: [/a, /b] } }] }]', 'open');
  expect(readable(atGateway(deny + allow, { path: '/a' }))).toBe(DENIED);
  expect(readable(atGateway(deny + allow, { path: '/b' }))).toBe('passes');
  expect(readable(atGateway(deny + allow, { path: '/c' }))).toBe('403: AuthorizationPolicy istio-system/open does not allow the request at AuthorizationPolicy istio-system/open spec.rules');
  expect(readable(atGateway(deny, { path: '/c' }))).toBe('passes');
});

test('of several ALLOW policies one is enough', () => {
  const policies = ['/a', '/b'].map((path, i) => gatewayPolicy(`rules: [{ to: [{ operation: { paths: [${path}] } }] }]`, `p${i}`)).join('');
  expect(readable(atGateway(policies, { path: '/b' }))).toBe('passes');
  expect(readable(atGateway(policies, { path: '/c' })))
    .toBe('403: none of AuthorizationPolicy istio-system/p0, AuthorizationPolicy istio-system/p1 allows the request at AuthorizationPolicy istio-system/p0 spec.rules');
});

test('a policy without rules allows nothing', () => {
  expect(readable(atGateway(gatewayPolicy('action: ALLOW')))).toContain('does not allow the request');
});

test.each([['AUDIT', ''], ['DENY', 'annotations: { istio.io/dry-run: "true" }, ']])('%s that only logs has no effect', (action, annotation) => {
  const policy = gatewayPolicy(`action: ${action}\nrules: [{}]`).replace('metadata: {', `metadata: { ${annotation}`);
  expect(readable(atGateway(policy))).toBe('passes');
});

test('policies apply to the pods that they select', () => {
  const deny = podPolicy('action: DENY\nrules: [{}]');
  expect(readable(atPods(deny))).toContain('403');
  expect(readable(atPods(deny.replace('app: iris', 'app: wine')))).toBe('passes');
  expect(readable(atPods(deny.replace('namespace: models', 'namespace: others')))).toBe('passes');
  expect(readable(atPods(deny.replace('namespace: models', 'namespace: istio-system')))).toContain('403');
  expect(readable(atPods(deny.replace('  selector: { matchLabels: { app: iris } }\n', '')))).toContain('403');
});

test('an authorizer is asked, whose answer is not known', () => {
  const custom = gatewayPolicy('action: CUSTOM\nprovider: { name: opa }\nrules: [{ to: [{ operation: { paths: [/a] } }] }]', 'ask');
  expect(readable(atGateway(custom, { path: '/b' }))).toBe('passes');
  expect(readable(atGateway(custom + gatewayPolicy('action: DENY\nrules: [{ to: [{ operation: { methods: [PUT] } }] }]'), { path: '/a' }))).toEqual([
    'the authorizer "opa" denies the request: 403: the authorizer "opa" denies the request at AuthorizationPolicy istio-system/ask spec.rules[0]',
    'the authorizer "opa" allows the request: passes',
  ]);
});

test('two authorizers for the same pods deny what their policies match', () => {
  const custom = (name: string) => gatewayPolicy(`action: CUSTOM\nprovider: { name: ${name} }\nrules: [{ to: [{ operation: { paths: [/${name}] } }] }]`, name);
  expect(readable(atGateway(custom('a') + custom('b'), { path: '/a' }))).toBe('403: spec.rules[0] of AuthorizationPolicy istio-system/a matches, and policies for these '
    + 'pods name several authorizers, so that Istio asks none of them and denies the request at AuthorizationPolicy istio-system/a spec.rules[0]');
  expect(readable(atGateway(custom('a') + custom('b'), { path: '/c' }))).toBe('passes');
});

test('an address that is not known leads to cases', () => {
  const deny = gatewayPolicy('action: DENY\nrules: [{ from: [{ source: { ipBlocks: [10.0.0.0/8] } }], to: [{ operation: { paths: [/a] } }] }]');
  expect(readable(atGateway(deny, { path: '/a' }))).toEqual([`the address of the connection matches spec.rules[0] of AuthorizationPolicy istio-system/policy: ${DENIED}`, 'otherwise: passes']);
  expect(readable(atGateway(deny, { path: '/b' }))).toBe('passes');
  const allow = gatewayPolicy('rules: [{ from: [{ source: { remoteIpBlocks: [10.0.0.0/8] } }] }]');
  expect(readable(atGateway(allow))).toEqual([
    'the address of the client matches spec.rules[0] of AuthorizationPolicy istio-system/policy: passes',
    'otherwise: 403: AuthorizationPolicy istio-system/policy does not allow the request at AuthorizationPolicy istio-system/policy spec.rules',
  ]);
});

test('callers inside the mesh have the identity of their service account', () => {
  const policy = podPolicy('rules: [{ from: [{ source: { principals: [cluster.local/ns/jobs/sa/batch] } }] }]');
  const peer = (serviceAccount: string) => ({ peer: { kind: 'workload' as const, namespace: 'jobs', labels: {}, serviceAccount } });
  expect(readable(atPods(policy, peer('batch')))).toBe('passes');
  expect(readable(atPods(policy, peer('other')))).toContain('403');
});

describe('PeerAuthentication', () => {
  const peers = (mode: string, others = '') => `
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: models${others} }
spec: { mtls: { mode: ${mode} } }
---`;
  const workload = { peer: { kind: 'workload' as const, namespace: 'jobs', labels: {}, serviceAccount: 'batch' } };

  test('STRICT refuses clients without a sidecar, and no others', () => {
    expect(readable(atPods(peers('STRICT')))).toBe('refused: the pods require mutual TLS, and the client has no sidecar at PeerAuthentication models/default spec.mtls');
    expect(readable(atPods(peers('STRICT'), workload))).toBe('passes');
    expect(readable(atPods(peers('PERMISSIVE')))).toBe('passes');
  });

  test('without mutual TLS no caller has an identity', () => {
    const policy = podPolicy('rules: [{ from: [{ source: { namespaces: [jobs] } }] }]');
    expect(readable(atPods(policy + peers('PERMISSIVE'), workload))).toBe('passes');
    expect(readable(atPods(policy + peers('DISABLE'), workload))).toContain('403');
  });

  test('at gateways it has no effect', () => {
    expect(readable(atGateway(peers('STRICT').replace('models', 'istio-system')))).toBe('passes');
  });

  test('that of pods takes precedence over that of the namespace, and a port over both', () => {
    const own = peers('PERMISSIVE').replace('default', 'own').replace('spec: {', 'spec: { selector: { matchLabels: { app: iris } }, portLevelMtls: { 8080: { mode: STRICT } },');
    expect(readable(atPods(peers('STRICT') + own))).toBe('passes');
    expect(readable(atPods(peers('STRICT') + own, { port: 8080 }))).toContain('refused');
  });

  test('of two for the same pods the oldest one counts', () => {
    const [a, b] = [peers('STRICT').replace('default', 'a'), peers('DISABLE').replace('default', 'b')];
    expect(readable(atPods(a + b))).toEqual([
      'PeerAuthentication models/a is the oldest PeerAuthentication of its scope: refused: the pods require mutual TLS, and the client has no sidecar '
        + 'at PeerAuthentication models/a spec.mtls',
      'PeerAuthentication models/b is the oldest PeerAuthentication of its scope: passes',
    ]);
    const aged = (yaml: string, day: number) => yaml.replace('namespace: models', `namespace: models, creationTimestamp: "2026-01-0${day}T00:00:00Z"`);
    expect(readable(atPods(aged(a, 2) + aged(b, 1)))).toBe('passes');
  });
});

test('the steps of a trace name the nearest miss', () => {
  const deny = gatewayPolicy(`action: DENY
rules:
  - { to: [{ operation: { paths: [/a], methods: [PUT] } }], when: [{ key: "request.headers[x-team]", values: [red] }] }
  - { to: [{ operation: { paths: [/a] } }], when: [{ key: "request.headers[x-team]", values: [red, blue] }] }`);
  const steps = (difference: Difference) => atGateway(deny, difference).steps().map(({ matched, text }) => `${matched ? '+' : '-'} ${text}`);
  expect(steps({ path: '/a' })).toEqual(['- DENY: spec.rules[1] does not match, since header x-team is absent']);
  expect(steps({ path: '/b', lines: [['x-team', 'red']] })).toEqual(['- DENY: spec.rules[1] does not match, since path is "/b", not "/a"']);
  expect(steps({ path: '/a', lines: [['x-team', 'blue']] })).toEqual(['+ DENY: spec.rules[1] matches']);
});
