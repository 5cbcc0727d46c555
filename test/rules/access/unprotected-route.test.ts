import { GATEWAY_EXAMPLE, policyExample } from '../../../src/rules/access/access-example';
import { unprotectedRoute } from '../../../src/rules/access/unprotected-route';
import { core2RouteExample, selects } from '../../../src/rules/routes/core2-route-example';
import { levelsOf, problemsOf } from '../../support/cluster';

const route = (path: string, model = 'fraud', options = {}) => core2RouteExample(`    - match: [{ uri: { prefix: /v2/models/${path}/ } }]
${selects(model)}`, { name: path, ...options });
const denies = (paths: string, more = '') => policyExample(`  action: DENY
  rules:
    - to: [{ operation: { paths: [${paths}]${more} } }]
      when: [{ key: "request.auth.claims[groups]", notValues: [risk] }]`);

test('a second route to the same model', () => {
  expect(problemsOf(unprotectedRoute, [GATEWAY_EXAMPLE, route('fraud'), route('preview'), denies('/v2/models/fraud/*')].join('---\n'))).toEqual([{
    at: 'error at AuthorizationPolicy istio-system/access spec.rules[0]',
    problem: 'the policy denies "/v2/models/fraud/infer" on host "models.example.com", and a POST request for "/v2/models/preview/infer" on host '
      + '"models.example.com", without a token, reaches the same model "fraud" through VirtualService models/preview',
    remedy: 'deny the requests of that route as well, with a rule for its path and host',
    related: ['VirtualService models/preview spec.http[0].match[0]'],
  }]);
});

test('a warning for another host', () => {
  expect(levelsOf(unprotectedRoute, [GATEWAY_EXAMPLE, route('fraud'), route('preview', 'fraud', { hosts: '[internal.example.com]' }), denies('/v2/models/fraud/*')]
    .join('---\n'))).toEqual(['warning']);
});

test('another host of a wildcard', () => {
  expect(problemsOf(unprotectedRoute, [GATEWAY_EXAMPLE, route('fraud', 'fraud', { hosts: '["*.example.com"]' }), denies('/v2/models/fraud/*', ', hosts: [a.example.com, "a.example.com:*"]')]
    .join('---\n')).map(({ at, problem }) => [at.slice(0, 5), problem])).toEqual([['error', 'the policy denies "/v2/models/fraud/infer" on host "a.example.com", '
    + 'and a POST request for "/v2/models/fraud/infer" on host "other.example.com", without a token, reaches the same model "fraud" through VirtualService models/fraud']]);
});

test.each<[string, string[]]>([
  ['both routes are denied', [route('fraud'), route('preview'), denies('/v2/models/fraud/*, /v2/models/preview/*')]],
  ['the other route is for another model', [route('fraud'), route('preview', 'wine'), denies('/v2/models/fraud/*')]],
  ['the other route is for a model of another namespace', [route('fraud'), route('preview').replace('namespace: models', 'namespace: other'), denies('/v2/models/fraud/*')]],
  ['only the metadata of the model is open', [core2RouteExample(`    - match: [{ uri: { exact: /v2/models/fraud } }, { uri: { prefix: /v2/models/fraud/ } }]
${selects('fraud')}`), denies('/v2/models/fraud/*')]],
  ['the share of the model is 0', [route('fraud'), core2RouteExample(`    - match: [{ uri: { prefix: /v2/models/preview/ } }]
${selects('fraud')}
          weight: 0
        - { destination: { host: wine, port: { number: 80 } }, weight: 100 }`, { name: 'preview' }), denies('/v2/models/fraud/*')]],
  ['everything is denied', [route('fraud'), route('preview'), policyExample('  action: DENY\n  rules: [{}]')]],
])('silent if %s', (_what, documents) => {
  expect(problemsOf(unprotectedRoute, [GATEWAY_EXAMPLE, ...documents].join('---\n'))).toEqual([]);
});
