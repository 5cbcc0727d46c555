import { pipelineWithoutOutput } from '../../../src/rules/seldon/pipeline-without-output';
import { problemsOf } from '../../support/cluster';

test('finds a route and an Experiment', () => {
  expect(problemsOf(pipelineWithoutOutput, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Pipeline
metadata: {name: income, namespace: models}
spec:
  steps:
  - {name: a}
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
        host: seldon-mesh
        port: {number: 80}
      headers:
        request:
          set: {seldon-model: income.pipeline}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Experiment
metadata: {name: iris, namespace: models}
spec:
  resourceType: pipeline
  candidates:
  - {name: income, weight: 1}
`)).toEqual([
    {
      at: 'error at Experiment models/iris spec.candidates[0]',
      problem: 'Pipeline models/income gets requests and has no output, so it never responds',
      remedy: 'add an output with the steps whose data it returns',
      related: ['Pipeline models/income spec'],
    },
    {
      at: 'error at VirtualService models/iris spec.http[0].route[0]',
      problem: 'Pipeline models/income gets requests and has no output, so it never responds',
      remedy: 'add an output with the steps whose data it returns',
      related: ['Pipeline models/income spec'],
    },
  ]);
});

test('is silent about Pipelines with an output, that are not known, or get mirrored requests, and Models of the same name', () => {
  expect(problemsOf(pipelineWithoutOutput, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Pipeline
metadata: {name: good, namespace: models}
spec:
  steps:
  - {name: a}
  output:
    steps: [a]
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Pipeline
metadata: {name: income, namespace: models}
spec:
  steps:
  - {name: a}
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
        host: seldon-mesh
        port: {number: 80}
      headers:
        request:
          set: {seldon-model: good.pipeline}
      weight: 1
    - destination:
        host: seldon-mesh
        port: {number: 80}
      headers:
        request:
          set: {seldon-model: gone.pipeline}
      weight: 1
    - destination:
        host: seldon-mesh
        port: {number: 80}
      headers:
        request:
          set: {seldon-model: income}
      weight: 1
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Experiment
metadata: {name: iris, namespace: models}
spec:
  resourceType: pipeline
  candidates:
  - {name: good, weight: 1}
  mirror: {name: income, percent: 1}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Experiment
metadata: {name: models, namespace: models}
spec:
  candidates:
  - {name: income, weight: 1}
`)).toEqual([]);
});
