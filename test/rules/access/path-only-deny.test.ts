import { GATEWAY_EXAMPLE, policyExample } from '../../../src/rules/access/access-example';
import { pathOnlyDeny } from '../../../src/rules/access/path-only-deny';
import { core2RouteExample, selects } from '../../../src/rules/routes/core2-route-example';
import { levelsOf, problemsOf } from '../../support/cluster';

const OPEN = `    - match: [{ uri: { prefix: /v2/models/ } }]
      route:
        - destination: { host: seldon-mesh, port: { number: 80 } }`;
const GRPC = '{ uri: { prefix: /inference.GRPCInferenceService/ }, headers: { seldon-model: { exact: fraud } } }';
const PATHS = '    - to: [{ operation: { paths: [/v2/models/fraud, /v2/models/fraud/*] } }]';
const CLAIM = '{ key: "request.auth.claims[groups]", notValues: [risk] }';
const HEADER = `    - when: [{ key: "request.headers[seldon-model]", values: [fraud] }, ${CLAIM}]`;
const denies = (...rules: string[]) => policyExample(`  action: DENY\n  rules:\n${rules.join('\n')}`);
const PATH_ONLY = denies(`${PATHS}\n      when: [${CLAIM}]`);
const setup = (route: string, policy: string, options = {}) => [GATEWAY_EXAMPLE, core2RouteExample(route, options), policy].join('---\n');

test('the header of the client chooses the model', () => {
  expect(problemsOf(pathOnlyDeny, setup(OPEN, PATH_ONLY))).toEqual([{
    at: 'error at AuthorizationPolicy istio-system/access spec.rules[0]',
    problem: 'the policy denies "/v2/models/fraud/infer", and a POST request for "/v2/models/other/infer" on host "models.example.com" with the header '
      + 'seldon-model: fraud, without a token, reaches model "fraud" through VirtualService models/iris',
    remedy: 'deny requests with the header too, as in when: [{ key: "request.headers[seldon-model]", values: [fraud] }], and set the header in each route',
    related: ['VirtualService models/iris spec.http[0].match[0]'],
  }]);
});

test('a gRPC call names the model in the header', () => {
  const route = `    - match: [{ uri: { prefix: /v2/models/fraud/ } }, ${GRPC}]\n${selects('fraud')}`;
  expect(problemsOf(pathOnlyDeny, setup(route, PATH_ONLY)).map(({ problem }) => problem)).toEqual([
    'the policy denies "/v2/models/fraud/infer", and a POST request for "/inference.GRPCInferenceService/ModelInfer" on host "models.example.com" with the header '
    + 'seldon-model: fraud, without a token, reaches model "fraud" through VirtualService models/iris',
  ]);
  expect(problemsOf(pathOnlyDeny, setup(route, denies(`${PATHS}\n      when: [${CLAIM}]`, HEADER)))).toEqual([]);
});

test('a caller with a token gets through where only callers without one are denied in general', () => {
  const policy = denies('    - from: [{ source: { notRequestPrincipals: ["*"] } }]', `${PATHS}\n      when: [${CLAIM}]`);
  expect(problemsOf(pathOnlyDeny, setup(OPEN, policy)).map(({ problem }) => problem)).toEqual([expect.stringContaining('with a token that has none of the listed claims')]);
});

test('a warning for another host of the gateway', () => {
  const yaml = `${setup(`    - match: [{ uri: { prefix: /v2/models/fraud/ } }]\n${selects('fraud')}`, denies(`    - to: [{ operation: { paths: [/v2/models/fraud/*], hosts: [models.example.com, "models.example.com:*"] } }]
      when: [${CLAIM}]`))}---\n${core2RouteExample(OPEN, { name: 'internal', hosts: '[internal.example.com]' })}`;
  expect(levelsOf(pathOnlyDeny, yaml)).toEqual(['warning']);
});

test('an error for another name of the same wildcard', () => {
  const policy = denies(`    - to: [{ operation: { paths: [/v2/models/fraud/*], hosts: [models.example.com, "models.example.com:*"] } }]\n      when: [${CLAIM}]`, HEADER.replace(CLAIM, `${CLAIM}`));
  expect(levelsOf(pathOnlyDeny, setup(OPEN, policy, { hosts: '["*"]' }))).toEqual([]);
  expect(levelsOf(pathOnlyDeny, setup(OPEN, denies(`    - to: [{ operation: { paths: [/v2/models/fraud/*], hosts: [models.example.com, "models.example.com:*"] } }]
      when: [${CLAIM}]`), { hosts: '["*"]' }))).toEqual(['error']);
});

test.each<[string, string]>([
  ['the header is denied too', setup(OPEN, denies(`${PATHS}\n      when: [${CLAIM}]`, HEADER))],
  ['the route sets the header', setup(`    - match: [{ uri: { prefix: /v2/models/fraud/ } }]\n${selects('fraud')}`, PATH_ONLY)],
  ['the route removes the header', setup(`${OPEN}\n          headers: { request: { remove: [Seldon-Model] } }`, PATH_ONLY)],
  ['the route is not for Seldon\'s Service', setup(OPEN.replace('seldon-mesh', 'iris'), PATH_ONLY)],
  ['the Gateway is not known', [core2RouteExample(OPEN), PATH_ONLY].join('---\n')],
  ['the policy is for other pods', setup(OPEN, PATH_ONLY.replace('ingressgateway', 'egressgateway'))],
  ['the policy is only tried out', setup(OPEN, PATH_ONLY.replace('name: access', 'name: access, annotations: { istio.io/dry-run: "true" }'))],
  ['all other requests are denied as well', setup(OPEN, `${PATH_ONLY}---\n${policyExample('  action: ALLOW\n  rules:\n    - to: [{ operation: { paths: [/health] } }]', { name: 'more' })}`)],
  ['the addresses of callers decide', setup(OPEN, denies(`${PATHS}\n      from: [{ source: { notRemoteIpBlocks: [10.0.0.0/8] } }]`))],
  ['an external authorizer may deny the request', setup(OPEN, `${PATH_ONLY}---\n${policyExample('  action: CUSTOM\n  provider: { name: a }\n  rules: [{}]', { name: 'more' })}`)],
  ['an older route may answer', `${setup(OPEN, PATH_ONLY)}---\n${core2RouteExample('    - match: [{ uri: { prefix: /v2/ } }]\n      redirect: { uri: / }', { name: 'older' })}`],
])('silent if %s', (_what, yaml) => {
  expect(problemsOf(pathOnlyDeny, yaml)).toEqual([]);
});
