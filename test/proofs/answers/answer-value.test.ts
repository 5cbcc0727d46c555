import { Answer, Responder } from '../../../src/answers/answer';
import { Fraction } from '../../../src/answers/fraction';
import { answerValue } from '../../../src/proofs/answers/answer-value';

const NOT_FOUND: Responder = { kind: 'not-found', status: 404, reason: 'no rule matches' };
const SERVICE: Responder = { kind: 'service', host: 'iris.models.svc.cluster.local', port: 80, workloads: [] };

function answer(responder: Responder, limits: { timeout?: string; retries?: { attempts: number } } = {}): Answer {
  return { cases: [{ outcomes: [{ share: Fraction.ALL, responder }], mirrors: [], ...limits }] } as unknown as Answer;
}

test('timeouts and retries are part of an answer by a backend', () => {
  expect(answerValue(answer(SERVICE, { timeout: '1s' }))).not.toBe(answerValue(answer(SERVICE)));
  expect(answerValue(answer(SERVICE, { retries: { attempts: 2 } }))).not.toBe(answerValue(answer(SERVICE)));
});

test('a proxy that answers itself neither waits nor retries', () => {
  expect(answerValue(answer(NOT_FOUND, { timeout: '1s', retries: { attempts: 2 } }))).toBe(answerValue(answer(NOT_FOUND)));
});

test('a timeout is compared by its length', () => {
  expect(answerValue(answer(SERVICE, { timeout: '1500ms' }))).toBe(answerValue(answer(SERVICE, { timeout: '1.5s' })));
});
