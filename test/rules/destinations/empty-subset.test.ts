import { emptySubset as rule } from '../../../src/rules/destinations/empty-subset';
import { levelsOf, problemsOf } from '../../support/cluster';

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([{
    at: 'warning at DestinationRule models/iris spec.subsets[0].labels',
    problem: 'subset "stable" of DestinationRule models/iris selects version=1 among the pods of Service models/iris, whose workloads have version=v1, so requests for the subset get 503',
    remedy: 'set labels that the pods of host iris.models.svc.cluster.local have, or add them to the pod template of a workload',
    related: ['Service models/iris'],
  }]);
});

test('a subset that gets requests, and a label that no pod has', () => {
  expect(problemsOf(rule, `apiVersion: v1
kind: Service
metadata: {name: iris, namespace: models}
spec: {selector: {app: iris}, ports: [{name: http, port: 80}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: iris, namespace: models}
spec: {template: {metadata: {labels: {app: iris}}}}
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
  - {match: [{uri: {prefix: /iris/}}], route: [{destination: {host: iris, subset: v2}}]}
`)).toEqual([{
    at: 'error at DestinationRule models/iris spec.subsets[0].labels',
    problem: 'subset "v2" of DestinationRule models/iris selects version=v2 among the pods of Service models/iris, none of which has that label, so requests for the subset get 503',
    remedy: 'set labels that the pods of host iris.models.svc.cluster.local have, or add them to the pod template of a workload',
    related: ['Service models/iris'],
  }]);
});

test('a subset with weight 0', () => {
  expect(levelsOf(rule, `apiVersion: v1
kind: Service
metadata: {name: iris, namespace: models}
spec: {selector: {app: iris}, ports: [{name: http, port: 80}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: iris, namespace: models}
spec: {template: {metadata: {labels: {app: iris, version: v1}}}}
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
  - {route: [{destination: {host: iris, subset: v2}, weight: 0}, {destination: {host: iris}, weight: 100}]}
`)).toEqual(['warning']);
});

test('pods with the labels', () => {
  expect(levelsOf(rule, `apiVersion: v1
kind: Service
metadata: {name: iris, namespace: models}
spec: {selector: {app: iris}, ports: [{name: http, port: 80}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: one, namespace: models}
spec: {template: {metadata: {labels: {app: iris, version: v1}}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: two, namespace: models}
spec: {template: {metadata: {labels: {app: iris, version: v2}}}}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: iris, namespace: models}
spec:
  host: iris
  subsets: [{name: v1, labels: {version: v1}}, {name: v2, labels: {version: v2}}]
`)).toEqual([]);
});

test('pods of other Services or namespaces', () => {
  expect(levelsOf(rule, `apiVersion: v1
kind: Service
metadata: {name: iris, namespace: models}
spec: {selector: {app: iris}, ports: [{name: http, port: 80}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: one, namespace: models}
spec: {template: {metadata: {labels: {app: other, version: v1}}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: two, namespace: other}
spec: {template: {metadata: {labels: {app: iris, version: v1}}}}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: iris, namespace: models}
spec:
  host: iris
  subsets: [{name: v2, labels: {version: v2}}]
`)).toEqual([]);
});

test('no Service', () => {
  expect(levelsOf(rule, `apiVersion: apps/v1
kind: Deployment
metadata: {name: one, namespace: models}
spec: {template: {metadata: {labels: {app: iris, version: v1}}}}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: iris, namespace: models}
spec:
  host: iris
  subsets: [{name: v2, labels: {version: v2}}]
`)).toEqual([]);
});

test('a Service without a selector', () => {
  expect(levelsOf(rule, `apiVersion: v1
kind: Service
metadata: {name: iris, namespace: models}
spec: {selector: {}, ports: [{name: http, port: 80}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: one, namespace: models}
spec: {template: {metadata: {labels: {app: iris, version: v1}}}}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: iris, namespace: models}
spec:
  host: iris
  subsets: [{name: v2, labels: {version: v2}}]
`)).toEqual([]);
});

test('labels that controllers add, and none', () => {
  expect(levelsOf(rule, `apiVersion: v1
kind: Service
metadata: {name: iris, namespace: models}
spec: {selector: {app: iris}, ports: [{name: http, port: 80}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: one, namespace: models}
spec: {template: {metadata: {labels: {app: iris}}}}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: iris, namespace: models}
spec:
  host: iris
  subsets: [{name: a, labels: {rollouts-pod-template-hash: x}}, {name: b, labels: {topology.kubernetes.io/zone: z}}, {name: c}]
`)).toEqual([]);
});
