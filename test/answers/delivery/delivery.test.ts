import { AnswerCase } from '../../../src/answers/answer';
import { Answers, ShortRequest } from '../../support/answers';
import { GATEWAY, rules, to, virtualService } from '../../support/routes';

const answer = (rule: string, request: ShortRequest | string = 'http://h.test/') => rules([rule]).case(request);
const delivered = (found: AnswerCase) => found.outcomes[0].delivered!;
const lines = (found: AnswerCase) => delivered(found).headers.map(({ name, value }) => `${name}: ${value}`);
const arm = (name: string, weight: number, more = '') => `{destination: {host: ${name}, port: {number: 80}}, weight: ${weight}, ${more}}`;

test.each([
  [[1, 3], '3/4 b.models:80, 1/4 a.models:80'],
  [[50, 50], '1/2 a.models:80, 1/2 b.models:80'],
  [[0, 7], 'b.models:80'],
  [[33, 67], '67/100 b.models:80, 33/100 a.models:80'],
])('weights %j are shares', (weights, shown) => {
  expect(rules([`{route: [${arm('a', weights[0])}, ${arm('b', weights[1])}]}`]).to('http://h.test/')).toBe(shown);
});

test('a single destination gets all requests, whatever its weight, and a missing weight among several is 0', () => {
  expect(rules([`{route: [${arm('a', 0)}]}`]).to('http://h.test/')).toBe('a.models:80');
  expect(rules([`{route: [${arm('a', 1)}, {destination: {host: b, port: {number: 80}}}]}`]).to('http://h.test/')).toBe('a.models:80');
});

test('equal destinations with equal headers are one', () => {
  const x = 'headers: {request: {set: {x: v}}}';

  expect(rules([`{route: [${arm('a', 1)}, ${arm('b', 1)}, ${arm('a', 2)}]}`]).to('http://h.test/')).toBe('3/4 a.models:80, 1/4 b.models:80');
  expect(rules([`{route: [${arm('a', 1)}, ${arm('a', 1, x)}]}`]).to('http://h.test/')).toBe('1/2 a.models:80, 1/2 a.models:80');
});

test.each([
  ['match: [{uri: {prefix: /foo}}], rewrite: {uri: /}', '/foo/bar?q=1', '//bar?q=1'],
  ['match: [{uri: {prefix: /foo}}], rewrite: {uri: /}', '/foobar', '/bar'],
  ['match: [{uri: {prefix: /foo/}}], rewrite: {uri: /x/}', '/foo/bar', '/x/bar'],
  ['match: [{uri: {exact: /e}}], rewrite: {uri: /new}', '/e?q', '/new?q'],
  ['match: [{uri: {regex: "/r.*"}}], rewrite: {uri: /new}', '/r/a?q', '/new?q'],
  ['rewrite: {uri: /new}', '/zzz', '/newzzz'],
  ['match: [{uri: {prefix: /Foo}, ignoreUriCase: true}], rewrite: {uri: /x}', '/FOO/a', '/x/a'],
  ['rewrite: {uriRegexRewrite: {match: "^/(\\\\w+)/(.*)$", rewrite: "/\\\\2/\\\\1"}}', '/a/b/c?q', '/b/c/a?q'],
  ['rewrite: {uriRegexRewrite: {match: "a", rewrite: "b"}}', '/aaa', '/bbb'],
  ['rewrite: {uriRegexRewrite: {match: "x*", rewrite: "-"}}', '/ab', '-/-a-b-'],
  ['', '/x/../a%2Fb?%41', '/a%2Fb?%41'],
])('a rule with %s delivers %s as %s', (rule, path, arrives) => {
  expect(delivered(answer(to('iris', rule === '' ? '' : `${rule},`), `http://h.test${path}`)).path).toBe(arrives);
});

test('the authority is that of the rewrite, else that which headers set, else that of the request', () => {
  const set = (host: string) => `headers: {request: {set: {host: ${host}}}}`;

  expect(delivered(answer(to('iris'))).authority).toBe('h.test');
  expect(delivered(answer(to('iris', 'rewrite: {authority: a.test},'))).authority).toBe('a.test');
  expect(delivered(answer(to('iris', `${set('b.test')},`))).authority).toBe('b.test');
  expect(delivered(answer(to('iris', `rewrite: {authority: a.test}, ${set('b.test')},`))).authority).toBe('a.test');
  expect(delivered(answer(`{route: [${arm('iris', 1, set('c.test'))}]}`)).authority).toBe('c.test');
  expect(delivered(answer(`{${set('b.test')}, route: [${arm('iris', 1, set('c.test'))}]}`)).authority).toBe('b.test');
});

test('headers are removed, then set, then added', () => {
  const found = answer(to('iris', 'headers: {request: {remove: [X-Gone, x-again], set: {x-set: s}, add: {x-add: a, x-again: b}}},'), {
    url: 'http://h.test/', headers: ['x-gone: 1', 'x-set: 1', 'x-set: 2', 'x-add: 1', 'x-again: 1', 'x-kept: 1'],
  });

  expect(lines(found)).toEqual(['x-add: 1', 'x-kept: 1', 'x-set: s', 'x-add: a', 'x-again: b']);
  expect(delivered(found).set).toEqual(new Map([['x-set', 's']]));
  expect(delivered(found).added).toEqual([{ name: 'x-add', value: 'a' }, { name: 'x-again', value: 'b' }]);
  expect(delivered(found).removed).toEqual(['x-gone']);
});

test('with one destination its headers come after those of the rule, with several before them', () => {
  const ofRule = 'headers: {request: {set: {x: rule}}}';
  const own = 'headers: {request: {set: {x: own}}}';

  expect(lines(answer(`{${ofRule}, route: [${arm('a', 1, own)}]}`))).toEqual(['x: own']);
  expect(lines(answer(`{${ofRule}, route: [${arm('a', 1, own)}, ${arm('b', 1)}]}`))).toEqual(['x: rule']);
  const removes = 'headers: {request: {remove: [x]}}';
  expect(lines(answer(`{${removes}, route: [${arm('a', 1, own)}, ${arm('b', 1)}]}`))).toEqual([]);
  expect(lines(answer(`{${removes}, route: [${arm('a', 1, own)}]}`))).toEqual(['x: own']);
});

test('values of headers may read the request, and empty ones are left out', () => {
  const set = 'headers: {request: {set: {x-path: "%REQ(:path)%", x-agent: "a %REQ(user-agent)% 100%%", x-none: "%REQ(x-absent)%", '
    + 'x-other: "%REQ(x-absent?user-agent)%"}}},';

  expect(lines(answer(to('iris', set), { url: 'http://h.test/a?q', headers: ['user-agent: curl'] }))).toEqual([
    'user-agent: curl', 'x-agent: a curl 100%', 'x-other: curl', 'x-path: /a?q',
  ]);
});

test('responses have headers too', () => {
  const found = answer(to('iris', 'headers: {response: {set: {x: v}, add: {set-cookie: a=b}, remove: [X-Powered-By]}},'));

  expect(found.outcomes[0].response).toEqual({ set: new Map([['x', 'v']]), added: [{ name: 'set-cookie', value: 'a=b' }], removed: ['x-powered-by'] });
  expect(answer(to('iris')).outcomes[0].response).toBeUndefined();
});

test('mirrors get their share of the requests as the destination receives them', () => {
  const mirror = (host: string) => `{host: ${host}, port: {number: 80}}`;
  const found = answer(to('iris', `headers: {request: {set: {x: v}}}, mirror: ${mirror('m1')}, mirrorPercentage: {value: 12.5}, mirrors: [{destination: ${mirror('m2')}}, `
    + `{destination: ${mirror('m3')}, percentage: {value: 0}}],`));

  const shown = found.mirrors.map(({ share, responder, delivered: { headers }, place: { field } }) => [share.toString(), responder, headers, field]);
  expect(shown).toEqual([
    ['1/8', { kind: 'service', host: 'm1.models.svc.cluster.local', port: 80, workloads: [] }, [{ name: 'x', value: 'v' }], ['spec', 'http', 0, 'mirror']],
    ['1/1', { kind: 'service', host: 'm2.models.svc.cluster.local', port: 80, workloads: [] }, [{ name: 'x', value: 'v' }], ['spec', 'http', 0, 'mirrors', 0]],
  ]);
});

test('a mirror of a split gets what the destination gets that is picked', () => {
  const own = 'headers: {request: {set: {x: own}}}';
  const found = answer(`{mirror: {host: m, port: {number: 80}}, mirrorPercentage: {value: 50}, route: [${arm('a', 1, own)}, ${arm('b', 3)}]}`);

  expect(found.mirrors.map(({ share, delivered: { headers } }) => [share.toString(), headers])).toEqual([['3/8', []], ['1/8', [{ name: 'x', value: 'own' }]]]);
});

test('a fault ends a share of the requests, whatever their destination, and these are not mirrored', () => {
  const fault = 'fault: {abort: {percentage: {value: 25}, httpStatus: 418}}, mirror: {host: m, port: {number: 80}}';
  const found = answer(`{${fault}, route: [${arm('a', 1)}, ${arm('b', 3)}]}`);

  expect(rules([`{${fault}, route: [${arm('a', 1)}, ${arm('b', 3)}]}`]).to('http://h.test/')).toBe('9/16 b.models:80, 1/4 fault 418, 3/16 a.models:80');
  expect(found.mirrors.map(({ share }) => share.toString())).toEqual(['3/4']);
});

test('a fault without a percentage ends no request, and a delay changes no answer', () => {
  expect(rules([to('iris', 'fault: {abort: {httpStatus: 418}},')]).to('http://h.test/')).toBe('iris.models:80');
  expect(rules([to('iris', 'fault: {delay: {percentage: {value: 100}, fixedDelay: 1s}},')]).to('http://h.test/')).toBe('iris.models:80');
  expect(rules([to('iris', 'fault: {abort: {percentage: {value: 100}, httpStatus: 503}},')]).to('http://h.test/')).toBe('fault 503');
});

test.each<[title: string, rule: string, delay: object | undefined]>([
  ['of backends', to('iris', 'fault: {delay: {percentage: {value: 10}, fixedDelay: 2s}},'), { percentage: 10, duration: '2s' }],
  ['with the old percent', to('iris', 'fault: {delay: {percent: 5, fixedDelay: 100ms}},'), { percentage: 5, duration: '100ms' }],
  ['of a redirect', '{fault: {delay: {percentage: {value: 0.5}, fixedDelay: 1s}}, redirect: {uri: /x}}', { percentage: 0.5, duration: '1s' }],
  ['of requests of which a fault ends some', to('iris', 'fault: {delay: {percentage: {value: 100}, fixedDelay: 1s}, abort: {percentage: {value: 50}, httpStatus: 503}},'),
    { percentage: 100, duration: '1s' }],
  ['of requests that a fault ends', to('iris', 'fault: {delay: {percentage: {value: 100}, fixedDelay: 1s}, abort: {percentage: {value: 100}, httpStatus: 503}},'),
    { percentage: 100, duration: '1s' }],
  ['without a percentage', to('iris', 'fault: {delay: {fixedDelay: 1s}},'), undefined],
  ['of no request', to('iris', 'fault: {delay: {percentage: {value: 0}, fixedDelay: 1s}},'), undefined],
  ['without a duration', to('iris', 'fault: {delay: {percentage: {value: 10}}},'), undefined],
])('the delay %s', (_title, rule, delay) => {
  expect(rules([rule]).case('http://h.test/').delay).toEqual(delay);
});

test('the age of VirtualServices decides which delay there is', () => {
  const delayed = (time: string) => to('iris', `fault: {delay: {percentage: {value: 10}, fixedDelay: ${time}}},`);
  const cases = (one: string, other: string) => new Answers(GATEWAY + virtualService('one', [one]) + virtualService('other', [other])).resolve('http://h.test/').cases;
  expect(cases(delayed('1s'), delayed('2s')).map(({ delay }) => delay?.duration)).toEqual(['1s', '2s']);
  expect(cases(delayed('1s'), delayed('1s')).map(({ delay, condition }) => [delay?.duration, condition])).toEqual([['1s', undefined]]);
});

test('a fault comes before a redirect', () => {
  expect(rules(['{fault: {abort: {percentage: {value: 50}, httpStatus: 503}}, redirect: {uri: /x}}']).to('http://h.test/')).toBe('1/2 fault 503, 1/2 301 http://h.test/x');
});

test.each([
  ['{uri: /x}', 'http://h.test/a?q=1', '301 http://h.test/x?q=1'],
  ['{uri: "/x?y"}', 'http://h.test/a?q=1', '301 http://h.test/x?y'],
  ['{authority: b.test}', 'http://h.test/a?q', '301 http://b.test/a?q'],
  ['{redirectCode: 308, scheme: https}', 'http://h.test:80/a', '308 https://h.test/a'],
  ['{scheme: https}', 'http://h.test/a', '301 https://h.test/a'],
  ['{port: 8443, scheme: https}', 'http://h.test:80/a', '301 https://h.test:8443/a'],
  ['{port: 443, scheme: https}', 'http://h.test/a', '301 https://h.test/a'],
  ['{derivePort: FROM_REQUEST_PORT, scheme: https}', 'http://h.test/a', '301 https://h.test:80/a'],
  ['{derivePort: FROM_PROTOCOL_DEFAULT}', 'http://h.test/a', '301 http://h.test/a'],
])('redirect %s leads from %s to %s', (redirect, url, shown) => {
  expect(rules([`{redirect: ${redirect}}`]).to(url)).toBe(shown);
});

test('a redirect may replace the prefix', () => {
  expect(rules(['{match: [{uri: {prefix: /old/}}], redirect: {prefixRewrite: /new/}}']).to('http://h.test/old/a?q')).toBe('301 http://h.test/new/a?q');
});

test('a rule may answer itself', () => {
  const place = { field: ['spec', 'http', 0] };

  expect(answer('{directResponse: {status: 404, body: {string: gone}}}').outcomes[0].responder).toEqual({ kind: 'response', status: 404, body: 'gone', reason: 'the rule answers directly' });
  expect(answer('{directResponse: {status: 200, body: {bytes: Z29uZQ==}}}').outcomes[0].responder).toMatchObject({ status: 200, body: 'gone' });
  expect(answer('{directResponse: {status: 503}}').rule).toMatchObject(place);
});

test('timeouts and retries are those of the rule, or those of Istio', () => {
  const standard = { attempts: 2, on: 'connect-failure,refused-stream,unavailable,cancelled,retriable-status-codes' };

  expect(answer(to('iris'))).toMatchObject({ retries: standard });
  expect(answer(to('iris')).timeout).toBeUndefined();
  expect(answer(to('iris', 'timeout: 0s,')).timeout).toBeUndefined();
  expect(answer(to('iris', 'timeout: 1.5s,')).timeout).toBe('1.5s');
  expect(answer(to('iris', 'retries: {attempts: 0},')).retries).toBeUndefined();
  expect(answer(to('iris', 'retries: {attempts: 3, perTryTimeout: 2s},')).retries).toEqual({ attempts: 3, perTryTimeout: '2s', on: standard.on });
  expect(answer(to('iris', 'retries: {attempts: 1, retryOn: "gateway-error, 503"},')).retries).toEqual({ attempts: 1, on: 'gateway-error,retriable-status-codes,503' });
});

const PREFLIGHT: ShortRequest = { url: 'http://h.test/', method: 'OPTIONS', headers: ['origin: https://a.test', 'access-control-request-method: POST'] };

test('a CORS policy answers preflight requests of its origins, and forwards others', () => {
  const cors = (more = '') => to('iris', `corsPolicy: {allowOrigins: [{exact: "https://a.test"}, {regex: "https://.*\\\\.b\\\\.test"}], allowCredentials: true, exposeHeaders: [x, y]${more}},`);

  expect(rules([cors()]).to(PREFLIGHT)).toBe('response 200');
  expect(rules([cors()]).to({ ...PREFLIGHT, headers: ['origin: https://x.b.test', 'access-control-request-method: POST'] })).toBe('response 200');
  expect(rules([cors()]).to({ ...PREFLIGHT, headers: ['origin: https://c.test', 'access-control-request-method: POST'] })).toBe('iris.models:80');
  expect(rules([cors(', unmatchedPreflights: IGNORE')]).to({ ...PREFLIGHT, headers: ['origin: https://c.test', 'access-control-request-method: POST'] })).toBe('response 200');
  expect(rules([cors()]).to({ ...PREFLIGHT, headers: ['origin: https://a.test'] })).toBe('iris.models:80');
  expect(answer(cors(', allowMethods: [GET, PUT], allowHeaders: [x], maxAge: 24h'), PREFLIGHT).outcomes[0].response?.set).toEqual(new Map([
    ['access-control-allow-origin', 'https://a.test'], ['access-control-allow-credentials', 'true'], ['access-control-expose-headers', 'x,y'],
    ['access-control-allow-methods', 'GET,PUT'], ['access-control-allow-headers', 'x'], ['access-control-max-age', '86400'],
  ]));
  expect(answer(cors(), { url: 'http://h.test/', headers: ['origin: https://a.test'] }).outcomes[0].response?.set).toEqual(new Map([
    ['access-control-allow-origin', 'https://a.test'], ['access-control-allow-credentials', 'true'], ['access-control-expose-headers', 'x,y'],
  ]));
});
