import { hiddenSubsets as rule } from '../../../src/rules/destinations/hidden-subsets';
import { levelsOf, problemsOf } from '../../support/cluster';

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([{
    at: 'warning at DestinationRule clients/iris',
    problem: 'DestinationRule clients/iris hides DestinationRule models/iris from callers in namespace clients, which then have no subset "v1" of host iris.models.svc.cluster.local',
    remedy: 'define these subsets here too, or move the settings to the DestinationRule in namespace models',
    related: ['DestinationRule models/iris'],
  }]);
});

test('the same subsets', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: iris, namespace: models}
spec:
  host: iris
  subsets: [{name: v1, labels: {version: v1}}]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: iris, namespace: clients}
spec:
  host: iris.models.svc.cluster.local
  subsets: [{name: v1, labels: {version: v1}}]
`)).toEqual([]);
});

test('a rule of the root namespace', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: iris, namespace: models}
spec:
  host: iris
  subsets: [{name: v1, labels: {version: v1}}]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: iris, namespace: istio-system}
spec:
  host: iris.models.svc.cluster.local
  trafficPolicy: {loadBalancer: {simple: RANDOM}}
`)).toEqual([]);
});

test('a rule that the callers do not see anyway', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: iris, namespace: models}
spec:
  host: iris
  exportTo: ['.']
  subsets: [{name: v1, labels: {version: v1}}]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: iris, namespace: clients}
spec:
  host: iris.models.svc.cluster.local
  trafficPolicy: {loadBalancer: {simple: RANDOM}}
`)).toEqual([]);
});

test('a rule without subsets', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: iris, namespace: models}
spec:
  host: iris
  trafficPolicy: {loadBalancer: {simple: RANDOM}}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: iris, namespace: clients}
spec:
  host: iris.models.svc.cluster.local
  trafficPolicy: {loadBalancer: {simple: RANDOM}}
`)).toEqual([]);
});
