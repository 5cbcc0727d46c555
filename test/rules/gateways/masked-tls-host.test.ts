import { maskedTlsHost as rule } from '../../../src/rules/gateways/masked-tls-host';
import { levelsOf, problemsOf } from '../../support/cluster';

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([{
    at: 'error at Gateway istio-system/models spec.servers[0].hosts[1]',
    problem: 'server "https" (HTTPS) of Gateway istio-system/models lists host "models.example.com" next to "*" on port 443, and Envoy selects server "https-wildcard" (HTTPS) of the same Gateway for it',
    remedy: 'list "models.example.com" in a separate server without "*"',
    related: ['Gateway istio-system/models spec.servers[1].hosts'],
  }]);
});

test('a wildcard of another Gateway', () => {
  expect(problemsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: one, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 443, name: https, protocol: HTTPS}, hosts: ['*', a.b.example.com], tls: {mode: SIMPLE, credentialName: certificate}}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: two, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 443, name: https, protocol: HTTPS}, hosts: ['*.example.com'], tls: {mode: SIMPLE, credentialName: certificate}}
`)).toEqual([{
    at: 'error at Gateway istio-system/one spec.servers[0].hosts[1]',
    problem: 'server "https" (HTTPS) of Gateway istio-system/one lists host "a.b.example.com" next to "*" on port 443, and Envoy selects server "https" (HTTPS) of Gateway istio-system/two, on the same pods for it',
    remedy: 'list "a.b.example.com" in a separate server without "*"',
    related: ['Gateway istio-system/two spec.servers[0].hosts'],
  }]);
});

test('without "*"', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 443, name: https, protocol: HTTPS}, hosts: [a.com, a.example.com], tls: {mode: SIMPLE, credentialName: certificate}}
  - {port: {number: 443, name: other, protocol: HTTPS}, hosts: ['*.example.com'], tls: {mode: SIMPLE, credentialName: certificate}}
`)).toEqual([]);
});

test('a wildcard that does not cover it', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 443, name: https, protocol: HTTPS}, hosts: ['*', a.com], tls: {mode: SIMPLE, credentialName: certificate}}
  - {port: {number: 443, name: other, protocol: HTTPS}, hosts: ['*.example.com'], tls: {mode: SIMPLE, credentialName: certificate}}
`)).toEqual([]);
});

test('other pods', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: one, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 443, name: https, protocol: HTTPS}, hosts: ['*', a.example.com], tls: {mode: SIMPLE, credentialName: certificate}}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: two, namespace: istio-system}
spec:
  selector: {istio: internal}
  servers:
  - {port: {number: 443, name: https, protocol: HTTPS}, hosts: ['*.example.com'], tls: {mode: SIMPLE, credentialName: certificate}}
`)).toEqual([]);
});

test('servers without TLS', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: ['*', a.example.com]}
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: ['*.example.com']}
`)).toEqual([]);
});

test.each<[string, string, string]>([
  ['plain servers', '{number: 80, name: a, protocol: HTTP}, hosts: ["*", a.example.com]', '{number: 80, name: b, protocol: HTTP}, hosts: ["*.example.com"]'],
  ['a plain server with the wildcard', '{number: 443, name: a, protocol: HTTPS}, hosts: ["*", a.example.com], tls: {mode: SIMPLE, credentialName: a}',
    '{number: 443, name: b, protocol: HTTP}, hosts: ["*.example.com"]'],
  ['"*" next to the wildcard', '{number: 443, name: a, protocol: HTTPS}, hosts: ["*", a.example.com], tls: {mode: SIMPLE, credentialName: a}',
    '{number: 443, name: b, protocol: HTTPS}, hosts: ["*", "*.example.com"], tls: {mode: SIMPLE, credentialName: a}'],
  ['the same host', '{number: 443, name: a, protocol: HTTPS}, hosts: ["*", a.example.com], tls: {mode: SIMPLE, credentialName: a}',
    '{number: 443, name: b, protocol: HTTPS}, hosts: [a.example.com], tls: {mode: SIMPLE, credentialName: a}'],
  ['"*" alone', '{number: 443, name: a, protocol: HTTPS}, hosts: ["*"], tls: {mode: SIMPLE, credentialName: a}',
    '{number: 443, name: b, protocol: HTTPS}, hosts: ["*.example.com"], tls: {mode: SIMPLE, credentialName: a}'],
])('%s', (_what, one, two) => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: ${one}}
  - {port: ${two}}
`)).toEqual([]);
});
