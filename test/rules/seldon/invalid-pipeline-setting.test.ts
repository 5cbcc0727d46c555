import { invalidPipelineSetting } from '../../../src/rules/seldon/invalid-pipeline-setting';
import { problemsOf } from '../../support/cluster';

test('finds negative numbers', () => {
  expect(problemsOf(invalidPipelineSetting, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Pipeline
metadata: {name: income, namespace: models}
spec:
  steps:
  - name: a
    joinWindowMs: -1
    batch: {size: -2, windowMs: -3}
  output:
    steps: [a]
    joinWindowMs: -4
  maxStepRevisits: -5
  input:
    externalInputs: [p]
    joinWindowMs: -6
`)).toEqual([
    {
      at: 'error at Pipeline models/income spec.input.joinWindowMs',
      problem: 'joinWindowMs is -6, and Seldon\'s operator cannot read negative numbers',
      remedy: 'use 0 or more',
      related: [],
    },
    {
      at: 'error at Pipeline models/income spec.maxStepRevisits',
      problem: 'maxStepRevisits is -5, and Seldon\'s operator cannot read negative numbers',
      remedy: 'use 0 or more',
      related: [],
    },
    {
      at: 'error at Pipeline models/income spec.output.joinWindowMs',
      problem: 'joinWindowMs is -4, and Seldon\'s operator cannot read negative numbers',
      remedy: 'use 0 or more',
      related: [],
    },
    {
      at: 'error at Pipeline models/income spec.steps[0].batch.size',
      problem: 'size is -2, and Seldon\'s operator cannot read negative numbers',
      remedy: 'use 0 or more',
      related: [],
    },
    {
      at: 'error at Pipeline models/income spec.steps[0].batch.windowMs',
      problem: 'windowMs is -3, and Seldon\'s operator cannot read negative numbers',
      remedy: 'use 0 or more',
      related: [],
    },
    {
      at: 'error at Pipeline models/income spec.steps[0].joinWindowMs',
      problem: 'joinWindowMs is -1, and Seldon\'s operator cannot read negative numbers',
      remedy: 'use 0 or more',
      related: [],
    },
  ]);
});

test('is silent about other numbers, and about join types, which the schema judges', () => {
  expect(problemsOf(invalidPipelineSetting, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Pipeline
metadata: {name: income, namespace: models}
spec:
  steps:
  - name: a
    inputsJoinType: any
    triggersJoinType: outer
    joinWindowMs: 0
    batch: {size: 10, windowMs: 50}
  - {name: b, batch: 3}
  output:
    steps: [a]
    stepsJoin: Any
`)).toEqual([]);
});
