import { Cluster } from '../../../src/cluster/cluster';
import { compareTraffic } from '../../../src/proofs/comparison';
import { haveSameSurroundings } from '../../../src/proofs/connections/unchanged-host';
import { clusterOf } from '../../support/cluster';
import { document, GATEWAY, service, to, virtualService } from '../../support/routes';

const routes = (name: string, host: string, backend = 'a') => virtualService(name, [to(backend)], { hosts: `[${host}]` });
const delegate = (backend: string) => virtualService('inner', [to(backend)]).replace(/hosts: \[h\.test\], gateways: \[[^\]]*\], /, '');
const delegating = virtualService('outer', ['{match: [{uri: {prefix: /a}}], delegate: {name: inner}}']);

const changes = (before: string, after: string) => {
  const [b, a] = [before, after].map((text): Cluster => clusterOf(GATEWAY + text));
  return compareTraffic(b, a).changes.map(({ requests: { host, path } }) => `${host}${path.value}`);
};

test.each<[string, string, string, readonly string[]]>([
  ['one host of two', routes('one', 'a.test') + routes('two', 'b.test'), routes('one', 'a.test') + routes('two', 'b.test', 'b'), ['b.test/']],
  ['a host that a new one narrows', routes('one', "'*.test'"), routes('one', "'*.test'") + routes('two', 'b.test', 'b'), ['b.test/']],
  ['a second VirtualService', routes('one', 'a.test'), routes('one', 'a.test') + virtualService('two', [to('b', 'match: [{uri: {prefix: /x}}],')], { hosts: '[a.test]' }), ['a.test/x']],
  ['a delegate', delegating + delegate('a'), delegating + delegate('b'), ['h.test/a']],
  ['a Service that a route reaches by a subset', routes('one', 'a.test') + service('a'), routes('one', 'a.test').replace('host: a,', 'host: a, subset: x,') + service('a'), ['a.test/']],
])('%s is noticed', (_what, before, after, expected) => {
  expect(changes(before, after)).toEqual(expected);
});

test.each<[string, string, string, boolean]>([
  ['other VirtualServices', routes('one', 'a.test'), routes('two', 'b.test'), true],
  ['another order', service('a') + service('b'), service('b') + service('a'), true],
  ['another Service', service('a'), service('b'), false],
  ['one Service more', service('a'), service('a') + service('b'), false],
  ['another field', service('a'), service('a', '[{port: 81, name: http}]'), false],
  ['another delegate', delegate('a'), delegate('b'), false],
  ['another policy', '', document('AuthorizationPolicy', 'one', 'models', '{}'), false],
])('surroundings with %s: %s', (_what, before, after, expected) => {
  expect(haveSameSurroundings(clusterOf(GATEWAY + before), clusterOf(GATEWAY + after))).toBe(expected);
});
