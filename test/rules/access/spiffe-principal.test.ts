import { spiffePrincipal as rule } from '../../../src/rules/access/spiffe-principal';
import { problemsOf } from '../../support/cluster';

const policy = (rules: object) => JSON.stringify({
  apiVersion: 'security.istio.io/v1', kind: 'AuthorizationPolicy', metadata: { name: 'access', namespace: 'models' }, spec: { rules: [rules] },
});

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([{
    at: 'error at AuthorizationPolicy models/access spec.rules[0].from[0].source.principals[0]',
    problem: '"spiffe://cluster.local/ns/jobs/sa/batch" matches no caller, since Istio compares principals without "spiffe://"',
    remedy: 'write "cluster.local/ns/jobs/sa/batch"',
    related: [],
  }]);
});

test('principals that are excluded', () => {
  expect(problemsOf(rule, policy({ from: [{ source: { notPrincipals: ['a', 'spiffe://b'] } }] })).map(({ at, problem }) => [at, problem])).toEqual([[
    'error at AuthorizationPolicy models/access spec.rules[0].from[0].source.notPrincipals[1]',
    '"spiffe://b" excludes no caller, since Istio compares principals without "spiffe://"',
  ]]);
});

test('a condition on the principal', () => {
  expect(problemsOf(rule, policy({ when: [{ key: 'source.principal', values: ['spiffe://a/*'], notValues: ['spiffe://b'] }] })).map(({ at }) => at)).toEqual([
    'error at AuthorizationPolicy models/access spec.rules[0].when[0].notValues[0]', 'error at AuthorizationPolicy models/access spec.rules[0].when[0].values[0]',
  ]);
});

test('other values, and other attributes', () => {
  expect(problemsOf(rule, policy({
    from: [{ source: { principals: ['*/sa/batch', 'cluster.local/ns/jobs/sa/batch'], requestPrincipals: ['spiffe://a/b'] } }],
    when: [{ key: 'request.headers[x-a]', values: ['spiffe://a'] }],
  }))).toEqual([]);
});
