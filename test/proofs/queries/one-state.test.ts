import { alwaysServedBy, neverServedBy, neverUnanswered } from '../../../src/proofs/queries/one-state';
import { Proof } from '../../../src/proofs/queries/proof';
import { clusterOf } from '../../support/cluster';
import { GATEWAY, service, to, virtualService } from '../../support/routes';

const SERVICES = service('iris') + service('fraud') + service('wine');
const CLUSTER = clusterOf(GATEWAY + SERVICES
  + virtualService('iris', [to('iris', 'match: [{uri: {prefix: /v2/models/iris/}}],'), to('fraud', 'match: [{uri: {prefix: /v2/models/}, headers: {x-team: {exact: fraud}}}],')])
  + virtualService('wine', [to('wine', 'match: [{uri: {prefix: /}}],')], { hosts: "['*.wine.test']" }));

/** A proof as text. */
function show(proof: Proof): string {
  if (proof.verdict !== 'fails') return proof.verdict === 'holds' ? 'holds' : `undecided: ${proof.reason}`;
  const { request: { authority, path, headers }, problem } = proof.counterexample;
  return `${authority}${path}${headers.map(({ name, value }) => ` ${name}: ${value}`).join('')}: ${problem}`;
}

test('a backend answers all requests of a set', () => {
  expect(show(alwaysServedBy(CLUSTER, { host: 'h.test', path: { prefix: '/v2/models/iris/' } }, 'iris'))).toBe('holds');
  expect(show(alwaysServedBy(CLUSTER, { host: 'red.wine.test' }, 'wine'))).toBe('holds');
  expect(show(alwaysServedBy(CLUSTER, { host: '*.wine.test', method: { exact: 'GET' } }, 'wine'))).toBe('holds');
});

test('or another one answers some', () => {
  expect(show(alwaysServedBy(CLUSTER, { host: 'h.test', path: { prefix: '/v2/models/' }, headers: { 'X-Team': { exact: 'fraud' } } }, 'fraud')))
    .toBe('h.test/v2/models/iris/infer x-team: fraud: iris.models.svc.cluster.local:80 answers');
  expect(show(alwaysServedBy(CLUSTER, { host: 'h.test', path: { prefix: '/v2/' } }, 'iris'))).toBe('h.test/v2/infer: 404 not-found answers');
});

test('a backend answers none', () => {
  expect(show(neverServedBy(CLUSTER, { host: 'h.test', path: { prefix: '/v2/models/iris/' } }, 'fraud'))).toBe('holds');
  expect(show(neverServedBy(CLUSTER, { host: 'h.test', headers: { 'x-team': { exact: 'iris' } } }, 'fraud')))
    .toBe('h.test/v2/models/infer x-team: iris x-team: fraud: fraud answers');
  expect(show(neverServedBy(CLUSTER, {}, 'wine'))).toBe('any.wine.test/: wine answers');
});

test('all requests of a set are answered', () => {
  expect(show(neverUnanswered(CLUSTER, { host: 'red.wine.test' }))).toBe('holds');
  expect(show(neverUnanswered(CLUSTER, { host: 'h.test', path: { regex: '/v2/models/iris/.*' } }))).toBe('holds');
  expect(show(neverUnanswered(CLUSTER, { host: 'h.test', path: { regex: '/v[0-9]/models/iris/infer' } })))
    .toBe('h.test/v1/models/iris/infer: there is no answer: no rule for host h.test matches');
});

test('mistakes', () => {
  expect(() => alwaysServedBy(CLUSTER, { host: 'h.test' }, 'irs')).toThrow('there is no model, pipeline, predictor or Service "irs". Did you mean "iris"?');
  expect(() => neverUnanswered(CLUSTER, { path: { exact: '/a', prefix: '/' } }))
    .toThrow('the pattern of the path has several conditions. Set one of exact, prefix, regex and present');
  expect(() => neverUnanswered(CLUSTER, { path: {} })).toThrow('the pattern of the path has no condition. Set one of exact, prefix, regex and present');
  expect(() => neverUnanswered(CLUSTER, { path: { regex: '(' } })).toThrow('the expression "(" of the path is not valid');
  expect(() => neverUnanswered(CLUSTER, { gateway: 'models/none' })).toThrow('no request to a gateway matches the patterns. Check the gateway, the host and the path');
});

test.each<[Parameters<typeof neverUnanswered>[1], string]>([
  [{ host: 'h.test:80' }, 'the host "h.test:80" of the set is not a valid one. Write a host without a port, or a pattern such as *.example.com'],
  [{ host: 'h.*' }, 'the host "h.*" of the set is not a valid one'],
  [{ headers: { Host: { exact: 'h.test' } } }, 'the set has a pattern of the header host. Set host instead'],
  [{ headers: { ':path': { exact: '/' } } }, '":path" is not the name of a header. Write a name such as x-tester'],
  [{ headers: { 'a b': { exact: '/' } } }, '"a b" is not the name of a header'],
])('a set of requests that no client can send: %j', (requests, message) => {
  expect(() => neverServedBy(CLUSTER, requests, 'wine')).toThrow(message);
});

test('only hosts of the set are looked at', () => {
  const byHost = clusterOf(GATEWAY + service('a') + service('b')
    + virtualService('iris', [to('b', 'match: [{authority: {prefix: zz}}],'), to('a')], { hosts: "['*.h.test']" }));
  expect(show(alwaysServedBy(byHost, { host: 'aa.h.test' }, 'a'))).toBe('holds');
  expect(show(alwaysServedBy(byHost, { host: '*.aa.h.test' }, 'a'))).toBe('zz.aa.h.test/: b.models.svc.cluster.local:80 answers');
});

test('hosts of a set that several VirtualServices divide', () => {
  const divided = clusterOf(GATEWAY + service('a') + service('b') + service('c') + virtualService('a', [to('a')], { hosts: "['*.h.test']" })
    + virtualService('b', [to('b')], { hosts: "['*']" }) + virtualService('c', [to('c')], { hosts: '[any.x.h.test]' }));
  expect(show(neverServedBy(divided, { host: '*.x.h.test' }, 'a'))).toBe('other.x.h.test/: a answers');
  expect(show(neverServedBy(divided, { host: '*.x.h.test' }, 'c'))).toBe('any.x.h.test/: c answers');
  expect(show(neverServedBy(divided, { host: '*.h.test' }, 'b'))).toBe('holds');
  expect(show(neverServedBy(divided, { host: 'ANY.x.h.test' }, 'a'))).toBe('holds');
});
