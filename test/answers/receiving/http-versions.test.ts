import { Answers, requestOf } from '../../support/answers';
import { GATEWAY, virtualService } from '../../support/routes';

const answers = new Answers(GATEWAY + virtualService('routes', ['{directResponse: {status: 201}}']));

test.each<[title: string, url: string, method?: string]>([
  ['a request', 'http://h.test/'], ['one with %00', 'http://h.test/%00'],
])('%s of HTTP/1.0 is refused', (_title, url) => {
  expect(answers.case({ url, http: '1.0' }).outcomes[0].responder).toEqual({ kind: 'refused', status: 426, reason: 'proxies of Istio do not accept HTTP/1.0' });
});

test('what the parser of HTTP/1 does not read is refused before', () => {
  expect(answers.case({ url: 'http://h.test/', http: '1.0', method: 'FOO' }).outcomes[0].responder).toMatchObject({ kind: 'refused', status: 400 });
});

test.each(['1.1', '2'] as const)('a request of HTTP/%s without a Host header is refused', (http) => {
  const { cases } = answers.resolver.resolve({ ...requestOf({ url: 'http://h.test/', http }), hasNoHost: true });
  expect(cases.map(({ outcomes: [{ responder }] }) => responder)).toEqual([{ kind: 'refused', status: 400, reason: 'a request without the header Host is invalid' }]);
});

test('a request of HTTP/1.1 is answered', () => {
  expect(answers.to('http://h.test/')).toBe('response 201');
});

test('a workload gets the same status from its sidecar', () => {
  expect(answers.case({ url: 'http://h.test/', http: '1.0', from: { namespace: 'web' } }).outcomes[0].responder).toMatchObject({ kind: 'refused', status: 426 });
});
