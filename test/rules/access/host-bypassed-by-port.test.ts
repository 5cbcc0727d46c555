import { policyExample } from '../../../src/rules/access/access-example';
import { hostBypassedByPort } from '../../../src/rules/access/host-bypassed-by-port';
import { problemsOf } from '../../support/cluster';

const policy = (action: string, ...operations: string[]) => policyExample(`  action: ${action}\n  rules:\n${operations.map((operation) => `    - to: [{ operation: ${operation} }]`).join('\n')}`);

test('a denied host without its ports', () => {
  expect(problemsOf(hostBypassedByPort, policy('DENY', '{ hosts: [a.test, "b.test", "c.test:*"] }'))).toEqual([{
    at: 'error at AuthorizationPolicy istio-system/access spec.rules[0].to[0].operation.hosts',
    problem: 'a request with "Host: a.test:1234" is not denied by "a.test", "b.test", and routes ignore the port',
    remedy: 'list "a.test:*", "b.test:*" as well',
    related: [],
  }]);
});

test('a pattern that cannot match a port', () => {
  expect(problemsOf(hostBypassedByPort, policy('CUSTOM', '{ hosts: ["*.a.test"] }'))).toEqual([{
    at: 'error at AuthorizationPolicy istio-system/access spec.rules[0].to[0].operation.hosts',
    problem: 'a request with "Host: a.a.test:1234" is not denied by "*.a.test", and routes ignore the port',
    remedy: 'list full host names, each with and without ":*", or leave the hosts out, since a pattern with "*" at its start cannot match a port',
    related: [],
  }]);
});

test('a host that is not allowed', () => {
  expect(problemsOf(hostBypassedByPort, policy('ALLOW', '{ notHosts: [a.test] }')).map(({ at }) => at))
    .toEqual(['error at AuthorizationPolicy istio-system/access spec.rules[0].to[0].operation.notHosts']);
});

test.each<[string, string]>([
  ['the ports are listed', policy('DENY', '{ hosts: [a.test, "A.test:*"] }')],
  ['the ports are listed by another rule', policy('DENY', '{ hosts: [a.test] }', '{ hosts: ["a.test:*"] }')],
  ['a prefix covers them', policy('DENY', '{ hosts: [a.test, "a.*"] }')],
  ['all hosts are denied', policy('DENY', '{ hosts: [a.test, "*"] }')],
  ['the host is allowed', policy('ALLOW', '{ hosts: [a.test] }')],
  ['the host is excluded from a denial', policy('DENY', '{ notHosts: [a.test] }')],
  ['requests are only logged', policy('AUDIT', '{ hosts: [a.test] }')],
  ['the host has a port', policy('DENY', '{ hosts: ["a.test:80"] }')],
])('silent if %s', (_what, yaml) => {
  expect(problemsOf(hostBypassedByPort, yaml)).toEqual([]);
});
