import { invalidExperiment } from '../../../src/rules/seldon/invalid-experiment';
import { problemsOf } from '../../support/cluster';

test('finds neither a candidate nor a mirror', () => {
  expect(problemsOf(invalidExperiment, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Experiment
metadata: {name: iris, namespace: models}
spec: {}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Experiment
metadata: {name: other, namespace: models}
spec:
  candidates: []
`)).toEqual([
    {
      at: 'error at Experiment models/iris spec',
      problem: 'the Experiment has neither a candidate nor a mirror',
      remedy: 'add at least one candidate',
      related: [],
    },
    {
      at: 'error at Experiment models/other spec',
      problem: 'the Experiment has neither a candidate nor a mirror',
      remedy: 'add at least one candidate',
      related: [],
    },
  ]);
});

test('finds a candidate twice, and one that is the mirror as well', () => {
  expect(problemsOf(invalidExperiment, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Experiment
metadata: {name: iris, namespace: models}
spec:
  candidates:
  - {name: a, weight: 1}
  - {name: a, weight: 1}
  - {name: b, weight: 1}
  mirror: {name: b, percent: 10}
`)).toEqual([
    {
      at: 'error at Experiment models/iris spec.candidates[1]',
      problem: 'Model "a" is a candidate twice',
      remedy: 'list it once, with the sum of the weights',
      related: [],
    },
    {
      at: 'error at Experiment models/iris spec.mirror',
      problem: 'Model "b" is both a candidate and the mirror',
      remedy: 'mirror the requests to another one, or remove the mirror',
      related: [],
    },
  ]);
});

test('finds a default that is not a candidate', () => {
  expect(problemsOf(invalidExperiment, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Experiment
metadata: {name: iris, namespace: models}
spec:
  default: iris-v3
  candidates:
  - {name: iris-v1, weight: 1}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Experiment
metadata: {name: other, namespace: models}
spec:
  default: wine
  candidates:
  - {name: iris-v1, weight: 1}
`)).toEqual([
    {
      at: 'error at Experiment models/iris spec.default',
      problem: 'the default, "iris-v3", is not a candidate',
      remedy: 'did you mean "iris-v1"?',
      related: [],
    },
    {
      at: 'error at Experiment models/other spec.default',
      problem: 'the default, "wine", is not a candidate',
      remedy: 'add it to the candidates, or remove the default',
      related: [],
    },
  ]);
});

test('finds resource types that Seldon reads as model', () => {
  expect(problemsOf(invalidExperiment, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Experiment
metadata: {name: iris, namespace: models}
spec:
  resourceType: Pipeline
  candidates:
  - {name: a, weight: 1}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Experiment
metadata: {name: other, namespace: models}
spec:
  resourceType: server
  candidates:
  - {name: a, weight: 1}
`)).toEqual([
    {
      at: 'warning at Experiment models/iris spec.resourceType',
      problem: 'resourceType is "Pipeline", which Seldon reads as "model"',
      remedy: 'did you mean "pipeline"?',
      related: [],
    },
    {
      at: 'warning at Experiment models/other spec.resourceType',
      problem: 'resourceType is "server", which Seldon reads as "model"',
      remedy: 'expected one of "model", "pipeline"',
      related: [],
    },
  ]);
});

test('is silent about Experiments that Seldon accepts', () => {
  expect(problemsOf(invalidExperiment, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Experiment
metadata: {name: iris, namespace: models}
spec:
  default: a
  candidates:
  - {name: a, weight: 1}
  - {name: b, weight: 0}
  mirror: {name: c, percent: 10}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Experiment
metadata: {name: other, namespace: models}
spec:
  candidates: []
  resourceType: pipeline
  mirror: {name: c, percent: 10}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Experiment
metadata: {name: odd, namespace: models}
spec:
  candidates:
  - 3
  - {}
`)).toEqual([]);
});
