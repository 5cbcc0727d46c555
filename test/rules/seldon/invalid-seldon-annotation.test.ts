import { invalidSeldonAnnotation } from '../../../src/rules/seldon/invalid-seldon-annotation';
import { problemsOf } from '../../support/cluster';

test('finds retries and timeouts that the operator or Istio cannot read', () => {
  expect(problemsOf(invalidSeldonAnnotation, `
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata:
  name: a
  namespace: models
  annotations: {seldon.io/istio-retries: three, seldon.io/istio-retries-timeout: 5s}
spec:
  predictors:
  - name: main
    graph: {name: classifier, implementation: SKLEARN_SERVER, modelUri: 'gs://models/iris'}
---
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata:
  name: b
  namespace: models
  annotations: {seldon.io/istio-retries: ignored}
spec:
  annotations: {seldon.io/istio-retries: '2', seldon.io/istio-retries-timeout: '0'}
  predictors:
  - name: main
    graph: {name: classifier, implementation: SKLEARN_SERVER, modelUri: 'gs://models/iris'}
---
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata:
  name: c
  namespace: models
  annotations: {seldon.io/istio-retries-timeout: '5'}
spec:
  predictors:
  - name: main
    graph: {name: classifier, implementation: SKLEARN_SERVER, modelUri: 'gs://models/iris'}
`)).toEqual([
    {
      at: 'error at SeldonDeployment models/a metadata.annotations.seldon.io/istio-retries',
      problem: 'annotation seldon.io/istio-retries is "three", which the operator cannot read',
      remedy: 'use a whole number, such as "3"',
      related: [],
    },
    {
      at: 'error at SeldonDeployment models/a metadata.annotations.seldon.io/istio-retries-timeout',
      problem: 'annotation seldon.io/istio-retries-timeout is "5s", which the operator cannot read',
      remedy: 'use a whole number of seconds without a unit, such as "5"',
      related: [],
    },
    {
      at: 'error at SeldonDeployment models/b spec.annotations.seldon.io/istio-retries-timeout',
      problem: 'annotation seldon.io/istio-retries-timeout is "0", so Istio rejects the route of the operator',
      remedy: 'use 1 second or more',
      related: [],
    },
    {
      at: 'warning at SeldonDeployment models/c metadata.annotations.seldon.io/istio-retries-timeout',
      problem: 'annotation seldon.io/istio-retries-timeout is "5", and the operator reads it only together with seldon.io/istio-retries',
      remedy: 'set both, or neither',
      related: [],
    },
  ]);
});

test('finds annotations where the operator does not read them', () => {
  expect(problemsOf(invalidSeldonAnnotation, `
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata:
  name: iris
  namespace: models
  annotations: {seldon.io/rest-timeout: '5000', seldon.io/no-engine: 'true'}
spec:
  annotations: {seldon.io/svc-name: a}
  predictors:
  - name: main
    graph: {name: classifier, implementation: SKLEARN_SERVER, modelUri: 'gs://models/iris'}
`)).toEqual([
    {
      at: 'warning at SeldonDeployment models/iris metadata.annotations.seldon.io/no-engine',
      problem: 'the operator does not read annotation seldon.io/no-engine in metadata.annotations',
      remedy: 'move it to the annotations of the predictor',
      related: [],
    },
    {
      at: 'warning at SeldonDeployment models/iris metadata.annotations.seldon.io/rest-timeout',
      problem: 'the operator does not read annotation seldon.io/rest-timeout in metadata.annotations',
      remedy: 'move it to spec.annotations',
      related: [],
    },
    {
      at: 'warning at SeldonDeployment models/iris spec.annotations.seldon.io/svc-name',
      problem: 'the operator does not read annotation seldon.io/svc-name in spec.annotations',
      remedy: 'move it to the annotations of the predictor',
      related: [],
    },
  ]);
});

test('finds misspelled annotations, wrong values, and those of old releases', () => {
  expect(problemsOf(invalidSeldonAnnotation, `
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata:
  name: iris
  namespace: models
  annotations: {seldon.io/istio-hosts: a.example.com}
spec:
  annotations: {seldon.io/rest-timeout: 5s, seldon.io/engine-java-opts: -Xmx1G}
  predictors:
  - name: main
    graph: {name: classifier, implementation: SKLEARN_SERVER, modelUri: 'gs://models/iris'}
    annotations: {seldon.io/no-engin: 'true'}
    componentSpecs:
    - metadata:
        annotations: {seldon.io/grpc-timeout: long}
`)).toEqual([
    {
      at: 'warning at SeldonDeployment models/iris metadata.annotations.seldon.io/istio-hosts',
      problem: 'annotation seldon.io/istio-hosts is "a.example.com"',
      remedy: 'Seldon does not read it. Did you mean seldon.io/istio-host?',
      related: [],
    },
    {
      at: 'warning at SeldonDeployment models/iris spec.annotations.seldon.io/rest-timeout',
      problem: 'annotation seldon.io/rest-timeout is "5s"',
      remedy: 'expected a whole number, such as "5000", without a unit and without quotes in the value',
      related: [],
    },
    {
      at: 'warning at SeldonDeployment models/iris spec.predictors[0].annotations.seldon.io/no-engin',
      problem: 'annotation seldon.io/no-engin is "true"',
      remedy: 'Seldon does not read it. Did you mean seldon.io/no-engine?',
      related: [],
    },
    {
      at: 'warning at SeldonDeployment models/iris spec.predictors[0].componentSpecs[0].metadata.annotations.seldon.io/grpc-timeout',
      problem: 'annotation seldon.io/grpc-timeout is "long"',
      remedy: 'expected a whole number, such as "5000", without a unit and without quotes in the value',
      related: [],
    },
    {
      at: 'info at SeldonDeployment models/iris spec.annotations.seldon.io/engine-java-opts',
      problem: 'annotation seldon.io/engine-java-opts is "-Xmx1G"',
      remedy: 'no release since 1.17 reads it. The orchestrator is no longer written in Java: leave it out',
      related: [],
    },
  ]);
});

test('is silent about annotations that Seldon reads, and those of others', () => {
  expect(problemsOf(invalidSeldonAnnotation, `
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata:
  name: iris
  namespace: models
  annotations: {seldon.io/istio-retries: '3', seldon.io/istio-retries-timeout: '5', seldon.io/istio-host: a.example.com, other: 3}
spec:
  annotations: {seldon.io/rest-timeout: '5000', project: x}
  predictors:
  - name: main
    graph: {name: classifier, implementation: SKLEARN_SERVER, modelUri: 'gs://models/iris'}
    annotations: {seldon.io/svc-name: a}
`)).toEqual([]);
});
