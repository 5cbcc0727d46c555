import { invalidPredictorTraffic } from '../../../src/rules/seldon/invalid-predictor-traffic';
import { problemsOf } from '../../support/cluster';

test('finds traffic that does not add up to 100', () => {
  expect(problemsOf(invalidPredictorTraffic, `
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
    traffic: 50
  - name: b
    graph: {name: classifier, implementation: SKLEARN_SERVER, modelUri: 'gs://models/iris'}
    traffic: 40
  - name: c
    graph: {name: classifier, implementation: SKLEARN_SERVER, modelUri: 'gs://models/iris'}
    shadow: true
    traffic: 10
---
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata:
  name: none
  namespace: models
  annotations: {}
spec:
  predictors:
  - name: a
    graph: {name: classifier, implementation: SKLEARN_SERVER, modelUri: 'gs://models/iris'}
  - name: b
    graph: {name: classifier, implementation: SKLEARN_SERVER, modelUri: 'gs://models/iris'}
`)).toEqual([
    {
      at: 'error at SeldonDeployment models/iris spec.predictors',
      problem: 'the traffic of predictors "a", "b" adds up to 90, and the webhook of Seldon\'s operator accepts several predictors only if it is 100 in all',
      remedy: 'change it, or set 0 for those that get no requests',
      related: [],
    },
    {
      at: 'error at SeldonDeployment models/none spec.predictors',
      problem: 'none of the predictors "a", "b" has traffic, and the webhook of Seldon\'s operator accepts several predictors only if it is 100 in all',
      remedy: 'change it, or set 0 for those that get no requests',
      related: [],
    },
  ]);
});

test('finds a single predictor', () => {
  expect(problemsOf(invalidPredictorTraffic, `
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
    traffic: 50
---
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata:
  name: more
  namespace: models
  annotations: {}
spec:
  predictors:
  - name: a
    graph: {name: classifier, implementation: SKLEARN_SERVER, modelUri: 'gs://models/iris'}
    traffic: 150
---
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata:
  name: with-shadow
  namespace: models
  annotations: {}
spec:
  predictors:
  - name: a
    graph: {name: classifier, implementation: SKLEARN_SERVER, modelUri: 'gs://models/iris'}
    traffic: 50
  - name: b
    graph: {name: classifier, implementation: SKLEARN_SERVER, modelUri: 'gs://models/iris'}
    shadow: true
`)).toEqual([
    {
      at: 'error at SeldonDeployment models/iris spec.predictors[0].traffic',
      problem: 'predictor "a" has traffic 50, and the webhook of Seldon\'s operator accepts only 100 for a single one',
      remedy: 'set 100, or remove it',
      related: [],
    },
    {
      at: 'warning at SeldonDeployment models/more spec.predictors[0].traffic',
      problem: 'predictor "a" has traffic 150, but is the only one that answers, and gets all requests',
      remedy: 'set 100, or remove it',
      related: [],
    },
    {
      at: 'warning at SeldonDeployment models/with-shadow spec.predictors[0].traffic',
      problem: 'predictor "a" has traffic 50, but is the only one that answers, and gets all requests',
      remedy: 'set 100, or remove it',
      related: [],
    },
  ]);
});

test('finds negative traffic, and traffic of shadows', () => {
  expect(problemsOf(invalidPredictorTraffic, `
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
    traffic: 150
  - name: b
    graph: {name: classifier, implementation: SKLEARN_SERVER, modelUri: 'gs://models/iris'}
    traffic: -50
---
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata:
  name: more
  namespace: models
  annotations: {}
spec:
  predictors:
  - name: a
    graph: {name: classifier, implementation: SKLEARN_SERVER, modelUri: 'gs://models/iris'}
  - name: b
    graph: {name: classifier, implementation: SKLEARN_SERVER, modelUri: 'gs://models/iris'}
    shadow: true
    traffic: 101
---
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata:
  name: all
  namespace: models
  annotations: {}
spec:
  predictors:
  - name: a
    graph: {name: classifier, implementation: SKLEARN_SERVER, modelUri: 'gs://models/iris'}
  - name: b
    graph: {name: classifier, implementation: SKLEARN_SERVER, modelUri: 'gs://models/iris'}
    shadow: true
    traffic: 0
`)).toEqual([
    {
      at: 'error at SeldonDeployment models/iris spec.predictors[1].traffic',
      problem: 'predictor "b" has traffic -50, and Istio rejects a route with a negative weight',
      remedy: 'use 0 to 100',
      related: [],
    },
    {
      at: 'error at SeldonDeployment models/more spec.predictors[1].traffic',
      problem: 'shadow "b" has traffic 101, which the webhook of Seldon\'s operator rejects',
      remedy: 'use 0 to 100',
      related: [],
    },
    {
      at: 'warning at SeldonDeployment models/all spec.predictors[1].traffic',
      problem: 'shadow "b" has traffic 0, and Istio mirrors all requests to it',
      remedy: 'set 1 to 100, or remove the shadow',
      related: [],
    },
  ]);
});

test('is silent about traffic that Seldon accepts', () => {
  expect(problemsOf(invalidPredictorTraffic, `
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata:
  name: a
  namespace: models
  annotations: {}
spec:
  predictors:
  - name: a
    graph: {name: classifier, implementation: SKLEARN_SERVER, modelUri: 'gs://models/iris'}
---
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata:
  name: b
  namespace: models
  annotations: {}
spec:
  predictors:
  - name: a
    graph: {name: classifier, implementation: SKLEARN_SERVER, modelUri: 'gs://models/iris'}
    traffic: 0
---
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata:
  name: c
  namespace: models
  annotations: {}
spec:
  predictors:
  - name: a
    graph: {name: classifier, implementation: SKLEARN_SERVER, modelUri: 'gs://models/iris'}
    traffic: 100
  - name: b
    graph: {name: classifier, implementation: SKLEARN_SERVER, modelUri: 'gs://models/iris'}
  - name: c
    graph: {name: classifier, implementation: SKLEARN_SERVER, modelUri: 'gs://models/iris'}
    shadow: true
    traffic: 10
`)).toEqual([]);
});
