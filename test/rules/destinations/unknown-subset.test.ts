import { unknownSubset as rule } from '../../../src/rules/destinations/unknown-subset';
import { levelsOf, problemsOf } from '../../support/cluster';

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([{
    at: 'error at VirtualService models/iris spec.http[0].route[1].destination.subset',
    problem: 'VirtualService models/iris routes to subset "v2" of host iris.models.svc.cluster.local, which DestinationRule models/iris does not define, so requests get 503',
    remedy: 'add the subset to the DestinationRule',
    related: ['DestinationRule models/iris'],
  }]);
});

test('a Service without a DestinationRule', () => {
  expect(problemsOf(rule, `apiVersion: v1
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
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: iris, subset: v1}}]}
`)).toEqual([{
    at: 'warning at VirtualService models/iris spec.http[0].route[0].destination.subset',
    problem: 'VirtualService models/iris routes to subset "v1" of host iris.models.svc.cluster.local, for which there is no DestinationRule next to Service models/iris',
    remedy: 'define the subset in a DestinationRule in namespace models. Without it requests get 503',
    related: ['Service models/iris'],
  }]);
});

test('a subset that another rule hides', () => {
  expect(problemsOf(rule, `apiVersion: apps/v1
kind: Deployment
metadata: {name: ingress, namespace: edge}
spec: {template: {metadata: {labels: {istio: ingressgateway}}}}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: [a.example.com]}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: iris, namespace: models}
spec:
  host: iris
  subsets: [{name: v1, labels: {version: v1}}]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: iris, namespace: edge}
spec:
  host: iris.models.svc.cluster.local
  trafficPolicy: {loadBalancer: {simple: RANDOM}}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [istio-system/models]
  http:
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: iris, subset: v1}}]}
`)).toEqual([{
    at: 'error at VirtualService models/iris spec.http[0].route[0].destination.subset',
    problem: 'VirtualService models/iris routes to subset "v1" of host iris.models.svc.cluster.local, which DestinationRule edge/iris does not define, and callers do not get that of DestinationRule models/iris, since Istio uses the rules of only one namespace, so requests get 503',
    remedy: 'add the subset to the DestinationRule',
    related: ['DestinationRule edge/iris', 'DestinationRule models/iris'],
  }]);
});

test('nothing is known', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [istio-system/models]
  http:
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: iris, subset: v1}}]}
`)).toEqual([]);
});

test('defined', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: iris, namespace: models}
spec:
  host: iris
  subsets: [{name: v1, labels: {version: v1}}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [istio-system/models]
  http:
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: iris.models.svc.cluster.local, subset: v1}}]}
`)).toEqual([]);
});

test('defined in the second rule of the namespace', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: one, namespace: models}
spec:
  host: iris
  subsets: [{name: v1, labels: {version: v1}}]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: two, namespace: models}
spec:
  host: iris
  subsets: [{name: v2, labels: {version: v2}}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [istio-system/models]
  http:
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: iris, subset: v2}}]}
`)).toEqual([]);
});

test('defined in the root namespace', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: iris, namespace: istio-system}
spec:
  host: iris.models.svc.cluster.local
  subsets: [{name: v1, labels: {version: v1}}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [istio-system/models]
  http:
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: iris, subset: v1}}]}
`)).toEqual([]);
});

test('the rule of the Service comes before that of the root namespace', () => {
  expect(levelsOf(rule, `apiVersion: apps/v1
kind: Deployment
metadata: {name: ingress, namespace: istio-system}
spec: {template: {metadata: {labels: {istio: ingressgateway}}}}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: [a.example.com]}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: iris, namespace: models}
spec:
  host: iris
  subsets: [{name: v2, labels: {version: v2}}]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: iris, namespace: istio-system}
spec:
  host: iris.models.svc.cluster.local
  subsets: [{name: v1, labels: {version: v1}}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [istio-system/models]
  http:
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: iris, subset: v1}}]}
`)).toEqual(['error']);
});

test('defined for a wildcard', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: all, namespace: models}
spec:
  host: '*.models.svc.cluster.local'
  subsets: [{name: v1, labels: {version: v1}}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [istio-system/models]
  http:
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: iris, subset: v1}}]}
`)).toEqual([]);
});

test('a wildcard that a rule for the host hides', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: all, namespace: models}
spec:
  host: '*.models.svc.cluster.local'
  subsets: [{name: v1, labels: {version: v1}}]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: iris, namespace: models}
spec:
  host: iris
  subsets: [{name: v2, labels: {version: v2}}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [istio-system/models]
  http:
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: iris, subset: v1}}]}
`)).toEqual(['error']);
});

test('defined for selected pods', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: iris, namespace: models}
spec:
  host: iris
  workloadSelector: {matchLabels: {app: client}}
  subsets: [{name: v1, labels: {version: v1}}]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: other, namespace: models}
spec:
  host: iris
  subsets: [{name: v2, labels: {version: v2}}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [istio-system/models]
  http:
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: iris, subset: v1}}]}
`)).toEqual([]);
});

test('a host outside of the cluster', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: store, namespace: models}
spec:
  host: store.com
  subsets: [{name: v2, labels: {version: v2}}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [istio-system/models]
  http:
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: store.com, subset: v1}}]}
`)).toEqual(['error']);
});

test('mirrors', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: iris, namespace: models}
spec:
  host: iris
  subsets: [{name: v2, labels: {version: v2}}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [istio-system/models]
  http:
  - {route: [{destination: {host: iris}}], mirrors: [{destination: {host: iris, subset: v1}}]}
`)).toEqual(['error']);
});
