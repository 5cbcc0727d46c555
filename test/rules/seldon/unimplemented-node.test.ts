import { unimplementedNode } from '../../../src/rules/seldon/unimplemented-node';
import { problemsOf } from '../../support/cluster';

test('finds nodes that the orchestrator only accepts', () => {
  expect(problemsOf(unimplementedNode, `
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata:
  name: iris
  namespace: models
  annotations: {}
spec:
  predictors:
  - name: main
    graph:
      name: mean
      implementation: AVERAGE_COMBINER
      children:
      - {name: echo, implementation: SIMPLE_MODEL}
`)).toEqual([
    {
      at: 'warning at SeldonDeployment models/iris spec.predictors[0].graph.children[0].implementation',
      problem: 'node "echo" of predictor "main" is SIMPLE_MODEL, which the orchestrator does not implement, so it returns each request as its own response',
      remedy: 'use a container or a prepackaged server',
      related: [],
    },
    {
      at: 'warning at SeldonDeployment models/iris spec.predictors[0].graph.implementation',
      problem: 'node "mean" of predictor "main" is AVERAGE_COMBINER, which the orchestrator does not implement, so it responds with the response of the first child',
      remedy: 'use a container that computes the mean',
      related: [],
    },
  ]);
});

test('is silent about nodes that it implements', () => {
  expect(problemsOf(unimplementedNode, `
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata:
  name: iris
  namespace: models
  annotations: {}
spec:
  predictors:
  - name: main
    graph:
      name: ab
      implementation: RANDOM_ABTEST
      children:
      - {name: classifier, implementation: SKLEARN_SERVER, modelUri: 'gs://models/iris'}
      - {name: b}
`)).toEqual([]);
});
