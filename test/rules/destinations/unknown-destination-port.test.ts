import { unknownDestinationPort as rule } from '../../../src/rules/destinations/unknown-destination-port';
import { levelsOf, problemsOf } from '../../support/cluster';

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([{
    at: 'error at VirtualService models/iris spec.http[0].route[0].destination.port.number',
    problem: 'VirtualService models/iris routes to port 9000 of host iris.models.svc.cluster.local, and Service models/iris has port 80, so requests get 503',
    remedy: 'route to port 80, which forwards to port 9000 of the pods',
    related: ['Service models/iris'],
  }]);
});

test('the Service of Seldon Core 2', () => {
  expect(problemsOf(rule, `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [istio-system/models]
  http:
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: seldon-mesh, port: {number: 9000}}}]}
`)).toEqual([{
    at: 'error at VirtualService models/iris spec.http[0].route[0].destination.port.number',
    problem: 'VirtualService models/iris routes to port 9000 of host seldon-mesh.models.svc.cluster.local, and Service models/seldon-mesh has ports 80, 9003, so requests get 503',
    remedy: 'route to a port that the Service has, or add the port to it',
    related: [],
  }]);
});

test('a Service that is not known', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [istio-system/models]
  http:
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: iris, port: {number: 9000}}}]}
`)).toEqual([]);
});

test('ports that exist', () => {
  expect(levelsOf(rule, `apiVersion: v1
kind: Service
metadata: {name: seldon-mesh, namespace: models}
spec: {selector: {app: seldon-mesh}, ports: [{name: a, port: 8080}]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [istio-system/models]
  http:
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: seldon-mesh, port: {number: 8080}}}]}
`)).toEqual([]);
});

test('a ServiceEntry', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: store, namespace: models}
spec: {hosts: [store.com], ports: [{number: 443, name: tls, protocol: TLS}]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [istio-system/models]
  http:
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: store.com, port: {number: 80}}}]}
`)).toEqual(['error']);
});

test('several ServiceEntries of one host', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: store, namespace: models}
spec: {hosts: [store.com], ports: [{number: 443, name: tls, protocol: TLS}]}
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: plain, namespace: models}
spec: {hosts: [store.com], ports: [{number: 80, name: http, protocol: HTTP}]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [istio-system/models]
  http:
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: store.com, port: {number: 80}}}]}
`)).toEqual([]);
});

test('a wildcard of a ServiceEntry', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: store, namespace: models}
spec: {hosts: ['*.store.com'], ports: [{number: 443, name: tls, protocol: TLS}]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [istio-system/models]
  http:
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: a.store.com, port: {number: 443}}}]}
`)).toEqual([]);
});

test('routes for TCP', () => {
  expect(levelsOf(rule, `apiVersion: v1
kind: Service
metadata: {name: iris, namespace: models}
spec: {selector: {app: iris}, ports: [{name: http, port: 80}]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [istio-system/models]
  http:
  tcp: [{route: [{destination: {host: iris, port: {number: 90}}}]}]
`)).toEqual(['error']);
});
