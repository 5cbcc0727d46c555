import { invalidDeploymentSetting } from '../../../src/rules/seldon/invalid-deployment-setting';
import { problemsOf } from '../../support/cluster';

test('finds values that the webhook does not know', () => {
  expect(problemsOf(invalidDeploymentSetting, `
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata:
  name: iris
  namespace: models
  annotations: {}
spec:
  protocol: V2
  transport: http
  serverType: KAFKA
  predictors:
  - name: main
    graph: {name: classifier, implementation: SKLEARN_SERVER, modelUri: 'gs://models/iris'}
`)).toEqual([
    {
      at: 'error at SeldonDeployment models/iris spec.protocol',
      problem: 'protocol is "V2"',
      remedy: 'did you mean "v2"?',
      related: [],
    },
    {
      at: 'error at SeldonDeployment models/iris spec.serverType',
      problem: 'serverType is "KAFKA"',
      remedy: 'did you mean "kafka"?',
      related: [],
    },
    {
      at: 'error at SeldonDeployment models/iris spec.transport',
      problem: 'transport is "http"',
      remedy: 'expected one of "rest", "grpc"',
      related: [],
    },
  ]);
});

test('finds a Kafka server without its variables', () => {
  expect(problemsOf(invalidDeploymentSetting, `
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata:
  name: iris
  namespace: models
  annotations: {}
spec:
  serverType: kafka
  predictors:
  - name: main
    graph: {name: classifier, implementation: SKLEARN_SERVER, modelUri: 'gs://models/iris'}
    svcOrchSpec:
      env:
      - {name: KAFKA_BROKER, value: b}
`)).toEqual([
    {
      at: 'error at SeldonDeployment models/iris spec.predictors[0]',
      problem: 'serverType is "kafka" and predictor "main" has no KAFKA_INPUT_TOPIC, KAFKA_OUTPUT_TOPIC',
      remedy: 'set them in svcOrchSpec.env of the predictor',
      related: [],
    },
  ]);
});

test('finds a logger without a mode', () => {
  expect(problemsOf(invalidDeploymentSetting, `
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
      logger: {url: 'http://logger'}
`)).toEqual([
    {
      at: 'error at SeldonDeployment models/iris spec.predictors[0].graph.logger',
      problem: 'the logger of node "a" has no mode',
      remedy: 'set mode to one of "all", "request", "response"',
      related: [],
    },
  ]);
});

test('finds different endpoint types, and one that contradicts transport', () => {
  expect(problemsOf(invalidDeploymentSetting, `
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
      endpoint: {type: REST}
      children:
      - name: b
        endpoint: {type: GRPC}
---
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata:
  name: other
  namespace: models
  annotations: {}
spec:
  transport: grpc
  predictors:
  - name: main
    graph:
      name: a
      endpoint: {type: REST}
`)).toEqual([
    {
      at: 'error at SeldonDeployment models/iris spec.predictors[0].graph.children[0].endpoint.type',
      problem: 'nodes have the endpoint types "REST" and "GRPC", but all nodes are called in the same way',
      remedy: 'remove the types, and set transport of the SeldonDeployment',
      related: [],
    },
    {
      at: 'error at SeldonDeployment models/other spec.predictors[0].graph.endpoint.type',
      problem: 'a node has the endpoint type "REST", and transport is "grpc"',
      remedy: 'remove the type, which transport sets',
      related: [],
    },
  ]);
});

test('is silent about what the webhook accepts', () => {
  expect(problemsOf(invalidDeploymentSetting, `
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata:
  name: iris
  namespace: models
  annotations: {}
spec:
  protocol: kfserving
  transport: rest
  serverType: kafka
  predictors:
  - name: main
    graph:
      name: a
      endpoint: {type: REST}
      logger: {mode: all}
    svcOrchSpec:
      env:
      - {name: KAFKA_BROKER}
      - {name: KAFKA_INPUT_TOPIC}
      - {name: KAFKA_OUTPUT_TOPIC}
      - 3
`)).toEqual([]);
});
