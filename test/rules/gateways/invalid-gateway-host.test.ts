import { invalidGatewayHost as rule } from '../../../src/rules/gateways/invalid-gateway-host';
import { levelsOf, problemsOf } from '../../support/cluster';

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([{
    at: 'error at Gateway istio-system/models spec.servers[0].hosts[0]',
    problem: 'host "models" of servers[0] is a short name, so Istio rejects Gateway istio-system/models',
    remedy: 'set a DNS name with a dot, a wildcard such as "*.example.com", an IPv4 address or "*", with a namespace and a slash before it if only routes of that namespace may use it',
    related: [],
  }]);
});

test('a server without hosts', () => {
  expect(problemsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: []}
`)).toEqual([{
    at: 'error at Gateway istio-system/models spec.servers[0]',
    problem: 'servers[0] of Gateway istio-system/models has no host, so Istio rejects the Gateway',
    remedy: 'list at least one host, or "*" for all',
    related: [],
  }]);
});

test('hosts that Istio accepts', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: ['*', '*/*', '*.example.com', a.example.com, ./a.example.com, '*/a.example.com', team-a/a.example.com, 1.2.3.4, a.com., A/b.com]}
`)).toEqual([]);
});

test('hosts that Istio rejects', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: ['*foo.com', '*-foo.com', 'a.*.com', '::1', 'a.com:80', '~/a.com', 'http://a.com', 'a_b.com', /a.com, a/, a/b/c.com, localhost, 'a.123', 'https:/a.com', 5, 'localhost:80']}
`)).toEqual(['error', 'error', 'error', 'error', 'error', 'error', 'error', 'error', 'error', 'error', 'error', 'error', 'error', 'error', 'error', 'error']);
});
