import { duplicateTlsHost as rule } from '../../../src/rules/gateways/duplicate-tls-host';
import { levelsOf, problemsOf } from '../../support/cluster';

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([{
    at: 'error at Gateway istio-system/previews spec.servers[0].hosts',
    problem: 'server "https" (HTTPS) of Gateway istio-system/previews serves host "models.example.com" on port 443, as does server "https" (HTTPS) of Gateway istio-system/models, on the same pods, and Istio drops one of the two',
    remedy: 'give one of them other hosts, another port or another selector, or attach all routes of the host to one Gateway',
    related: ['Gateway istio-system/models spec.servers[0].hosts'],
  }]);
});

test('hosts that differ in their namespace', () => {
  expect(problemsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: one, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 443, name: https, protocol: HTTPS}, hosts: [team-a/a.example.com], tls: {mode: SIMPLE, credentialName: certificate}}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: two, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 443, name: https, protocol: HTTPS}, hosts: [team-b/a.example.com], tls: {mode: SIMPLE, credentialName: certificate}}
`)).toEqual([{
    at: 'error at Gateway istio-system/two spec.servers[0].hosts',
    problem: 'server "https" (HTTPS) of Gateway istio-system/two serves host "a.example.com" on port 443, as does server "https" (HTTPS) of Gateway istio-system/one, on the same pods, and Envoy rejects all servers of the port, since the hosts differ only in their namespace or in capitals',
    remedy: 'give one of them other hosts, another port or another selector, or attach all routes of the host to one Gateway',
    related: ['Gateway istio-system/one spec.servers[0].hosts'],
  }]);
});

test('in one Gateway', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 443, name: https, protocol: HTTPS}, hosts: [a.com], tls: {mode: SIMPLE, credentialName: certificate}}
  - {port: {number: 443, name: other, protocol: HTTPS}, hosts: [a.com, b.com], tls: {mode: SIMPLE, credentialName: certificate}}
`)).toEqual(['error']);
});

test('a wildcard and a host that it covers', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 443, name: https, protocol: HTTPS}, hosts: ['*.a.com'], tls: {mode: SIMPLE, credentialName: certificate}}
  - {port: {number: 443, name: other, protocol: HTTPS}, hosts: [b.a.com], tls: {mode: SIMPLE, credentialName: certificate}}
`)).toEqual([]);
});

test('without TLS', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: one, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: [a.example.com]}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: two, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: [a.example.com]}
`)).toEqual([]);
});

test('other ports, pods or addresses', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: one, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 443, name: https, protocol: HTTPS}, hosts: [a.example.com], tls: {mode: SIMPLE, credentialName: certificate}}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: two, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 8443, name: https, protocol: HTTPS}, hosts: [a.example.com], tls: {mode: SIMPLE, credentialName: certificate}}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: three, namespace: istio-system}
spec:
  selector: {istio: internal}
  servers:
  - {port: {number: 443, name: https, protocol: HTTPS}, hosts: [a.example.com], tls: {mode: SIMPLE, credentialName: certificate}}
`)).toEqual([]);
});

test('two manifests of one Gateway', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: one, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 443, name: https, protocol: HTTPS}, hosts: [a.example.com], tls: {mode: SIMPLE, credentialName: certificate}}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: one, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 443, name: https, protocol: HTTPS}, hosts: [a.example.com], tls: {mode: SIMPLE, credentialName: certificate}}
`)).toEqual([]);
});
