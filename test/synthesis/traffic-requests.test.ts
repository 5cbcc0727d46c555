import '../../src/jest';
import { StringMatch, Traffic } from '../../src';
import { GATEWAY, service, to, virtualService } from '../support/routes';

const SERVICES = GATEWAY + ['iris', 'wine'].map((name) => service(name)).join('');
const iris = virtualService('iris', [to('iris', 'match: [{uri: {prefix: /v2/models/iris/}}],')]);
const wine = virtualService('wine', [to('wine', 'match: [{uri: {prefix: /v2/models/wine/}}, {headers: {x-team: {exact: wine}}}],')]);
const one = Traffic.fromManifests(SERVICES + iris);
const both = Traffic.fromManifests(SERVICES + iris + wine);
const IRIS = { host: 'h.test', path: StringMatch.prefix('/v2/models/iris/') };

test('assertions that hold for all requests', () => {
  one.requests(IRIS).assertAlwaysServedBy('iris');
  one.requests(IRIS).assertNeverUnanswered();
  one.requests().assertNeverServedBy('wine');
  both.requests({ ...IRIS, headers: { 'x-team': StringMatch.exact('iris') }, method: StringMatch.regex('GET|POST') }).assertNeverUnanswered();
  one.assertEquivalentTo(Traffic.fromManifests(iris + SERVICES));
  one.assertNoNewAccess(both);
  Traffic.fromManifests(SERVICES + iris + wine.replace(', {headers: {x-team: {exact: wine}}}', '')).assertDisjoint('models/iris', 'models/wine');
});

test('errors have a request, its answer and why it is a counterexample', () => {
  expect(() => both.requests({ host: 'h.test', path: StringMatch.prefix('/v2/models/') }).assertAlwaysServedBy('iris')).toThrow(
    'it is not so for this request: wine.models.svc.cluster.local:80 answers.\nGET http://h.test/v2/models/infer (HTTP/1.1)');
  expect(() => both.requests({ headers: { 'X-Team': StringMatch.exact('wine') } }).assertNeverServedBy('models/wine')).toThrow('it is not so for this request: models/wine answers.');
  expect(() => one.requests({ host: 'h.test' }).assertNeverUnanswered()).toThrow('it is not so for this request: there is no answer: no rule for host h.test matches.');
  expect(() => both.assertNoNewAccess(one)).toThrow(/^it is not so for this request: it now reaches wine\.models\.svc\.cluster\.local:80\.\nBefore:\nGET (?:.|\n)*After:\nGET /);
  expect(() => both.assertEquivalentTo(one)).toThrow('it is not so for this request: the answer is another one.');
  expect(() => both.assertDisjoint('models/iris', 'models/wine')).toThrow('it is not so for this request: both VirtualServices have a rule for it.');
});

test('errors end with a command that sends the request', () => {
  expect(() => both.requests({ host: 'h.test', path: StringMatch.prefix('/v2/models/') }).assertAlwaysServedBy('iris'))
    .toThrow(/\nTo send it:\n {2}curl -H 'x-team: wine' http:\/\/h\.test\/v2\/models\/infer\n$/);
  expect(() => both.assertNoNewAccess(one)).toThrow(/\nTo send it:\n {2}curl -H 'x-team: wine' http:\/\/h\.test\//);
  expect(() => both.assertEquivalentTo(one)).toThrow(/\nTo send it:\n {2}curl /);
  expect(() => both.assertDisjoint('models/iris', 'models/wine')).toThrow(/\nTo send it:\n {2}curl /);
});

test('errors if there is nothing to decide, or it is not decided', () => {
  const managed = (name: string) => Traffic.fromManifests(SERVICES + virtualService('iris', [to(name, 'match: [{headers: {x-request-id: {exact: a}}}],')]));
  expect(() => managed('iris').assertEquivalentTo(managed('wine'))).toThrow('it is not decided: Envoy itself sets, changes or removes the header x-request-id.');
  expect(() => one.requests({ gateway: 'a/b' }).assertNeverUnanswered()).toThrow('no request to a gateway matches the patterns');
  expect(() => one.requests({ hosts: 'h.test' } as object)).toThrow('hosts');
});

describe('objects that are rejected', () => {
  const broken = virtualService('iris', [to('iris', "match: [{uri: {regex: '('}}],")]);
  const other = virtualService('other', [to('iris', 'match: [{uri: {prefix: /other}}],')], { hosts: '[other.test]' });
  const rejected = Traffic.fromManifests(SERVICES + broken + wine + other);
  const repaired = Traffic.fromManifests(SERVICES + iris + wine + other);
  const why = 'it is not decided: the expression "(" is not valid: missing closing ): `(`, so Istio rejects VirtualService models/iris.';

  test('nothing is decided for their hosts', () => {
    for (const host of ['h.test', '*.test', undefined]) {
      expect(() => rejected.requests({ host }).assertNeverServedBy('iris')).toThrow(why);
      expect(() => rejected.requests({ host }).assertAlwaysServedBy('iris')).toThrow(why);
      expect(() => rejected.requests({ host }).assertNeverUnanswered()).toThrow(why);
    }
    expect(() => expect(rejected.requests({ host: 'H.test' })).not.toNeverBeServedBy('wine')).toThrow(why);
  });

  test('other hosts are not concerned', () => {
    rejected.requests({ host: 'other.test', path: StringMatch.prefix('/other') }).assertAlwaysServedBy('iris');
    expect(rejected.requests({ host: 'other.test' })).toNeverBeServedBy('wine');
    rejected.assertDisjoint('models/other', 'models/wine');
  });

  test('hosts that are not complete or not valid may be any one', () => {
    for (const hosts of ['[iris]', "['models.*']"]) {
      const odd = Traffic.fromManifests(SERVICES + other + virtualService('iris', [to('iris', "match: [{uri: {regex: '('}}],")], { hosts }));
      expect(() => odd.requests({ host: 'other.test' }).assertNeverServedBy('wine')).toThrow(/^it is not decided: .* VirtualService models\/iris\.$/);
    }
  });

  test('nothing is decided of a change of them, or of their rules', () => {
    expect(() => rejected.assertNoNewAccess(repaired)).toThrow(why);
    expect(() => expect(rejected).not.toBeEquivalentTo(repaired)).toThrow(why);
    expect(() => repaired.assertNoNewAccess(rejected)).toThrow(why.replace('decided: ', 'decided: before the change, '));
    expect(() => rejected.assertDisjoint('models/iris', 'models/wine')).toThrow(why);
    rejected.assertEquivalentTo(Traffic.fromManifests(other + SERVICES + wine + broken));
  });

  test('mistakes in the assertion come first', () => {
    expect(() => rejected.requests({ host: 'h.test' }).assertNeverServedBy('irs')).toThrow('"irs"');
  });
});

test('matchers of jest', () => {
  expect(one.requests(IRIS)).toAlwaysBeServedBy('iris');
  expect(one.requests(IRIS)).not.toNeverBeServedBy('iris');
  expect(one.requests(IRIS)).toNeverBeUnanswered();
  expect(one).toBeEquivalentTo(one);
  expect(one).toGiveNoNewAccess(both);
  expect(both).not.toBeEquivalentTo(one);
  expect(both).not.toHaveDisjointRoutes('models/iris', 'models/wine');
  expect(() => expect(both).toGiveNoNewAccess(one)).toThrow('it now reaches wine.models.svc.cluster.local:80');
  expect(() => expect(one).not.toBeEquivalentTo(one)).toThrow('expected that this is not so for some request, but it is so for all of them');
  expect(() => expect({}).toNeverBeUnanswered()).toThrow('expect(…).toNeverBeUnanswered needs a set of Traffic.requests');
  expect(() => expect({}).toBeEquivalentTo(one)).toThrow('expect(…).toBeEquivalentTo needs a Traffic. Write expect(Traffic.fromApp(app)).toBeEquivalentTo(…)');
});
