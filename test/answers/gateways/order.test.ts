import { Answers } from '../../support/answers';
import { GATEWAY, gateway, to, virtualService } from '../../support/routes';

const at = (path: string) => `match: [{uri: {prefix: ${path}}}],`;
const [OLD, YOUNG] = ['2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z'];

test('rules inside a VirtualService are tried in order, up to the first that matches all requests', () => {
  const answers = new Answers(GATEWAY + virtualService('routes', [to('first', at('/a')), to('second', at('/a/b')), to('all'), to('never', at('/n'))]));

  expect(answers.to('http://h.test/a/b')).toBe('first.models:80');
  expect(answers.to('http://h.test/n')).toBe('all.models:80');
});

test('the older VirtualService comes first, then the name', () => {
  const spec = [to('young', at('/a'))];
  const both = virtualService('a', spec, { created: YOUNG }) + virtualService('z', [to('old', at('/'))].map((rule) => rule.replace('prefix: /', 'prefix: /a')), { created: OLD });

  expect(new Answers(GATEWAY + both).to('http://h.test/a')).toBe('old.models:80');
  const same = virtualService('b', [to('b', at('/a'))], { created: OLD }) + virtualService('a', [to('a', at('/a'))], { created: OLD });
  expect(new Answers(GATEWAY + same).to('http://h.test/a')).toBe('a.models:80');
});

test('rules for all requests come after those of all VirtualServices; the expression /.* does not', () => {
  const answers = new Answers(GATEWAY + virtualService('old', [to('all')], { created: OLD }) + virtualService('young', [to('spec', at('/spec'))], { created: YOUNG }));

  expect(answers.to('http://h.test/spec')).toBe('spec.models:80');
  expect(answers.to('http://h.test/x')).toBe('all.models:80');
  const expression = virtualService('old', [to('all', 'match: [{uri: {regex: "/.*"}}],')], { created: OLD });
  expect(new Answers(GATEWAY + expression + virtualService('young', [to('spec', at('/spec'))], { created: YOUNG })).to('http://h.test/spec')).toBe('all.models:80');
});

test('with m VirtualServices of unknown age that match there are m cases', () => {
  const all = ['a', 'b', 'c'].map((name) => virtualService(name, [to(name, at('/v'))])).join('');
  const answers = new Answers(GATEWAY + all + virtualService('d', [to('d', at('/w'))]) + virtualService('e', [to('e')]));

  expect(answers.to('http://h.test/v')).toBe([
    'if VirtualService models/a is the oldest of those that match: a.models:80',
    'if VirtualService models/b is the oldest of those that match: b.models:80',
    'if VirtualService models/c is the oldest of those that match: c.models:80',
  ].join(' | '));
  expect(answers.to('http://h.test/w')).toBe('d.models:80');
  expect(answers.to('http://h.test/other')).toBe('e.models:80');
});

test('the age of VirtualServices does not matter if all answer alike', () => {
  const alike = virtualService('a', [to('iris', at('/v'))]) + virtualService('b', [to('iris', at('/v2'))]);

  expect(new Answers(GATEWAY + alike).to('http://h.test/v2')).toBe('iris.models:80');
});

test('a VirtualService that is known to be younger than another one is no case', () => {
  const all = [virtualService('a', [to('a', at('/v'))], { created: OLD }), virtualService('b', [to('b', at('/v'))], { created: YOUNG }), virtualService('c', [to('c', at('/v'))])];

  expect(new Answers(GATEWAY + all.join('')).to('http://h.test/v')).toBe(
    'if VirtualService models/a is the oldest of those that match: a.models:80 | if VirtualService models/c is the oldest of those that match: c.models:80');
});

test('catch-alls of unknown age are cases too', () => {
  const answers = new Answers(GATEWAY + virtualService('a', [to('a')]) + virtualService('b', [to('b')]));

  expect(answers.to('http://h.test/')).toBe(
    'if VirtualService models/a is the oldest of those that match: a.models:80 | if VirtualService models/b is the oldest of those that match: b.models:80');
});

test('VirtualServices for the namespace of the gateway only come before those for all', () => {
  const hidden = virtualService('z', [to('own', at('/v'))], { namespace: 'istio-system', more: "exportTo: ['.'],", created: YOUNG });

  expect(new Answers(GATEWAY + hidden + virtualService('a', [to('all', at('/v'))], { created: OLD })).to('http://h.test/v')).toBe('own.istio-system:80');
});

test('VirtualServices that the namespace of the gateway does not see are not used', () => {
  const answers = new Answers(GATEWAY + virtualService('a', [to('a')], { more: "exportTo: ['.'],", hosts: '[a.test]' })
    + virtualService('b', [to('b')], { more: 'exportTo: [istio-system],', hosts: '[b.test]' }));

  expect(answers.to('http://a.test/')).toBe('not-found 404');
  expect(answers.to('http://b.test/')).toBe('b.models:80');
});

test('of two Gateways on the same pods the rules of the older one come first, whatever the age of the VirtualServices', () => {
  const server = (number: number) => `{port: {number: ${number}, name: http, protocol: HTTP}, hosts: ['*']}`;
  const routes = virtualService('a', [to('a', at('/v'))], { gateways: '[istio-system/young]', created: OLD })
    + virtualService('b', [to('b', at('/v'))], { gateways: '[istio-system/old]', created: YOUNG });
  const known = gateway('young', server(80), { created: YOUNG }) + gateway('old', server(80), { created: OLD });

  expect(new Answers(known + routes).to('http://h.test/v')).toBe('b.models:80');
  expect(new Answers(gateway('young', server(80)) + gateway('old', server(80)) + routes).to('http://h.test/v')).toBe(
    'if Gateway istio-system/old is the oldest of those with a VirtualService that matches: b.models:80 | '
    + 'if Gateway istio-system/young is the oldest of those with a VirtualService that matches: a.models:80');
});
