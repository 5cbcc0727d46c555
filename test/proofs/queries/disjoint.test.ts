import { disjoint } from '../../../src/proofs/queries/disjoint';
import { clusterOf } from '../../support/cluster';
import { GATEWAY, to, virtualService } from '../../support/routes';

const a = (match: string) => virtualService('a', [to('a', `match: [${match}],`)]);
const b = (match: string) => virtualService('b', [to('b', `match: [${match}],`)]);
const proof = (first: string, second: string) => disjoint(clusterOf(GATEWAY + a(first) + b(second)), 'models/a', 'models/b');

test('rules that no request satisfies together are disjoint', () => {
  expect(proof('{uri: {prefix: /a/}}', '{uri: {prefix: /b/}}')).toEqual({ verdict: 'holds' });
  expect(proof("{uri: {regex: '/a[0-9]+'}}", '{uri: {prefix: /ab}}')).toEqual({ verdict: 'holds' });
  expect(proof('{headers: {accept: {exact: a}}}', '{headers: {accept: {exact: b}}}')).toEqual({ verdict: 'holds' });
  expect(proof('{uri: {prefix: /a/}}', '{uri: {prefix: /}}')).toEqual({ verdict: 'holds' });
});

test('a request that satisfies rules of both', () => {
  expect(proof('{uri: {prefix: /a}}', '{uri: {exact: /a/b}}')).toMatchObject({
    verdict: 'fails', counterexample: { request: { path: '/a/b' }, problem: 'both VirtualServices have a rule for it' },
  });
  expect(proof('{uri: {prefix: /a}}', '{uri: {prefix: /a}}')).toMatchObject({ verdict: 'fails' });
  expect(proof('{headers: {x: {exact: a}}}', '{headers: {x: {exact: b}}}')).toMatchObject({
    verdict: 'fails', counterexample: { request: { headers: [{ name: 'x', value: 'a' }, { name: 'x', value: 'b' }] } },
  });
});

test('mistakes', () => {
  const cluster = clusterOf(GATEWAY + a('{uri: {prefix: /a}}'));
  expect(() => disjoint(cluster, 'models/a', 'models/c')).toThrow('there is no VirtualService "models/c". Did you mean "models/a"?');
  expect(() => disjoint(cluster, 'models/a', 'models/a')).toThrow('VirtualService models/a is compared with itself. Name two VirtualServices');
});
