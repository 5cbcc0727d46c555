import { pipelineCycle } from '../../../src/rules/seldon/pipeline-cycle';
import { problemsOf } from '../../support/cluster';

test('finds a step that reads itself', () => {
  expect(problemsOf(pipelineCycle, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Pipeline
metadata: {name: income, namespace: models}
spec:
  steps:
  - name: a
    inputs: [a.outputs.x]
`)).toEqual([
    {
      at: 'error at Pipeline models/income spec.steps[0]',
      problem: 'step "a" reads its own data',
      remedy: 'break the cycle, or allow it with allowCycles and maxStepRevisits',
      related: [],
    },
  ]);
});

test('finds a cycle through inputs and triggers', () => {
  expect(problemsOf(pipelineCycle, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Pipeline
metadata: {name: income, namespace: models}
spec:
  steps:
  - name: a
    inputs: [c]
  - name: b
    inputs: [a]
  - name: c
    triggers: [b.outputs.x]
`)).toEqual([
    {
      at: 'error at Pipeline models/income spec.steps[0]',
      problem: 'steps wait for each other ("a", which reads "c", which reads "b", which reads "a")',
      remedy: 'break the cycle, or allow it with allowCycles and maxStepRevisits',
      related: [],
    },
  ]);
});

test('finds a cycle through the output, which the scheduler does not follow', () => {
  expect(problemsOf(pipelineCycle, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Pipeline
metadata: {name: income, namespace: models}
spec:
  steps:
  - name: a
    inputs: [income.outputs]
  output:
    steps: [a]
`)).toEqual([
    {
      at: 'warning at Pipeline models/income spec.steps[0]',
      problem: 'steps wait for each other ("a", which reads the output, which reads "a"), so the Pipeline may never respond',
      remedy: 'read data of a step instead of the output',
      related: [],
    },
  ]);
});

test('finds a cycle that is allowed, and no revisits', () => {
  expect(problemsOf(pipelineCycle, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Pipeline
metadata: {name: income, namespace: models}
spec:
  steps:
  - name: a
    inputs: [a]
  allowCycles: true
`)).toEqual([
    {
      at: 'warning at Pipeline models/income spec.steps[0]',
      problem: 'step "a" reads its own data, and maxStepRevisits is 0, so requests that return to a step fail',
      remedy: 'set how often a request may return',
      related: [],
    },
  ]);
});

test('is silent about allowed cycles, and steps that do not exist', () => {
  expect(problemsOf(pipelineCycle, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Pipeline
metadata: {name: income, namespace: models}
spec:
  steps:
  - name: a
    inputs: [a]
  allowCycles: true
  maxStepRevisits: 3
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Pipeline
metadata: {name: other, namespace: models}
spec:
  steps:
  - name: a
    inputs: [b]
  - name: c
    inputs: [a, other.inputs]
`)).toEqual([]);
});
