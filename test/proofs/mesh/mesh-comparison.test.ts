import { document, GATEWAY, service, to, virtualService } from '../../support/routes';
import { changesOf } from '../support/differences';

const SERVICES = GATEWAY + service('a') + service('b') + virtualService('gateway', [to('a')]);
const inside = (name: string, rules: readonly string[], fields = {}) => virtualService(name, rules, { hosts: '[iris]', gateways: '[mesh]', ...fields });
const RULES = 'rules for workloads inside the mesh are different';

const undecided = (before: string, after: string) => {
  const { changes, repeated, undecided: found } = changesOf(SERVICES + before, SERVICES + after);
  expect([changes, repeated]).toEqual([[], []]);
  return found;
};

test('rules of sidecars that are different are not decided', () => {
  expect(undecided(inside('iris', [to('a')]), inside('iris', [to('b')]))).toEqual([RULES]);
  expect(undecided('', inside('iris', [to('a')]))).toEqual([RULES]);
  expect(undecided(inside('iris', [to('a', 'match: [{sourceLabels: {app: x}}],')]), inside('iris', [to('a', 'match: [{sourceLabels: {app: y}}],')]))).toEqual([RULES]);
  expect(undecided(inside('iris', [to('a', 'match: [{sourceNamespace: x}],')]), inside('iris', [to('a')]))).toEqual([RULES]);
  expect(undecided(inside('iris', [to('a')]), inside('iris', [to('a')], { more: 'exportTo: [.],' }))).toEqual([RULES]);
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
  expect(undecided(routed + rule('one'), routed + rule('two'))).toEqual([RULES]);
  expect(undecided(routed + rule('one'), rule('one') + routed)).toEqual([]);
});

test('Sidecars and policies of workloads', () => {
  const sidecar = (hosts: string) => document('Sidecar', 'default', 'models', `{egress: [{hosts: [${hosts}]}]}`);
  expect(undecided(sidecar('./*'), sidecar('"*/*"'))).toEqual(['Sidecar models/default, which can matter for workloads inside the mesh, is different']);
  const policies = ['one', 'two'].map((name) => document('AuthorizationPolicy', name, 'models', `{selector: {matchLabels: {app: ${name}}}, action: DENY, rules: [{}]}`));
  expect(undecided('', policies.join(''))).toEqual(['AuthorizationPolicy models/one and 1 more, which can matter for workloads inside the mesh, are different']);
  expect(undecided(policies.join(''), policies.reverse().join(''))).toEqual([]);
});
