import { Resolver } from '../../../src/answers/resolver';
import { sharedCertificate as rule } from '../../../src/rules/gateways/shared-certificate';
import { clusterOf, levelsOf, problemsOf } from '../../support/cluster';

/** A Gateway with one server on port 443 for each pair of a host and a certificate. */
function gateway(name: string, servers: readonly (readonly [host: string, certificate: string])[], mode = 'SIMPLE', pods = 'ingressgateway'): string {
  const written = servers.map(([host, certificate], i) => (
    `  - {port: {number: 443, name: https-${i}, protocol: HTTPS}, hosts: [${host}], tls: {mode: ${mode}, credentialName: ${certificate}}}\n`
  ));
  return `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: ${name}, namespace: istio-system}
spec:
  selector: {istio: ${pods}}
  servers:
${written.join('')}---
`;
}

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([{
    at: 'warning at Gateway istio-system/previews spec.servers[0].tls',
    problem: 'server "https" (HTTPS) of Gateway istio-system/previews uses certificate "wildcard-certificate" on port 443, as does server "https" (HTTPS) of Gateway istio-system/models, on the same pods, so an HTTP/2 client that reuses its connection for hosts of both gets 404',
    remedy: 'list all hosts of the certificate in one server, or give each server its own certificate',
    related: ['Gateway istio-system/models spec.servers[0].tls'],
  }]);
});

test('two servers of one Gateway', () => {
  expect(problemsOf(rule, gateway('gw', [['a.com', 'c'], ['b.com', 'c']])).map(({ at, problem }) => [at, problem])).toEqual([[
    'warning at Gateway istio-system/gw spec.servers[1].tls',
    'server "https-1" (HTTPS) of Gateway istio-system/gw uses certificate "c" on port 443, as does server "https-0" (HTTPS) of the same Gateway, so an HTTP/2 client that reuses its connection for hosts of both gets 404',
  ]]);
});

test.each([
  ['other certificates', gateway('one', [['a.com', 'c']]) + gateway('two', [['b.com', 'd']])],
  ['other pods', gateway('one', [['a.com', 'c']]) + gateway('two', [['b.com', 'c']], 'SIMPLE', 'egressgateway')],
  ['connections that are passed through', gateway('one', [['a.com', 'c']], 'PASSTHROUGH') + gateway('two', [['b.com', 'c']], 'PASSTHROUGH')],
  ['the same host, which another rule reports', gateway('one', [['a.com', 'c']]) + gateway('two', [['A.com', 'c']])],
  ['one server for all hosts', gateway('one', [['a.com, b.com', 'c']])],
])('%s', (_what, yaml) => {
  expect(levelsOf(rule, yaml)).toEqual([]);
});

test('a connection for the host of one server has no routes of the other one', () => {
  const route = (name: string) => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: ${name}, namespace: models}
spec:
  hosts: [${name}.example.com]
  gateways: [istio-system/${name}]
  http: [{directResponse: {status: 200}}]
---
`;
  const resolver = new Resolver(clusterOf(`${route('models')}${route('previews')}${rule.page.wrong}`));
  const statusOf = (serverName: string) => resolver.resolve({
    entry: { kind: 'gateway', port: 443, tls: { serverName } }, http: '2', method: 'GET', authority: 'previews.example.com', path: '/', headers: [],
  }).cases.map(({ outcomes }) => outcomes.map(({ responder }) => responder.kind));

  expect(statusOf('previews.example.com')).toEqual([['response']]);
  expect(statusOf('models.example.com')).toEqual([['not-found']]);
});
