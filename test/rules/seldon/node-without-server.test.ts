import { nodeWithoutServer } from '../../../src/rules/seldon/node-without-server';
import { problemsOf } from '../../support/cluster';

test('finds nodes without a container', () => {
  expect(problemsOf(nodeWithoutServer, `
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
      name: a
      type: UNKNOWN_TYPE
      children:
      - {name: classifier}
    componentSpecs:
    - spec:
        containers:
        - {name: clasifier, image: x}
`)).toEqual([
    {
      at: 'error at SeldonDeployment models/iris spec.predictors[0].graph.children[0]',
      problem: 'node "classifier" of predictor "main" has no container',
      remedy: 'the container of a node has its name. Did you mean container "clasifier"?',
      related: [],
    },
    {
      at: 'error at SeldonDeployment models/iris spec.predictors[0].graph.type',
      problem: 'node "a" of predictor "main" has type UNKNOWN_TYPE and no methods',
      remedy: 'set a type such as MODEL, or list its methods',
      related: [],
    },
    {
      at: 'error at SeldonDeployment models/iris spec.predictors[0].graph',
      problem: 'node "a" of predictor "main" has no container',
      remedy: 'add a container named "a" to the componentSpecs, or set the implementation to a prepackaged server',
      related: [],
    },
  ]);
});

test('finds servers without a model, or without an image for the protocol', () => {
  expect(problemsOf(nodeWithoutServer, `
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata:
  name: iris
  namespace: models
  annotations: {}
spec:
  predictors:
  - name: main
    graph: {name: a, implementation: SKLEARN_SERVER}
---
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata:
  name: tf
  namespace: models
  annotations: {}
spec:
  protocol: tensorflow
  predictors:
  - name: main
    graph: {name: a, implementation: SKLEARN_SERVER, modelUri: 'gs://m'}
---
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata:
  name: triton
  namespace: models
  annotations: {}
spec:
  predictors:
  - name: main
    graph: {name: a, implementation: TRITON_SERVER, modelUri: 'gs://m'}
`)).toEqual([
    {
      at: 'error at SeldonDeployment models/iris spec.predictors[0].graph',
      problem: 'node "a" of predictor "main" runs SKLEARN_SERVER without a modelUri',
      remedy: 'set it to the location of the model',
      related: [],
    },
    {
      at: 'error at SeldonDeployment models/tf spec.predictors[0].graph.implementation',
      problem: 'node "a" of predictor "main" runs SKLEARN_SERVER with protocol "tensorflow", but the operator has an image of it only for "seldon" and "v2"',
      remedy: 'set protocol of the SeldonDeployment to "seldon"',
      related: [],
    },
    {
      at: 'error at SeldonDeployment models/triton spec.predictors[0].graph.implementation',
      problem: 'node "a" of predictor "main" runs TRITON_SERVER with protocol "seldon", but the operator has an image of it only for "v2"',
      remedy: 'set protocol of the SeldonDeployment to "v2"',
      related: [],
    },
  ]);
});

test('finds servers that do not come with Seldon', () => {
  expect(problemsOf(nodeWithoutServer, `
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
      name: a
      implementation: SKLEARN_SERVR
      modelUri: gs://m
      children:
      - {name: b, implementation: CUSTOM_RUNTIME, modelUri: 'gs://m'}
`)).toEqual([
    {
      at: 'error at SeldonDeployment models/iris spec.predictors[0].graph.implementation',
      problem: 'node "a" of predictor "main" runs SKLEARN_SERVR, which does not come with Seldon',
      remedy: 'did you mean SKLEARN_SERVER?',
      related: [],
    },
    {
      at: 'warning at SeldonDeployment models/iris spec.predictors[0].graph.children[0].implementation',
      problem: 'node "b" of predictor "main" runs CUSTOM_RUNTIME, which does not come with Seldon, so the webhook of its operator rejects it unless the operator\'s settings have it',
      remedy: 'add it to predictor_servers of these settings, or give its container an image',
      related: [],
    },
  ]);
});

test('is silent about containers, servers for the protocol, nodes of the orchestrator, and images of unknown servers', () => {
  expect(problemsOf(nodeWithoutServer, `
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
      - {name: a, type: MODEL}
      - {name: b, implementation: CUSTOM_RUNTIME, modelUri: 'gs://m'}
    componentSpecs:
    - spec:
        containers:
        - {name: a, image: x}
        - {name: b, image: y}
---
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata:
  name: v2
  namespace: models
  annotations: {}
spec:
  protocol: kfserving
  predictors:
  - name: main
    graph:
      name: a
      implementation: TRITON_SERVER
      modelUri: gs://m
      children:
      - {name: b, implementation: HUGGINGFACE_SERVER}
---
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata:
  name: odd
  namespace: models
  annotations: {}
spec:
  predictors:
  - {name: main}
  - {name: b, graph: 3}
`)).toEqual([]);
});
