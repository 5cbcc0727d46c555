import { invalidPredictors } from '../../../src/rules/seldon/invalid-predictors';
import { problemsOf } from '../../support/cluster';

test('finds no predictors', () => {
  expect(problemsOf(invalidPredictors, `
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata:
  name: iris
  namespace: models
  annotations: {}
spec: {}
---
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata:
  name: empty
  namespace: models
  annotations: {}
spec:
  predictors: []
`)).toEqual([
    {
      at: 'error at SeldonDeployment models/empty spec',
      problem: 'the SeldonDeployment has no predictors',
      remedy: 'add at least one',
      related: [],
    },
    {
      at: 'error at SeldonDeployment models/iris spec',
      problem: 'the SeldonDeployment has no predictors',
      remedy: 'add at least one',
      related: [],
    },
  ]);
});

test('finds the same name, and the same Service', () => {
  expect(problemsOf(invalidPredictors, `
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata:
  name: iris
  namespace: models
  annotations: {}
spec:
  predictors:
  - name: a
    graph: {name: classifier, implementation: SKLEARN_SERVER, modelUri: 'gs://models/iris'}
    annotations: {seldon.io/svc-name: s}
  - name: a
    graph: {name: classifier, implementation: SKLEARN_SERVER, modelUri: 'gs://models/iris'}
  - name: b
    graph: {name: classifier, implementation: SKLEARN_SERVER, modelUri: 'gs://models/iris'}
    annotations: {seldon.io/svc-name: s}
`)).toEqual([
    {
      at: 'error at SeldonDeployment models/iris spec.predictors[1].name',
      problem: 'two predictors have the name "a"',
      remedy: 'give each its own name',
      related: [],
    },
    {
      at: 'error at SeldonDeployment models/iris spec.predictors[2].annotations.seldon.io/svc-name',
      problem: 'predictors "a" and "b" have the same Service, "s"',
      remedy: 'give each its own Service',
      related: [],
    },
  ]);
});

test('finds several shadows, and nothing but a shadow', () => {
  expect(problemsOf(invalidPredictors, `
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata:
  name: iris
  namespace: models
  annotations: {}
spec:
  predictors:
  - name: a
    graph: {name: classifier, implementation: SKLEARN_SERVER, modelUri: 'gs://models/iris'}
  - name: b
    graph: {name: classifier, implementation: SKLEARN_SERVER, modelUri: 'gs://models/iris'}
    shadow: true
  - name: c
    graph: {name: classifier, implementation: SKLEARN_SERVER, modelUri: 'gs://models/iris'}
    shadow: true
---
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata:
  name: only
  namespace: models
  annotations: {}
spec:
  predictors:
  - name: a
    graph: {name: classifier, implementation: SKLEARN_SERVER, modelUri: 'gs://models/iris'}
    shadow: true
`)).toEqual([
    {
      at: 'error at SeldonDeployment models/iris spec.predictors[2].shadow',
      problem: 'predictors "b", "c" are all shadows, and the webhook of Seldon\'s operator accepts one',
      remedy: 'keep one, and mirror to the others in an own VirtualService',
      related: [],
    },
    {
      at: 'error at SeldonDeployment models/only spec.predictors',
      problem: 'the only predictor, "a", is a shadow',
      remedy: 'add a predictor that answers',
      related: [],
    },
  ]);
});

test('is silent about one shadow, and predictors without a name', () => {
  expect(problemsOf(invalidPredictors, `
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata:
  name: iris
  namespace: models
  annotations: {}
spec:
  predictors:
  - name: a
    graph: {name: classifier, implementation: SKLEARN_SERVER, modelUri: 'gs://models/iris'}
  - name: b
    graph: {name: classifier, implementation: SKLEARN_SERVER, modelUri: 'gs://models/iris'}
    shadow: true
---
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata:
  name: odd
  namespace: models
  annotations: {}
spec:
  predictors:
  - {}
  - {}
  - 3
`)).toEqual([]);
});
