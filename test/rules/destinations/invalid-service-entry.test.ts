import { invalidServiceEntry as rule } from '../../../src/rules/destinations/invalid-service-entry';
import { levelsOf, problemsOf } from '../../support/cluster';

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([{
    at: 'error at ServiceEntry models/stores spec.hosts[0]',
    problem: 'ServiceEntry models/stores has host "*.s3.amazonaws.com" and resolution DNS without endpoints, so Istio rejects it',
    remedy: 'set resolution NONE, or DYNAMIC_DNS in Istio 1.28 or later, since DNS cannot resolve a wildcard, or list the hosts',
    related: [],
  }]);
});

test('no endpoints', () => {
  expect(problemsOf(rule, `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: store, namespace: models}
spec: {hosts: [a.com], resolution: STATIC, ports: [{number: 443, name: tls, protocol: TLS}]}
`)).toEqual([{
    at: 'warning at ServiceEntry models/store spec.resolution',
    problem: 'ServiceEntry models/store has resolution STATIC without endpoints and without a workloadSelector, so requests for its hosts get 503',
    remedy: 'set endpoints or a workloadSelector, or another resolution',
    related: [],
  }]);
});

test('a wildcard with endpoints', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: store, namespace: models}
spec: {hosts: ['*.a.com'], resolution: DNS, ports: [{number: 443, name: tls, protocol: TLS}], endpoints: [{address: b.com}]}
`)).toEqual([]);
});

test('no host', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: store, namespace: models}
spec: {resolution: DNS}
`)).toEqual(['error']);
});

test('all hosts', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: store, namespace: models}
spec: {hosts: ['*'], ports: []}
`)).toEqual(['error']);
});

test('endpoints without a resolution', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: store, namespace: models}
spec: {hosts: [a.com], endpoints: [{address: b.com}]}
`)).toEqual(['error']);
});

test('a name as a static endpoint', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: store, namespace: models}
spec: {hosts: [a.com], resolution: STATIC, endpoints: [{address: b.com}]}
`)).toEqual(['error']);
});

test('addresses and a socket as static endpoints', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: store, namespace: models}
spec: {hosts: [a.com], ports: [{number: 80, name: http}], resolution: STATIC, endpoints: [{address: 1.2.3.4}, {address: '2001:db8::1'}, {address: 'unix:///a'}]}
`)).toEqual([]);
});

test('several endpoints of a rotation', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: store, namespace: models}
spec: {hosts: [a.com], resolution: DNS_ROUND_ROBIN, endpoints: [{address: b.com}, {address: c.com}]}
`)).toEqual(['error']);
});

test('several hosts with TCP', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: store, namespace: models}
spec: {hosts: [a.com, b.com], resolution: DNS, ports: [{number: 1, name: tcp, protocol: TCP}]}
`)).toEqual(['error']);
});

test('several hosts with TCP and their own addresses', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: store, namespace: models}
spec: {hosts: [a.com, b.com], resolution: NONE, ports: [{number: 1, name: tcp, protocol: TCP}]}
`)).toEqual([]);
});

test('several hosts with HTTP', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: store, namespace: models}
spec: {hosts: [a.com, b.com], resolution: DNS, ports: [{number: 1, name: a, protocol: http}]}
`)).toEqual([]);
});

test('a block of addresses', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: store, namespace: models}
spec: {hosts: [a.com], resolution: DNS, addresses: [10.0.0.0/8]}
`)).toEqual(['error']);
});

test('a block of addresses without DNS', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: store, namespace: models}
spec: {hosts: [a.com], resolution: NONE, addresses: [10.0.0.0/8]}
`)).toEqual([]);
});

test('an address as host', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: store, namespace: models}
spec: {hosts: [1.2.3.4], resolution: DNS}
`)).toEqual(['error']);
});

test('DYNAMIC_DNS', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: store, namespace: models}
spec: {hosts: ['*.a.com'], resolution: DYNAMIC_DNS, ports: [{number: 443, name: tls, protocol: TLS}]}
`)).toEqual([]);
});

test('DYNAMIC_DNS with what it does not support', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: store, namespace: models}
spec: {hosts: [a.com], resolution: DYNAMIC_DNS, addresses: [1.2.3.4], endpoints: [{address: b.com}], ports: [{number: 443, name: tls, protocol: HTTPS}]}
`)).toEqual(['error', 'error', 'error', 'error']);
});

test('an endpoint for an unknown port', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: store, namespace: models}
spec: {hosts: [a.com], resolution: DNS, ports: [{number: 443, name: tls, protocol: TLS}], endpoints: [{address: b.com, ports: {http: 80}}]}
`)).toEqual(['error']);
});

test('a selector and endpoints', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: store, namespace: models}
spec: {hosts: [a.com], resolution: STATIC, endpoints: [{address: 1.2.3.4}], workloadSelector: {labels: {a: b}}}
`)).toEqual(['error']);
});

test('a selector', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: store, namespace: models}
spec: {hosts: [a.com], resolution: STATIC, workloadSelector: {labels: {a: b}}}
`)).toEqual([]);
});

test('ports with one number or one name', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: store, namespace: models}
spec: {hosts: [a.com], resolution: DNS, ports: [{number: 443, name: a, protocol: TLS}, {number: 443, name: b, protocol: TLS}, {number: 444, name: a, protocol: TLS}]}
`)).toEqual(['error', 'error']);
});
