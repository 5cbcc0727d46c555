import { GATEWAY_EXAMPLE, loginExample, policyExample } from '../../../src/rules/access/access-example';
import { bypassedByRepeatedHeader } from '../../../src/rules/access/bypassed-by-repeated-header';
import { core2RouteExample, selects } from '../../../src/rules/routes/core2-route-example';
import { levelsOf, problemsOf } from '../../support/cluster';

const policy = (action: string, condition: string, options = {}) => policyExample(`  action: ${action}\n  rules:\n    - when: [${condition}]`, options);
const header = (name: string, values: string) => `{ key: "request.headers[${name}]", ${values} }`;
const ROUTE = core2RouteExample(`    - match: [{ uri: { prefix: /v2/ }, headers: { X-Team: { exact: risk } } }]\n${selects('iris')}`);

test('a denial of all models except one', () => {
  expect(problemsOf(bypassedByRepeatedHeader, policy('DENY', header('Seldon-Model', 'notValues: [iris, wine]')))).toEqual([{
    at: 'error at AuthorizationPolicy istio-system/access spec.rules[0].when[0].notValues',
    problem: 'a request with two lines of the header seldon-model, one of them "iris", is not denied regardless of the other one, '
      + 'and the other one can choose the backend',
    remedy: 'deny by values of the header that are not accepted instead, or set the header in front of this policy, so that clients cannot',
    related: [],
  }]);
});

test('an allowance by a header', () => {
  expect(problemsOf(bypassedByRepeatedHeader, policy('ALLOW', header('seldon-model', 'values: ["iris*"]')))).toEqual([{
    at: 'warning at AuthorizationPolicy istio-system/access spec.rules[0].when[0].values',
    problem: 'a request with two lines of the header seldon-model, one of them "irisx", is allowed regardless of the other one, and the other one can choose the backend',
    remedy: 'deny by path and header at the gateway instead, or set the header in front of this policy, so that clients cannot',
    related: [],
  }]);
});

test('the level depends on what the header chooses', () => {
  expect(levelsOf(bypassedByRepeatedHeader, policy('DENY', header('x-team', 'notValues: [risk]')))).toEqual(['warning']);
  expect(levelsOf(bypassedByRepeatedHeader, policy('ALLOW', header('x-team', 'values: [risk]')))).toEqual(['info']);
  expect(levelsOf(bypassedByRepeatedHeader, [ROUTE, policy('DENY', header('x-team', 'notValues: [risk]'))].join('---\n'))).toEqual(['error']);
});

test.each<[string, string]>([
  ['the header is denied by its values', policy('DENY', header('seldon-model', 'values: [iris]'))],
  ['a value is excluded from what is allowed', policy('ALLOW', header('seldon-model', 'notValues: [iris]'))],
  ['any value will do', policy('DENY', header('seldon-model', 'notValues: ["*"]'))],
  ['Envoy joins the header', policy('DENY', header('accept', 'notValues: [text/html]'))],
  ['Envoy sets the header', policy('DENY', header('x-forwarded-proto', 'notValues: [https]'))],
  ['requests are only logged', policy('AUDIT', header('seldon-model', 'values: [iris]'))],
  ['the condition is on a claim', policy('DENY', '{ key: "request.auth.claims[groups]", notValues: [risk] }')],
  ['Istio sets the header to a claim', [policy('DENY', header('x-team', 'notValues: [risk]')),
    loginExample().replace('forwardOriginalToken: true', 'outputClaimToHeaders: [{ header: X-Team, claim: team }]')].join('---\n')],
  ['a route in front of the workload sets the header', [core2RouteExample(`    - match: [{ uri: { prefix: /v2/ } }]\n${selects('iris')}`),
    policy('DENY', header('seldon-model', 'notValues: [iris]'), { namespace: 'models', labels: '{ app: iris }' })].join('---\n')],
])('silent if %s', (_what, yaml) => {
  expect(problemsOf(bypassedByRepeatedHeader, yaml)).toEqual([]);
});

test('a route behind the gateway does not matter for a policy at the gateway', () => {
  expect(levelsOf(bypassedByRepeatedHeader, [GATEWAY_EXAMPLE, core2RouteExample(`    - match: [{ uri: { prefix: /v2/ } }]\n${selects('iris')}`),
    policy('DENY', header('seldon-model', 'notValues: [iris]'))].join('---\n'))).toEqual(['error']);
});
