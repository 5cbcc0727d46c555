import { componentOutsideSubset } from '../../../src/rules/seldon/component-outside-subset';
import { problemsOf } from '../../support/cluster';

test('finds a component with another version', () => {
  expect(problemsOf(componentOutsideSubset, `
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
    - metadata:
        labels: {version: v2}
      spec:
        containers:
        - {name: a, image: x}
`)).toEqual([
    {
      at: 'warning at SeldonDeployment models/iris spec.predictors[0].componentSpecs[0].metadata.labels.version',
      problem: 'componentSpecs[0] of predictor "main" has the label version "v2", and routes select the pods by version "main"',
      remedy: 'set the label in the labels of the predictor instead',
      related: [],
    },
  ]);
});

test('finds a component with another version, where the operator writes the routes', () => {
  expect(problemsOf(componentOutsideSubset, `
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
    - metadata:
        labels: {version: v2}
      spec:
        containers:
        - {name: a, image: x}
`, { core1Routes: 'operator' })).toEqual([
    {
      at: 'error at SeldonDeployment models/iris spec.predictors[0].componentSpecs[0].metadata.labels.version',
      problem: 'componentSpecs[0] of predictor "main" has the label version "v2", and routes select the pods by version "main"',
      remedy: 'set the label in the labels of the predictor instead',
      related: [],
    },
  ]);
});

test('is silent about the version of the predictor, pods that get no requests, and manifests that the API server rejects', () => {
  expect(problemsOf(componentOutsideSubset, `
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata:
  name: iris
  namespace: models
  annotations: {}
spec:
  predictors:
  - name: main
    labels: {version: v2}
    graph: {name: a}
    componentSpecs:
    - metadata:
        labels: {version: v2}
      spec:
        containers:
        - {name: a, image: x}
---
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata:
  name: graph
  namespace: models
  annotations: {}
spec:
  predictors:
  - name: main
    graph:
      name: a
      children:
      - {name: b}
    componentSpecs:
    - spec:
        containers:
        - {name: a, image: x}
    - metadata:
        labels: {version: v2}
      spec:
        containers:
        - {name: b, image: x}
---
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata:
  name: odd
  namespace: models
  annotations: {}
spec:
  predictors:
  - {graph: 3}
`)).toEqual([]);
});
