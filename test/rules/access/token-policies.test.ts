import { GATEWAY_EXAMPLE, loginExample, policyExample } from '../../../src/rules/access/access-example';
import { claimsWithoutAuthentication } from '../../../src/rules/access/claims-without-authentication';
import { optionalToken } from '../../../src/rules/access/optional-token';
import { tokenNotForwarded } from '../../../src/rules/access/token-not-forwarded';
import { levelsOf, problemsOf } from '../../support/cluster';

// Rules about tokens that policies rely on.

const all = (...documents: string[]) => documents.join('---\n');
const AT_IRIS = { namespace: 'models', labels: '{ app: iris }' };
const policy = (action: string, rule: string, options = {}) => policyExample(`  action: ${action}\n  rules:\n    - ${rule}`, options);
const CLAIM = 'when: [{ key: "request.auth.claims[groups]", values: [risk] }]';
const NO_CLAIM = 'when: [{ key: "request.auth.claims[groups]", notValues: [risk] }]';
const OTHER_LOGIN = loginExample({ labels: '{ istio: egressgateway }' });

describe('claims-without-authentication', () => {
  test.each<[string, string, string]>([
    ['ALLOW', CLAIM, 'the rule allows no request'],
    ['DENY', CLAIM, 'the rule denies no request'],
    ['DENY', NO_CLAIM, 'the rule denies every request that matches the rest of it'],
    ['ALLOW', 'from: [{ source: { notRequestPrincipals: [a/b] } }]', 'the rule allows every request that matches the rest of it'],
    ['ALLOW', 'from: [{ source: { requestPrincipals: ["*"] } }]', 'the rule allows no request'],
  ])('%s %s', (action, rule, effect) => {
    expect(problemsOf(claimsWithoutAuthentication, all(OTHER_LOGIN, policy(action, rule)))).toEqual([{
      at: 'warning at AuthorizationPolicy istio-system/access spec.rules[0]',
      problem: `no RequestAuthentication applies to pods istio=ingressgateway in all namespaces, so no request has claims there and ${effect}`,
      remedy: 'add a RequestAuthentication for the same pods',
      related: [],
    }]);
  });

  test('information if no RequestAuthentication is known', () => {
    expect(levelsOf(claimsWithoutAuthentication, policy('ALLOW', CLAIM))).toEqual(['info']);
  });

  test.each<[string, string, number]>([
    ['one is for the same pods', all(loginExample(), policy('ALLOW', CLAIM)), 0],
    ['one is for pods that may be the same', all(loginExample({ labels: '{ version: v1 }' }), policy('ALLOW', CLAIM)), 0],
    ['one is for the whole mesh', all(loginExample({ labels: '{}' }), policy('ALLOW', CLAIM, AT_IRIS)), 0],
    ['one is for the namespace', all(loginExample({ namespace: 'models', labels: '{}' }), policy('ALLOW', CLAIM, AT_IRIS)), 0],
    ['one is for another namespace', all(loginExample({ namespace: 'other', labels: '{ app: iris }' }), policy('ALLOW', CLAIM, AT_IRIS)), 1],
    ['the gateway has one', all(loginExample(), policy('ALLOW', CLAIM, { namespace: 'models', labels: '{ istio: none }' })), 1],
    ['the rule does not read tokens', all(OTHER_LOGIN, policy('ALLOW', 'to: [{ operation: { paths: [/a] } }]')), 0],
    ['another source needs no token', all(OTHER_LOGIN, policy('ALLOW', 'from: [{ source: { requestPrincipals: ["*"] } }, { source: { namespaces: [a] } }]')), 0],
    ['requests are only logged', all(OTHER_LOGIN, policy('AUDIT', CLAIM)), 0],
    ['it refers to objects', all(OTHER_LOGIN.replace('istio-system', 'models'), policyExample(`  targetRefs: [{ kind: Service, name: iris }]\n  rules:\n    - ${CLAIM}`, { namespace: 'models', labels: '' })), 0],
  ])('if %s', (_what, yaml, count) => {
    expect(problemsOf(claimsWithoutAuthentication, yaml)).toHaveLength(count);
  });
});

describe('optional-token', () => {
  test('finds a RequestAuthentication alone', () => {
    expect(problemsOf(optionalToken, loginExample(AT_IRIS))).toEqual([{
      at: 'info at RequestAuthentication models/login',
      problem: 'requests without a token are accepted by pods app=iris in namespace models, since no AuthorizationPolicy there requires one',
      remedy: 'to require a token, deny requests with notRequestPrincipals: ["*"]',
      related: [],
    }]);
  });

  test.each<[string, string, number]>([
    ['a policy requires a token', all(loginExample(AT_IRIS), policy('ALLOW', CLAIM, AT_IRIS)), 0],
    ['a policy for the mesh requires one', all(loginExample(AT_IRIS), policy('DENY', 'from: [{ source: { notRequestPrincipals: ["*"] } }]', { labels: '{}' })), 0],
    ['an external authorizer decides', all(loginExample(AT_IRIS), policyExample('  action: CUSTOM\n  provider: { name: a }\n  rules: [{}]', AT_IRIS)), 0],
    ['a policy of another namespace requires one', all(loginExample(AT_IRIS), policy('ALLOW', CLAIM, { ...AT_IRIS, namespace: 'other' })), 1],
    ['a policy is not about tokens', all(loginExample(AT_IRIS), policy('ALLOW', 'to: [{ operation: { paths: [/a] } }]', AT_IRIS)), 1],
    ['there are no rules', loginExample(AT_IRIS).replace(/ {2}jwtRules:[^]*/, '  jwtRules: []\n'), 0],
    ['routes are chosen by claims', all(loginExample(), `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: a, namespace: b }
spec: { hosts: [a.test], http: [{ match: [{ headers: { "@request.auth.claims.groups": { exact: risk } } }] }] }
`), 0],
  ])('if %s', (_what, yaml, count) => {
    expect(problemsOf(optionalToken, yaml)).toHaveLength(count);
  });
});

describe('token-not-forwarded', () => {
  const ROUTE = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: iris, namespace: models }
spec:
  hosts: [models.example.com]
  gateways: [istio-system/gateway]
  http:
    - route: [{ destination: { host: iris, port: { number: 80 } } }]
`;
  const REMOVING = loginExample({ forwards: false });
  const OWN = loginExample({ ...AT_IRIS, name: 'own' });

  test('finds a gateway that removes the token', () => {
    expect(problemsOf(tokenNotForwarded, all(GATEWAY_EXAMPLE, REMOVING, OWN, ROUTE, policy('ALLOW', CLAIM, AT_IRIS)))).toEqual([{
      at: 'warning at AuthorizationPolicy models/access spec.rules[0]',
      problem: 'requests through Gateway istio-system/gateway and VirtualService models/iris arrive without the token, which RequestAuthentication istio-system/login '
        + 'does not forward, and the rule allows no request',
      remedy: 'set forwardOriginalToken: true in RequestAuthentication istio-system/login',
      related: ['RequestAuthentication istio-system/login spec.jwtRules[0]', 'Gateway istio-system/gateway', 'VirtualService models/iris'],
    }]);
  });

  test.each<[string, string[]]>([
    ['the gateway forwards it', [GATEWAY_EXAMPLE, loginExample(), OWN, ROUTE, policy('ALLOW', CLAIM, AT_IRIS)]],
    ['the gateway does not know the issuer', [GATEWAY_EXAMPLE, REMOVING.replace('login.example.com', 'other.example.com'), OWN, ROUTE, policy('ALLOW', CLAIM, AT_IRIS)]],
    ['the workload validates no token', [GATEWAY_EXAMPLE, REMOVING, ROUTE, policy('ALLOW', CLAIM, AT_IRIS)]],
    ['no route leads there', [GATEWAY_EXAMPLE, REMOVING, OWN, ROUTE.replace('host: iris,', 'host: iris.other.svc.cluster.local,'), policy('ALLOW', CLAIM, AT_IRIS)]],
    ['the route is for the mesh', [GATEWAY_EXAMPLE, REMOVING, OWN, ROUTE.replace('[istio-system/gateway]', '[mesh]'), policy('ALLOW', CLAIM, AT_IRIS)]],
    ['the policy is not about tokens', [GATEWAY_EXAMPLE, REMOVING, OWN, ROUTE, policy('ALLOW', 'to: [{ operation: { paths: [/a] } }]', AT_IRIS)]],
    ['the policy is at the gateway', [GATEWAY_EXAMPLE, REMOVING, OWN, ROUTE, policy('ALLOW', CLAIM)]],
  ])('is silent if %s', (_what, documents) => {
    expect(problemsOf(tokenNotForwarded, all(...documents))).toEqual([]);
  });
});
