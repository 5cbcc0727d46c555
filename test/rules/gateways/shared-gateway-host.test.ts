import { sharedGatewayHost as rule } from '../../../src/rules/gateways/shared-gateway-host';
import { levelsOf, problemsOf } from '../../support/cluster';

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([{
    at: 'info at Gateway team-b/gateway spec.servers[0].hosts',
    problem: 'server "http" (HTTP) of Gateway team-b/gateway serves host "models.example.com" on port 80, as does server "http" (HTTP) of Gateway team-a/gateway, on the same pods, so the routes of both Gateways compete for its requests',
    remedy: 'attach all routes of the host to one Gateway, or give the Gateways different hosts, ports or selectors',
    related: ['Gateway team-a/gateway spec.servers[0].hosts'],
  }]);
});

test('in one Gateway', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: [a.com]}
  - {port: {number: 80, name: other, protocol: HTTP}, hosts: [a.com]}
`)).toEqual([]);
});

test('for routes of different namespaces', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: one, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: [team-a/a.com]}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: two, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: [team-b/a.com]}
`)).toEqual([]);
});

test('redirects', () => {
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
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: [a.com], tls: {httpsRedirect: true}}
`)).toEqual([]);
});

test('other ports or pods', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: one, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: [a.com]}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: two, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 8080, name: http, protocol: HTTP}, hosts: [a.com]}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: three, namespace: istio-system}
spec:
  selector: {istio: internal}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: [a.com]}
`)).toEqual([]);
});
