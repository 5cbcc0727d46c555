import { crashingGatewayHosts as rule } from '../../../src/rules/gateways/crashing-gateway-hosts';
import { levelsOf, problemsOf } from '../../support/cluster';

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([{
    at: 'error at Gateway istio-system/models spec.servers[0].hosts[1]',
    problem: 'servers[0] of Gateway istio-system/models lists host "./models.example.com" after "*/*", which crashes istiod',
    remedy: 'list "*/*" alone, since it includes all hosts',
    related: [],
  }]);
});

test('a host before it, which istiod has read already', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: [./a.example.com, '*/*']}
`)).toEqual([]);
});

test('a host without a namespace, or with the name of one', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: ['*/*', a.example.com, team-a/a.example.com]}
`)).toEqual([]);
});
