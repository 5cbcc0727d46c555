import { invalidExperimentWeights } from '../../../src/rules/seldon/invalid-experiment-weights';
import { problemsOf } from '../../support/cluster';

test('finds no weight above 0', () => {
  expect(problemsOf(invalidExperimentWeights, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Experiment
metadata: {name: iris, namespace: models}
spec:
  candidates:
  - {name: a, weight: 0}
  - {name: b}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Experiment
metadata: {name: other, namespace: models}
spec:
  candidates:
  - {name: a, weight: 0}
`)).toEqual([
    {
      at: 'error at Experiment models/iris spec.candidates',
      problem: 'the weights of all candidates are 0, so Seldon\'s Envoy rejects the route',
      remedy: 'give a candidate a weight above 0',
      related: [],
    },
    {
      at: 'error at Experiment models/other spec.candidates',
      problem: 'the weight of the only candidate, "a", is 0, so Seldon\'s Envoy rejects the route',
      remedy: 'give a candidate a weight above 0',
      related: [],
    },
  ]);
});

test('finds negative numbers', () => {
  expect(problemsOf(invalidExperimentWeights, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Experiment
metadata: {name: iris, namespace: models}
spec:
  candidates:
  - {name: a, weight: -1}
  - {name: b, weight: 2}
  mirror: {name: c, percent: -1}
`)).toEqual([
    {
      at: 'error at Experiment models/iris spec.candidates[0].weight',
      problem: 'the weight of "a" is -1, and Seldon\'s operator cannot read negative numbers',
      remedy: 'use 0 or more',
      related: [],
    },
    {
      at: 'error at Experiment models/iris spec.mirror.percent',
      problem: 'the percent of the mirror is -1, and Seldon\'s operator cannot read negative numbers',
      remedy: 'use 0 to 100',
      related: [],
    },
  ]);
});

test('finds a sum that Envoy does not accept, and more than 100 percent', () => {
  expect(problemsOf(invalidExperimentWeights, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Experiment
metadata: {name: iris, namespace: models}
spec:
  candidates:
  - {name: a, weight: 4294967295}
  - {name: b, weight: 1}
  mirror: {name: c, percent: 101}
`)).toEqual([
    {
      at: 'error at Experiment models/iris spec.candidates',
      problem: 'the weights of the candidates add up to 4294967296, and Envoy accepts at most 4294967295',
      remedy: 'use smaller weights',
      related: [],
    },
    {
      at: 'warning at Experiment models/iris spec.mirror.percent',
      problem: 'the percent of the mirror is 101, which is more than all requests',
      remedy: 'use 0 to 100',
      related: [],
    },
  ]);
});

test('is silent about relative weights, and an Experiment with only a mirror', () => {
  expect(problemsOf(invalidExperimentWeights, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Experiment
metadata: {name: iris, namespace: models}
spec:
  candidates:
  - {name: a, weight: 3}
  - {name: b, weight: 0}
  mirror: {name: c, percent: 100}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Experiment
metadata: {name: other, namespace: models}
spec:
  candidates: []
  mirror: {name: c, percent: 0}
`)).toEqual([]);
});
