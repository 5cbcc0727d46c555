import { unseenSubset as rule } from '../../../src/rules/destinations/unseen-subset';
import { levelsOf, problemsOf } from '../../support/cluster';

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([{
    at: 'error at VirtualService routes/iris spec.http[0].route[0].destination.subset',
    problem: 'VirtualService routes/iris routes to subset "v1" of host iris.models.svc.cluster.local, which DestinationRule routes/iris defines in a namespace where Istio does not look for it, so requests get 503',
    remedy: 'move the DestinationRule to the namespace of the Service, models',
    related: ['DestinationRule routes/iris'],
  }]);
});

test('callers inside the mesh', () => {
  expect(problemsOf(rule, `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: iris, namespace: routes}
spec:
  host: iris.models.svc.cluster.local
  subsets: [{name: v1, labels: {version: v1}}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: routes}
spec:
  hosts: [iris.models.svc.cluster.local]
  http:
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: iris.models.svc.cluster.local, subset: v1}}]}
`)).toEqual([{
    at: 'warning at VirtualService routes/iris spec.http[0].route[0].destination.subset',
    problem: 'VirtualService routes/iris routes to subset "v1" of host iris.models.svc.cluster.local, which DestinationRule routes/iris defines in a namespace where Istio does not look for it, so callers in other namespaces get 503',
    remedy: 'move the DestinationRule to the namespace of the Service, models',
    related: ['DestinationRule routes/iris'],
  }]);
});

test('a rule that is not exported to the callers', () => {
  expect(problemsOf(rule, `apiVersion: apps/v1
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
  exportTo: ['.']
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
`)).toEqual([{
    at: 'error at VirtualService models/iris spec.http[0].route[0].destination.subset',
    problem: 'VirtualService models/iris routes to subset "v1" of host iris.models.svc.cluster.local, which DestinationRule models/iris defines for other namespaces, so requests get 503',
    remedy: 'add the namespace of the callers to its exportTo, or remove exportTo',
    related: ['DestinationRule models/iris'],
  }]);
});

test('the namespace of the gateway pods', () => {
  expect(levelsOf(rule, `apiVersion: apps/v1
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
metadata: {name: iris, namespace: edge}
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

test('the namespace of the Gateway, whose pods are not known', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: edge}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: [a.example.com]}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: iris, namespace: edge}
spec:
  host: iris.models.svc.cluster.local
  subsets: [{name: v1, labels: {version: v1}}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [a.example.com]
  gateways: [edge/models]
  http:
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: iris, subset: v1}}]}
`)).toEqual([]);
});

test('another namespace, in which the pods may be', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: [a.example.com]}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: iris, namespace: edge}
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
`)).toEqual(['warning']);
});

test('the root namespace', () => {
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

test('exported to the callers', () => {
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
  exportTo: [istio-system]
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
