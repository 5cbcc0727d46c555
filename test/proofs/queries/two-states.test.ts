import { compareTraffic } from '../../../src/proofs/comparison';
import { equivalent, implies } from '../../../src/proofs/queries/two-states';
import { clusterOf } from '../../support/cluster';
import { document, GATEWAY, to, virtualService } from '../../support/routes';

const cluster = (...rules: readonly string[]) => clusterOf(GATEWAY + virtualService('iris', rules));
const A = to('a', 'match: [{headers: {x: {exact: a}}}],');
const B = to('b', 'match: [{headers: {x: {exact: b}}}],');

test('the same rules are equivalent, and give no access', () => {
  expect(equivalent(cluster(A, B), cluster(A, B))).toEqual({ verdict: 'holds' });
  expect(implies(cluster(A, B), cluster(A, B))).toEqual({ verdict: 'holds' });
});

test('rules in another order are not, because of repeated headers', () => {
  for (const proof of [equivalent(cluster(A, B), cluster(B, A)), implies(cluster(A, B), cluster(B, A))]) {
    expect(proof).toMatchObject({ verdict: 'fails', counterexample: { request: { headers: [{ name: 'x', value: 'a' }, { name: 'x', value: 'b' }] } } });
  }
});

test('a rule less gives no access, and a rule more does', () => {
  expect(equivalent(cluster(A, B), cluster(A))).toMatchObject({ verdict: 'fails', counterexample: { problem: 'the answer is another one' } });
  expect(implies(cluster(A, B), cluster(A))).toEqual({ verdict: 'holds' });
  expect(implies(cluster(A), cluster(A, B))).toMatchObject({ verdict: 'fails', counterexample: { problem: 'it now reaches b.models.svc.cluster.local:80' } });
});

test('what is not decided does not hold', () => {
  const managed = (name: string) => to(name, 'match: [{headers: {x-request-id: {exact: a}}}],');
  const reason = 'Envoy itself sets, changes or removes the header x-request-id';
  expect(equivalent(cluster(managed('a')), cluster(managed('b')))).toEqual({ verdict: 'undecided', reason });
  expect(implies(cluster(managed('a')), cluster(managed('b')))).toEqual({ verdict: 'undecided', reason });
});

test('a limit of work', () => {
  const many = (last: string) => cluster(...Array.from({ length: 30 }, (_, i) => to('a', `match: [{headers: {h${i}: {regex: '.*${i}.*'}}}],`)), to(last, 'match: [{uri: {prefix: /a}}],'));
  expect(equivalent(many('b'), many('c'), { steps: 100 })).toEqual({ verdict: 'undecided', reason: 'it takes too long to compare all combinations of conditions' });
  expect(equivalent(many('b'), many('c'))).toMatchObject({ verdict: 'fails' });
});

test('access by repeated headers on any path', () => {
  const at = (path: string, value: string, name: string) => to(name, `match: [{uri: {prefix: ${path}}, headers: {x: {exact: ${value}}}}],`);
  const split = (path: string, value: string) => `{match: [{uri: {prefix: ${path}}, headers: {x: {exact: ${value}}}}], route: [{destination: {host: a}, weight: 50}, {destination: {host: b}, weight: 50}]}`;
  const rules = [split('/1/', 'p'), at('/1/', 'q', 'a'), at('/2/', 'p', 'a'), at('/2/', 'q', 'c')];
  expect(implies(cluster(...rules), cluster(...[...rules].reverse()))).toMatchObject({
    verdict: 'fails', counterexample: { request: { path: '/2/infer' }, problem: 'it now reaches c.models.svc.cluster.local:80' },
  });
});

test('a subset with other labels is another backend, and one with another name is not', () => {
  const state = (name: string, version: string) => clusterOf(GATEWAY + virtualService('iris', [`{route: [{destination: {host: a, subset: ${name}}}]}`])
    + document('DestinationRule', 'a', 'models', `{host: a, subsets: [{name: ${name}, labels: {version: ${version}}}]}`));
  expect(implies(state('one', 'v1'), state('one', 'v2'))).toMatchObject({ verdict: 'fails' });
  expect(implies(state('one', 'v1'), state('two', 'v1'))).toEqual({ verdict: 'holds' });
});

describe('a rule among many is in one state only', () => {
  const byModel = (name: string, backend = `b${name}`) => (
    to(backend, `match: [{uri: {prefix: /inference.GRPCInferenceService/}, headers: {seldon-model: {exact: m${name}}}}],`)
  );
  const many = (backend?: string) => Array.from({ length: 120 }, (_, i) => byModel(String(i), backend));
  const without = (i: number, backend?: string) => many(backend).filter((_, at) => at !== i);
  const onlyAccess = { isAboutAccess: true };

  test('a request with two lines now reaches the next one that matches', () => {
    expect(implies(cluster(...many()), cluster(...without(60)))).toMatchObject({
      verdict: 'fails',
      counterexample: {
        problem: 'it now reaches b61.models.svc.cluster.local:80',
        request: { headers: expect.arrayContaining([{ name: 'seldon-model', value: 'm60' }, { name: 'seldon-model', value: 'm61' }]) },
      },
    });
  });

  test('the last one gives way to nothing that comes after it', () => {
    expect(implies(cluster(...many()), cluster(...without(119)))).toEqual({ verdict: 'holds' });
  });

  test('a request with two lines reached the first one of a backend already', () => {
    expect(implies(cluster(...many('same')), cluster(...without(60, 'same')))).toEqual({ verdict: 'holds' });
  });

  test('a new rule that takes requests of another one', () => {
    const fallback = to('new');
    const before = cluster(...many(), fallback);
    const added = (i: number) => cluster(...many().slice(0, i), byModel('new', 'new'), ...many().slice(i), fallback);
    const last = to('new', 'timeout: 1s, match: [{uri: {prefix: /inference.GRPCInferenceService/}, headers: {seldon-model: {exact: mnew}}}],');
    expect(implies(before, cluster(...many(), last, fallback))).toEqual({ verdict: 'holds' });
    expect(implies(before, cluster(...many().slice(0, 60), last, ...many().slice(60), fallback))).toMatchObject({
      verdict: 'fails', counterexample: { problem: 'it now reaches new.models.svc.cluster.local:80' },
    });
    expect(implies(before, added(120))).toEqual({ verdict: 'holds' });
  });

  test('conditions of which not all pairs can be looked at are not decided', () => {
    const split = (i: number) => `{match: [{uri: {prefix: /inference.GRPCInferenceService/}, headers: {seldon-model: {exact: m${i}}}}], timeout: ${i + 1}s, route: [{destination: {host: same}}]}`;
    const all = Array.from({ length: 600 }, (_, i) => split(i));
    const [before, after] = [cluster(...all), cluster(...all.slice(1))];
    expect(implies(before, after)).toMatchObject({ verdict: 'undecided', reason: expect.stringContaining('not all pairs of rules are looked at') });
    expect(compareTraffic(before, after)).toMatchObject({ repeated: [], undecided: [onlyAccess] });
    expect(equivalent(before, after)).toMatchObject({ verdict: 'fails' });
  });

  test('VirtualServices of unknown age', () => {
    const owned = (except?: number) => clusterOf(GATEWAY + Array.from({ length: 120 }, (_, i) => (i === except ? '' : virtualService(`m${i}`, [byModel(String(i))]))).join(''));
    expect(implies(owned(), owned(60))).toEqual({ verdict: 'holds' });
    expect(implies(owned(60), owned())).toMatchObject({ verdict: 'fails', counterexample: { problem: 'it now reaches b60.models.svc.cluster.local:80' } });
  });
});
