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

test.each([
  ['*foo.com', 'is not a valid DNS name'],
  ['a.*.com', 'is not a valid DNS name'],
  ['a_b.com', 'is not a valid DNS name'],
  ['-a.com', 'is not a valid DNS name'],
  ['a-.com', 'is not a valid DNS name'],
  ['a.123', 'is not a valid DNS name'],
  ['a.123.', 'is not a valid DNS name'],
  ['1.2.3.4.5', 'is not a valid DNS name'],
  ['1.2.3', 'is not a valid DNS name'],
  ['x1.2.3.4', 'is not a valid DNS name'],
  ['1234.1.2.3', 'is not a valid DNS name'],
  ['a..com', 'is not a valid DNS name'],
  [`${'a'.repeat(64)}.com`, 'is not a valid DNS name'],
  [`a.${Array(42).fill('abcde').join('.')}.com`, 'is not a valid DNS name'],
  ['/a.com', 'has nothing before or after the slash'],
  ['a/', 'has nothing before or after the slash'],
  ['a/b/c.com', 'has more than one slash'],
  ['~/a.com', 'has "~" before the slash, which is not a namespace'],
  ['a.com:80', 'has a port'],
  ['a.com:8080', 'has a port'],
  ['a.com:x', 'is not a valid DNS name'],
  ['a:80.com', 'is not a valid DNS name'],
  ['localhost:80', 'has a port, or is an IPv6 address'],
  ['::1', 'has a port, or is an IPv6 address'],
  ['localhost', 'is a short name'],
])('host %s %s', (host, fault) => {
  expect(problemsOf(rule, JSON.stringify({
    apiVersion: 'networking.istio.io/v1',
    kind: 'Gateway',
    metadata: { name: 'models', namespace: 'istio-system' },
    spec: { servers: [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: [host] }] },
  })).map(({ problem }) => problem)).toEqual([`host ${JSON.stringify(host)} of servers[0] ${fault}, so Istio rejects Gateway istio-system/models`]);
});

test.each(['12.34.56.78', '192.168.100.200', '1a.com', 'a.b1', `a.${Array(41).fill('abcde').join('.')}.abcdef`, `${'a'.repeat(63)}.com`])('host %s is valid', (host) => {
  expect(levelsOf(rule, JSON.stringify({
    apiVersion: 'networking.istio.io/v1',
    kind: 'Gateway',
    metadata: { name: 'models', namespace: 'istio-system' },
    spec: { servers: [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: [host] }] },
  }))).toEqual([]);
});
