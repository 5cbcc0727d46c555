import { orchestratorWithoutPod } from '../../../src/rules/seldon/orchestrator-without-pod';
import { problemsOf } from '../../support/cluster';

test('finds no node in the first component', () => {
  expect(problemsOf(orchestratorWithoutPod, `
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata:
  name: iris
  namespace: models
  annotations: {}
spec:
  predictors:
  - name: main
    graph: {name: a}
    componentSpecs:
    - spec:
        containers:
        - {name: cache, image: x}
    - spec:
        containers:
        - {name: a, image: x}
`)).toEqual([
    {
      at: 'error at SeldonDeployment models/iris spec.predictors[0].componentSpecs',
      problem: 'no node of predictor "main" is in its first componentSpec, in whose pods the orchestrator runs',
      remedy: 'move a container of the graph there, or set seldon.io/engine-separate-pod to "true" in spec.annotations',
      related: [],
    },
  ]);
});

test('finds a graph of two nodes without an orchestrator, whatever the value', () => {
  expect(problemsOf(orchestratorWithoutPod, `
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata:
  name: iris
  namespace: models
  annotations: {}
spec:
  predictors:
  - name: main
    annotations: {seldon.io/no-engine: 'false'}
    graph:
      name: a
      implementation: SKLEARN_SERVER
      modelUri: gs://m
      children:
      - {name: classifier, implementation: SKLEARN_SERVER, modelUri: 'gs://models/iris'}
`)).toEqual([
    {
      at: 'error at SeldonDeployment models/iris spec.predictors[0].annotations.seldon.io/no-engine',
      problem: 'predictor "main" has a graph of 2 nodes and the annotation seldon.io/no-engine, which the webhook of Seldon\'s operator rejects, whatever the value',
      remedy: 'remove the annotation. Only a graph with a single node can run without an orchestrator',
      related: [],
    },
  ]);
});

test('is silent about a node in the first component, separate pods, no orchestrator, and servers that the operator adds there', () => {
  expect(problemsOf(orchestratorWithoutPod, `
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata:
  name: a
  namespace: models
  annotations: {}
spec:
  predictors:
  - name: main
    graph: {name: a}
    componentSpecs:
    - spec:
        containers:
        - {name: a, image: x}
---
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata:
  name: b
  namespace: models
  annotations: {}
spec:
  annotations: {seldon.io/engine-separate-pod: 'True'}
  predictors:
  - name: main
    graph: {name: a}
    componentSpecs:
    - {}
    - spec:
        containers:
        - {name: a, image: x}
---
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata:
  name: c
  namespace: models
  annotations: {}
spec:
  predictors:
  - name: main
    annotations: {seldon.io/no-engine: 'true'}
    graph: {name: a}
    componentSpecs:
    - {}
    - spec:
        containers:
        - {name: a, image: x}
---
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata:
  name: d
  namespace: models
  annotations: {}
spec:
  predictors:
  - name: main
    graph:
      name: a
      implementation: SKLEARN_SERVER
      modelUri: gs://m
      children:
      - {name: b}
    componentSpecs:
    - {}
    - spec:
        containers:
        - {name: b, image: x}
---
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata:
  name: e
  namespace: models
  annotations: {}
spec:
  annotations: odd
  predictors:
  - name: main
    graph: {name: a}
`)).toEqual([]);
});
