import { ApiObject, App, Chart, Testing } from 'cdk8s';
import { PolicyTargetRef } from '../../../src/istio/common/policy-target';
import { Gateway } from '../../../src/istio/gateway/gateway';
import { Mesh } from '../../../src/mesh/mesh';
import { Warnings } from '../../../src/mesh/warnings';
import { DenyByDefault } from '../../../src/security/access/deny-by-default';
import { RequestAuthentication } from '../../../src/security/authentication/request-authentication';
import { AuthorizationAction, AuthorizationPolicy, AuthorizationPolicyProps } from '../../../src/security/authorization/authorization-policy';
import { AuthorizationCondition, AuthorizationOperation, AuthorizationRule, AuthorizationSource } from '../../../src/security/authorization/authorization-rule';
import { Rules } from '../../../src/synthesis/rules';
import { messageOf } from '../../support/errors';
import { synth, testChart } from '../../support/manifests';

function chartOf(istioVersion?: string): Chart {
  const app = new App();
  if (istioVersion !== undefined) Mesh.configure(app, { istioVersion });
  return new Chart(app, 'test', { namespace: 'models' });
}

function made(props?: AuthorizationPolicyProps, istioVersion?: string): AuthorizationPolicy {
  return new AuthorizationPolicy(chartOf(istioVersion), 'policy', props);
}

const manifestOf = (props: AuthorizationPolicyProps) => ApiObject.of(made(props)).toJson();
const errorOf = (props: AuthorizationPolicyProps, istioVersion?: string) => messageOf(() => made(props, istioVersion));
const errorOfRule = (rule: AuthorizationRule, istioVersion?: string) => errorOf({ rules: [rule] }, istioVersion);
const synthError = (props: AuthorizationPolicyProps) => messageOf(() => synth(App.of(made(props))));
const at = (message: string) => `${message} (at test/policy)`;

test('defaultChild', () => {
  expect(ApiObject.of(made()).kind).toEqual('AuthorizationPolicy');
});

test('minimal', () => {
  const chart = testChart(undefined, 'models');
  new AuthorizationPolicy(chart, 'deny-all');
  expect(Testing.synth(chart)).toMatchInlineSnapshot(`
[
  {
    "apiVersion": "security.istio.io/v1",
    "kind": "AuthorizationPolicy",
    "metadata": {
      "name": "deny-all",
      "namespace": "models",
    },
    "spec": {},
  },
]
`);
});

test('a rule has every field', () => {
  const source: AuthorizationSource = {
    principals: ['*/ns/a/sa/b'],
    notPrincipals: ['*/sa/c'],
    requestPrincipals: ['https://login/*'],
    notRequestPrincipals: ['https://login/x'],
    namespaces: ['a'],
    notNamespaces: ['b'],
    trustDomains: ['cluster.local'],
    notTrustDomains: ['other'],
    ipBlocks: ['10.0.0.0/8'],
    notIpBlocks: ['10.1.2.3'],
    remoteIpBlocks: ['::1'],
    notRemoteIpBlocks: ['fd00::/8'],
  };
  const operation: AuthorizationOperation = {
    hosts: ['a.example.com', 'a.example.com:*'],
    notHosts: ['b.example.com', 'b.example.com:*'],
    methods: ['GET'],
    notMethods: ['POST'],
    paths: ['/v2/*', '/{*}/x/{**}'],
    notPaths: ['*/y'],
  };
  const when: AuthorizationCondition[] = [{ key: 'request.headers[x-team]', values: ['a'], notValues: ['b'] }, { key: 'destination.port', values: ['80'] }];
  const rules = [{ from: [source, { serviceAccounts: ['a/b'], notServiceAccounts: ['c'] }], to: [{ ...operation, ports: [80], notPorts: [81] }], when }];
  const { spec } = manifestOf({ selector: { app: 'iris' }, rules });
  expect(spec).toEqual({
    selector: { matchLabels: { app: 'iris' } },
    rules: [{
      from: [{ source }, { source: { serviceAccounts: ['a/b'], notServiceAccounts: ['c'] } }],
      to: [{ operation: { ...operation, ports: ['80'], notPorts: ['81'] } }],
      when,
    }],
  });
});

test('a rule for all requests', () => {
  expect(manifestOf({ action: AuthorizationAction.DENY, rules: [{ everything: true }] }).spec).toEqual({ action: 'DENY', rules: [{}] });
});

describe('a policy that closes the whole mesh', () => {
  const others = { namespace: 'istio-system', rules: [{ from: [{ namespaces: ['a'] }] }] };

  test.each<[string, AuthorizationPolicyProps, string]>([
    ['without rules', { namespace: 'istio-system' },
      'the policy has no rules and no other policy allows requests, so all requests to the pods of all namespaces are denied. '
      + 'If that is not intended, add rules, or rules: [{}] with action ALLOW to allow everything'],
    ['that allows only some requests', others, 'the policy is in the root namespace and has no selector, so all requests in the mesh that no policy allows are '
      + 'denied. If that is not intended, set a selector, or create it in another namespace'],
    ['that denies everything', { namespace: 'istio-system', action: AuthorizationAction.DENY, rules: [{ everything: true }] },
      'the rule is empty, so the policy denies all requests to the pods of all namespaces. '
      + 'If that is not intended, add rules, or rules: [{}] with action ALLOW to allow everything'],
  ])('fails at synthesis %s', (_what, props, message) => {
    expect(synthError(props)).toBe(`Validation failed with the following errors:\n  [test/policy] ${message} (rule policy-for-all-requests)`);
  });

  test('fails wherever the root namespace is', () => {
    const app = Testing.app();
    Mesh.configure(app, { rootNamespace: 'mesh-root' });
    new AuthorizationPolicy(new Chart(app, 'test'), 'policy', { ...others, namespace: 'mesh-root' });
    expect(() => synth(app)).toThrow('the policy is in the root namespace and has no selector');
  });

  test.each<[string, AuthorizationPolicyProps]>([
    ['in another namespace', { ...others, namespace: 'models' }],
    ['with a selector', { ...others, selector: { app: 'web' } }],
    ['with targets', { ...others, targetRefs: [PolicyTargetRef.gateway('waypoint')] }],
    ['that denies some requests', { ...others, action: AuthorizationAction.DENY }],
    ['that is a dry run', { ...others, dryRun: true }],
  ])('is not one %s', (_what, props) => {
    expect(synthError(props)).toBe('no error');
  });

  test('can be accepted, and the manifest keeps the reason', () => {
    const policy = made(others);
    Rules.accept(policy, 'policy-for-all-requests', 'all callers are in namespace a');
    expect(Testing.synth(Chart.of(policy))).toEqual([{
      apiVersion: 'security.istio.io/v1',
      kind: 'AuthorizationPolicy',
      metadata: { name: 'policy', namespace: 'istio-system', annotations: { 'cdk8s-seldon-istio.io/accept-policy-for-all-requests': 'all callers are in namespace a' } },
      spec: { rules: [{ from: [{ source: { namespaces: ['a'] } }] }] },
    }]);
  });
});

test('an external authorizer decides', () => {
  expect(manifestOf({ action: AuthorizationAction.CUSTOM, provider: 'oauth2', rules: [{ to: [{ paths: ['/v2/*'] }] }] }).spec)
    .toEqual({ action: 'CUSTOM', provider: { name: 'oauth2' }, rules: [{ to: [{ operation: { paths: ['/v2/*'] } }] }] });
});

test('a dry run', () => {
  expect(manifestOf({ dryRun: true, rules: [{ everything: true }] }).metadata.annotations).toEqual({ 'istio.io/dry-run': 'true' });
  expect(manifestOf({ dryRun: false, rules: [{ everything: true }] }).metadata.annotations).toBeUndefined();
});

test.each<[string, AuthorizationPolicyProps, string]>([
  ['DENY without rules', { action: AuthorizationAction.DENY }, 'action DENY without rules. Add rules, since no request would match, or [{ everything: true }] for all requests'],
  ['an unknown action', { action: 'deny' as never }, 'action "deny". Expected one of ALLOW, DENY, AUDIT, CUSTOM'],
  ['no props', null as never, 'props null. Expected an object with action, dryRun, provider or rules'],
  ['a misspelt field', { selectr: { app: 'a' } } as never,
    'unknown field "selectr". Did you mean selector?'],
  ['CUSTOM without a provider', { action: AuthorizationAction.CUSTOM, rules: [{ everything: true }] },
    'action CUSTOM without a provider. Set the name of an extension provider of the mesh'],
  ['a provider without CUSTOM', { provider: 'a', rules: [{ everything: true }] }, 'provider with action ALLOW. Set action CUSTOM, or leave the provider out'],
  ['a source with CUSTOM', { action: AuthorizationAction.CUSTOM, provider: 'a', rules: [{ from: [{ namespaces: ['a'] }] }] },
    'namespaces in rules[0] with action CUSTOM. Istio calls the provider before it authenticates the caller. Leave this check to the provider'],
  ['a claim with CUSTOM', { action: AuthorizationAction.CUSTOM, provider: 'a', rules: [{ when: [{ key: 'request.auth.claims[a]', values: ['b'] }] }] },
    'request.auth.claims[a] in rules[0] with action CUSTOM. Istio calls the provider before it authenticates the caller. Leave this check to the provider'],
  ['an account with CUSTOM', { action: AuthorizationAction.CUSTOM, provider: 'a', rules: [{ to: [{ paths: ['/a'] }] }, { when: [{ key: 'source.principal', values: ['b'] }] }] },
    'source.principal in rules[1] with action CUSTOM. Istio calls the provider before it authenticates the caller. Leave this check to the provider'],
  ['trying out AUDIT', { action: AuthorizationAction.AUDIT, rules: [{ everything: true }], dryRun: true },
    'dryRun with action AUDIT. Istio supports dry runs only for ALLOW and DENY'],
  ['trying out CUSTOM', { action: AuthorizationAction.CUSTOM, provider: 'a', rules: [{ everything: true }], dryRun: true },
    'dryRun with action CUSTOM. Istio supports dry runs only for ALLOW and DENY'],
  ['the annotation of trying out', { rules: [{ everything: true }], metadata: { annotations: { 'istio.io/dry-run': 'true' } } },
    'annotation istio.io/dry-run. Set dryRun instead'],
  ['too many rules', { rules: new Array(513).fill({}) }, '513 rules. Istio accepts at most 512'],
  ['a model allowed by a header', { rules: [{ when: [{ key: 'request.headers[seldon-model]', values: ['iris'] }] }] },
    'rules[0] allows requests by the header seldon-model. Callers can send it twice, and one allowed value is enough to use the other. '
    + 'Deny by path and header at the gateway instead, as GatewayAccessPolicy does'],
  ['a model allowed by a header in upper case', { rules: [{ when: [{ key: 'request.headers[Seldon-Model]', values: ['iris'] }] }] },
    'rules[0] allows requests by the header seldon-model. Callers can send it twice, and one allowed value is enough to use the other. '
    + 'Deny by path and header at the gateway instead, as GatewayAccessPolicy does'],
  ['a host without its port denied', { action: AuthorizationAction.DENY, rules: [{ to: [{ hosts: ['a.example.com'] }] }] },
    '"a.example.com" in hosts of rules[0].to[0], and not "a.example.com:*". Callers can add a port to the host to bypass the policy. List both'],
  ['hosts of a wildcard denied', { action: AuthorizationAction.DENY, rules: [{ to: [{ hosts: ['*.example.com'] }] }] },
    '"*.example.com" in hosts of rules[0].to[0], and not "*.example.com:*". Callers can add a port to the host, which such a pattern cannot match. '
    + 'List full host names, or leave hosts out'],
  ['a host without its port that is not allowed', { rules: [{ to: [{ notHosts: ['a.example.com'] }] }] },
    '"a.example.com" in notHosts of rules[0].to[0], and not "a.example.com:*". Callers can add a port to the host to bypass the policy. List both'],
  ['a host without its port with CUSTOM', { action: AuthorizationAction.CUSTOM, provider: 'a', rules: [{ to: [{ hosts: ['a.example.com'] }] }] },
    '"a.example.com" in hosts of rules[0].to[0], and not "a.example.com:*". Callers can add a port to the host to bypass the policy. List both'],
])('fails for %s', (_what, props, message) => {
  expect(errorOf(props)).toEqual(at(message));
});

test.each<[string, AuthorizationRule[]]>([
  ['by its path', [{ from: [{ notNamespaces: ['jobs'] }], to: [{ paths: ['/v2/*'] }, { paths: ['/inference.GRPCInferenceService/*'] }] }]],
  ['by its header', [
    { from: [{ notNamespaces: ['jobs'] }], to: [{ paths: ['/v2/*'] }] },
    { from: [{ notNamespaces: ['jobs'] }], when: [{ key: 'request.headers[seldon-model]', values: ['iris'] }] },
  ]],
])('gRPC calls are denied %s', (_what, rules) => {
  expect(synthError({ action: AuthorizationAction.DENY, rules })).toEqual('no error');
});

describe('gRPC calls that are not denied', () => {
  const rest: AuthorizationPolicyProps = { action: AuthorizationAction.DENY, rules: [{ from: [{ notNamespaces: ['jobs'] }], to: [{ paths: ['/v2/*'] }] }] };

  test.each<[string, AuthorizationPolicyProps, string]>([
    ['all models', rest, '"/v2/*"'],
    ['a model', { ...rest, rules: [{ from: [{ notNamespaces: ['jobs'] }], to: [{ paths: ['/v2/models/fraud/*', '/other'] }, { paths: ['/more'] }] }] },
      '"/v2/models/fraud/*", "/other", "/more"'],
  ])('fail at synthesis for %s', (_what, props, paths) => {
    expect(synthError(props)).toBe('Validation failed with the following errors:\n  '
      + `[test/policy] the policy denies ${paths} and no gRPC call, whose path does not contain the model. `
      + 'Deny gRPC calls by the header seldon-model as well, if the gateway routes any (rule rest-only-deny)');
  });

  test.each<[string, AuthorizationPolicyProps]>([
    ['other paths', { ...rest, rules: [{ from: [{ notNamespaces: ['jobs'] }], to: [{ paths: ['/web/*'] }] }] }],
    ['all callers', { ...rest, rules: [{ to: [{ paths: ['/v2/*'] }] }] }],
    ['a policy that allows', { ...rest, action: AuthorizationAction.ALLOW }],
  ])('are fine for %s', (_what, props) => {
    expect(synthError(props)).toBe('no error');
  });

  test('can be accepted, and the manifest keeps the reason', () => {
    const policy = made(rest);
    Rules.accept(policy, 'rest-only-deny', 'the gateway routes no gRPC');
    expect(Testing.synth(Chart.of(policy))[0].metadata.annotations).toEqual({ 'cdk8s-seldon-istio.io/accept-rest-only-deny': 'the gateway routes no gRPC' });
  });
});

test.each<[string, AuthorizationRule, string]>([
  ['an empty rule', {}, 'rules[0] is empty. It would match all requests. Set everything: true if that is intended'],
  ['a rule with an undefined source', { from: undefined }, 'rules[0] is empty. It would match all requests. Set everything: true if that is intended'],
  ['a rule for everything and more', { everything: true, to: [{ paths: ['/a'] }] },
    'everything: true in rules[0] together with from, to or when. Leave one of the two out'],
  ['a misspelt rule', { form: [{ namespaces: ['a'] }] } as never, 'unknown field "form" of rules[0]. Did you mean from?'],
  ['a source as Istio writes it', { from: [{ source: { namespaces: ['a'] } }] } as never,
    'unknown field "source" of rules[0].from[0]. Expected ipBlocks, namespaces, notIpBlocks, notNamespaces, notPrincipals, notRemoteIpBlocks, '
    + 'notRequestPrincipals, notServiceAccounts, notTrustDomains, principals, remoteIpBlocks, requestPrincipals, serviceAccounts, trustDomains'],
  ['an operation of one path', { to: [{ path: ['/a'] }] } as never, 'unknown field "path" of rules[0].to[0]. Did you mean paths?'],
  ['a condition of one value', { when: [{ key: 'source.ip', value: 'a' }] } as never,
    'unknown field "value" of rules[0].when[0]. Did you mean values?'],
  ['an empty from', { from: [] }, 'an empty from of rules[0]. Leave it out to match any'],
  ['an empty source', { from: [{}] }, 'item 0 of from of rules[0] is empty. Set a field, or remove it'],
  ['an empty to', { to: [] }, 'an empty to of rules[0]. Leave it out to match any'],
  ['an empty operation', { to: [{ paths: undefined }] }, 'item 0 of to of rules[0] is empty. Set a field, or remove it'],
  ['an empty list', { to: [{ paths: [] }] }, 'empty paths of rules[0].to[0]. Leave the list out to match any'],
  ['an empty string', { from: [{ principals: [''] }] }, 'an empty string in principals of rules[0].from[0]. Remove it'],
  ['a wildcard inside', { from: [{ principals: ['a*b'] }] },
    '"a*b" in principals of rules[0].from[0]. Expected at most one "*", at the start or the end, since Istio reads it as a literal character in other positions'],
  ['accounts together with namespaces', { from: [{ serviceAccounts: ['a'], namespaces: ['b'] }] },
    'rules[0].from[0] has serviceAccounts together with principals or namespaces. Set only one of them, since a service account already has a namespace'],
  ['an account with a wildcard', { from: [{ serviceAccounts: ['a/*'] }] },
    '"a/*" in serviceAccounts of rules[0].from[0]. Expected "<service account>" or "<namespace>/<service account>", without "*", of at most 320 characters'],
  ['too many accounts', { from: [{ serviceAccounts: new Array(17).fill('a') }] }, '17 serviceAccounts of rules[0].from[0]. Istio accepts at most 16'],
  ['too many accounts that are excluded', { from: [{ notServiceAccounts: new Array(17).fill('a') }] }, '17 serviceAccounts of rules[0].from[0]. Istio accepts at most 16'],
  ['accounts together with principals that are excluded', { from: [{ serviceAccounts: ['a'], notPrincipals: ['b'] }] },
    'rules[0].from[0] has serviceAccounts together with principals or namespaces. Set only one of them, since a service account already has a namespace'],
  ['an invalid value in the eleventh source', { from: [...new Array(10).fill({ namespaces: ['a'] }), { namespaces: [''] }] },
    'an empty string in namespaces of rules[0].from[10]. Remove it'],
  ['a trust domain with a path', { from: [{ trustDomains: ['a/b'] }] },
    '"a/b" in trustDomains of rules[0].from[0]. Expected a trust domain such as "cluster.local", without a slash'],
  ['an invalid address', { from: [{ ipBlocks: ['10.0.0.0/33'] }] },
    '"10.0.0.0/33" in ipBlocks of rules[0].from[0]. Expected an address such as "10.1.2.3", or a range such as "10.0.0.0/8"'],
  ['a host with a path', { to: [{ hosts: ['a.example.com/v2'] }] },
    '"a.example.com/v2" in hosts of rules[0].to[0]. Expected a host such as "models.example.com", with ":*" for any port'],
  ['a method in lower case', { to: [{ methods: ['get'] }] },
    '"get" in methods of rules[0].to[0]. Expected a method in upper case, such as "POST"'],
  ...['GETx', 'xGET'].map((method): [string, AuthorizationRule, string] => [`method ${method}`, { to: [{ methods: [method] }] },
    `"${method}" in methods of rules[0].to[0]. Expected a method in upper case, such as "POST"`]),
  ['a path that starts with a word', { to: [{ paths: ['v2/a'] }] }, '"v2/a" in paths of rules[0].to[0]. Expected a path that starts with a slash'],
  ['a path without a slash', { to: [{ paths: ['v2'] }] }, '"v2" in paths of rules[0].to[0]. Expected a path that starts with a slash'],
  ['a path with a query', { to: [{ paths: ['/v2?a'] }] }, '"/v2?a" in paths of rules[0].to[0]. Remove the query, since it is not part of the path that is matched'],
  ['half a template', { to: [{ paths: ['/v2/{*}x'] }] },
    '"/v2/{*}x" in paths of rules[0].to[0]. Expected segments that are "{*}", "{**}" or literal in a path with templates'],
  ['a template after the rest', { to: [{ paths: ['/{**}/{*}'] }] }, '"/{**}/{*}" in paths of rules[0].to[0]. "{**}" must be the last template'],
  ...['{*}', '{**}', '{*}/a', '{**}/x', '//{*}', '/a//{*}', '/{*}//', '/a/{*}//b'].map((path): [string, AuthorizationRule, string] => [`the template ${path}`, { to: [{ paths: [path] }] },
    `"${path}" in paths of rules[0].to[0]. Envoy would crash when it receives this policy. A path with templates must start with one slash and have no empty segment`]),
  ['a template among notPaths', { to: [{ notPaths: ['{*}'] }] },
    '"{*}" in notPaths of rules[0].to[0]. Envoy would crash when it receives this policy. A path with templates must start with one slash and have no empty segment'],
  ['a long template', { to: [{ paths: [`/${'a'.repeat(254)}/{*}`] }] },
    `"/${'a'.repeat(254)}/{*}" in paths of rules[0].to[0]. Expected a path with templates of at most 256 characters without the braces, got 257. Envoy would reject the whole listener`],
  ...['1.2.3.4/08', '1.2.3.4/00', '1.2.3.4/', '1.2.3.4/8/8', '::1/129', '::1/064', '01.2.3.4'].map((range): [string, AuthorizationRule, string] => [`address ${range}`, { from: [{ ipBlocks: [range] }] },
    `"${range}" in ipBlocks of rules[0].from[0]. Expected an address such as "10.1.2.3", or a range such as "10.0.0.0/8"`]),
  ['no ports', { to: [{ notPorts: [] }] }, 'empty notPorts of rules[0].to[0]. Leave the list out to match any'],
  ['an invalid port', { to: [{ ports: [0] }] }, 'port of rules[0].to[0] 0. Expected a whole number from 1 to 65535'],
  ['a contradiction', { to: [{ methods: ['GET'], notMethods: ['GET', 'PUT'] }] },
    'rules[0].to[0] requires methods and excludes all of them. Leave one of the two out, since no request could match'],
  ['a condition without values', { when: [{ key: 'source.ip' }] }, 'rules[0].when[0] has neither values nor notValues. Set at least one of them'],
  ['a condition with an empty list', { when: [{ key: 'source.ip', values: [] }] }, 'empty values of rules[0].when[0]. Add a value, or leave the list out'],
  ['a wildcard inside the value of a condition', { when: [{ key: 'connection.sni', values: ['a*b'] }] },
    '"a*b" in values of rules[0].when[0]. Expected at most one "*", at the start or the end, since Istio reads it as a literal character in other positions'],
  ['a removed attribute', { when: [{ key: 'destination.labels[app]', values: ['a'] }] },
    'key "destination.labels[app]" of rules[0].when[0]. Set the selector of the policy instead'],
  ...[
    'request.headers', 'xrequest.headers[a]', 'request.headers[a]b', 'xrequest.auth.claims[a]', 'request.auth.claims[a]b', 'xexperimental.envoy.filters.a[b]',
    'experimental.envoy.filters.a[b]c', 'toString', 'constructor',
  ].map((key): [string, AuthorizationRule, string] => [`the unknown attribute ${key}`, { when: [{ key, values: ['a'] }] },
    `key "${key}" of rules[0].when[0]. Expected request.headers[<name>], request.auth.claims[<name>] or one of source.ip, remote.ip, `
    + 'source.namespace, source.principal, source.serviceAccount, request.auth.principal, request.auth.audiences, request.auth.presenter, destination.ip, '
    + 'destination.port, connection.sni']),
  ...['x team', 'x\nteam', 'é', ':', 'a:b'].map((name): [string, AuthorizationRule, string] => [`header ${JSON.stringify(name)}`, { when: [{ key: `request.headers[${name}]`, values: ['a'] }] },
    `key ${JSON.stringify(`request.headers[${name}]`)} of rules[0].when[0]. Expected a header name of letters, digits and characters such as "-", without spaces`]),
  ['an address of a condition', { when: [{ key: 'source.ip', values: ['x'] }] },
    '"x" in values of rules[0].when[0]. Expected an address such as "10.1.2.3", or a range such as "10.0.0.0/8"'],
  ['a range of a condition', { when: [{ key: 'remote.ip', notValues: ['1.2.3.4/08'] }] },
    '"1.2.3.4/08" in notValues of rules[0].when[0]. Expected an address such as "10.1.2.3", or a range such as "10.0.0.0/8"'],
  ...['request.headers[x-team]', 'request.auth.claims[groups]', 'connection.sni', 'source.ip', 'experimental.envoy.filters.network.mysql_proxy[db.table]']
    .flatMap((key) => ['values', 'notValues'].map((field): [string, AuthorizationRule, string] => [`an empty string in ${field} of ${key}`, { when: [{ key, [field]: [''] }] },
      `an empty string in ${field} of rules[0].when[0]. Set a value, or "*" for any value that is not empty, since Istio would reject the policy`])),
  ...['*', 'jobs/*', 'a/b/c', '/a', 'a/', 'a'.repeat(321)].map((account): [string, AuthorizationRule, string] => [`account ${account} of a condition`, { when: [{ key: 'source.serviceAccount', values: [account] }] },
    `"${account}" in values of rules[0].when[0]. Expected "<service account>" or "<namespace>/<service account>", without "*", of at most 320 characters`]),
  ['too many accounts of a condition', { when: [{ key: 'source.serviceAccount', notValues: new Array(17).fill('a') }] }, '17 notValues of rules[0].when[0]. Istio accepts at most 16'],
  ...['http', '80a', 'a80'].map((port): [string, AuthorizationRule, string] => [`port ${port} of a condition`, { when: [{ key: 'destination.port', notValues: [port] }] },
    `"${port}" in notValues of rules[0].when[0]. Expected a port number`]),
])('fails for %s', (_what, rule, message) => {
  expect(errorOfRule(rule)).toEqual(at(message));
});

test.each<[string, AuthorizationRule]>([
  ['a template with a slash at its end', { to: [{ paths: ['/v2/{*}/'] }] }],
  ['a template of 256 characters', { to: [{ paths: [`/${'a'.repeat(253)}/{*}`] }] }],
  ['ranges', { from: [{ ipBlocks: ['0.0.0.0/0', '1.2.3.4/32', '::1/128', '10.0.0.0/8'] }] }],
  ['service accounts', { when: [{ key: 'source.serviceAccount', values: ['batch', 'jobs/batch'] }] }],
  ['16 service accounts', { from: [{ serviceAccounts: new Array(16).fill('a') }] }],
  ['a service account of 320 characters', { from: [{ serviceAccounts: ['a'.repeat(320)] }] }],
  ['17 values of another condition', { when: [{ key: 'source.namespace', values: new Array(17).fill('a') }] }],
  ['any value', { from: [{ principals: ['*'] }] }],
  ['values of which some are excluded', { to: [{ methods: ['GET', 'PUT'], notMethods: ['GET'] }] }],
  ['pseudo headers of Envoy', { when: [{ key: 'request.headers[:path]', values: ['/a'] }] }],
  ['any values of a filter', { when: [{ key: 'experimental.envoy.filters.network.mysql_proxy[db.table]', values: ['a*b'] }] }],
  ['a model excluded by a header', { when: [{ key: 'request.headers[seldon-model]', notValues: ['iris'] }] }],
])('accepts %s', (_what, rule) => {
  expect(errorOfRule(rule)).toEqual('no error');
});

test.each<[string, AuthorizationPolicyProps]>([
  ['512 rules', { rules: new Array(512).fill({ everything: true }) }],
  ['ALLOW without rules', { action: AuthorizationAction.ALLOW }],
  ['fields of older releases', { rules: [{ from: [{ namespaces: ['a'] }] }] }],
  ['other sources and conditions with CUSTOM', {
    action: AuthorizationAction.CUSTOM,
    provider: 'a',
    rules: [{ from: [{ ipBlocks: ['10.0.0.0/8'], namespaces: undefined }], when: [{ key: 'request.headers[request.auth.x]', values: ['b'] }] }],
  }],
  ['hosts denied with a port', { action: AuthorizationAction.DENY, rules: [{ to: [{ hosts: ['a.example.com:80', 'models.*'] }] }] }],
])('accepts %s', (_what, props) => {
  expect(errorOf(props, '1.21')).toEqual('no error');
});

test.each<[AuthorizationRule, string, string]>([
  [{ from: [{ serviceAccounts: ['a'] }] }, '1.24', 'serviceAccounts of rules[0].from[0] with istioVersion "1.24". Istio has this field only since 1.25'],
  [{ from: [{ trustDomains: ['a'] }] }, '1.29', 'trustDomains of rules[0].from[0] with istioVersion "1.29". Istio has this field only since 1.30'],
  [{ to: [{ paths: ['/{*}'] }] }, '1.21', 'the template "/{*}" in paths of rules[0].to[0] with istioVersion "1.21". Istio has this field only since 1.22'],
  [{ when: [{ key: 'source.serviceAccount', values: ['a'] }] }, '1.24',
    'key source.serviceAccount of rules[0].when[0] with istioVersion "1.24". Istio has this field only since 1.25'],
])('fails for fields that the release does not have', (rule, release, message) => {
  expect(errorOfRule(rule, release)).toEqual(at(`${message}. Older releases drop or reject it. Leave it out, or set the istioVersion that the mesh has`));
});

describe('a host with any port', () => {
  const warningsOf = (action: AuthorizationAction | undefined, operation: AuthorizationOperation) => Warnings.find(made({
    action, provider: action === AuthorizationAction.CUSTOM ? 'a' : undefined, rules: [{ everything: true }, { to: [{ paths: ['/v1'] }, operation] }],
  }));
  const [HOSTS, PORTS] = [['a.example.com', 'a.example.com:*'], ['a.example.com', 'a.example.com:80', 'a.example.com:443']];

  test.each<[AuthorizationAction | undefined, 'hosts' | 'notHosts']>([
    [undefined, 'hosts'], [AuthorizationAction.ALLOW, 'hosts'], [AuthorizationAction.DENY, 'notHosts'], [AuthorizationAction.CUSTOM, 'notHosts'],
  ])('also allows other hosts with action %s in %s', (action, field) => {
    expect(warningsOf(action, { [field]: HOSTS })).toEqual([
      `"a.example.com:*" in ${field} of rules[1].to[1] also matches hosts such as "a.example.com:.example.com:80", which a gateway routes to "*.example.com". `
      + 'List the ports instead, such as "a.example.com:80" and "a.example.com:443" (at test/policy)',
    ]);
    expect(warningsOf(action, { [field]: PORTS })).toEqual([]);
  });

  test.each<[AuthorizationAction | undefined, AuthorizationOperation]>([
    [undefined, { notHosts: HOSTS }], [AuthorizationAction.DENY, { hosts: HOSTS }], [AuthorizationAction.CUSTOM, { hosts: HOSTS }],
    [AuthorizationAction.AUDIT, { hosts: HOSTS }], [undefined, { hosts: ['a.example.com', '*.example.com', 'models.*', ':*'] }],
    [undefined, { hosts: ['*', 'a.example.com:*'] }],
  ])('is accepted with action %s in %j', (action, operation) => {
    expect(warningsOf(action, operation)).toEqual([]);
  });
});

describe('rules about claims', () => {
  const CLAIMS: AuthorizationRule[] = [{ when: [{ key: 'request.auth.claims[groups]', values: ['risk'] }] }];
  const jwtRules = [{ issuer: 'https://login.example.com', forwardOriginalToken: false }];
  const problemOf = (make: (chart: Chart) => void, rules = CLAIMS): string => {
    const chart = chartOf();
    new AuthorizationPolicy(chart, 'policy', { selector: { app: 'iris' }, rules });
    make(chart);
    return messageOf(() => synth(App.of(chart)));
  };

  test.each<[string, (chart: Chart) => void]>([
    ['the same pods', (chart) => new RequestAuthentication(chart, 'login', { selector: { app: 'iris' }, jwtRules })],
    ['the namespace', (chart) => new RequestAuthentication(chart, 'login', { jwtRules })],
    ['the mesh', (chart) => new RequestAuthentication(chart, 'login', { namespace: 'istio-system', jwtRules })],
    ['existing pods', (chart) => RequestAuthentication.fromRequestAuthenticationName(chart, 'login', 'login')],
  ])('are accepted if tokens are validated for %s', (_what, make) => {
    expect(problemOf(make)).toEqual('no error');
  });

  test.each<[string, (chart: Chart) => void]>([
    ['no pods', () => undefined],
    ['other pods', (chart) => new RequestAuthentication(chart, 'login', { selector: { app: 'wine' }, jwtRules })],
    ['another namespace', (chart) => new RequestAuthentication(chart, 'login', { namespace: 'other', jwtRules })],
  ])('fail if tokens are validated for %s', (_what, make) => {
    expect(problemOf(make)).toContain('rules of test/policy require claims, and no RequestAuthentication applies to pods app=iris of namespace "models". '
      + 'Without one no request has claims there. Add one for the same pods, or reference an existing one with RequestAuthentication.fromRequestAuthenticationName');
  });

  test.each<[string, AuthorizationRule[]]>([
    ['principals', [{ from: [{ requestPrincipals: ['*'] }] }]],
    ['principals that are excluded', [{ from: [{ notRequestPrincipals: ['*'] }] }]],
    ['one of several rules', [{ everything: true }, ...CLAIMS]],
  ])('are rules about %s, too', (_what, rules) => {
    expect(problemOf(() => undefined, rules)).toContain('rules of test/policy require claims, and no RequestAuthentication applies to pods app=iris of namespace "models"');
  });

  test.each<[string, AuthorizationRule[]]>([
    ['callers by their certificates', [{ from: [{ principals: ['*'] }], when: [{ key: 'source.namespace', values: ['a'] }] }]],
    ['all callers', [{ everything: true }]],
  ])('are not rules about %s', (_what, rules) => {
    expect(problemOf(() => undefined, rules)).toBe('no error');
  });

  test.each<[string, Partial<AuthorizationCondition>, string | undefined]>([
    ['another issuer', { values: ['https://login.example.com', 'https://other'] }, 'https://other'],
    ['the exclusion of another issuer', { notValues: ['https://other'] }, 'https://other'],
    ['a pattern of issuers', { values: ['https://*'] }, undefined],
    ['another claim', { key: 'request.auth.claims[aud]', values: ['https://other'] }, undefined],
  ])('need validated tokens of %s', (_what, condition, unknown) => {
    const rules = [{ when: [{ key: 'request.auth.claims[iss]', ...condition }] }];
    const problem = problemOf((chart) => new RequestAuthentication(chart, 'login', { selector: { app: 'iris' }, jwtRules }), rules);
    expect(problem).toContain(unknown === undefined ? 'no error'
      : `rules of test/policy require tokens of issuer "${unknown}", which no RequestAuthentication for pods app=iris of namespace "models" accepts. `
        + 'Expected one of "https://login.example.com", or a jwtRule for this issuer');
  });

  test.each([[true, 'no error'], [false, 'rules of test/policy read tokens of issuer "https://login.example.com", which test/ingress does not forward from the gateway. '
    + 'Set forwardOriginalToken: true in its jwtRule']])('need tokens that the gateway forwards: %s', (forwardOriginalToken, message) => {
    expect(problemOf((chart) => {
      new RequestAuthentication(chart, 'login', { selector: { app: 'iris' }, jwtRules });
      new RequestAuthentication(chart, 'ingress', {
        namespace: 'istio-system', selector: { istio: 'ingressgateway' }, jwtRules: [{ ...jwtRules[0], forwardOriginalToken }],
      });
    })).toContain(message);
  });
});

describe('deny by default', () => {
  test('defaultChild', () => {
    expect(ApiObject.of(new DenyByDefault(chartOf(), 'closed')).toJson())
      .toMatchObject({ kind: 'AuthorizationPolicy', metadata: { name: 'closed', namespace: 'models' }, spec: {} });
  });

  test('keeps its metadata, and is in the namespace that is set', () => {
    expect(ApiObject.of(new DenyByDefault(chartOf(), 'closed', { namespace: 'jobs', metadata: { name: 'deny', labels: { team: 'risk' } } })).toJson().metadata)
      .toEqual({ name: 'deny', namespace: 'jobs', labels: { team: 'risk' } });
  });

  test('fails in the root namespace', () => {
    expect(messageOf(() => new DenyByDefault(chartOf(), 'closed', { namespace: 'istio-system' }))).toEqual(
      'deny by default in the root namespace "istio-system". It would deny all requests in the mesh. Set another namespace (at test/closed)');
  });

  test('fails in the namespace of a gateway\'s pods', () => {
    const chart = chartOf();
    new Gateway(chart, 'ingress', { namespace: 'edge', selector: { app: 'edge' } });
    new DenyByDefault(chart, 'closed', { namespace: 'edge' });
    expect(messageOf(() => synth(App.of(chart)))).toContain('test/closed denies all requests by default in namespace "edge", where Gateway test/ingress has its pods. '
      + 'The gateway would accept no requests. Use it only in namespaces without gateways, and restrict access to models at the gateway with GatewayAccessPolicy');
  });

  test('fails without a namespace', () => {
    expect(messageOf(() => new DenyByDefault(new Chart(new App(), 'test'), 'closed')))
      .toEqual('deny by default without a namespace. Set the namespace (at test/closed)');
  });
});
