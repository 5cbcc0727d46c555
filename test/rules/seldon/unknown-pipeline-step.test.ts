import { unknownPipelineStep } from '../../../src/rules/seldon/unknown-pipeline-step';
import { problemsOf } from '../../support/cluster';

test('finds inputs, triggers and outputs that name no step', () => {
  expect(problemsOf(unknownPipelineStep, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Pipeline
metadata: {name: income, namespace: models}
spec:
  steps:
  - {name: preprocess}
  - name: classifier
    inputs: [preproces]
    triggers: [gate.outputs.open]
  output:
    steps: [clasifier, income.outputs]
`)).toEqual([
    {
      at: 'error at Pipeline models/income spec.output.steps[0]',
      problem: 'the output returns step "clasifier", which the Pipeline does not have',
      remedy: 'did you mean "classifier"?',
      related: [],
    },
    {
      at: 'error at Pipeline models/income spec.output.steps[1]',
      problem: 'the output returns "income.outputs", but a Pipeline returns only data of its steps',
      remedy: 'name a step',
      related: [],
    },
    {
      at: 'error at Pipeline models/income spec.steps[1].inputs[0]',
      problem: 'step "classifier" reads step "preproces", which the Pipeline does not have',
      remedy: 'did you mean "preprocess"?',
      related: [],
    },
    {
      at: 'error at Pipeline models/income spec.steps[1].triggers[0]',
      problem: 'step "classifier" waits for step "gate", which the Pipeline does not have',
      remedy: 'expected one of "preprocess", "classifier"',
      related: [],
    },
  ]);
});

test('finds the output of a Pipeline that has none', () => {
  expect(problemsOf(unknownPipelineStep, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Pipeline
metadata: {name: income, namespace: models}
spec:
  steps:
  - {name: a}
  - name: b
    inputs: [income.outputs]
`)).toEqual([
    {
      at: 'error at Pipeline models/income spec.steps[1].inputs[0]',
      problem: 'step "b" reads the output of the Pipeline, which has none',
      remedy: 'add an output, or read data of a step',
      related: [],
    },
  ]);
});

test('finds a step and an output that another Pipeline does not have', () => {
  expect(problemsOf(unknownPipelineStep, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Pipeline
metadata: {name: income, namespace: models}
spec:
  steps:
  - {name: a}
  input:
    externalInputs: [other.step.c.outputs, other.outputs.x]
    externalTriggers: [other.step.b]
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Pipeline
metadata: {name: other, namespace: models}
spec:
  steps:
  - {name: b}
`)).toEqual([
    {
      at: 'error at Pipeline models/income spec.input.externalInputs[0]',
      problem: 'the input reads step "c" of Pipeline models/other, which does not have it',
      remedy: 'expected "b"',
      related: [],
    },
    {
      at: 'error at Pipeline models/income spec.input.externalInputs[1]',
      problem: 'the input reads the output of Pipeline models/other, which has none',
      remedy: 'add an output to it, or read data of one of its steps',
      related: [],
    },
  ]);
});

test('finds a Pipeline that does not exist', () => {
  expect(problemsOf(unknownPipelineStep, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Pipeline
metadata: {name: income, namespace: models}
spec:
  steps:
  - {name: a}
  input:
    externalInputs: [othr.outputs, elephant]
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Pipeline
metadata: {name: other, namespace: models}
spec:
  steps:
  - {name: b}
  output:
    steps: [b]
`)).toEqual([
    {
      at: 'warning at Pipeline models/income spec.input.externalInputs[0]',
      problem: 'the input reads Pipeline models/othr, which does not exist',
      remedy: 'did you mean "other"?',
      related: [],
    },
    {
      at: 'warning at Pipeline models/income spec.input.externalInputs[1]',
      problem: 'the input reads Pipeline models/elephant, which does not exist',
      remedy: 'create the Pipeline, or add the file that holds it as context',
      related: [],
    },
  ]);
});

test('is silent about data that exists, and references that Seldon cannot read', () => {
  expect(problemsOf(unknownPipelineStep, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Pipeline
metadata: {name: income, namespace: models}
spec:
  steps:
  - name: a
    inputs: [income.inputs.x]
  - name: b
    inputs: [a, a.x.y]
    triggers: [income]
  output:
    steps: [b.outputs.t]
  input:
    externalInputs: [other.step.b.inputs, other.inputs, other]
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Pipeline
metadata: {name: other, namespace: models}
spec:
  steps:
  - {name: b}
  output:
    steps: [b]
`)).toEqual([]);
});
