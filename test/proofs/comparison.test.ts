import { changesOf } from './support/differences';
import { GATEWAY, to, virtualService } from '../support/routes';

const diff = (before: string, after: string) => changesOf(GATEWAY + before, GATEWAY + after);

const NOTHING = { changes: [], repeated: [], undecided: [] };

test('equal manifests are equivalent', () => {
  const routes = virtualService('iris', [to('a', 'match: [{uri: {prefix: /a}}],'), to('b')]);
  expect(diff(routes, routes)).toEqual(NOTHING);
});

test('a weight', () => {
  const split = (a: number, b: number) => virtualService('iris', [`{match: [{uri: {prefix: /v2/models/iris/}}], route: [{destination: {host: iris1}, weight: ${a}}, {destination: {host: iris2}, weight: ${b}}]}`]);
  expect(diff(split(90, 10), split(70, 30))).toEqual({
    ...NOTHING,
    changes: [
      'prefix h.test/v2/models/iris/: 90 % iris1.models:80, 10 % iris2.models:80 → 70 % iris1.models:80, 30 % iris2.models:80',
    ],
  });
});

test('headers, order and repeated headers', () => {
  const a = to('a', 'match: [{headers: {x: {exact: a}}}],');
  const b = to('b', 'match: [{headers: {x: {exact: b}}}],');
  expect(diff(virtualService('iris', [a, b]), virtualService('iris', [b, a]))).toEqual({
    ...NOTHING, repeated: ['prefix h.test/, header x is "a", header x is "b": 100 % a.models:80 → 100 % b.models:80'],
  });
});

test('repeated headers of several paths', () => {
  const at = (path: string, value: string, ...hosts: readonly string[]) => (
    `{match: [{uri: {prefix: ${path}}, headers: {x: {exact: ${value}}}}], route: [${hosts.map((host) => `{destination: {host: ${host}}, weight: ${100 / hosts.length}}`).join(', ')}]}`
  );
  const rules = [at('/1/', 'p', 'a', 'b'), at('/1/', 'q', 'a'), at('/2/', 'p', 'a'), at('/2/', 'q', 'c')];
  expect(diff(virtualService('iris', rules), virtualService('iris', [...rules].reverse()))).toEqual({
    ...NOTHING,
    repeated: [
      'prefix h.test/1/, header x is "p", header x is "q": 50 % a.models:80, 50 % b.models:80 → 100 % a.models:80',
      'prefix h.test/2/, header x is "p", header x is "q": 100 % a.models:80 → 100 % c.models:80',
    ],
  });
});

test('a delay', () => {
  const delayed = (duration: string) => virtualService('iris', [to('a', `fault: {delay: {percentage: {value: 10}, fixedDelay: ${duration}}},`)]);
  expect(diff(virtualService('iris', [to('a')]), delayed('1s')).changes).toEqual(['prefix h.test/: 100 % a.models:80 → 100 % a.models:80']);
  expect(diff(delayed('1s'), delayed('1000ms'))).toEqual(NOTHING);
});

describe('CORS', () => {
  const cors = (policy?: string) => virtualService('iris', [to('a', policy === undefined ? '' : `corsPolicy: ${policy},`)]);
  const ONE = "{allowOrigins: [{exact: 'https://a.test'}]}";
  const preflight = (origin: string, change: string) => `prefix h.test/, header origin is "${origin}" and method is "OPTIONS" and header access-control-request-method is present: ${change}`;

  test('preflight requests are answered, and others get headers', () => {
    expect(diff(cors(), cors(ONE))).toEqual({
      ...NOTHING,
      changes: [
        preflight('https://a.test', '100 % a.models:80 → 100 % response 200'),
        'prefix h.test/, header origin is "https://a.test": 100 % a.models:80 → 100 % a.models:80',
      ],
    });
  });

  test('origins that one policy allows', () => {
    const changes = diff(cors(ONE), cors("{allowOrigins: [{prefix: 'https://a.'}]}")).changes.filter((text) => text.includes('OPTIONS'));
    expect(changes).toEqual([preflight('https://a.', '100 % a.models:80 → 100 % response 200')]);
  });

  test('what browsers may send', () => {
    const changes = diff(cors(ONE), cors(ONE.replace('}]}', '}], allowMethods: [PUT]}'))).changes;
    expect(changes).toEqual([preflight('https://a.test', '100 % response 200 → 100 % response 200')]);
  });

  test('the same origins in other words, and policies that allow none', () => {
    expect(diff(cors("{allowOrigins: [{exact: 'https://a.test'}, {exact: 'https://b.test'}]}"), cors("{allowOrigins: [{regex: 'https://[ab].test'}]}")).changes).not.toEqual([]);
    expect(diff(cors("{allowOrigins: [{regex: 'https://[ab][.]test'}]}"), cors("{allowOrigins: [{exact: 'https://b.test'}, {exact: 'https://a.test'}]}"))).toEqual(NOTHING);
    expect(diff(cors('{allowCredentials: true}'), cors('{allowCredentials: false}'))).toEqual(NOTHING);
  });

  test('a rule for another method has no preflight requests', () => {
    const get = (policy: string) => virtualService('iris', [to('a', `match: [{method: {exact: GET}}], ${policy}`)]);
    expect(diff(get(''), get(`corsPolicy: ${ONE},`)).changes).toEqual(['prefix h.test/, method is "GET", header origin is "https://a.test": 100 % a.models:80 → 100 % a.models:80']);
  });
});
