import { competingDestinationRules as rule } from '../../../src/rules/destinations/competing-destination-rules';
import { levelsOf, problemsOf } from '../../support/cluster';

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([{
    at: 'error at DestinationRule models/iris-next spec.subsets[0]',
    problem: 'DestinationRule models/iris-next and DestinationRule models/iris define subset "canary" of host iris.models.svc.cluster.local with different labels, and Istio drops one of the two',
    remedy: 'give the subsets different names, or define the subset in one DestinationRule only',
    related: ['DestinationRule models/iris spec.subsets[0]'],
  }]);
});

test('two policies of a host', () => {
  expect(problemsOf(rule, `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: one, namespace: models}
spec:
  host: iris
  trafficPolicy: {loadBalancer: {simple: RANDOM}}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: two, namespace: models}
spec:
  host: iris
  trafficPolicy: {loadBalancer: {simple: ROUND_ROBIN}}
`)).toEqual([{
    at: 'warning at DestinationRule models/two spec.trafficPolicy',
    problem: 'DestinationRule models/two and DestinationRule models/one have different traffic policies for host iris.models.svc.cluster.local, and Istio ignores one of the two',
    remedy: 'put the traffic policy of the host into one DestinationRule',
    related: ['DestinationRule models/one spec.trafficPolicy'],
  }]);
});

test('subsets with different names', () => {
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
`)).toEqual([]);
});

test('equal subsets and policies', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: one, namespace: models}
spec:
  host: iris
  trafficPolicy: {loadBalancer: {simple: RANDOM}}
  subsets: [{name: v1, labels: {version: v1}}]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: two, namespace: models}
spec:
  host: iris.models.svc.cluster.local
  trafficPolicy: {loadBalancer: {simple: RANDOM}}
  subsets: [{name: v1, labels: {version: v1}}]
`)).toEqual([]);
});

test('a subset with another policy', () => {
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
  subsets: [{name: v1, labels: {version: v1}, trafficPolicy: {loadBalancer: {simple: RANDOM}}}]
`)).toEqual(['warning']);
});

test('other namespaces, hosts and callers', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: one, namespace: models}
spec:
  host: iris
  subsets: [{name: v1, labels: {a: b}}]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: two, namespace: models}
spec:
  host: other
  subsets: [{name: v1, labels: {version: v1}}]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: three, namespace: clients}
spec:
  host: iris.models.svc.cluster.local
  subsets: [{name: v1, labels: {version: v1}}]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: four, namespace: models}
spec:
  host: iris
  exportTo: ['.']
  subsets: [{name: v1, labels: {version: v1}}]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: five, namespace: models}
spec:
  host: iris
  workloadSelector: {matchLabels: {app: a}}
  subsets: [{name: v1, labels: {version: v1}}]
`)).toEqual([]);
});

test('two manifests of one rule', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: one, namespace: models}
spec:
  host: iris
  subsets: [{name: v1, labels: {version: v1}}]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: one, namespace: models}
spec:
  host: iris
  subsets: [{name: v1, labels: {a: b}}]
`)).toEqual([]);
});
