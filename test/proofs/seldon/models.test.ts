import { GATEWAY, service, virtualService } from '../../support/routes';
import { changesOf } from '../support/differences';

const model = (name: string) => `apiVersion: mlops.seldon.io/v1alpha1\nkind: Model\nmetadata: {name: ${name}, namespace: models}\nspec: {storageUri: 'gs://models'}\n---\n`;
const experiment = (weight: number) => `apiVersion: mlops.seldon.io/v1alpha1\nkind: Experiment\nmetadata: {name: split, namespace: models}\nspec: {default: iris, candidates: [{name: iris, weight: ${weight}}, {name: iris2, weight: 50}]}\n---\n`;
const ROUTE = '{match: [{uri: {prefix: /v2}}], route: [{destination: {host: seldon-mesh, port: {number: 80}}}]}';
const BASE = GATEWAY + service('seldon-mesh') + virtualService('models', [ROUTE]);

test('a Model that is removed', () => {
  expect(changesOf(BASE + model('iris') + model('wine'), BASE + model('wine'))).toEqual({
    undecided: [],
    repeated: [],
    changes: [
      'prefix h.test/v2, header seldon-model is "iris": 100 % model models/iris → 100 % not-found 404',
    ],
  });
});

test('a Model that is named by the path', () => {
  const paths = virtualService('models', [ROUTE.replace('/v2}', '/v2/models/}')]);
  const base = GATEWAY + service('seldon-mesh') + paths;
  expect(changesOf(base + model('iris') + model('wine'), base + model('wine')).changes).toEqual([
    'prefix h.test/v2/models/, header seldon-model is "iris": 100 % model models/iris → 100 % not-found 404',
  ]);
});

test('an Experiment whose weights change, also for requests that name an arm', () => {
  const models = BASE + model('iris') + model('iris2');
  expect(changesOf(models + experiment(50), models + experiment(150)).changes).toEqual([
    'prefix h.test/v2, header seldon-model is "iris": 50 % model models/iris, 50 % model models/iris2 → 75 % model models/iris, 25 % model models/iris2',
  ]);
});

test('a route that no longer removes the header of sessions', () => {
  const models = model('iris') + model('iris2') + experiment(50);
  const removing = BASE.replace('{match: [{uri: {prefix: /v2}}],', '{match: [{uri: {prefix: /v2}}], headers: {request: {remove: [x-seldon-route]}},');
  expect(changesOf(removing + models, BASE + models).changes).toEqual([
    'prefix h.test/v2, header seldon-model is "iris", header x-seldon-route is present: 50 % model models/iris, 50 % model models/iris2 → 100 % not-found 404',
    'prefix h.test/v2, header seldon-model is "iris", header x-seldon-route is ":iris_1:": 50 % model models/iris, 50 % model models/iris2'
      + ' → if version 1 is the current one of Model models/iris: 100 % model models/iris | if otherwise: 100 % not-found 404',
    'prefix h.test/v2, header seldon-model is "iris", header x-seldon-route is ":iris2_1:": 50 % model models/iris, 50 % model models/iris2'
      + ' → if version 1 is the current one of Model models/iris2: 100 % model models/iris2 | if otherwise: 100 % not-found 404',
    'prefix h.test/v2, header seldon-model is "iris2", header x-seldon-route is present: 100 % model models/iris2 → 100 % not-found 404',
  ]);
});

test('another runtime', () => {
  const runtime = service('seldon-mesh', undefined, 'other') + model('iris').replace('namespace: models', 'namespace: other') + model('iris');
  const moved = BASE.replace('{host: seldon-mesh,', '{host: seldon-mesh.other.svc.cluster.local,');
  expect(changesOf(BASE + runtime, moved + runtime).changes).toEqual([
    'prefix h.test/v2, header seldon-model is "iris": 100 % model models/iris → 100 % model other/iris',
  ]);
});
