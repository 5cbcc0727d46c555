import { unreachableConnectionRule as rule } from '../../../src/rules/routes/unreachable-connection-rule';
import { levelsOf, problemsOf } from '../../support/cluster';

const to = (host: string) => `route: [{destination: {host: ${host}, port: {number: 443}}}]`;
const sni = (names: string, others = '') => `match: [{sniHosts: [${names}]${others}}]`;

function virtualService(kind: 'tls' | 'tcp', ...rules: readonly string[]): string {
  return `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: models, namespace: models}
spec: {hosts: [a.test], gateways: [istio-system/gateway], ${kind}: [${rules.map((each) => `{${each}}`).join(', ')}]}
`;
}

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([{
    at: 'error at VirtualService models/models spec.tls[1].match[0]',
    problem: 'no connection reaches the rule, since an earlier rule matches the same ones',
    remedy: 'give the rules different server names or ports, or put all destinations into one rule',
    related: ['VirtualService models/models spec.tls[0].match[0]'],
  }]);
});

test('a rule that does the same as the earlier one', () => {
  expect(problemsOf(rule, virtualService('tls', `${sni('a.test')}, ${to('one')}`, `${sni('A.test')}, ${to('one')}`))).toEqual([{
    at: 'info at VirtualService models/models spec.tls[1].match[0]',
    problem: 'no connection reaches the rule, since an earlier rule matches the same ones and does the same',
    remedy: 'remove the rule',
    related: ['VirtualService models/models spec.tls[0].match[0]'],
  }]);
});

test('names that several earlier rules take', () => {
  const rules = [`${sni('a.test')}, ${to('one')}`, `${sni('b.test')}, ${to('two')}`, `${sni('a.test, b.test')}, ${to('three')}`];
  expect(problemsOf(rule, virtualService('tls', ...rules)).map(({ at }) => at)).toEqual(['error at VirtualService models/models spec.tls[2].match[0]']);
});

test('a rule for TCP behind one without conditions', () => {
  expect(problemsOf(rule, virtualService('tcp', to('one'), `match: [{port: 9000}], ${to('two')}`)).map(({ at }) => at))
    .toEqual(['error at VirtualService models/models spec.tcp[1].match[0]']);
});

test.each([
  ['one name of two', virtualService('tls', `${sni('a.test')}, ${to('one')}`, `${sni('a.test, b.test')}, ${to('two')}`)],
  ['a wildcard, since the more precise name comes first', virtualService('tls', `${sni('"*.test"')}, ${to('one')}`, `${sni('a.test')}, ${to('two')}`)],
  ['another port', virtualService('tls', `${sni('a.test', ', port: 443')}, ${to('one')}`, `${sni('a.test', ', port: 8443')}, ${to('two')}`)],
  ['fewer conditions', virtualService('tls', `${sni('a.test', ', port: 443')}, ${to('one')}`, `${sni('a.test')}, ${to('two')}`)],
  ['ports of TCP', virtualService('tcp', `match: [{port: 1}], ${to('one')}`, `match: [{port: 2}], ${to('two')}`, to('three'))],
  ['two equal names of one rule', virtualService('tls', `${sni('a.test, a.test')}, ${to('one')}`)],
  ['malformed rules', virtualService('tls', 'match: 1', 'match: [2]').replace('{match: 1}', '7')],
])('%s', (_what, yaml) => {
  expect(levelsOf(rule, yaml)).toEqual([]);
});
