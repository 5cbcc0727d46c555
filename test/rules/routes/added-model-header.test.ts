import { addedModelHeader as rule } from '../../../src/rules/routes/added-model-header';
import { levelsOf, problemsOf } from '../../support/cluster';

const routeWith = (settings: object, host = 'seldon-mesh', headers: object = { request: { add: { 'seldon-model': 'iris' } } }) => JSON.stringify({
  apiVersion: 'networking.istio.io/v1',
  kind: 'VirtualService',
  metadata: { name: 'iris', namespace: 'models' },
  spec: { hosts: ['models.example.com'], http: [{ route: [{ destination: { host }, headers }], ...settings }] },
});

const OTHER = { headers: { 'seldon-model': { exact: 'wine' } } };

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([{
    at: 'error at VirtualService models/iris spec.http[0].route[0].headers.request.add.seldon-model',
    problem: 'the route adds seldon-model: iris to requests that have another value of it, and Seldon uses the first one',
    remedy: 'set it, as in headers: { request: { set: { seldon-model: "iris" } } }',
    related: [],
  }]);
});

test('requests that may have no such header', () => {
  expect(problemsOf(rule, routeWith({}))).toEqual([{
    at: 'warning at VirtualService models/iris spec.http[0].route[0].headers.request.add.seldon-model',
    problem: 'the route adds seldon-model: iris, and a request that has the header already goes to the model that it names',
    remedy: 'set it, as in headers: { request: { set: { seldon-model: "iris" } } }',
    related: [],
  }]);
});

test('the level depends on whether all matches ask for another value', () => {
  expect(levelsOf(rule, routeWith({ match: [OTHER] }))).toEqual(['error']);
  expect(levelsOf(rule, routeWith({ match: [OTHER, { uri: { prefix: '/v2' } }] }))).toEqual(['warning']);
  expect(levelsOf(rule, routeWith({ match: [{ headers: { 'seldon-model': { exact: 'iris' } } }] }))).toEqual(['warning']);
  expect(levelsOf(rule, routeWith({ match: [{ headers: { 'seldon-model': { prefix: 'w' } } }] }))).toEqual(['warning']);
});

test('the header of the rule, in any case', () => {
  expect(problemsOf(rule, routeWith({ headers: { request: { add: { 'Seldon-Model': 'iris' } } } }, 'seldon-mesh', {})).map(({ at }) => at)).toEqual([
    'warning at VirtualService models/iris spec.http[0].headers.request.add.Seldon-Model',
  ]);
});

test('where it makes no difference', () => {
  const request = { add: { 'seldon-model': 'iris' } };
  expect(problemsOf(rule, routeWith({}, 'other'))).toEqual([]);
  expect(problemsOf(rule, routeWith({}, 'seldon-mesh', { request: { add: { 'x-a': 'iris' } } }))).toEqual([]);
  expect(problemsOf(rule, routeWith({}, 'seldon-mesh', { response: request }))).toEqual([]);
  expect(problemsOf(rule, routeWith({}, 'seldon-mesh', { request: { ...request, remove: ['seldon-model'] } }))).toEqual([]);
  expect(problemsOf(rule, routeWith({ headers: { request: { set: { 'seldon-model': 'wine' } } } }))).toEqual([]);
});
