import { invalidWeights as rule } from '../../../src/rules/destinations/invalid-weights';
import { levelsOf, problemsOf } from '../../support/cluster';

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([{
    at: 'error at VirtualService models/iris spec.http[0].route',
    problem: 'all 2 weights of spec.http[0] of VirtualService models/iris are 0 or missing, so Istio rejects the VirtualService',
    remedy: 'set a weight above 0 for at least one destination',
    related: [],
  }]);
});

test('a negative weight', () => {
  expect(problemsOf(rule, `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [istio-system/models]
  http:
  - {route: [{destination: {host: a}, weight: -1}, {destination: {host: b}, weight: 101}]}
`)).toEqual([{
    at: 'error at VirtualService models/iris spec.http[0].route[0].weight',
    problem: 'spec.http[0].route[0] of VirtualService models/iris has weight -1, so Istio rejects the VirtualService',
    remedy: 'set a weight of 0 or more',
    related: [],
  }]);
});

test('weights beyond 32 bits', () => {
  expect(problemsOf(rule, `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [istio-system/models]
  http:
  - {route: [{destination: {host: a}, weight: 2147483647}, {destination: {host: b}, weight: 2147483647}, {destination: {host: c}, weight: 2}]}
`)).toEqual([{
    at: 'error at VirtualService models/iris spec.http[0].route',
    problem: 'the weights of spec.http[0] of VirtualService models/iris add up to 4294967296, so Envoy rejects all routes of the port',
    remedy: 'set weights whose sum does not exceed 4294967295',
    related: [],
  }]);
});

test('a single destination with weight 0', () => {
  expect(problemsOf(rule, `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [istio-system/models]
  http:
  - {route: [{destination: {host: a}, weight: 0}]}
`)).toEqual([{
    at: 'warning at VirtualService models/iris spec.http[0].route[0].weight',
    problem: 'spec.http[0] of VirtualService models/iris has a single destination with weight 0, which gets all requests, since Istio ignores the weight of a single destination',
    remedy: 'remove the weight if that is intended, or answer these requests with a directResponse',
    related: [],
  }]);
});

test('any positive sum', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [istio-system/models]
  http:
  - {route: [{destination: {host: a}, weight: 1}, {destination: {host: b}, weight: 3}, {destination: {host: c}}]}
`)).toEqual([]);
});

test('a single destination', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [istio-system/models]
  http:
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: iris, port: {number: 80}}}]}
`)).toEqual([]);
});

test('no destination', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [istio-system/models]
  http:
  - {redirect: {uri: /}}
`)).toEqual([]);
});

test('routes for TCP', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [istio-system/models]
  http:
  tcp: [{route: [{destination: {host: a}}, {destination: {host: b}}]}]
`)).toEqual(['error']);
});
