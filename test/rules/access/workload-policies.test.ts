import { GATEWAY_EXAMPLE, loginExample, policyExample } from '../../../src/rules/access/access-example';
import { missingPolicyTarget } from '../../../src/rules/access/missing-policy-target';
import { policyForAllRequests } from '../../../src/rules/access/policy-for-all-requests';
import { principalsWithoutMtls } from '../../../src/rules/access/principals-without-mtls';
import { unenforcedPolicy } from '../../../src/rules/access/unenforced-policy';
import { unselectedWorkload } from '../../../src/rules/access/unselected-workload';
import { core2RouteExample, modelExample, selects } from '../../../src/rules/routes/core2-route-example';
import { levelsOf, problemsOf } from '../../support/cluster';

// Rules about the pods that policies select.

const all = (...documents: string[]) => documents.join('---\n');
const AT_IRIS = { namespace: 'models', labels: '{ app: iris }' };
const policy = (action: string, rules: string, options = {}) => policyExample(`  action: ${action}${rules === '' ? '' : `\n  rules: ${rules}`}`, options);

describe('principals-without-mtls', () => {
  const peer = (mode: string, { namespace = 'models', labels = '', name = 'default', more = '' } = {}) => `apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: ${name}, namespace: ${namespace} }
spec: { mtls: { mode: ${mode} }${labels === '' ? '' : `, selector: { matchLabels: ${labels} }`}${more} }
`;
  const from = (action: string, source: string) => policy(action, `[{ from: [{ source: { ${source} } }] }]`, AT_IRIS);

  test('finds a policy where mutual TLS is off', () => {
    expect(problemsOf(principalsWithoutMtls, all(peer('DISABLE'), from('ALLOW', 'principals: ["*/ns/jobs/sa/a"]')))).toEqual([{
      at: 'error at AuthorizationPolicy models/access spec.rules[0]',
      problem: 'PeerAuthentication models/default disables mutual TLS for pods app=iris in namespace models, so no caller has a certificate and the rule allows no request',
      remedy: 'set mode: STRICT there, or identify callers by their tokens',
      related: ['PeerAuthentication models/default'],
    }]);
  });

  test('finds callers that a permissive mode lets in', () => {
    expect(problemsOf(principalsWithoutMtls, all(peer('PERMISSIVE'), from('DENY', 'namespaces: [web]')))).toEqual([{
      at: 'warning at AuthorizationPolicy models/access spec.rules[0]',
      problem: 'PeerAuthentication models/default lets callers without a sidecar reach pods app=iris in namespace models, and the rule does not deny them, '
        + 'since they have no certificate',
      remedy: 'set mode: STRICT there',
      related: ['PeerAuthentication models/default'],
    }]);
    expect(problemsOf(principalsWithoutMtls, all(peer('PERMISSIVE'), from('ALLOW', 'notNamespaces: [web]'))).map(({ problem }) => problem))
      .toEqual([expect.stringContaining('and the rule allows them, since')]);
  });

  test.each<[string, string, string[]]>([
    ['a condition asks for the namespace', all(peer('DISABLE'), policy('DENY', '[{ when: [{ key: source.namespace, values: [web] }] }]', AT_IRIS)), ['error']],
    ['the mode is that of the mesh', all(peer('DISABLE', { namespace: 'istio-system' }), from('ALLOW', 'namespaces: [web]')), ['error']],
    ['the mode is that of the pods', all(peer('STRICT'), peer('DISABLE', { name: 'iris', labels: '{ app: iris }' }), from('ALLOW', 'namespaces: [web]')), ['error']],
    ['the pods are strict', all(peer('DISABLE'), peer('STRICT', { name: 'iris', labels: '{ app: iris }' }), from('ALLOW', 'namespaces: [web]')), []],
    ['the pods may be strict', all(peer('DISABLE'), peer('STRICT', { name: 'v1', labels: '{ version: v1 }' }), from('ALLOW', 'namespaces: [web]')), []],
    ['single ports have their own mode', all(peer('DISABLE', { labels: '{ app: iris }', more: ', portLevelMtls: { 8080: { mode: STRICT } }' }), from('ALLOW', 'namespaces: [web]')), []],
    ['other pods have no mutual TLS', all(peer('DISABLE', { labels: '{ app: wine }' }), from('ALLOW', 'namespaces: [web]')), []],
    ['another namespace has none', all(peer('DISABLE', { namespace: 'other' }), from('ALLOW', 'namespaces: [web]')), []],
    ['nothing is known', from('ALLOW', 'namespaces: [web]'), []],
    ['a permissive mode does no harm', all(peer('PERMISSIVE'), from('ALLOW', 'namespaces: [web]')), []],
    ['the policy only logs', all(peer('DISABLE'), from('AUDIT', 'namespaces: [web]')), []],
    ['a waypoint enforces it', all(peer('DISABLE'), policyExample('  action: ALLOW\n  targetRefs: [{ kind: Service, name: a }]\n  rules: [{ from: [{ source: { namespaces: [web] } }] }]',
      { namespace: 'models', labels: '' })), []],
    ['it is for pods of the mesh', all(peer('DISABLE', { namespace: 'istio-system' }), policy('ALLOW', '[{ from: [{ source: { namespaces: [web] } }] }]', { labels: '{ app: iris }' })), []],
    ['the mode is strict', all(peer('STRICT'), from('DENY', 'namespaces: [web]')), []],
    ['the pods have an unset mode', all(peer('DISABLE'), peer('UNSET', { name: 'iris', labels: '{ app: iris }' }), from('ALLOW', 'namespaces: [web]')), []],
    ['the namespace has an unset mode', all(peer('UNSET'), peer('DISABLE', { namespace: 'istio-system' }), from('ALLOW', 'namespaces: [web]')), ['error']],
    ['some pods have no mutual TLS', all(peer('DISABLE', { labels: '{ app: iris, version: v1 }' }), from('ALLOW', 'namespaces: [web]')), []],
    ['two modes apply to the namespace', all(peer('DISABLE'), peer('DISABLE', { name: 'other' }), from('ALLOW', 'namespaces: [web]')), []],
    ['two modes apply to the pods', all(peer('DISABLE', { labels: '{ app: iris }' }), peer('DISABLE', { name: 'other', labels: '{ app: iris }' }), from('ALLOW', 'namespaces: [web]')), []],
    ['other pods are strict', all(peer('DISABLE'), peer('STRICT', { name: 'wine', labels: '{ app: wine }' }), from('ALLOW', 'namespaces: [web]')), ['error']],
    ['the policy is not about callers', all(peer('DISABLE'), policy('ALLOW', '[{ to: [{ operation: { paths: [/a] } }] }]', AT_IRIS)), []],
  ])('if %s', (_what, yaml, levels) => {
    expect(levelsOf(principalsWithoutMtls, yaml)).toEqual(levels);
  });
});

describe('policy-for-all-requests', () => {
  const ROUTE = core2RouteExample(`    - match: [{ uri: { prefix: /v2/models/iris/ } }]\n${selects('iris')}`);
  const SOME = '[{ to: [{ operation: { paths: [/a] } }] }]';
  const found = (yaml: string) => problemsOf(policyForAllRequests, yaml).map(({ at, problem }) => `${at.replace('AuthorizationPolicy ', '')}: ${problem}`);

  test('finds a closed gateway', () => {
    expect(problemsOf(policyForAllRequests, all(GATEWAY_EXAMPLE, ROUTE, policy('DENY', '[{}]')))).toEqual([{
      at: 'warning at AuthorizationPolicy istio-system/access spec.rules[0]',
      problem: 'the rule is empty, so the policy denies all requests to pods istio=ingressgateway in all namespaces, those for the routes of '
        + 'Gateway istio-system/gateway included',
      remedy: 'if that is not intended, add rules, or rules: [{}] with action ALLOW to allow everything',
      related: ['Gateway istio-system/gateway', 'VirtualService models/iris'],
    }]);
    expect(found(all(GATEWAY_EXAMPLE, ROUTE, policy('ALLOW', '')))).toEqual(['warning at istio-system/access spec: the policy has no rules and no other policy allows '
      + 'requests, so all requests to pods istio=ingressgateway in all namespaces are denied, those for the routes of Gateway istio-system/gateway included']);
  });

  test.each<[string, string, string[]]>([
    ['DENY for all requests', policy('DENY', '[{}]', AT_IRIS),
      ['info at models/access spec.rules[0]: the rule is empty, so the policy denies all requests to pods app=iris in namespace models']],
    ['ALLOW without rules', policy('ALLOW', '[]', AT_IRIS),
      ['info at models/access spec: the policy has no rules and no other policy allows requests, so all requests to pods app=iris in namespace models are denied']],
    ['ALLOW for all requests', policy('ALLOW', '[{}]', AT_IRIS),
      ['info at models/access spec.rules[0]: the rule is empty, so the policy allows all requests to pods app=iris in namespace models']],
    ['ALLOW for all requests where another policy allows some', all(policy('ALLOW', '[{}]', { namespace: 'models', labels: '' }), policy('ALLOW', SOME, { ...AT_IRIS, name: 'other' })),
      ['warning at models/access spec.rules[0]: the rule is empty, so the policy allows all requests to the pods of namespace models, '
        + 'and AuthorizationPolicy models/other restricts nothing']],
    ['ALLOW for all requests where another policy allows some for more pods', all(policy('ALLOW', '[{}]', AT_IRIS), policy('ALLOW', SOME, { namespace: 'models', labels: '', name: 'other' })),
      ['info at models/access spec.rules[0]: the rule is empty, so the policy allows all requests to pods app=iris in namespace models']],
    ['ALLOW for all requests where another policy is for other pods', all(policy('ALLOW', '[{}]', AT_IRIS), policy('ALLOW', SOME, { namespace: 'models', labels: '{ app: wine }', name: 'other' })),
      ['info at models/access spec.rules[0]: the rule is empty, so the policy allows all requests to pods app=iris in namespace models']],
    ['ALLOW for all requests, twice', all(policy('ALLOW', '[{}]', { namespace: 'models', labels: '' }), policy('ALLOW', `[{}, ${SOME.slice(1)}`, { ...AT_IRIS, name: 'other' })), [
      'info at models/access spec.rules[0]: the rule is empty, so the policy allows all requests to the pods of namespace models',
      'info at models/other spec.rules[0]: the rule is empty, so the policy allows all requests to pods app=iris in namespace models',
    ]],
    ['ALLOW for all requests where another policy allows none', all(policy('ALLOW', '[{}]', { namespace: 'models', labels: '' }), policy('ALLOW', '', { ...AT_IRIS, name: 'other' })),
      ['info at models/access spec.rules[0]: the rule is empty, so the policy allows all requests to the pods of namespace models']],
    ['ALLOW without rules where another policy is for other pods', all(policy('ALLOW', '', AT_IRIS), policy('ALLOW', SOME, { namespace: 'models', labels: '{ app: wine }', name: 'other' })),
      ['info at models/access spec: the policy has no rules and no other policy allows requests, so all requests to pods app=iris in namespace models are denied']],
    ['ALLOW without rules where another policy is for another namespace', all(policy('ALLOW', '', AT_IRIS), policy('ALLOW', SOME, { namespace: 'other', labels: '', name: 'other' })),
      ['info at models/access spec: the policy has no rules and no other policy allows requests, so all requests to pods app=iris in namespace models are denied']],
    ['ALLOW without rules where another policy denies', all(policy('ALLOW', '', AT_IRIS), policy('DENY', SOME, { ...AT_IRIS, name: 'other' })),
      ['info at models/access spec: the policy has no rules and no other policy allows requests, so all requests to pods app=iris in namespace models are denied']],
    ['ALLOW without rules where a policy of the mesh allows some', all(policy('ALLOW', '', AT_IRIS), policy('ALLOW', SOME, { labels: '{ app: iris }', name: 'other' })), []],
    ['nothing allowed in the mesh except what policies allow', all(policy('ALLOW', '', { labels: '' }), policy('ALLOW', SOME, AT_IRIS)), []],
    ['ALLOW in a namespace', policy('ALLOW', SOME, { namespace: 'models', labels: '' }), []],
    ['ALLOW for a Service of the root namespace', policyExample(`  action: ALLOW\n  targetRefs: [{ kind: Service, name: a }]\n  rules: ${SOME}`, { labels: '' }), []],
    ['ALLOW in the root namespace', policy('ALLOW', SOME, { labels: '' }), ['info at istio-system/access: the policy is in the root namespace and has no selector, '
      + 'so all requests in the mesh that no policy allows are denied']],
    ['nothing allowed in a namespace except what policies allow', all(policy('ALLOW', '', { namespace: 'models', labels: '' }), policy('ALLOW', SOME, { ...AT_IRIS, name: 'other' })), []],
    ['ALLOW for some requests', policy('ALLOW', SOME, AT_IRIS), []],
    ['DENY for some requests of the mesh', policy('DENY', SOME, { labels: '' }), []],
    ['CUSTOM for all requests', policy('CUSTOM', '[{}]', AT_IRIS), []],
    ['a dry run', policy('DENY', '[{}]', AT_IRIS).replace('name: access', 'name: access, annotations: { istio.io/dry-run: "true" }'), []],
  ])('%s', (_what, yaml, problems) => {
    expect(found(yaml)).toEqual(problems);
  });
});

const workload = (labels: string, { namespace = 'models', kind = 'Deployment', annotations = '{}' } = {}) => `apiVersion: apps/v1
kind: ${kind}
metadata: { name: iris, namespace: ${namespace} }
spec: { template: { metadata: { labels: ${labels}, annotations: ${annotations} } } }
`;

describe('unselected-workload', () => {
  test('finds a selector without pods', () => {
    expect(problemsOf(unselectedWorkload, all(workload('{ app: iris, version: v1 }'), policy('ALLOW', '[{}]', { namespace: 'models', labels: '{ version: v1, app: irs }' })))).toEqual([{
      at: 'warning at AuthorizationPolicy models/access spec.selector.matchLabels',
      problem: 'no workload of namespace models has pods with version=v1, app=irs',
      remedy: 'if "iris" is meant, write app: iris',
      related: [],
    }]);
    expect(problemsOf(unselectedWorkload, all(workload('{ app: iris }'), loginExample({ namespace: 'models', labels: '{ team: risk }' }))).map(({ remedy }) => remedy))
      .toEqual(['write the labels of the pods, not those of the Deployment or the Service']);
  });

  test.each<[string, string, number]>([
    ['pods have the labels', all(workload('{ app: iris, version: v1 }', { kind: 'StatefulSet' }), policy('ALLOW', '[{}]', AT_IRIS)), 0],
    ['a Pod has them', all(workload('{ app: wine }'), 'apiVersion: v1\nkind: Pod\nmetadata: { name: a, namespace: models, labels: { app: iris } }\n', policy('ALLOW', '[{}]', AT_IRIS)), 0],
    ['a WorkloadEntry has them', all(workload('{ app: wine }'), 'apiVersion: networking.istio.io/v1\nkind: WorkloadEntry\nmetadata: { name: a, namespace: models }\nspec: { address: 10.0.0.1, labels: { app: iris } }\n', policy('ALLOW', '[{}]', AT_IRIS)), 0],
    ['the metadata of a WorkloadEntry has them', all(workload('{ app: wine }'), 'apiVersion: networking.istio.io/v1\nkind: WorkloadEntry\nmetadata: { name: a, namespace: models, labels: { app: iris } }\nspec: { address: 10.0.0.1, labels: { app: x } }\n', policy('ALLOW', '[{}]', AT_IRIS)), 0],
    ['a WorkloadGroup has them', all(workload('{ app: wine }'), 'apiVersion: networking.istio.io/v1\nkind: WorkloadGroup\nmetadata: { name: a, namespace: models, labels: { app: x } }\nspec: { metadata: { labels: { app: iris } }, template: {} }\n', policy('ALLOW', '[{}]', AT_IRIS)), 0],
    ['pods of another namespace have them', all(workload('{ app: wine }'), workload('{ app: iris }', { namespace: 'other' }), policy('ALLOW', '[{}]', AT_IRIS)), 1],
    ['no workload of the namespace is known', all(workload('{ app: wine }', { namespace: 'other' }), policy('ALLOW', '[{}]', AT_IRIS)), 0],
    ['an operator creates pods there', all(workload('{ app: wine }'), modelExample('iris'), policy('ALLOW', '[{}]', AT_IRIS)), 0],
    ['it is for the whole mesh', all(workload('{ app: wine }', { namespace: 'istio-system' }), policy('ALLOW', '[{}]', { labels: '{ app: iris }' })), 0],
    ['it is for the pods of a gateway', all(workload('{ app: wine }'), GATEWAY_EXAMPLE, policy('ALLOW', '[{}]', { namespace: 'models' })), 0],
    ['it has no selector', all(workload('{ app: wine }'), policy('ALLOW', '[{}]', { namespace: 'models', labels: '' })), 0],
  ])('if %s', (_what, yaml, count) => {
    expect(problemsOf(unselectedWorkload, yaml)).toHaveLength(count);
  });
});

describe('missing-policy-target', () => {
  const service = (name: string, namespace = 'models') => `apiVersion: v1\nkind: Service\nmetadata: { name: ${name}, namespace: ${namespace} }\nspec: {}\n`;
  const refers = (ref: string) => policyExample(`  targetRefs: [${ref}]\n  rules: [{}]`, { namespace: 'models', labels: '' });

  test('finds a Service that does not exist', () => {
    expect(problemsOf(missingPolicyTarget, all(service('wine'), refers('{ kind: Service, name: iris }')))).toEqual([{
      at: 'warning at AuthorizationPolicy models/access spec.targetRefs[0].name',
      problem: 'there is no Service models/iris, so the policy has no effect for it',
      remedy: 'refer to a Service of namespace models',
      related: [],
    }]);
  });

  test.each<[string, string, number]>([
    ['the name is a near miss', all(service('iris'), refers('{ kind: Service, group: core, name: irs }')), 1],
    ['it exists', all(service('iris'), refers('{ kind: Service, name: iris }')), 0],
    ['no Service of the namespace is known', all(service('wine', 'other'), refers('{ kind: Service, name: iris }')), 0],
    ['an operator creates Services there', all(service('wine'), modelExample('iris'), refers('{ kind: Service, name: iris }')), 0],
    ['it is a ServiceEntry', all('apiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata: { name: a, namespace: models }\n', refers('{ kind: ServiceEntry, group: networking.istio.io, name: b }')), 1],
    ['it is a Gateway', all(service('wine'), refers('{ kind: Gateway, group: gateway.networking.k8s.io, name: b }')), 0],
  ])('if %s', (_what, yaml, count) => {
    expect(problemsOf(missingPolicyTarget, yaml)).toHaveLength(count);
  });
});

describe('unenforced-policy', () => {
  const LABELS = '{ app.kubernetes.io/name: seldon-envoy }';
  const namespace = (labels: string) => `apiVersion: v1\nkind: Namespace\nmetadata: { name: models, labels: ${labels} }\n`;
  const POLICY = policy('DENY', '[{ from: [{ source: { notNamespaces: [a] } }] }]', { namespace: 'models', labels: LABELS });

  test('finds a policy for Seldon\'s Envoy', () => {
    expect(problemsOf(unenforcedPolicy, all(namespace('{}'), POLICY))).toEqual([{
      at: 'info at AuthorizationPolicy models/access spec.selector.matchLabels',
      problem: 'pods of seldon-envoy in namespace models have no sidecar unless injection is enabled, and without one nothing enforces the policy',
      remedy: 'enable injection for the namespace, or restrict access by a NetworkPolicy and at the gateway',
      related: ['Namespace default/models'],
    }]);
  });

  test.each<[string, string, number]>([
    ['the namespace is not known', POLICY, 1],
    ['the namespace enables injection', all(namespace('{ istio-injection: enabled }'), POLICY), 0],
    ['the namespace has a revision', all(namespace('{ istio.io/rev: stable }'), POLICY), 0],
    ['the namespace is in ambient mode', all(namespace('{ istio.io/dataplane-mode: ambient }'), POLICY), 0],
    ['the pods enable it', all(workload('{ app.kubernetes.io/name: seldon-envoy, sidecar.istio.io/inject: "true" }'), POLICY), 0],
    ['the pods enable it by an annotation', all(workload(LABELS, { annotations: '{ sidecar.istio.io/inject: "true" }' }), POLICY), 0],
    ['it is for other pods', policy('DENY', '[{}]', AT_IRIS), 0],
  ])('if %s', (_what, yaml, count) => {
    expect(problemsOf(unenforcedPolicy, yaml)).toHaveLength(count);
  });
});
