import { Answers } from '../../support/answers';
import { document, GATEWAY, gateway, to, virtualService } from '../../support/routes';

const HTTP = "{port: {number: 80, name: http, protocol: HTTP}, hosts: ['*']}";
const tls = (name: string, hosts: string, mode = 'SIMPLE', more = '') => (
  `{port: {number: 443, name: ${name}, protocol: HTTPS}, hosts: ${hosts}, tls: {mode: ${mode}, credentialName: cert}${more}}`
);
const ROUTES = virtualService('iris', [to('iris')], { hosts: "['*']" });

test('a connection needs a server on its port, with TLS if the client uses it', () => {
  const answers = new Answers(gateway('gateway', `${HTTP}, ${tls('https', "['*']")}`) + ROUTES);

  expect(answers.to('http://h.test/')).toBe('iris.models:80');
  expect(answers.to('https://h.test/')).toBe('iris.models:80');
  expect(answers.case('http://h.test:81/').outcomes[0].responder).toEqual({ kind: 'refused', reason: 'no Gateway has a server on port 81' });
  expect(answers.case('https://h.test:80/').outcomes[0].responder).toMatchObject({ kind: 'refused', reason: 'server "http" does not use TLS, and the client does' });
  expect(answers.case('http://h.test:443/').outcomes[0].responder).toMatchObject({ kind: 'refused', reason: 'server "https" expects TLS, and the client sends none' });
});

test('the server name picks the server, and the host one of its virtual hosts', () => {
  const servers = [tls('a', '[a.test]'), tls('wild', "['*.test']")].join(', ');
  const answers = new Answers(gateway('gateway', servers) + virtualService('a', [to('a')], { hosts: '[a.test]' }) + virtualService('b', [to('b')], { hosts: '[b.test]' }));

  expect(answers.to('https://a.test/')).toBe('a.models:80');
  expect(answers.to('https://b.test/')).toBe('b.models:80');
  expect(answers.to({ url: 'https://a.test/', serverName: 'b.test' })).toBe('a.models:80');
  expect(answers.to({ url: 'https://b.test/', serverName: 'a.test' })).toBe('not-found 404');
  expect(answers.to({ url: 'https://a.test/', serverName: 'A.TEST' })).toBe('a.models:80');
  expect(answers.case({ url: 'https://a.test/', serverName: 'a.org' }).outcomes[0].responder).toEqual({ kind: 'refused', reason: 'no server has the server name "a.org"' });
  expect(answers.case({ url: 'https://a.test/', serverName: null }).outcomes[0].responder).toEqual({ kind: 'refused', reason: 'the client sends no server name' });
});

test('a server with mutual TLS needs a client certificate, one with optional mutual TLS does not', () => {
  const answers = new Answers(gateway('gateway', [tls('m', '[m.test]', 'MUTUAL'), tls('o', '[o.test]', 'OPTIONAL_MUTUAL')].join(', ')) + ROUTES);

  expect(answers.case('https://m.test/').outcomes[0].responder).toMatchObject({
    kind: 'refused', reason: 'server "m" requires a client certificate, and the client has none',
  });
  expect(answers.to({ url: 'https://m.test/', principal: 'example.com/client' })).toBe('iris.models:80');
  expect(answers.to('https://o.test/')).toBe('iris.models:80');
});

test('a server may redirect all requests to https', () => {
  const redirects = "{port: {number: 80, name: http, protocol: HTTP}, hosts: [h.test, '*.w.test'], tls: {httpsRedirect: true}}";
  const answers = new Answers(gateway('gateway', redirects) + ROUTES);

  expect(answers.to('http://h.test/a/./b?q=1')).toBe('301 https://h.test/a/b?q=1');
  expect(answers.to('http://h.test:80/')).toBe('301 https://h.test:80/');
  expect(answers.to('http://x.w.test/')).toBe('301 https://x.w.test/');
  expect(new Answers(gateway('gateway', redirects)).to('http://h.test/')).toBe('301 https://h.test/');
});

test('TLS that passes through is routed by the server name', () => {
  const routes = document('VirtualService', 'tls', 'models', `{hosts: ['*.test'], gateways: [istio-system/gateway], tls: [
    {match: [{sniHosts: [a.test]}], route: [{destination: {host: a, port: {number: 443}}, weight: 1}, {destination: {host: b, port: {number: 443}}, weight: 3}]},
    {match: [{sniHosts: ['*.test']}], route: [{destination: {host: rest, port: {number: 443}}}]}]}`);
  const answers = new Answers(gateway('gateway', tls('tls', "['*.test']", 'PASSTHROUGH')) + routes);

  expect(answers.to('https://a.test/')).toBe('3/4 b.models:443, 1/4 a.models:443');
  expect(answers.to('https://c.test/')).toBe('rest.models:443');
  expect(answers.to('https://c.org/')).toBe('refused');
});

test('a server of TCP forwards by the first rule for TCP', () => {
  const routes = document('VirtualService', 'tcp', 'models', `{hosts: ['*'], gateways: [istio-system/gateway], tcp: [
    {match: [{port: 9000}], route: [{destination: {host: a, port: {number: 1}}}]}, {route: [{destination: {host: b, port: {number: 2}}}]}]}`);

  expect(new Answers(gateway('gateway', "{port: {number: 31400, name: tcp, protocol: TCP}, hosts: ['*']}") + routes).to('http://h.test:31400/')).toBe('b.models:2');
  expect(new Answers(gateway('gateway', "{port: {number: 31400, name: tcp, protocol: TCP}, hosts: ['*']}")).to('http://h.test:31400/')).toBe('refused');
});

test('Gateways of the same pods are merged', () => {
  const answers = new Answers(gateway('one', HTTP) + gateway('two', HTTP)
    + virtualService('a', [to('a')], { hosts: '[a.test]', gateways: '[istio-system/one]' }) + virtualService('b', [to('b')], { hosts: '[b.test]', gateways: '[istio-system/two]' }));

  expect(answers.to('http://a.test/')).toBe('a.models:80');
  expect(answers.to({ url: 'http://b.test/', gateway: 'istio-system/one' })).toBe('b.models:80');
});

test('Gateways of different pods are told by the host, or by the name', () => {
  const inside = gateway('inside', '{port: {number: 80, name: http, protocol: HTTP}, hosts: [in.test]}', { selector: '{istio: inside}' });
  const outside = gateway('outside', '{port: {number: 80, name: http, protocol: HTTP}, hosts: [out.test]}', { selector: '{istio: outside}' });
  const routes = virtualService('in', [to('in')], { hosts: '[in.test]', gateways: '[istio-system/inside]' });
  const answers = new Answers(inside + outside + routes);

  expect(answers.to('http://in.test/')).toBe('in.models:80');
  expect(answers.to({ url: 'http://in.test/', gateway: 'istio-system/outside' })).toBe('not-found 404');
  expect(() => answers.to('http://other.test/')).toThrow(new Error(
    'several Gateways with different pods listen on port 80: istio-system/inside, istio-system/outside. Set gateway to one of them'));
  expect(() => answers.to({ url: 'http://in.test/', gateway: 'istio-system/insde' })).toThrow(new Error(
    'there is no Gateway "istio-system/insde". Did you mean "istio-system/inside"?'));
});

test('a Gateway that is not among the objects is a condition, unless the request names it', () => {
  const answers = new Answers(virtualService('iris', [to('iris')], { gateways: '[istio-system/existing]' }));

  expect(answers.to('http://h.test/')).toBe('if Gateway istio-system/existing, which is not among the objects, has a server for the request: iris.models:80 | '
    + 'if Gateway istio-system/existing, which is not among the objects, has no server for the request: refused');
  expect(answers.to({ url: 'http://h.test/', gateway: 'istio-system/existing' })).toBe('iris.models:80');
});

test.each([
  ['http://h.test/a b', '2', 'a path with a space or a control character is invalid'],
  ['http://h.test/é', '1.1', 'a path with a character beyond ASCII is invalid in HTTP/1.1'],
] as const)('Envoy rejects %s over HTTP/%s', (url, http, reason) => {
  expect(new Answers(GATEWAY + ROUTES).case({ url, http }).outcomes[0].responder).toEqual({ kind: 'refused', status: 400, reason });
});

test.each<[path: string, delivered: string]>([
  ['/a#b', '/a'], ['/a#b?q', '/a'], ['/a?q=1#b', '/a?q=1'], ['/#', '/'], ['/x/../a#/..', '/a'], ['/a/x#y/../../b', '/a/x'],
])('the fragment of %s is dropped before the path is normalized', (path, delivered) => {
  for (const http of ['1.1', '2'] as const) expect(new Answers(GATEWAY + ROUTES).case({ url: `http://h.test${path}`, http }).outcomes[0].delivered?.path).toBe(delivered);
});

test('an unknown method is rejected over HTTP/1.1 only, and a path beyond ASCII is escaped over HTTP/2', () => {
  const answers = new Answers(GATEWAY + ROUTES);

  expect(answers.to({ url: 'http://h.test/', method: 'FOO' })).toBe('refused 400');
  expect(answers.to({ url: 'http://h.test/', method: 'FOO', http: '2' })).toBe('iris.models:80');
  expect(answers.case({ url: 'http://h.test/é', http: '2' }).outcomes[0].delivered?.path).toBe('/%C3%A9');
});
