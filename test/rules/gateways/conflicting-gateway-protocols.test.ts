import { conflictingGatewayProtocols as rule } from '../../../src/rules/gateways/conflicting-gateway-protocols';
import { levelsOf, problemsOf } from '../../support/cluster';

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([{
    at: 'error at Gateway models/models spec.servers[0]',
    problem: 'server "https" (HTTPS) of Gateway models/models shares port 443 with server "tcp" (TCP) of Gateway data/database, on the same pods, and Istio drops one of the two',
    remedy: 'give one of them another port, or its Gateway another selector. Only servers for plain HTTP, or only servers with TLS, can share a port',
    related: ['Gateway data/database spec.servers[0]'],
  }]);
});

test('servers of one Gateway', () => {
  expect(problemsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: ['*']}
  - {port: {number: 80, name: tcp, protocol: TCP}, hosts: ['*']}
`)).toEqual([{
    at: 'error at Gateway istio-system/models spec.servers[1]',
    problem: 'server "tcp" (TCP) of Gateway istio-system/models shares port 80 with server "http" (HTTP) of the same Gateway, and Istio drops one of the two',
    remedy: 'give one of them another port, or its Gateway another selector. Only servers for plain HTTP, or only servers with TLS, can share a port',
    related: ['Gateway istio-system/models spec.servers[0]'],
  }]);
});

test('two TCP servers', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 90, name: a, protocol: TCP}, hosts: ['*']}
  - {port: {number: 90, name: b, protocol: TCP}, hosts: ['*']}
`)).toEqual(['error']);
});

test('HTTP with gRPC, and TLS with HTTPS', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: [a.example.com]}
  - {port: {number: 80, name: grpc, protocol: GRPC}, hosts: [b.com]}
  - {port: {number: 443, name: https, protocol: HTTPS}, hosts: [a.example.com], tls: {mode: SIMPLE, credentialName: certificate}}
  - {port: {number: 443, name: tls, protocol: TLS}, hosts: [b.com], tls: {mode: PASSTHROUGH}}
`)).toEqual([]);
});

test('other ports, pods or addresses', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: one, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 90, name: tcp, protocol: TCP}, hosts: ['*']}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: two, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 91, name: http, protocol: HTTP}, hosts: ['*']}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: three, namespace: istio-system}
spec:
  selector: {istio: internal}
  servers:
  - {port: {number: 90, name: http, protocol: HTTP}, hosts: ['*']}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: four, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 90, name: http, protocol: HTTP}, hosts: ['*'], bind: 10.0.0.1}
`)).toEqual([]);
});

test('a selector with more labels', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: one, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 90, name: tcp, protocol: TCP}, hosts: ['*']}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: two, namespace: istio-system}
spec:
  selector: {istio: ingressgateway, app: ingress}
  servers:
  - {port: {number: 90, name: http, protocol: HTTP}, hosts: ['*']}
`)).toEqual(['error']);
});
