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
      'prefix h.test/v2/models/iris/: 100 % model models/iris → 100 % not-found 404',
    ],
  });
});

test('a Model that is named by the path', () => {
  const paths = virtualService('models', [ROUTE.replace('/v2}', '/v2/models/}')]);
  const base = GATEWAY + service('seldon-mesh') + paths;
  expect(changesOf(base + model('iris') + model('wine'), base + model('wine')).changes).toEqual([
    'prefix h.test/v2/models/, header seldon-model is "iris": 100 % model models/iris → 100 % not-found 404',
    'prefix h.test/v2/models/iris/: 100 % model models/iris → 100 % not-found 404',
  ]);
});

test('an Experiment whose weights change, also for requests that name an arm', () => {
  const models = BASE + model('iris') + model('iris2');
  expect(changesOf(models + experiment(50), models + experiment(150)).changes).toEqual([
    'prefix h.test/v2, header seldon-model is "iris": 50 % model models/iris, 50 % model models/iris2 → 75 % model models/iris, 25 % model models/iris2',
    'prefix h.test/v2, header seldon-model is "split.experiment": 50 % model models/iris, 50 % model models/iris2 → 75 % model models/iris, 25 % model models/iris2',
    'prefix h.test/v2/models/iris/: 50 % model models/iris, 50 % model models/iris2 → 75 % model models/iris, 25 % model models/iris2',
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
    'prefix h.test/v2/models/iris/, header x-seldon-route is present: 50 % model models/iris, 50 % model models/iris2 → 100 % not-found 404',
    'prefix h.test/v2/models/iris2/, header x-seldon-route is present: 100 % model models/iris2 → 100 % not-found 404',
  ]);
});

test('another runtime', () => {
  const runtime = service('seldon-mesh', undefined, 'other') + model('iris').replace('namespace: models', 'namespace: other') + model('iris');
  const moved = BASE.replace('{host: seldon-mesh,', '{host: seldon-mesh.other.svc.cluster.local,');
  expect(changesOf(BASE + runtime, moved + runtime).changes).toEqual([
    'prefix h.test/v2, header seldon-model is "iris": 100 % model models/iris → 100 % model other/iris',
    'prefix h.test/v2/models/iris/: 100 % model models/iris → 100 % model other/iris',
  ]);
});

const naming = (more: string, prefix = '/m/') => (
  GATEWAY + service('seldon-mesh') + virtualService('models', [ROUTE.replace('/v2}}],', () => `${prefix}}}], ${more}`)])
);
const removed = (more: string, prefix?: string) => changesOf(naming(more, prefix) + model('iris') + model('wine'), naming(more, prefix) + model('wine'));
const without = (rewrite: string) => `rewrite: ${rewrite}, headers: {request: {remove: [seldon-model]}},`;

test.each([
  ['a prefix', '{uri: /v2/models/}'],
  ['an expression for a prefix', "{uriRegexRewrite: {match: '^/m/(.*)$', rewrite: '/v2/models/\\1'}}"],
  ['an expression with the name', "{uriRegexRewrite: {match: '^/m/([^/]+)(/.*)?$', rewrite: '/v2/models/\\1\\2'}}"],
])('a Model that is removed, and named by the path that %s makes', (_what, rewrite) => {
  expect(removed(without(rewrite))).toEqual({
    changes: ['prefix h.test/m/iris/: 100 % model models/iris → 100 % not-found 404'], repeated: [], undecided: [],
  });
});

test('a Model that is removed, and named by a copied header', () => {
  const copied = (value: string) => removed(`headers: {request: {remove: [seldon-model], set: {seldon-model: '${value}'}}},`, '/v2/other/');
  expect(copied('%REQ(x-model)%').changes).toContain('prefix h.test/v2/other/, header x-model is "iris": 100 % model models/iris → 100 % not-found 404');
  expect(copied('%REQ(x-model)%-1').undecided).toContain('rules copy parts of requests to the name of a model');
});

test('a Model that an expression may name', () => {
  const expression = "{uriRegexRewrite: {match: '^/m/([^/]+)$', rewrite: '/v2/models/\\1-1/infer'}}";
  expect(removed(without(expression)).undecided).toContain('rules copy parts of requests to the name of a model');
  expect(removed(`rewrite: ${expression}, headers: {request: {set: {seldon-model: wine}}},`)).toEqual({ changes: [], repeated: [], undecided: [] });
});

test('a Model that is removed, if only some paths reach Seldon below the ones that it serves', () => {
  const expression = "rewrite: {uriRegexRewrite: {match: '/m', rewrite: '/v2/models'}}, headers: {request: {set: {seldon-model: iris}}},";
  expect(removed(expression, '/')).toEqual({
    repeated: [],
    undecided: [],
    changes: [
      'prefix h.test/, header seldon-model is "iris": 100 % model models/iris → 100 % not-found 404',
      'prefix h.test/, header seldon-model is "wine": 100 % model models/iris → 100 % not-found 404',
      'prefix h.test/m/iris/: 100 % model models/iris → 100 % not-found 404',
      'prefix h.test/m/wine/: 100 % model models/iris → 100 % not-found 404',
    ],
  });
});

test('copies do not matter where the Models are the same', () => {
  const routed = (timeout: string) => naming(`timeout: ${timeout}, headers: {request: {remove: [seldon-model], set: {seldon-model: '%REQ(x-model)%-1'}}},`, '/v2/other/') + model('iris');
  expect(changesOf(routed('1s'), routed('1000ms'))).toEqual({ changes: [], repeated: [], undecided: [] });
});
