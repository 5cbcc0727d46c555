import { Answer, AnswerCase, Responder } from '../../../src/answers/answer';
import { Fraction } from '../../../src/answers/fraction';
import { Change } from '../../../src/proofs/change';
import { violationsOf } from '../../../src/report/changes/budget';
import { differenceOf, shareText } from '../../../src/report/changes/difference';
import { requestClassText } from '../../../src/report/changes/request-class-text';
import { summaryTexts } from '../../../src/report/changes/text';
import { mergedChanges } from '../../../src/report/changes/traffic-change';

const model = (name: string): Responder => ({ kind: 'model', namespace: 'models', name });
const MISSING: Responder = { kind: 'not-found', status: 404, reason: 'no rule matches' };
const DELIVERED = { method: 'GET', authority: 'a.test', path: '/x', headers: [], set: new Map(), added: [], removed: [] };

/** A case in which responders have shares in percent. */
function caseOf(shares: readonly (readonly [Responder, number])[], more: Partial<AnswerCase> = {}): AnswerCase {
  const outcomes = shares.map(([responder, percent]) => ({ responder, share: Fraction.of(percent, 100), delivered: DELIVERED }));
  return { outcomes, mirrors: [], ...more };
}

const answer = (...cases: readonly AnswerCase[]): Answer => ({ cases, trace: [] });
const all = (responder: Responder, more: Partial<AnswerCase> = {}) => answer(caseOf([[responder, 100]], more));

const REQUESTS: Change['requests'] = {
  gateway: 'istio-system/gateway', port: 80, tls: false, host: 'a.test', path: { kind: 'exact', value: '/x' }, conditions: [],
};
const change = (before: Answer, after: Answer, requests: Partial<Change['requests']> = {}): Change => ({
  requests: { ...REQUESTS, ...requests },
  witness: { entry: { kind: 'gateway', port: 80 }, http: '1.1', method: 'GET', authority: 'a.test', path: '/x', headers: [] },
  before,
  after,
});

describe('differenceOf', () => {
  test('arms with one responder are one share', () => {
    const before = answer(caseOf([[model('a'), 50], [model('a'), 40], [model('b'), 10]]));
    const { shares, shift } = differenceOf(before, answer(caseOf([[model('a'), 70], [model('b'), 30]])));
    expect(shares.map(shareText)).toEqual(['Model models/b 10 % → 30 %', 'Model models/a 90 % → 70 %']);
    expect(shift).toBe(20);
  });

  test('cases with the same conditions', () => {
    const under = (condition: string, responder: Responder) => caseOf([[responder, 100]], { condition });
    expect(differenceOf(answer(under('A is older', model('a')), under('B is older', model('b'))), answer(under('A is older', model('a')), under('B is older', model('c'))))).toEqual({
      shares: [], others: ['Model models/c 0 % → 100 %, if B is older', 'Model models/b 100 % → 0 %, if B is older'], shift: 100,
    });
  });

  test('an answer that begins to depend on age', () => {
    const after = answer(caseOf([[model('a'), 100]], { condition: 'A is older' }), caseOf([[model('b'), 100]], { condition: 'B is older' }));
    expect(differenceOf(all(model('a')), after)).toEqual({
      shares: [], others: ['before: 100 % Model models/a', 'after: 100 % Model models/a if A is older; 100 % Model models/b if B is older'], shift: 100,
    });
  });

  test('limits count only for requests that backends get in both states', () => {
    expect(differenceOf(all(model('a')), all(model('a'), { timeout: '5s', retries: { attempts: 2, on: '503' } })).others).toEqual(['timeout none → 5s', 'no retries → retries 2, on 503']);
    expect(differenceOf(all(MISSING), all(model('a'), { timeout: '5s' })).others).toEqual([]);
  });

  test('headers that are added, set and removed', () => {
    const delivered = { ...DELIVERED, path: '/y', set: new Map([['x-a', '1']]), added: [{ name: 'x-b', value: '2' }, { name: 'x-b', value: '3' }], removed: ['x-c'] };
    const after = answer({ outcomes: [{ responder: model('a'), share: Fraction.ALL, delivered, response: { set: new Map(), added: [], removed: ['server'] } }], mirrors: [] });
    expect(differenceOf(all(model('a')), after).others).toEqual([
      'requests to Model models/a: path /x → /y',
      'requests to Model models/a: header x-a as sent → "1"',
      'requests to Model models/a: header x-b as sent → added "2", added "3"',
      'requests to Model models/a: header x-c as sent → removed',
      'responses of Model models/a: header server as sent → removed',
    ]);
  });
});

describe('responders with one name', () => {
  const subset = (version: string): Responder => ({ kind: 'service', host: 'a.models', port: 80, subset: { name: 'v1', labels: { version } }, workloads: [] });
  const body = (text?: string): Responder => ({ kind: 'response', status: 200, reason: 'the rule', ...text === undefined ? {} : { body: text } });

  test('a subset with other labels is another responder', () => {
    const { shares, shift } = differenceOf(all(subset('one')), all(subset('two')));
    expect(shares.map(shareText)).toEqual(['a.models:80 subset v1 with version=two 0 % → 100 %', 'a.models:80 subset v1 with version=one 100 % → 0 %']);
    expect(shift).toBe(100);
    expect(violationsOf(mergedChanges([change(all(subset('one')), all(subset('two')))]), [], { noNewAccess: true }).map(({ text }) => text)).toEqual([
      'requests gain access to a.models:80 subset v1 with version=two',
    ]);
  });

  test('and so is a response with another body', () => {
    expect(differenceOf(all(body('hi')), all(body('x'.repeat(70)))).shares.map(shareText)).toEqual([
      `direct response 200 with body "${'x'.repeat(60)}…" 0 % → 100 %`, 'direct response 200 with body "hi" 100 % → 0 %',
    ]);
    expect(differenceOf(all(body()), all(body('hi'))).shares.map(shareText)).toContain('direct response 200 with no body 100 % → 0 %');
  });
});

test('a delay, also where a proxy answers', () => {
  expect(differenceOf(all(MISSING), all(MISSING, { delay: { percentage: 10, duration: '2s' } })).others).toEqual(['no delay → delay 2s for 10 %']);
});

describe('requestClassText', () => {
  test.each<[Partial<Change['requests']>, string]>([
    [{}, '/x'],
    [{ path: { kind: 'prefix', value: '/x/' } }, '/x/*'],
    [{ conditions: ['header x is "a"', 'method is not "GET"'] }, '/x if header x is "a" and method is not "GET"'],
    [{ path: { kind: 'prefix', value: '/inference.GRPCInferenceService/' } }, 'gRPC calls'],
    [{ path: { kind: 'prefix', value: '/inference.GRPCInferenceService/' }, conditions: ['header seldon-model is "iris"', 'header x is "a"'] }, 'gRPC calls for iris if header x is "a"'],
    [{ path: { kind: 'exact', value: '/inference.GRPCInferenceService/ModelInfer' }, conditions: ['header seldon-model is "iris"'] }, 'gRPC calls of ModelInfer for iris'],
  ])('%j', (requests, text) => {
    expect(requestClassText({ ...REQUESTS, ...requests })).toBe(text);
  });
});

describe('mergedChanges', () => {
  test('merges classes of a host with the same difference, the biggest change first', () => {
    const [small, big] = [[all(model('a')), answer(caseOf([[model('a'), 90], [model('b'), 10]]))], [all(model('a')), all(model('b'))]] as const;
    const merged = mergedChanges([
      change(...small), change(...big, { path: { kind: 'exact', value: '/y' } }), change(...small, { path: { kind: 'prefix', value: '/a' }, port: 443, tls: true }), change(...small, { host: 'b.test' }),
    ]);
    expect(merged.map(({ host, entrances, requests, difference: { shift } }) => ({ host, entrances, requests, shift }))).toEqual([
      { host: 'a.test', entrances: ['istio-system/gateway:80'], requests: ['/y'], shift: 100 },
      { host: 'a.test', entrances: ['istio-system/gateway:443 (TLS)', 'istio-system/gateway:80'], requests: ['/a*', '/x'], shift: 10 },
      { host: 'b.test', entrances: ['istio-system/gateway:80'], requests: ['/x'], shift: 10 },
    ]);
  });
});

test('of changes of one size, those with a backend come first', () => {
  const denied: Responder = { kind: 'denied', status: 403, reason: 'a policy' };
  const merged = mergedChanges([change(all(MISSING), all(denied), { host: '*' }), change(all(model('a')), all(denied))]);
  expect(merged.map(({ host }) => host)).toEqual(['a.test', '*']);
});

describe('violationsOf', () => {
  const gained = mergedChanges([change(all(MISSING), all(model('b')))]);
  const lost = mergedChanges([change(all(model('a')), all(MISSING))]);

  test('requests with repeated headers count for access, and not for shares', () => {
    expect(violationsOf([], gained, { maxShift: 0, noNewAccess: true, noUnanswered: true }).map(({ option, text }) => [option, text])).toEqual([
      ['--no-new-access', 'requests gain access to Model models/b'],
    ]);
    expect(violationsOf([], lost, { maxShift: 0, noNewAccess: true, noUnanswered: true })).toEqual([]);
  });

  test('answers that may be lost in one order of age', () => {
    const after = answer(caseOf([[model('a'), 100]], { condition: 'A is older' }), caseOf([[MISSING, 100]], { condition: 'B is older' }));
    expect(violationsOf(mergedChanges([change(all(model('a')), after)]), [], { noUnanswered: true }).map(({ text }) => text)).toEqual(['more requests get no answer']);
  });

  test('an empty budget allows everything', () => {
    expect(violationsOf([...gained, ...lost], gained, {})).toEqual([]);
  });
});

describe('summaryTexts', () => {
  const report = { changes: [], repeated: [], undecided: [], violations: [], commandFor: () => ({ kind: 'raw' as const, text: '', notes: [] }) };

  test.each([
    ['nothing', report, ['Nothing changes.']],
    ['a change', { ...report, changes: mergedChanges([change(all(MISSING), all(model('b')))]) }, ['Nothing else changes.']],
    ['repeated headers', { ...report, repeated: mergedChanges([change(all(MISSING), all(model('b')))]) }, [
      'On a.test, more changes for requests that send a header twice.', 'Nothing changes for requests that send no header twice.',
    ]],
    ['something that is not decided', { ...report, undecided: [{ requests: { ...REQUESTS, path: { kind: 'prefix' as const, value: '/v2' } }, reason: 'it is too much work' }, { requests: {}, reason: 'a filter is unknown' }] }, [
      'Not decided: requests for /v2* on a.test to istio-system/gateway:80, since it is too much work.',
      'Not decided: requests, since a filter is unknown.',
      'Nothing changes for all other requests.',
    ]],
  ])('%s', (_what, given, texts) => {
    expect(summaryTexts(given)).toEqual(texts);
  });
});
