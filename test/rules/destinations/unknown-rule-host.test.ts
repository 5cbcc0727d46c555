import { unknownRuleHost as rule } from '../../../src/rules/destinations/unknown-rule-host';
import { levelsOf, problemsOf } from '../../support/cluster';

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([{
    at: 'warning at DestinationRule models/iris spec.host',
    problem: 'DestinationRule models/iris is for host "iris.models", which Istio does not complete, and there is no such Service, so the rule applies to no request',
    remedy: 'set the full name, "iris.models.svc.cluster.local"',
    related: ['Service models/iris'],
  }]);
});

test('a short name in another namespace', () => {
  expect(problemsOf(rule, `apiVersion: v1
kind: Service
metadata: {name: iris, namespace: models}
spec: {selector: {app: iris}, ports: [{name: http, port: 80}]}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: iris, namespace: routes}
spec:
  host: iris
  subsets: [{name: v1, labels: {version: v1}}]
`)).toEqual([{
    at: 'warning at DestinationRule routes/iris spec.host',
    problem: 'DestinationRule routes/iris is for host "iris", which Istio completes to iris.routes.svc.cluster.local, and there is no such Service, so the rule applies to no request',
    remedy: 'set the full name, "iris.models.svc.cluster.local"',
    related: ['Service models/iris'],
  }]);
});

test('hosts that exist', () => {
  expect(levelsOf(rule, `apiVersion: v1
kind: Service
metadata: {name: iris, namespace: models}
spec: {selector: {app: iris}, ports: [{name: http, port: 80}]}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: one, namespace: models}
spec:
  host: iris
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: two, namespace: models}
spec:
  host: iris.models.svc.cluster.local
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: three, namespace: models}
spec:
  host: '*.models.svc.cluster.local'
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: four, namespace: models}
spec:
  host: seldon-mesh
`)).toEqual([]);
});

test('nothing is known of the Service', () => {
  expect(levelsOf(rule, `apiVersion: v1
kind: Service
metadata: {name: other, namespace: models}
spec: {selector: {app: other}, ports: [{name: http, port: 80}]}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: one, namespace: models}
spec:
  host: iris
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: two, namespace: models}
spec:
  host: iris.models
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: three, namespace: models}
spec:
  host: api.example.com
`)).toEqual([]);
});

test('several Services of the name', () => {
  expect(levelsOf(rule, `apiVersion: v1
kind: Service
metadata: {name: iris, namespace: a}
spec: {selector: {app: iris}, ports: [{name: http, port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: iris, namespace: b}
spec: {selector: {app: iris}, ports: [{name: http, port: 80}]}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: iris, namespace: models}
spec:
  host: iris
`)).toEqual([]);
});

test('a ServiceEntry', () => {
  expect(levelsOf(rule, `apiVersion: v1
kind: Service
metadata: {name: iris, namespace: models}
spec: {selector: {app: iris}, ports: [{name: http, port: 80}]}
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: store, namespace: models}
spec: {hosts: [iris.models], ports: []}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: iris, namespace: models}
spec:
  host: iris.models
`)).toEqual([]);
});
