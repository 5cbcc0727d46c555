import { redirectedRoute as rule } from '../../../src/rules/gateways/redirected-route';
import { levelsOf, problemsOf } from '../../support/cluster';

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([{
    at: 'error at VirtualService models/iris spec.hosts[0]',
    problem: 'VirtualService models/iris is for host "models.example.com", which server "http" (HTTP) of Gateway istio-system/models redirects to https, and no server of its Gateways terminates TLS for it, so no request reaches its routes',
    remedy: 'add a server with protocol HTTPS for the host, attach the VirtualService to the Gateway that has one, or remove httpsRedirect',
    related: ['Gateway istio-system/models spec.servers[0]'],
  }]);
});

test('a server with TLS in another Gateway of the route', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: one, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: [a.example.com], tls: {httpsRedirect: true}}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: two, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 443, name: https, protocol: HTTPS}, hosts: [a.example.com], tls: {mode: SIMPLE, credentialName: certificate}}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [istio-system/one, istio-system/two]
  http:
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: iris, port: {number: 80}}}]}
`)).toEqual([]);
});

test('a server with TLS in a Gateway that is not one of the route', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: one, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: [a.example.com], tls: {httpsRedirect: true}}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: two, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 443, name: https, protocol: HTTPS}, hosts: [a.example.com], tls: {mode: SIMPLE, credentialName: certificate}}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [istio-system/one]
  http:
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: iris, port: {number: 80}}}]}
`)).toEqual(['error']);
});

test('a Gateway that is not known', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: one, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: [a.example.com], tls: {httpsRedirect: true}}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [istio-system/one, other/two]
  http:
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: iris, port: {number: 80}}}]}
`)).toEqual([]);
});

test('a redirect of another Gateway for the same host', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: one, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: [a.example.com], tls: {httpsRedirect: true}}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: two, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: [a.example.com]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [istio-system/two]
  http:
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: iris, port: {number: 80}}}]}
`)).toEqual(['error']);
});

test('a redirect for a wider host of another Gateway', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: one, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: ['*'], tls: {httpsRedirect: true}}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: two, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: [a.example.com]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [istio-system/two]
  http:
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: iris, port: {number: 80}}}]}
`)).toEqual([]);
});

test('callers inside the mesh', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: one, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: [a.example.com], tls: {httpsRedirect: true}}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [istio-system/one, mesh]
  http:
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: iris, port: {number: 80}}}]}
`)).toEqual([]);
});

test('a host that no server serves', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: one, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: [b.example.com], tls: {httpsRedirect: true}}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [istio-system/one]
  http:
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: iris, port: {number: 80}}}]}
`)).toEqual([]);
});
