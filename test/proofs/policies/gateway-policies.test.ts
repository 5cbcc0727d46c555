import { neverServedBy } from '../../../src/proofs/queries/one-state';
import { clusterOf } from '../../support/cluster';
import { document, GATEWAY, gateway, to, virtualService } from '../../support/routes';
import { changesOf } from '../support/differences';

const NOTHING = { changes: [], repeated: [], undecided: [] };
const ROUTES = GATEWAY + virtualService('iris', [to('a', 'match: [{uri: {prefix: /a/}}],'), to('b', 'match: [{uri: {prefix: /b/}}],')]);
const policy = (name: string, action: string, ...rules: readonly string[]) => (
  document('AuthorizationPolicy', name, 'istio-system', `{selector: {matchLabels: {istio: ingressgateway}}, action: ${action}, rules: [${rules.join(', ')}]}`)
);
const paths = (...list: readonly string[]) => `{to: [{operation: {paths: ['${list.join("', '")}']}}]}`;
const TOKENS = document('RequestAuthentication', 'tokens', 'istio-system', '{selector: {matchLabels: {istio: ingressgateway}}, jwtRules: [{issuer: https://idp.test}]}');

test('the same policies, under other names and in another order, change nothing', () => {
  const [first, second] = [policy('one', 'DENY', paths('/a/x')), policy('two', 'ALLOW', paths('/a/*', '/b/*'))];
  expect(changesOf(ROUTES + first + second, second + first.replace('name: one,', 'name: other,') + ROUTES)).toEqual(NOTHING);
});

test('a policy that denies a path', () => {
  expect(changesOf(ROUTES, ROUTES + policy('one', 'DENY', paths('/a/x*')))).toEqual({
    ...NOTHING,
    changes: [
      'prefix h.test/a/x: 100 % a.models:80 → 100 % denied 403',
      'prefix */a/x: 100 % not-found 404 → 100 % denied 403',
    ],
  });
});

test('a rule for paths that a policy denies before and after changes nothing', () => {
  const deny = policy('one', 'DENY', paths('/b/*'));
  expect(changesOf(ROUTES + deny, ROUTES.replace('host: b', 'host: c') + deny)).toEqual(NOTHING);
});

test('routes that change for those whom a policy allows, and only for them', () => {
  const allow = policy('one', 'ALLOW', "{to: [{operation: {paths: [/b/*], methods: [POST]}}], when: [{key: 'request.headers[x-team]', values: [risk, 'fraud-*']}]}");
  expect(changesOf(ROUTES + allow, ROUTES.replace('host: b', 'host: c') + allow)).toEqual({
    ...NOTHING,
    changes: [
      'prefix h.test/b/, method is "POST", header x-team is "risk": 100 % b.models:80 → 100 % c.models:80',
      'prefix h.test/b/, method is "POST", header x-team begins with "fraud-": 100 % b.models:80 → 100 % c.models:80',
    ],
  });
});

test('claims and principals of tokens', () => {
  const allow = (group: string) => policy('one', 'ALLOW', `{from: [{source: {requestPrincipals: ['*']}}], to: [{operation: {paths: [/b/*]}}], when: [{key: 'request.auth.claims[groups]', values: [${group}]}]}`);
  expect(changesOf(ROUTES + TOKENS + allow('risk'), ROUTES + TOKENS + allow('sales'))).toMatchObject({
    undecided: [],
    changes: expect.arrayContaining([
      expect.stringContaining('claim groups is "risk"') as string, expect.stringContaining('claim groups is "sales"') as string,
    ]) as string[],
  });
  expect(neverServedBy(clusterOf(ROUTES + TOKENS + allow('risk')), { claims: { groups: { exact: 'sales' } } }, 'models/b')).toMatchObject({ verdict: 'fails' });
  expect(neverServedBy(clusterOf(ROUTES + TOKENS + allow('risk')), { path: { prefix: '/a/' } }, 'models/a')).toEqual({ verdict: 'holds' });
});

test('addresses of clients', () => {
  const allow = (block: string) => policy('one', 'ALLOW', `{from: [{source: {remoteIpBlocks: [${block}]}}]}`);
  expect(changesOf(ROUTES + allow('10.0.0.0/8'), ROUTES + allow('10.0.0.0/9')).changes).toContain(
    'prefix h.test/a/, address of the client is in "10.0.0.0/8", address of the client is not in "10.0.0.0/9": 100 % a.models:80 → 100 % denied 403');
});

test('hosts, excluded methods and expressions', () => {
  const deny = (operation: string) => policy('one', 'DENY', `{to: [{operation: {${operation}}}]}`);
  expect(changesOf(ROUTES, ROUTES + deny('hosts: [h.test], notMethods: [GET], paths: ["/a/{*}/x"]')).changes).toEqual([
    expect.stringMatching(/^prefix h\.test\/a\/, path matches .*, authority .*method is not "GET": 100 % a\.models:80 → 100 % denied 403$/),
  ]);
});

test.each([
  ['an authorizer', 'CUSTOM', '{to: [{operation: {paths: [/a/*]}}]}', 'the policies of the gateway are different'],
  ['what is not known', 'DENY', "{when: [{key: 'destination.ip', values: [10.0.0.1]}]}", 'the policies of the gateway are different'],
  ['rules about tokens', 'tokens', '', 'the policies of the gateway are different'],
])('%s is not decided', (_, action, rule, reason) => {
  const after = action === 'tokens' ? TOKENS : policy('one', action, rule);
  expect(changesOf(ROUTES, ROUTES + after).undecided).toContain(reason);
});

test('tokens of several issuers, each with its own audience and place', () => {
  const selector = 'selector: {matchLabels: {istio: ingressgateway}}';
  const issuers = (namespace: string, ...written: readonly string[]) => written.map((rule, i) => document('RequestAuthentication', `tokens-${i}`, namespace, `{${selector}, jwtRules: [${rule}]}`)).join('');
  const tokens = issuers('istio-system', '{issuer: https://one.test, audiences: [one]}', '{issuer: https://two.test, audiences: [two], fromHeaders: [{name: x-token}]}');
  const allow = policy('one', 'ALLOW', "{from: [{source: {requestPrincipals: ['https://two.test/*']}}], to: [{operation: {paths: [/b/*]}}]}");
  expect(changesOf(ROUTES + tokens + allow, ROUTES.replace('host: b', 'host: c') + tokens + allow)).toEqual({
    ...NOTHING,
    changes: ['prefix h.test/b/, claim iss is "https://two.test", claim sub is present: 100 % b.models:80 → 100 % c.models:80'],
  });
  const other = issuers('istio-system', '{issuer: https://one.test, audiences: [other]}', '{issuer: https://two.test, audiences: [two], fromHeaders: [{name: x-token}]}');
  expect(changesOf(ROUTES + tokens + allow, ROUTES + other + allow).undecided).toContain('the policies of the gateway are different');
});

test('tokens that only pods read match no claims at the gateway', () => {
  const claims = GATEWAY + virtualService('iris', [to('a', "match: [{headers: {'@request.auth.claims.group': {exact: risk}}}],"), to('b')]);
  const tokens = (namespace: string) => document('RequestAuthentication', 'tokens', namespace, '{jwtRules: [{issuer: https://idp.test}]}');
  expect(changesOf(claims + tokens('models'), claims.replace('host: a', 'host: c') + tokens('models'))).toEqual(NOTHING);
  expect(changesOf(claims + tokens('istio-system'), claims.replace('host: a', 'host: c') + tokens('istio-system')).changes)
    .toEqual(['prefix h.test/, claim group is "risk": 100 % a.models:80 → 100 % c.models:80']);
});

test('a policy of some pods of a gateway only', () => {
  const pods = ['blue', 'green'].map((color) => document('Deployment', color, 'istio-system', `{template: {metadata: {labels: {istio: ingressgateway, color: ${color}}}}}`)).join('');
  const blue = (path: string) => document('AuthorizationPolicy', 'blue', 'istio-system', `{selector: {matchLabels: {color: blue}}, action: DENY, rules: [${paths(path)}]}`);
  expect(changesOf(ROUTES + pods + blue('/a/x'), ROUTES + pods + blue('/a/y')).undecided).toContain('the policies of the gateway are different');
  expect(changesOf(ROUTES + pods + blue('/a/x'), pods + ROUTES + blue('/a/x'))).toEqual(NOTHING);
});

test('policies of a server that forwards connections', () => {
  const server = "{port: {number: 443, name: tls, protocol: TLS}, hosts: ['*'], tls: {mode: PASSTHROUGH}}";
  const forwarding = gateway('tls', server) + virtualService('tls', [], { gateways: '[istio-system/tls]', more: 'tls: [{match: [{sniHosts: [h.test]}], route: [{destination: {host: a, port: {number: 443}}}]}],' });
  expect(changesOf(forwarding, forwarding + policy('one', 'DENY', '{}')).undecided).toContain('the policies of the gateway are different');
});

test('policies of the pods of Seldon Core 2', () => {
  const models = GATEWAY + virtualService('iris', ['{route: [{destination: {host: seldon-mesh, port: {number: 80}}}]}']);
  const deny = (path: string) => document('AuthorizationPolicy', 'envoy', 'models', `{selector: {matchLabels: {app.kubernetes.io/name: seldon-envoy}}, action: DENY, rules: [${paths(path)}]}`);
  expect(changesOf(models + deny('/x'), models + deny('/y')).undecided).toContain('the policies or filters of the pods that answer are different');
});
