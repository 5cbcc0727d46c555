import { hashedOperatorName } from '../../../src/rules/seldon/hashed-operator-name';
import { problemsOf } from '../../support/cluster';

test('finds a route and a DestinationRule', () => {
  expect(problemsOf(hashedOperatorName, `
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata:
  name: a-name-of-a-model-that-is-so-long-that-it-has-to-be-hashed-x
  namespace: models
  annotations: {}
spec:
  predictors:
  - name: main
    graph: {name: classifier, implementation: SKLEARN_SERVER, modelUri: 'gs://models/iris'}
    explainer: {type: ALE}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [models.example.com]
  gateways: [istio-system/gateway]
  http:
  - route:
    - destination:
        host: a-name-of-a-model-that-is-so-long-that-it-has-to-be-hashed-x-main.models.svc.cluster.local
        port: {number: 8000}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: iris, namespace: models}
spec: {host: a-name-of-a-model-that-is-so-long-that-it-has-to-be-hashed-x-main-explainer}
`)).toEqual([
    {
      at: 'error at DestinationRule models/iris spec.host',
      problem: 'host "a-name-of-a-model-that-is-so-long-that-it-has-to-be-hashed-x-main-explainer.models.svc.cluster.local" does not exist, since the operator hashes a name of more than 63 characters for SeldonDeployment models/a-name-of-a-model-that-is-so-long-that-it-has-to-be-hashed-x',
      remedy: 'use the name "seldon-43fa6716e534ab505ec09be302f1832c", shorten the name, or set the annotation seldon.io/svc-name of the predictor',
      related: ['SeldonDeployment models/a-name-of-a-model-that-is-so-long-that-it-has-to-be-hashed-x'],
    },
    {
      at: 'error at VirtualService models/iris spec.http[0].route[0].destination.host',
      problem: 'host "a-name-of-a-model-that-is-so-long-that-it-has-to-be-hashed-x-main.models.svc.cluster.local" does not exist, since the operator hashes a name of more than 63 characters for SeldonDeployment models/a-name-of-a-model-that-is-so-long-that-it-has-to-be-hashed-x',
      remedy: 'use the name "seldon-1c6fba811759a1cd8603f015251394b8", shorten the name, or set the annotation seldon.io/svc-name of the predictor',
      related: ['SeldonDeployment models/a-name-of-a-model-that-is-so-long-that-it-has-to-be-hashed-x'],
    },
  ]);
});

test('is silent about short names, own names of Services, and other namespaces', () => {
  expect(problemsOf(hashedOperatorName, `
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata:
  name: iris
  namespace: models
  annotations: {}
spec:
  predictors:
  - name: main
    graph: {name: classifier, implementation: SKLEARN_SERVER, modelUri: 'gs://models/iris'}
---
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata:
  name: a-name-of-a-model-that-is-so-long-that-it-has-to-be-hashed-x
  namespace: models
  annotations: {}
spec:
  predictors:
  - name: main
    annotations: {seldon.io/svc-name: own}
    graph: {name: classifier, implementation: SKLEARN_SERVER, modelUri: 'gs://models/iris'}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [models.example.com]
  gateways: [istio-system/gateway]
  http:
  - route:
    - destination:
        host: iris-main
        port: {number: 8000}
      weight: 1
    - destination: {host: own}
      weight: 1
    - destination: {host: a-name-of-a-model-that-is-so-long-that-it-has-to-be-hashed-x-main-classifier.other.svc.cluster.local}
      weight: 1
`)).toEqual([]);
});
