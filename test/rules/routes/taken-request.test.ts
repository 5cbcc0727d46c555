import { core2RouteExample as route, modelExample as model, selects } from '../../../src/rules/routes/core2-route-example';
import { grpcWithoutModelHeader } from '../../../src/rules/routes/grpc-without-model-header';
import { prefixTakesNeighbour } from '../../../src/rules/routes/prefix-takes-neighbour';
import { examplesOf } from '../../support/cluster';

const METHODS = '{ uri: { prefix: /inference.GRPCInferenceService/ } }';
const PREFIX = '{ uri: { prefix: /v2/models/iris } }';

function yaml(rules: readonly (readonly [string, string])[], hosts?: string): string {
  const text = rules.map(([match, name]) => `    - match: [${match}]\n${selects(name)}`).join('\n');
  return [model('iris'), model('iris-large'), route(text, hosts === undefined ? {} : { hosts })].join('---\n');
}

test('a request for the neighbour', () => {
  expect(examplesOf(prefixTakesNeighbour, yaml([[PREFIX, 'iris']]))).toEqual([
    'curl http://models.example.com/v2/models/iris-large/infer: 100 % get Model models/iris instead of Model models/iris-large',
  ]);
});

test('a call that names another model', () => {
  const [example] = examplesOf(grpcWithoutModelHeader, yaml([[METHODS, 'iris']]));
  expect(example).toMatch(/^grpcurl .*-H 'seldon-model: iris-large' .*: 100 % get Model models\/iris instead of Model models\/iris-large$/);
});

test('conditions of the match are satisfied, and those of earlier rules are not', () => {
  const match = '{ uri: { prefix: /v2/models/iris }, headers: { x-tester: { exact: "yes" } } }';
  const early = '{ uri: { prefix: /v2/models/iris }, method: { exact: GET } }';
  expect(examplesOf(prefixTakesNeighbour, yaml([[early, 'iris-large'], [match, 'iris']]))).toContainEqual(
    expect.stringMatching(/^curl (-X|-d|--data|-I)\b.*x-tester: yes.*: 100 % get Model models\/iris instead of Model models\/iris-large$/));
});

test('no request reaches the match from outside', () => {
  expect(examplesOf(prefixTakesNeighbour, yaml([[PREFIX, 'iris']]).replace('istio-system/gateway', 'mesh'))).toEqual(['none']);
});
