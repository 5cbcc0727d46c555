import { matchCovers, matchesOverlap, satisfies } from '../../src/plan/conflicts/overlap';
import { InferenceProtocol, modelPaths, servedPaths } from '../../src/plan/inference-protocol';
import { StringMatch } from '../../src/plan/string-match';

const NAMED = [InferenceProtocol.OPEN_INFERENCE, InferenceProtocol.TENSORFLOW_SERVING, InferenceProtocol.TORCH_SERVE];

test.each<[InferenceProtocol, string[]]>([
  [InferenceProtocol.OPEN_INFERENCE, ['exact "/v2/models/m"', 'prefix "/v2/models/m/"']],
  [InferenceProtocol.TENSORFLOW_SERVING, [
    'exact "/v1/models/m"', 'exact "/v1/models/m:predict"', 'exact "/v1/models/m:classify"', 'exact "/v1/models/m:regress"', 'exact "/v1/models/m/metadata"',
    'prefix "/v1/models/m/versions/"', 'prefix "/v1/models/m/labels/"',
  ]],
  [InferenceProtocol.TORCH_SERVE, ['exact "/predictions/m"', 'prefix "/predictions/m/"', 'exact "/explanations/m"', 'prefix "/explanations/m/"']],
])('the paths of a model in %s', (protocol, paths) => {
  expect(modelPaths(protocol, 'm')!.map(String)).toEqual(paths);
});

test('a plain HTTP server has no paths that are known', () => {
  expect([modelPaths(InferenceProtocol.HTTP, 'm'), servedPaths(InferenceProtocol.HTTP), servedPaths(undefined)]).toEqual([undefined, undefined, undefined]);
});

test.each(NAMED)('the paths of a model in %s are served, and are those of no neighbour', (protocol) => {
  const own = modelPaths(protocol, 'iris')!;

  for (const path of own) expect(servedPaths(protocol)!.some((served) => matchCovers(served, path) === true)).toBe(true);
  for (const neighbour of ['iris-large', 'iri', 'iris.v2', 'iris_2', 'Iris']) {
    const others = modelPaths(protocol, neighbour)!;
    expect(own.filter((path) => others.some((other) => matchesOverlap(path, other)))).toEqual([]);
  }
});

test.each(['/v1/models/iris/versions/3:predict', '/v1/models/iris/labels/stable/metadata', '/v1/models/iris/versions/3'])('%s is the model\'s', (path) => {
  expect(modelPaths(InferenceProtocol.TENSORFLOW_SERVING, 'iris')!.some((match) => satisfies(match, path))).toBe(true);
});

test.each(['/v1/models/iris:predict/', '/v1/models/iris:predictx', '/v1/models/iris/metadata/x', '/v1/models/irisx'])('%s is not', (path) => {
  expect(modelPaths(InferenceProtocol.TENSORFLOW_SERVING, 'iris')!.some((match: StringMatch) => satisfies(match, path))).toBe(false);
});
