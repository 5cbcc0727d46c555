import { redirectedGatewayHost as rule } from '../../../src/rules/gateways/redirected-gateway-host';
import { levelsOf, problemsOf } from '../../support/cluster';

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([{
    at: 'error at Gateway istio-system/plain spec.servers[0].hosts[0]',
    problem: 'server "http" (HTTP) of Gateway istio-system/plain serves host "models.example.com" on port 80, which server "http" (HTTP) of Gateway istio-system/secure, on the same pods, redirects to https, so all requests for it are redirected',
    remedy: 'remove the host from one of the two servers, or give one of them another port or selector',
    related: ['Gateway istio-system/secure spec.servers[0].hosts'],
  }]);
});

test('in one Gateway', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: [a.com], tls: {httpsRedirect: true}}
  - {port: {number: 80, name: other, protocol: HTTP}, hosts: [a.com]}
`)).toEqual(['error']);
});

test('other hosts, ports or pods', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: one, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: [a.com], tls: {httpsRedirect: true}}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: two, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: [b.com]}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: three, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 8080, name: http, protocol: HTTP}, hosts: [a.com]}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: four, namespace: istio-system}
spec:
  selector: {istio: internal}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: [a.com]}
`)).toEqual([]);
});

test('a server with TLS', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: [a.com], tls: {httpsRedirect: true}}
  - {port: {number: 443, name: https, protocol: HTTPS}, hosts: [a.com], tls: {mode: SIMPLE, credentialName: certificate}}
`)).toEqual([]);
});
