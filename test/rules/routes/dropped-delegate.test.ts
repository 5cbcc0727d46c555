import { droppedDelegate as rule } from '../../../src/rules/routes/dropped-delegate';
import { levelsOf, problemsOf } from '../../support/cluster';

function root(rules: string): string {
  return `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: root, namespace: web}
spec: {hosts: [shop.example.com], gateways: [istio-system/gateway], http: [${rules}]}
`;
}

function delegate(name: string, rules: string, spec = '', namespace = 'web'): string {
  return `---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: ${name}, namespace: ${namespace}}
spec: {${spec}http: [${rules}]}
`;
}

const ROUTE = 'route: [{destination: {host: api}}]';
const API = '{match: [{uri: {prefix: /api/}}], delegate: {name: api}}';

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([{
    at: 'error at VirtualService models/models spec.http[0].delegate',
    problem: 'Istio ignores the delegate models/iris, since it has hosts',
    remedy: 'remove the hosts of the delegate, which has those of the VirtualService that refers to it',
    related: ['VirtualService models/iris spec.hosts'],
  }]);
});

test('delegates that Istio uses', () => {
  expect(levelsOf(rule, root(API) + delegate('api', `{match: [{uri: {prefix: /api/v1/}}], ${ROUTE}}, {${ROUTE}}`))).toEqual([]);
  expect(levelsOf(rule, root('{delegate: {name: api, namespace: other}}')
    + delegate('api', `{match: [{uri: {prefix: /x}}], ${ROUTE}}`, 'exportTo: [web], ', 'other'))).toEqual([]);
});

test('a delegate without other VirtualServices of its namespace is in another repository', () => {
  expect(levelsOf(rule, root('{delegate: {name: api, namespace: other}}'))).toEqual([]);
  expect(levelsOf(rule, root(API))).toEqual([]);
});

test('a delegate that is not among the others', () => {
  expect(problemsOf(rule, root(API) + delegate('apis', `{${ROUTE}}`))).toEqual([{
    at: 'warning at VirtualService web/root spec.http[0].delegate',
    problem: 'the delegate web/api is not among the VirtualServices of namespace web',
    remedy: 'create it, or check whether web/apis is intended. Without it requests of the rule get 404',
    related: ['VirtualService web/apis'],
  }]);
  expect(problemsOf(rule, root(API) + delegate('something-else', `{${ROUTE}}`))).toEqual([
    expect.objectContaining({ remedy: 'create it. Without it requests of the rule get 404', related: [] }),
  ]);
});

test('a delegate of another namespace', () => {
  expect(problemsOf(rule, root(API) + delegate('api', `{${ROUTE}}`, '', 'api'))).toEqual([
    expect.objectContaining({ remedy: 'create it, or check whether api/api is intended. Without it requests of the rule get 404' }),
  ]);
});

test('a delegate that is not exported', () => {
  expect(problemsOf(rule, root('{delegate: {name: api, namespace: other}}') + delegate('api', `{${ROUTE}}`, 'exportTo: ["."], ', 'other'))).toEqual([{
    at: 'error at VirtualService web/root spec.http[0].delegate',
    problem: 'Istio ignores the delegate other/api, since its exportTo does not include namespace web, so requests of the rule get 404',
    remedy: 'add web to the exportTo of the delegate',
    related: ['VirtualService other/api spec.exportTo'],
  }]);
});

test('a delegate whose matches lie outside', () => {
  expect(problemsOf(rule, root(API) + delegate('api', `{match: [{uri: {prefix: /v1/}}], ${ROUTE}}`))).toEqual([{
    at: 'error at VirtualService web/root spec.http[0].delegate',
    problem: 'no rule of the delegate web/api lies within the match of the rule, so Istio drops all of them and requests of the rule get 404',
    remedy: 'repeat the match of the rule in the delegate, with a longer path if needed, or remove the matches of the delegate',
    related: ['VirtualService web/api spec.http'],
  }]);
});

test('one rule of a delegate lies outside', () => {
  const rules = `{match: [{uri: {prefix: /v1/}}], ${ROUTE}}, {match: [{uri: {prefix: /api/v1/}}], ${ROUTE}}`;
  expect(problemsOf(rule, root(API) + delegate('api', rules))).toEqual([{
    at: 'warning at VirtualService web/api spec.http[0]',
    problem: 'Istio drops the rule, since a match of it does not lie within that of the rule of VirtualService web/root that delegates here',
    remedy: 'repeat the match of that rule here, with a longer path if needed, or remove the rule',
    related: ['VirtualService web/root'],
  }]);
  expect(levelsOf(rule, root(`${API}, {match: [{uri: {prefix: /v1}}], delegate: {name: api}}`) + delegate('api', rules))).toEqual([]);
});

test('delegates of delegates', () => {
  const cycle = delegate('a', '{delegate: {name: b}}') + delegate('b', '{delegate: {name: a}}');
  expect(problemsOf(rule, cycle.slice(4)).map(({ at, problem }) => [at, problem])).toEqual([
    ['error at VirtualService web/a spec.http[0].delegate', 'VirtualService web/a has no hosts, so it is a delegate itself, and Istio rejects a delegate with a delegate of its own, web/b'],
    ['error at VirtualService web/b spec.http[0].delegate', 'VirtualService web/b has no hosts, so it is a delegate itself, and Istio rejects a delegate with a delegate of its own, web/a'],
  ]);
  expect(levelsOf(rule, delegate('a', '{delegate: {name: third}}').slice(4))).toEqual(['error']);
});

test('malformed delegates', () => {
  expect(levelsOf(rule, root('null, {delegate: 1}, {delegate: {name: api}}') + delegate('api', 'null'))).toEqual([]);
});
