import { document, GATEWAY, service, to, virtualService } from '../../support/routes';
import { changesOf } from '../support/differences';

const SERVICES = GATEWAY + service('a') + service('b') + virtualService('gateway', [to('a')]);
const inside = (name: string, rules: readonly string[], fields = {}) => virtualService(name, rules, { hosts: '[iris]', gateways: '[mesh]', ...fields });
const RULES = 'rules for workloads inside the mesh are different';
const diff = (before: string, after: string) => changesOf(SERVICES + before, SERVICES + after);
const HOST = 'iris.models.svc.cluster.local';

const undecided = (before: string, after: string) => {
  const { changes, repeated, undecided: found } = diff(before, after);
  expect([changes, repeated]).toEqual([[], []]);
  return found;
};

test('rules of sidecars with other backends', () => {
  expect(diff(inside('iris', [to('a')]), inside('iris', [to('b')]))).toEqual({
    changes: [`prefix ${HOST}/: 100 % a.models:80 → 100 % b.models:80`], repeated: [], undecided: [],
  });
  expect(diff('', inside('iris', [to('a')])).changes).toEqual([`prefix ${HOST}/: 100 % external ${HOST}:80 → 100 % a.models:80`]);
  expect(diff(service('iris'), service('iris') + inside('iris', [to('a')])).changes).toEqual([`prefix ${HOST}/: 100 % iris.models:80 → 100 % a.models:80`]);
});

test('rules of sidecars that do the same in other words', () => {
  const [a, b] = [to('a', 'match: [{uri: {prefix: /a}}],'), to('b', 'match: [{uri: {prefix: /b}}],')];
  expect(undecided(inside('iris', [a, b]), inside('iris', [b, a]))).toEqual([]);
  expect(undecided(inside('iris', [to('a')]), inside('iris', ['{route: [{destination: {host: a}, weight: 50}, {destination: {host: a}, weight: 50}]}']))).toEqual([]);
  expect(diff(inside('iris', [to('a', 'match: [{headers: {x: {exact: a}}}],'), to('b', 'match: [{headers: {x: {exact: b}}}],')]), inside('iris', [
    to('b', 'match: [{headers: {x: {exact: b}}}],'), to('a', 'match: [{headers: {x: {exact: a}}}],'),
  ])).repeated).toEqual([`prefix ${HOST}/, header x is "a", header x is "b": 100 % a.models:80 → 100 % b.models:80`]);
});

test('some callers only', () => {
  const routes = (match: string) => inside('iris', [to('a', `match: [${match}],`), to('b')]);
  expect(diff(routes('{sourceLabels: {app: x}}'), routes('{sourceLabels: {app: y}}')).changes).toEqual([
    `prefix ${HOST}/, the caller is in namespace "models", the caller has labels app=x: 100 % a.models:80 → 100 % b.models:80`,
    `prefix ${HOST}/, the caller is in namespace "models", the caller has labels app=y: 100 % b.models:80 → 100 % a.models:80`,
  ]);
  expect(diff(routes('{sourceNamespace: web}'), routes('{sourceNamespace: web, uri: {prefix: /a}}')).changes).toEqual([
    `prefix ${HOST}/, the caller is in namespace "web": 100 % a.models:80 → 100 % b.models:80`,
  ]);
  expect(diff(inside('iris', [to('a')]), inside('iris', [to('a')], { more: 'exportTo: [.],' })).changes).toEqual([
    `prefix ${HOST}/, the caller is in namespace "other": 100 % a.models:80 → 100 % external ${HOST}:80`,
  ]);
});

test('ports', () => {
  const iris = service('iris', '[{port: 80, name: http}, {port: 9000, name: http-more}]');
  const routes = (port: number) => inside('iris', [to('a', `match: [{port: ${port}}],`), to('b')]);
  expect(diff(iris + routes(9000), iris + routes(9001)).changes).toEqual([
    `prefix ${HOST}/, the caller is in namespace "models": 100 % a.models:80 → 100 % b.models:80`,
  ]);
});

test('a wildcard also has the Services below it', () => {
  const wide = (name: string) => inside('wide', [to(name)], { hosts: "['*.models.svc.cluster.local']" });
  expect(diff(wide('a'), wide('b')).changes).toEqual([
    'prefix *.models.svc.cluster.local/: 100 % a.models:80 → 100 % b.models:80',
    'prefix *.models.svc.cluster.local/: 100 % a.models:80 → 100 % b.models:80',
  ]);
});

test('what is not decided: the Host header as it is written, Sidecars, and too many callers', () => {
  const routes = (host: string) => inside('iris', [to('a', `match: [{authority: {exact: ${host}}}],`), to('b')]);
  expect(undecided(routes('iris'), routes('iris.models'))).toEqual([RULES]);
  const sidecar = document('Sidecar', 'default', 'models', '{egress: [{hosts: ["./*"]}]}');
  expect(diff(sidecar + inside('iris', [to('a')]), sidecar + inside('iris', [to('b')])).undecided).toEqual([`${RULES}, and Sidecar models/default can matter for them`]);
  const many = (name: string) => inside('iris', Array.from({ length: 7 }, (_, i) => to(name, `match: [{sourceLabels: {app: x${i}}}],`)));
  expect(undecided(many('a'), many('b'))).toEqual([`${RULES}, and there are too many kinds of callers`]);
});

test('a Service that may or may not exist has the same rules', () => {
  const alone = (name: string) => changesOf(inside('iris', [to('a', 'match: [{uri: {prefix: /a}}],'), to('b')]), inside('iris', [to('a', 'match: [{uri: {prefix: /a}}],'), to(name)]));
  expect(alone('b')).toEqual({ changes: [], repeated: [], undecided: [] });
  expect(alone('c')).toEqual({ changes: [expect.stringMatching(/^prefix iris\.models\.svc\.cluster\.local\/: .*b\.models:80.* → .*c\.models:80/)], repeated: [], undecided: [] });
});

test('names, and rules of the same VirtualService for gateways, make no difference inside', () => {
  expect(undecided(inside('iris', [to('a', 'name: one,')]), inside('other', [to('a', 'name: two,')]))).toEqual([]);
  const both = (host: string) => inside('iris', [to(host, 'match: [{gateways: [istio-system/gateway]}],'), to('a')], { gateways: '[mesh, istio-system/gateway]', hosts: '[iris.test]' });
  expect(changesOf(SERVICES + both('a'), SERVICES + both('b'))).toEqual({
    changes: ['prefix iris.test/: 100 % a.models:80 → 100 % b.models:80'], repeated: [], undecided: [],
  });
});

test('two VirtualServices of one host depend on their names', () => {
  const [one, two] = [inside('one', [to('a')]), inside('two', [to('b')])];
  expect(undecided(one + two, one + inside('three', [to('b')]))).toEqual([RULES]);
});

test('subsets of a host that rules send to', () => {
  const rule = (version: string) => document('DestinationRule', 'a', 'models', `{host: a, subsets: [{name: v, labels: {version: ${version}}}]}`);
  const routed = inside('iris', ['{route: [{destination: {host: a, subset: v}}]}']);
  expect(diff(routed + rule('one'), routed + rule('two')).changes).toEqual([`prefix ${HOST}/: 100 % a.models:80/v → 100 % a.models:80/v`]);
  expect(undecided(routed + rule('one'), rule('one') + routed)).toEqual([]);
});

test('Sidecars and policies of workloads', () => {
  const sidecar = (hosts: string) => document('Sidecar', 'default', 'models', `{egress: [{hosts: [${hosts}]}]}`);
  expect(undecided(sidecar('./*'), sidecar('"*/*"'))).toEqual(['Sidecar models/default, which can matter for workloads inside the mesh, is different']);
  const policies = ['one', 'two'].map((name) => document('AuthorizationPolicy', name, 'models', `{selector: {matchLabels: {app: ${name}}}, action: DENY, rules: [{}]}`));
  expect(undecided('', policies.join(''))).toEqual(['AuthorizationPolicy models/one and 1 more, which can matter for workloads inside the mesh, are different']);
  expect(undecided(policies.join(''), policies.reverse().join(''))).toEqual([]);
});
