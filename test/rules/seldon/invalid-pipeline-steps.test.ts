import { invalidPipelineSteps } from '../../../src/rules/seldon/invalid-pipeline-steps';
import { problemsOf } from '../../support/cluster';

test('finds a Pipeline without steps, or with an empty list', () => {
  expect(problemsOf(invalidPipelineSteps, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Pipeline
metadata: {name: income, namespace: models}
spec: {}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Pipeline
metadata: {name: other, namespace: models}
spec:
  steps: []
`)).toEqual([
    {
      at: 'error at Pipeline models/income spec',
      problem: 'the Pipeline has no steps',
      remedy: 'add at least one',
      related: [],
    },
    {
      at: 'error at Pipeline models/other spec.steps',
      problem: 'the Pipeline has no steps',
      remedy: 'add at least one',
      related: [],
    },
  ]);
});

test('finds a step that appears twice, and one that has the name of the Pipeline', () => {
  expect(problemsOf(invalidPipelineSteps, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Pipeline
metadata: {name: income, namespace: models}
spec:
  steps:
  - {name: a}
  - {name: a}
  - {name: income}
`)).toEqual([
    {
      at: 'error at Pipeline models/income spec.steps[1]',
      problem: 'step "a" appears twice, but a Model can be only one step of a Pipeline',
      remedy: 'remove one of them, or add a second Model with the same files',
      related: [],
    },
    {
      at: 'error at Pipeline models/income spec.steps[2]',
      problem: 'step "income" has the name of the Pipeline, so references to data could mean either of them',
      remedy: 'rename one of them',
      related: [],
    },
  ]);
});

test('is silent about different steps, and steps that the API server rejects', () => {
  expect(problemsOf(invalidPipelineSteps, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Pipeline
metadata: {name: income, namespace: models}
spec:
  steps:
  - {name: a}
  - {name: b}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Pipeline
metadata: {name: x, namespace: models}
spec:
  steps:
  - {}
  - 3
  - {name: 4}
`)).toEqual([]);
});
