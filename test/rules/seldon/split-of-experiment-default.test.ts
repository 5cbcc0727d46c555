import { splitOfExperimentDefault } from '../../../src/rules/seldon/split-of-experiment-default';
import { problemsOf } from '../../support/cluster';

test('finds an arm whose requests an Experiment takes over', () => {
  expect(problemsOf(splitOfExperimentDefault, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Experiment
metadata: {name: iris, namespace: models}
spec:
  default: a
  candidates:
  - {name: a, weight: 1}
  - {name: c, weight: 1}
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
          set: {seldon-model: a}
      weight: 50
    - destination:
        host: seldon-mesh
        port: {number: 80}
      headers:
        request:
          set: {seldon-model: b}
      weight: 50
`)).toEqual([
    {
      at: 'warning at VirtualService models/iris spec.http[0].route[0]',
      problem: 'Model "a" gets a share of the requests, and Experiment models/iris takes over its requests and splits them again, so the models do not get the shares of the weights',
      remedy: 'remove default from the Experiment, or split the requests in only one of the two',
      related: ['Experiment models/iris spec.default'],
    },
  ]);
});

test('finds an arm that is a Pipeline', () => {
  expect(problemsOf(splitOfExperimentDefault, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Experiment
metadata: {name: iris, namespace: models}
spec:
  resourceType: pipeline
  default: a
  candidates:
  - {name: a, weight: 1}
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
          set: {seldon-model: a.pipeline}
      weight: 50
    - destination:
        host: seldon-mesh
        port: {number: 80}
      headers:
        request:
          set: {seldon-model: b}
      weight: 50
`)).toEqual([
    {
      at: 'warning at VirtualService models/iris spec.http[0].route[0]',
      problem: 'Pipeline "a" gets a share of the requests, and Experiment models/iris takes over its requests and splits them again, so the models do not get the shares of the weights',
      remedy: 'remove default from the Experiment, or split the requests in only one of the two',
      related: ['Experiment models/iris spec.default'],
    },
  ]);
});

test('is silent about a single arm, arms without requests, and Experiments without a default', () => {
  expect(problemsOf(splitOfExperimentDefault, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Experiment
metadata: {name: iris, namespace: models}
spec:
  default: a
  candidates:
  - {name: a, weight: 1}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Experiment
metadata: {name: other, namespace: models}
spec:
  candidates:
  - {name: b, weight: 1}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: single, namespace: models}
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
          set: {seldon-model: a}
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
          set: {seldon-model: a}
      weight: 0
    - destination:
        host: seldon-mesh
        port: {number: 80}
      headers:
        request:
          set: {seldon-model: b}
      weight: 50
    - destination:
        host: seldon-mesh
        port: {number: 80}
      headers:
        request:
          set: {seldon-model: c}
      weight: 50
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: others, namespace: models}
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
          set: {seldon-model: c}
      weight: 50
    - destination:
        host: seldon-mesh
        port: {number: 80}
      headers:
        request:
          set: {seldon-model: b}
      weight: 50
`)).toEqual([]);
});
