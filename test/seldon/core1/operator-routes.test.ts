import { SeldonDeploymentManifest } from '../../../src/cluster/core1-operator/manifest';
import { operatorRoutesOf } from '../../../src/cluster/core1-operator/routes';
import { StringMatch } from '../../../src/plan/string-match';
import { findSharedCalls, findSharedRequests, LibraryRoute } from '../../../src/seldon/core1/operator-routes';

function manifest(annotations: { [name: string]: string } = {}, onSpec: { [name: string]: string } = {}, name = 'iris'): SeldonDeploymentManifest {
  return {
    metadata: { name, namespace: 'models', annotations },
    spec: {
      annotations: onSpec,
      predictors: [
        { name: 'main', graph: { name: 'm' }, explainer: { type: 'ALE' } }, { name: 'other', graph: { name: 'm' }, explainer: {} },
      ],
    },
  };
}

const operator = (...args: Parameters<typeof manifest>) => operatorRoutesOf(manifest(...args), 'iris');

function route(paths: StringMatch[], rest: Partial<LibraryRoute> = {}): LibraryRoute {
  return { description: 'route', inMesh: false, hosts: ['*'], paths, calls: [], ...rest };
}

describe('a route of the library has the same requests', () => {
  const IRIS = '/seldon/models/iris/';
  const WHY = '/seldon/models/iris-explainer/main/';

  test.each<[string, StringMatch, string[]]>([
    ['by the prefix', StringMatch.prefix(IRIS), [IRIS]],
    ['by a part of it', StringMatch.prefix(`${IRIS}api/`), [IRIS]],
    ['by one path', StringMatch.exact(`${IRIS}api/v1.0/predictions`), [IRIS]],
    ['by the prefix of an explainer', StringMatch.prefix(WHY), [WHY]],
    ['by one path of an explainer', StringMatch.exact(`${WHY}api/v1.0/explain`), [WHY]],
    ['by the prefix of all explainers', StringMatch.prefix('/seldon/models/iris-explainer/'), [WHY]],
    ['by a wider prefix', StringMatch.prefix('/seldon/models/'), [IRIS, WHY]],
    ['by a beginning of the name', StringMatch.prefix('/seldon/models/ir'), [IRIS, WHY]],
    ['by an expression', StringMatch.regex('/seldon/.*/predictions'), [IRIS, WHY]],
  ])('%s', (_what, path, prefixes) => {
    expect(findSharedRequests([route([path])], [operator()]).flatMap((shared) => shared.prefixes)).toEqual(prefixes);
  });

  test.each<[string, StringMatch]>([
    ['a page for all that is left', StringMatch.prefix('/')],
    ['another deployment', StringMatch.prefix('/seldon/models/iris-2/')],
    ['another namespace', StringMatch.prefix('/seldon/other/iris/')],
    ['the explainer of another predictor', StringMatch.prefix('/seldon/models/iris-explainer/other/')],
    ['the prefix without its end', StringMatch.exact('/seldon/models/iris')],
    ['a model of Seldon Core 2', StringMatch.prefix('/v2/models/iris/')],
    ['another expression', StringMatch.regex('/v2/.*')],
  ])('but not as %s', (_what, path) => {
    expect(findSharedRequests([route([path])], [operator()])).toEqual([]);
  });

  test.each<[string, Partial<LibraryRoute>, { [name: string]: string }, number]>([
    ['a route on the operator\'s host', { hosts: ['A.test'] }, { 'seldon.io/istio-host': 'a.test' }, 1],
    ['a route on a wider host', { hosts: ['*.test'] }, { 'seldon.io/istio-host': 'a.test' }, 1],
    ['not a route on a narrower host, which Envoy prefers', { hosts: ['a.test'] }, {}, 0],
    ['not a route on another host', { hosts: ['b.test'] }, { 'seldon.io/istio-host': 'a.test' }, 0],
    ['not a route inside the mesh', { inMesh: true, hosts: ['*'] }, {}, 0],
    ['not a route of a deployment with disabled routes', {}, { 'seldon.io/istio-gateway': 'mesh', 'seldon.io/istio-host': 'iris.operator.invalid' }, 0],
    ['a route inside the mesh, as the operator\'s', { inMesh: true, hosts: ['a.test'] }, { 'seldon.io/istio-gateway': 'mesh', 'seldon.io/istio-host': 'a.test' }, 1],
  ])('as %s', (_what, rest, annotations, count) => {
    expect(findSharedRequests([route([StringMatch.prefix(IRIS)], rest)], [operator(annotations)])).toHaveLength(count);
  });

  test('once for the predictors and the explainers of a deployment', () => {
    expect(findSharedRequests([route([StringMatch.prefix(IRIS), StringMatch.prefix(WHY)])], [operator()])).toMatchObject([{ prefixes: [IRIS, WHY] }]);
  });

  test('once for each of several deployments, and once for two of its paths', () => {
    const paths = [StringMatch.prefix(IRIS), StringMatch.exact(`${IRIS}live`), StringMatch.prefix('/seldon/models/wine/')];
    expect(findSharedRequests([route(paths)], [operator(), operator({}, {}, 'wine'), operator({}, {}, 'other')]).flatMap(({ prefixes }) => prefixes))
      .toEqual([IRIS, '/seldon/models/wine/']);
  });
});

describe('a route of the library has the same gRPC calls', () => {
  test.each<[string, LibraryRoute['calls'], number]>([
    ['by the headers of the deployment', [{ seldon: 'iris', namespace: 'models' }], 1],
    ['by one of them', [{ seldon: 'iris' }], 1],
    ['by the namespace of all', [{ namespace: 'models' }], 2],
    ['by the whole host', [{}], 2],
    ['by one of several sets', [{ 'seldon-model': 'iris' }, { namespace: 'models', seldon: 'wine' }], 1],
    ['but not of another deployment', [{ seldon: 'other', namespace: 'models' }], 0],
    ['but not of another namespace', [{ seldon: 'iris', namespace: 'other' }, { namespace: 'other' }], 0],
    ['but not by other headers', [{ 'seldon-model': 'iris' }, { 'seldon': 'iris', 'x-team': 'a' }], 0],
    ['but not where it accepts no calls', [], 0],
  ])('%s', (_what, calls, count) => {
    expect(findSharedCalls([route([], { calls })], [operator(), operator({}, {}, 'wine')])).toHaveLength(count);
  });

  test('on the same hosts alone', () => {
    expect(findSharedCalls([route([], { calls: [{}], hosts: ['a.test'] })], [operator()])).toEqual([]);
  });
});
