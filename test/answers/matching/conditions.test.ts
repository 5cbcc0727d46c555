import { ShortRequest } from '../../support/answers';
import { rules, to } from '../../support/routes';

/** Whether a rule with a match answers. */
const matches = (match: string, request: ShortRequest | string) => rules([to('iris', `match: [${match}],`)]).to(request) === 'iris.models:80';

const get = (path: string, headers: readonly string[] = []): ShortRequest => ({ url: `http://h.test${path}`, headers });

test.each([
  ['{uri: {prefix: /foo}}', ['/foo', '/foobar', '/foo//bar', '/foo%2fbar', '/foo?x=1', '/x/../foo'], ['/FOO', '/fo', '/']],
  ['{uri: {exact: /e}}', ['/e', '/e?x=1', '/./e', '/%65'], ['/e/', '/e;v=1', '/e%2F', '/E']],
  ['{uri: {regex: "/r[0-9]+"}}', ['/r1', '/r12?x'], ['/r1/x', '/r', '/xr1']],
  ['{uri: {regex: "/a.*"}, ignoreUriCase: true}', ['/a/B'], ['/A/b']],
  ['{uri: {prefix: /Foo}, ignoreUriCase: true}', ['/foo', '/FOOBAR'], ['/fo']],
  ['{uri: {exact: /Foo}, ignoreUriCase: true}', ['/foo'], ['/foo/']],
  ['{method: {exact: GET}}', ['/'], []],
  ['{scheme: {exact: http}}', ['/'], []],
  ['{scheme: {exact: https}}', [], ['/']],
])('match %s', (match, right, wrong) => {
  expect(right.filter((path) => !matches(match, get(path)))).toEqual([]);
  expect(wrong.filter((path) => matches(match, get(path)))).toEqual([]);
});

test('the authority is compared as sent', () => {
  const match = '{authority: {exact: h.test}}';

  expect(matches(match, 'http://h.test/')).toBe(true);
  expect(matches(match, { url: 'http://h.test/', authority: 'h.test:80' })).toBe(false);
  expect(matches(match, { url: 'http://h.test/', authority: 'H.test' })).toBe(false);
  expect(matches('{headers: {host: {exact: "h.test:80"}}}', { url: 'http://h.test/', authority: 'h.test:80' })).toBe(true);
});

test.each([
  ['{headers: {x: {exact: v}}}', [['x: v'], ['x: w', 'x: v']], [[], ['x: V'], ['x: w,v'], ['x: v ']]],
  ['{headers: {X-Name: {exact: v}}}', [['x-name: v']], [['x-other: v']]],
  ['{headers: {x: {prefix: v}}}', [['x: vw']], [['x: wv']]],
  ['{headers: {x: {regex: "v+"}}}', [['x: vv'], ['x: a', 'x: v']], [['x: va']]],
  ['{headers: {x: {}}}', [['x: v'], ['x: ']], [[]]],
  ['{headers: {x: {regex: "*"}}}', [['x: ']], [[]]],
  ['{withoutHeaders: {x: {exact: v}}}', [[], ['x: w']], [['x: v'], ['x: w', 'x: v']]],
  ['{withoutHeaders: {x: {}}}', [[]], [['x: '], ['x: v']]],
  ['{withoutHeaders: {x: {regex: ".*"}}}', [], [[], ['x: v']]],
  ['{withoutHeaders: {x: {exact: ""}}}', [['x: v']], [[], ['x: ']]],
  ['{headers: {accept: {exact: "a,b"}}}', [['accept: a', 'accept: b'], ['accept: a,b']], [['accept: a']]],
  ['{headers: {accept: {exact: a}}}', [['accept: a']], [['accept: a', 'accept: b']]],
])('match %s', (match, right, wrong) => {
  expect(right.filter((headers) => !matches(match, get('/', headers)))).toEqual([]);
  expect(wrong.filter((headers) => matches(match, get('/', headers)))).toEqual([]);
});

test('cookies are joined over HTTP/2 only', () => {
  const headers = ['cookie: a=1', 'cookie: b=2'];
  const joined = '{headers: {cookie: {exact: "a=1; b=2"}}}';

  expect(matches(joined, { ...get('/', headers), http: '2' })).toBe(true);
  expect(matches(joined, get('/', headers))).toBe(false);
  expect(matches('{headers: {cookie: {exact: "b=2"}}}', get('/', headers))).toBe(true);
  expect(matches('{headers: {cookie: {exact: "b=2"}}}', { ...get('/', headers), http: '2' })).toBe(false);
});

test.each([
  ['{queryParams: {q: {exact: "1"}}}', ['/?q=1', '/?q=1&q=2', '/?a&q=1'], ['/', '/?q=2&q=1', '/?q=%31', '/?Q=1', '/?q']],
  ['{queryParams: {q: {exact: ""}}}', ['/?q', '/?q='], ['/', '/?q=1']],
  ['{queryParams: {q: {}}}', ['/?q', '/?q=1'], ['/', '/?p']],
  ['{queryParams: {q: {prefix: a}}}', ['/?q=ab'], ['/?q=ba']],
  ['{queryParams: {q: {regex: "[0-9]"}}}', ['/?q=1'], ['/?q=12']],
])('match %s', (match, right, wrong) => {
  expect(right.filter((path) => !matches(match, get(path)))).toEqual([]);
  expect(wrong.filter((path) => matches(match, get(path)))).toEqual([]);
});

test('the conditions of a match all hold, and one match of a rule suffices', () => {
  const both = '{uri: {prefix: /a}, headers: {x: {exact: v}}}';

  expect(matches(both, get('/a', ['x: v']))).toBe(true);
  expect(matches(both, get('/a'))).toBe(false);
  expect(matches(both, get('/b', ['x: v']))).toBe(false);
  expect(matches(`${both}, {uri: {exact: /b}}`, get('/b'))).toBe(true);
});

test('a match for another port, gateway or caller is left out, and the others of its rule stay', () => {
  expect(matches('{port: 9999}', get('/'))).toBe(false);
  expect(matches('{port: 80}', get('/'))).toBe(true);
  expect(matches('{port: 9999}, {uri: {prefix: /a}}', get('/a'))).toBe(true);
  expect(matches('{gateways: [istio-system/other]}', get('/'))).toBe(false);
  expect(matches('{gateways: [mesh, istio-system/gateway]}', get('/'))).toBe(true);
  expect(matches('{sourceLabels: {app: x}}', get('/'))).toBe(false);
  expect(matches('{sourceLabels: {istio: ingressgateway}}', get('/'))).toBe(true);
  expect(matches('{sourceNamespace: istio-system}', get('/'))).toBe(true);
  expect(matches('{sourceNamespace: models}', get('/'))).toBe(false);
  // With gateways the labels and the namespace are not compared.
  expect(matches('{gateways: [istio-system/gateway], sourceLabels: {app: x}, sourceNamespace: models}', get('/'))).toBe(true);
});
