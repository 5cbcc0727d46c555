import { Answers } from '../../support/answers';
import { GATEWAY, gateway, to, virtualService } from '../../support/routes';

const server = (hosts: string) => gateway('gateway', `{port: {number: 80, name: http, protocol: HTTP}, hosts: ${hosts}}`);
const route = (name: string, hosts: string, path = '/', namespace = 'models') => (
  virtualService(name, [to(name, `match: [{uri: {prefix: ${path}}}],`)], { hosts, namespace })
);

test('the exact host wins, then the longest wildcard, then all hosts; Envoy looks at no other one', () => {
  const answers = new Answers(GATEWAY + route('any', "['*']") + route('wide', "['*.test']") + route('narrow', "['*.w.test']") + route('exact', '[x.w.test]', '/only'));

  expect(answers.to('http://x.w.test/only')).toBe('exact.models:80');
  expect(answers.to('http://x.w.test/other')).toBe('not-found 404');
  expect(answers.to('http://a.w.test/')).toBe('narrow.models:80');
  expect(answers.to('http://b.a.w.test/')).toBe('narrow.models:80');
  expect(answers.to('http://w.test/')).toBe('wide.models:80');
  expect(answers.to('http://test/')).toBe('any.models:80');
});

test('a wildcard stands for at least one character', () => {
  const answers = new Answers(GATEWAY + route('narrow', "['*.w.test']"));

  expect(answers.to('http://w.test/')).toBe('not-found 404');
  expect(answers.to({ url: 'http://w.test/', authority: '.w.test' })).toBe('not-found 404');
});

test('the port and the case of the authority do not matter', () => {
  const answers = new Answers(GATEWAY + route('iris', '[h.test]'));

  expect(answers.to({ url: 'http://h.test/', authority: 'H.test:1234' })).toBe('iris.models:80');
});

test('a virtual host is what the hosts of server and route have in common', () => {
  const answers = new Answers(server('[e.test]') + route('any', "['*']", '/t') + route('exact', '[e.test]', '/t'));

  expect(answers.to('http://e.test/t')).toContain('any.models:80');
  expect(answers.to('http://e.test/t')).toContain('exact.models:80');
  expect(answers.to('http://f.test/t')).toBe('not-found 404');
});

test('hosts are compared with their case, and requests without', () => {
  const answers = new Answers(server('[UP.test]') + route('upper', '[UP.test]') + route('lower', '[up.test]'));

  expect(answers.to('http://up.test/')).toBe('upper.models:80');
});

test('a host of a server may be for the routes of one namespace', () => {
  const answers = new Answers(server("[other/c.test, './d.test', '*/e.test']") + ['c', 'd', 'e'].map((name) => (
    route(`${name}1`, `[${name}.test]`) + route(`${name}2`, `[${name}.test]`, '/', name === 'c' ? 'other' : 'istio-system')
  )).join(''));

  expect(answers.to('http://c.test/')).toBe('c2.other:80');
  expect(answers.to('http://d.test/')).toBe('d2.istio-system:80');
  expect(answers.to('http://e.test/')).toContain('e1.models:80');
});

test('a VirtualService names a Gateway of its own namespace without namespace', () => {
  const own = virtualService('iris', [to('iris')], { gateways: '[gateway]' });

  expect(new Answers(GATEWAY + own).to('http://h.test/')).toBe('not-found 404');
  expect(new Answers(GATEWAY + own.replace('namespace: models', 'namespace: istio-system')).to('http://h.test/')).toBe('iris.istio-system:80');
});

test('a VirtualService without a rule for the port has no virtual host, which would hide a wildcard', () => {
  const answers = new Answers(GATEWAY + route('wide', "['*.test']") + virtualService('exact', [to('exact', 'match: [{port: 81}],')], { hosts: '[x.test]' }));

  expect(answers.to('http://x.test/')).toBe('wide.models:80');
});

test('a delegate answers with the matches of its root and its own', () => {
  const root = virtualService('root', ['{match: [{uri: {prefix: /a}}], delegate: {name: inner}}', to('rest', 'match: [{uri: {prefix: /}}],')]);
  const inner = root.replace('name: root', 'name: inner').replace(/spec: .*/, `spec: {http: [${to('inner', 'match: [{uri: {prefix: /a/b}}],')}]}`);
  const answers = new Answers(GATEWAY + root + inner);

  expect(answers.to('http://h.test/a/b/c')).toBe('inner.models:80');
  expect(answers.to('http://h.test/a/c')).toBe('rest.models:80');
});
