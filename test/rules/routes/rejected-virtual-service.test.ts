import { droppedDelegate } from '../../../src/rules/routes/dropped-delegate';
import { rejectedVirtualService as rule } from '../../../src/rules/routes/rejected-virtual-service';
import { levelsOf, problemsOf } from '../../support/cluster';
import { ACCEPTED_SPECS, REJECTED_SPECS, virtualServiceWith } from '../../support/virtual-service-specs';

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([{
    at: 'error at VirtualService models/iris spec.http[0].match[0].uri.regex',
    problem: expect.stringMatching(/^the expression "\/v2\/models\/\(\?!wine\/\)\.\*" is not valid: .*, so Istio rejects VirtualService models\/iris$/),
    remedy: 'Istio reads expressions as RE2, which has no look-around and no back-references',
    related: [],
  }]);
});

test.each(REJECTED_SPECS)('Istio rejects %s', (spec) => {
  expect(levelsOf(rule, virtualServiceWith(spec))).toContain('error');
});

test.each(ACCEPTED_SPECS)('Istio accepts %s', (spec) => {
  expect(levelsOf(rule, virtualServiceWith(spec))).toEqual([]);
});

test('a delegate of a delegate is reported by its own rule', () => {
  const yaml = virtualServiceWith('http: [{delegate: {name: other}}]');
  expect(levelsOf(rule, yaml)).toEqual([]);
  expect(levelsOf(droppedDelegate, yaml)).toEqual(['error']);
});

test('malformed objects', () => {
  expect(levelsOf(rule, virtualServiceWith('hosts: [1, a.com], http: [null, 1, {match: [null], route: [null]}]'))).toEqual([]);
});

test.each<[string[], string[]]>([
  [['*.a.com', 'x.a.com', 'a.com'], ['spec.hosts[1]: hosts "*.a.com" and "x.a.com"']],
  [['x.a.com', 'y.a.com', '*.a.com'], ['spec.hosts[2]: hosts "x.a.com" and "*.a.com"']],
  [['*.x.a.com', '*.a.com', 'b.com', '*.b.com'], ['spec.hosts[1]: hosts "*.x.a.com" and "*.a.com"']],
  [['xa.com', '*a.com'], ['spec.hosts[1]: hosts "xa.com" and "*a.com"']],
  [['a.com', '*.com', 'b.com', 'b.com'], ['spec.hosts[1]: hosts "a.com" and "*.com"', 'spec.hosts[2]: hosts "*.com" and "b.com"', 'spec.hosts[3]: hosts "*.com" and "b.com"']],
])('hosts %p', (hosts, expected) => {
  const found = problemsOf(rule, virtualServiceWith(`hosts: ${JSON.stringify(hosts)}, http: [{route: [{destination: {host: a}}]}]`));
  expect(found.map(({ at, problem }) => `${at.split(' ').pop()}: ${problem.split(' overlap')[0]}`)).toEqual(expected);
});

test('names what is wrong, and where', () => {
  const messages = (spec: string) => problemsOf(rule, virtualServiceWith(spec)).map(({ at, problem, remedy }) => `${at}: ${problem}. ${remedy}`);
  const route = 'http: [{route: [{destination: {host: a}}]}]';
  expect([
    `hosts: ['*'], ${route}`, `hosts: ['a.com:80'], ${route}`, `hosts: [a.com, a.com], ${route}`, `hosts: [], gateways: [g], ${route}`, 'hosts: [a.com]',
    'hosts: [a.com], http: [{route: [{destination: {host: a}}], redirect: {uri: /}}]', 'hosts: [a.com], http: [{match: [{method: {exact: GET}}]}]',
  ].flatMap(messages)).toEqual([
    'error at VirtualService web/routes spec.hosts[0]: sidecars use the VirtualService, and its host is "*", so Istio rejects VirtualService web/routes. name the Gateways in gateways, without mesh, or list the hosts',
    'error at VirtualService web/routes spec.hosts[0]: host "a.com:80" is not a valid DNS name, so Istio rejects VirtualService web/routes. write only the name, without scheme, port or path',
    'error at VirtualService web/routes spec.hosts[1]: hosts "a.com" and "a.com" overlap, so Istio rejects VirtualService web/routes. remove the narrower one',
    'error at VirtualService web/routes spec.gateways: a VirtualService without hosts is a delegate, and it has gateways, so Istio rejects VirtualService web/routes. add hosts, or remove the gateways of a delegate',
    'error at VirtualService web/routes spec: there is no http, tls or tcp, so Istio rejects VirtualService web/routes. add rules',
    'error at VirtualService web/routes spec.http[0].redirect: a rule has both route and redirect, so Istio rejects VirtualService web/routes. write two rules, or remove one of the two',
    'error at VirtualService web/routes spec.http[0]: a rule has no route, redirect or directResponse, so Istio rejects VirtualService web/routes. add the destinations as route',
  ]);
});
