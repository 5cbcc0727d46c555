import { unservedHost as rule } from '../../../src/rules/gateways/unserved-host';
import { levelsOf, problemsOf } from '../../support/cluster';

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([{
    at: 'error at VirtualService team-b/iris spec.hosts',
    problem: 'VirtualService team-b/iris is for host "models.example.com", and Gateway istio-system/models serves no host for routes of namespace team-b, so callers get 404',
    remedy: 'add the host to a server of the Gateway, or change the host of the VirtualService',
    related: ['Gateway istio-system/models'],
  }]);
});

test('one of two hosts', () => {
  expect(problemsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: [a.example.com]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com, b.example.com]
  gateways: [istio-system/models]
  http:
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: iris, port: {number: 80}}}]}
`)).toEqual([{
    at: 'warning at VirtualService models/iris spec.hosts[1]',
    problem: 'VirtualService models/iris is for host "b.example.com" among others, and Gateway istio-system/models serves host "a.example.com", so callers of this host get 404',
    remedy: 'add the host to a server of the Gateway, or remove it from the VirtualService',
    related: ['Gateway istio-system/models'],
  }]);
});

test('one of two Gateways', () => {
  expect(problemsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: [a.example.com]}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: other, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: [b.example.com]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [istio-system/models, istio-system/other]
  http:
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: iris, port: {number: 80}}}]}
`)).toEqual([{
    at: 'warning at VirtualService models/iris spec.gateways[1]',
    problem: 'VirtualService models/iris is for host "a.example.com", and Gateway istio-system/other serves host "b.example.com", so it has no effect there',
    remedy: 'add a host of the VirtualService to this Gateway, or remove the reference to it',
    related: ['Gateway istio-system/other'],
  }]);
});

test('wildcards on either side', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: ['*.example.com', b.other.com]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [istio-system/models]
  http:
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: iris, port: {number: 80}}}]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: other, namespace: models}
spec:
  hosts: ['*.other.com']
  gateways: [istio-system/models]
  http:
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: iris, port: {number: 80}}}]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: all, namespace: models}
spec:
  hosts: ['*']
  gateways: [istio-system/models]
  http:
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: iris, port: {number: 80}}}]}
`)).toEqual([]);
});

test('capitals', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: [A.example.com]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [istio-system/models]
  http:
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: iris, port: {number: 80}}}]}
`)).toEqual(['error']);
});

test('namespaces of the hosts', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: [models/a.example.com, ./b.example.com, '*/c.example.com']}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: one, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [istio-system/models]
  http:
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: iris, port: {number: 80}}}]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: two, namespace: istio-system}
spec:
  hosts: [b.example.com]
  gateways: [istio-system/models]
  http:
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: iris, port: {number: 80}}}]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: three, namespace: models}
spec:
  hosts: [c.example.com]
  gateways: [istio-system/models]
  http:
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: iris, port: {number: 80}}}]}
`)).toEqual([]);
});

test('the namespace of the Gateway', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: [./a.example.com]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [istio-system/models]
  http:
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: iris, port: {number: 80}}}]}
`)).toEqual(['error']);
});

test('a Gateway that is not known', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: [a.example.com]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [b.example.com]
  gateways: [other/models]
  http:
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: iris, port: {number: 80}}}]}
`)).toEqual([]);
});

test('one of two Gateways is not known', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: [a.example.com]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [b.example.com]
  gateways: [istio-system/models, other/models]
  http:
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: iris, port: {number: 80}}}]}
`)).toEqual(['warning']);
});

test('also for callers inside the mesh', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: [a.example.com]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [iris]
  gateways: [istio-system/models, mesh]
  http:
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: iris, port: {number: 80}}}]}
`)).toEqual(['warning']);
});

test('some hosts are for callers inside the mesh', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: [a.example.com]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [iris, a.example.com]
  gateways: [istio-system/models, mesh]
  http:
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: iris, port: {number: 80}}}]}
`)).toEqual([]);
});

test('short names', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: [iris.models.svc.cluster.local]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [iris]
  gateways: [istio-system/models]
  http:
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: iris, port: {number: 80}}}]}
`)).toEqual([]);
});

test('delegates', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: [a.example.com]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  http:
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: iris, port: {number: 80}}}]}
`)).toEqual([]);
});
