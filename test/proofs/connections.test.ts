import { changesOf } from './support/differences';
import { document, GATEWAY, gateway, to, virtualService } from '../support/routes';

const NOTHING = { changes: [], repeated: [], undecided: [] };
const tls = (name: string, host: string, mode = 'SIMPLE') => gateway(name, `{port: {number: 443, name: https, protocol: HTTPS}, hosts: ['${host}'], tls: {mode: ${mode}, credentialName: c}}`);
const iris = (more: string) => virtualService('iris', [to('iris')], { hosts: `[${more}]` });

test('a host that is added hides a wildcard', () => {
  const wide = virtualService('wide', [to('wide')], { hosts: "['*.test']" });
  expect(changesOf(GATEWAY + wide, GATEWAY + wide + iris('h.test')).changes).toEqual(['prefix h.test/: 100 % wide.models:80 → 100 % iris.models:80']);
});

test('hosts of the Host header with a port, and in upper case', () => {
  const routes = (authority: string) => GATEWAY + virtualService('iris', [to('a', `match: [{authority: {exact: '${authority}'}}],`), to('b')]);
  expect(changesOf(routes('h.test:8080'), routes('h.test')).changes).toEqual([
    'prefix h.test/, authority is "h.test:8080": 100 % a.models:80 → 100 % b.models:80',
    'prefix h.test/, authority is "h.test": 100 % b.models:80 → 100 % a.models:80',
  ]);
});

test('TLS by the server name, with and without client certificates', () => {
  const before = tls('gateway', 'h.test') + iris('h.test');
  expect(changesOf(before, before)).toEqual(NOTHING);
  expect(changesOf(before, tls('gateway', 'h.test', 'MUTUAL') + iris('h.test')).changes).toEqual(expect.arrayContaining(['prefix h.test/: 100 % iris.models:80 → 100 % refused']));
  expect(changesOf(before, tls('gateway', 'other.test') + iris('h.test')).changes).toContain('prefix h.test/: 100 % iris.models:80 → 100 % refused');
});

test('a Gateway with another name, for the same pods', () => {
  const before = GATEWAY + iris('h.test');
  expect(changesOf(before, before.replace('name: gateway,', 'name: renamed,').replace('istio-system/gateway]', 'istio-system/renamed]'))).toEqual(NOTHING);
});

test('a Gateway with another name, and another one that has the name from now on', () => {
  const other = (name: string) => gateway(name, "{port: {number: 80, name: http, protocol: HTTP}, hosts: ['*']}", { selector: '{app: other}' });
  const routes = (name: string) => virtualService('iris', [to('iris')], { gateways: `[istio-system/${name}]` });
  expect(changesOf(GATEWAY + other('other') + routes('gateway'), GATEWAY.replace('name: gateway,', 'name: new,') + other('gateway') + routes('new'))).toEqual(NOTHING);
});

test('a Gateway that is gone, with its policy', () => {
  const policy = document('AuthorizationPolicy', 'one', 'istio-system', '{selector: {matchLabels: {istio: ingressgateway}}, action: CUSTOM, provider: {name: x}, rules: [{}]}');
  expect(changesOf(GATEWAY + iris('h.test'), '').undecided).toEqual([]);
  expect(changesOf(GATEWAY + policy + iris('h.test'), GATEWAY + iris('h.test')).undecided).toContain('the policies of the gateway are different');
});

test('a server that redirects to https, and one that is gone', () => {
  const redirecting = gateway('gateway', "{port: {number: 80, name: http, protocol: HTTP}, hosts: ['*'], tls: {httpsRedirect: true}}");
  expect(changesOf(GATEWAY + iris('h.test'), redirecting + iris('h.test')).changes).toContain('prefix h.test/: 100 % iris.models:80 → 100 % 301 https://h.test/');
  const other = gateway('gateway', "{port: {number: 81, name: http, protocol: HTTP}, hosts: ['*']}");
  expect(changesOf(GATEWAY + iris('h.test'), other + iris('h.test')).changes).toEqual([
    'prefix h.test/: 100 % iris.models:80 → 100 % refused',
    'prefix */: 100 % not-found 404 → 100 % refused',
    'prefix h.test/: 100 % refused → 100 % iris.models:80',
    'prefix */: 100 % refused → 100 % not-found 404',
  ]);
});

test('Gateways that are not among the objects', () => {
  expect(changesOf(iris('h.test'), iris('h.test').replace('host: iris', 'host: wine')).changes).toEqual(['prefix h.test/: 100 % iris.models:80 → 100 % wine.models:80']);
});

test('the order of documents makes no difference, and names of subsets make none', () => {
  const rule = (name: string) => document('DestinationRule', 'iris', 'models', `{host: iris, subsets: [{name: ${name}, labels: {version: v1}}]}`);
  const route = (name: string) => virtualService('iris', [`{route: [{destination: {host: iris, subset: ${name}, port: {number: 80}}}]}`]);
  expect(changesOf(GATEWAY + rule('v1') + route('v1'), route('v1') + GATEWAY + rule('v1'))).toEqual(NOTHING);
  expect(changesOf(GATEWAY + rule('v1') + route('v1'), GATEWAY + rule('canary') + route('canary'))).toEqual(NOTHING);
});

test('a VirtualService with another name changes nothing, unless its age matters', () => {
  const one = (name: string) => virtualService(name, [to('a', 'match: [{uri: {prefix: /a}}],')]);
  const two = virtualService('two', [to('b', 'match: [{uri: {prefix: /a/b}}],')]);
  expect(changesOf(GATEWAY + one('one'), GATEWAY + one('new'))).toEqual(NOTHING);
  expect(changesOf(GATEWAY + one('one') + two, GATEWAY + one('new') + two)).toEqual({
    ...NOTHING,
    changes: [
      'prefix h.test/a/b: if VirtualService models/one is the oldest of those that match: 100 % a.models:80 | '
      + 'if VirtualService models/two is the oldest of those that match: 100 % b.models:80 → '
      + 'if VirtualService models/new is the oldest of those that match: 100 % a.models:80 | '
      + 'if VirtualService models/two is the oldest of those that match: 100 % b.models:80',
    ],
  });
});

describe('conditions on the Host header of a wildcard', () => {
  const routes = (...matches: readonly string[]) => (
    GATEWAY + virtualService('iris', [...matches.map((match, i) => to(`a${i}`, `match: [{authority: ${match}}],`)), to('c')], { hosts: "['*.h.test']" })
  );

  test('a host that one expression matches and the other does not', () => {
    expect(changesOf(routes("{regex: '.*[.]a[.]h[.]test'}"), routes("{regex: '.*[.](a|b)[.]h[.]test'}"))).toEqual({
      ...NOTHING,
      changes: [expect.stringMatching(/^prefix \*\.h\.test\/, authority matches .*, authority does not match .*: 100 % c\.models:80 → 100 % a0\.models:80$/)],
    });
    expect(changesOf(routes("{regex: '[a-m].*'}", '{prefix: aa}'), routes("{regex: '[a-z].*'}", '{prefix: aa}')).changes).toEqual([
      'prefix *.h.test/, authority matches "[a-z].*", authority does not match "[a-m].*", authority does not begin with "aa": 100 % c.models:80 → 100 % a0.models:80',
    ]);
  });

  test('expressions of hosts that are the same in other words', () => {
    expect(changesOf(routes("{regex: '(a|b).*'}"), routes("{regex: '[ab].*'}"))).toEqual(NOTHING);
    expect(changesOf(routes("{regex: 'a.*'}"), routes("{regex: 'a.*(?i)[.]test(:[0-9]*)?'}"))).toEqual(NOTHING);
  });

  test('hosts of narrower patterns are none of them', () => {
    const narrow = virtualService('narrow', [to('n')], { hosts: "['*.a.h.test', b.h.test]" });
    expect(changesOf(routes("{regex: '.*[.]a[.]h[.]test|b.*'}") + narrow, routes("{regex: 'b.+'}") + narrow)).toEqual(NOTHING);
  });

  test('what a longer beginning excludes is stated', () => {
    expect(changesOf(routes('{prefix: aa}'), routes('{prefix: aab}')).changes).toEqual([
      'prefix *.h.test/, authority begins with "aa", authority does not begin with "aab": 100 % a0.models:80 → 100 % c.models:80',
    ]);
  });
});
