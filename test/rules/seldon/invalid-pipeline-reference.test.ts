import { invalidPipelineReference } from '../../../src/rules/seldon/invalid-pipeline-reference';
import { problemsOf } from '../../support/cluster';

test('finds references with a wrong part, too many parts, or none', () => {
  expect(problemsOf(invalidPipelineReference, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Pipeline
metadata: {name: income, namespace: models}
spec:
  steps:
  - {name: a}
  - name: b
    inputs: [a.output, a.outputs.x.y, '']
    triggers: [a.OUTPUTS.x]
  output:
    steps: [b.out]
`)).toEqual([
    {
      at: 'error at Pipeline models/income spec.output.steps[0]',
      problem: '"b.out" is not valid as a step of the output',
      remedy: 'expected a step or a part of its data, such as "step.outputs" or "step.outputs.tensor"',
      related: [],
    },
    {
      at: 'error at Pipeline models/income spec.steps[1].inputs[0]',
      problem: '"a.output" is not valid as an input of step "b"',
      remedy: 'expected a step or a part of its data, such as "step.outputs" or "step.outputs.tensor"',
      related: [],
    },
    {
      at: 'error at Pipeline models/income spec.steps[1].inputs[1]',
      problem: '"a.outputs.x.y" is not valid as an input of step "b"',
      remedy: 'expected a step or a part of its data, such as "step.outputs" or "step.outputs.tensor"',
      related: [],
    },
    {
      at: 'error at Pipeline models/income spec.steps[1].inputs[2]',
      problem: 'an empty string is not valid as an input of step "b"',
      remedy: 'expected a step or a part of its data, such as "step.outputs" or "step.outputs.tensor"',
      related: [],
    },
    {
      at: 'error at Pipeline models/income spec.steps[1].triggers[0]',
      problem: '"a.OUTPUTS.x" is not valid as a trigger of step "b"',
      remedy: 'expected a step or a part of its data, such as "step.outputs" or "step.outputs.tensor"',
      related: [],
    },
  ]);
});

test('finds references to other Pipelines', () => {
  expect(problemsOf(invalidPipelineReference, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Pipeline
metadata: {name: income, namespace: models}
spec:
  steps:
  - {name: a}
  input:
    externalInputs: [other.step, other.a.outputs, '', income.outputs]
    externalTriggers: [other.outputs.x.y]
`)).toEqual([
    {
      at: 'error at Pipeline models/income spec.input.externalInputs[0]',
      problem: '"other.step" is not valid as an external input',
      remedy: 'expected data of another Pipeline, such as "pipeline.outputs", "pipeline.outputs.tensor" or "pipeline.step.name.outputs"',
      related: [],
    },
    {
      at: 'error at Pipeline models/income spec.input.externalInputs[1]',
      problem: '"other.a.outputs" is not valid as an external input',
      remedy: 'expected data of another Pipeline, such as "pipeline.outputs", "pipeline.outputs.tensor" or "pipeline.step.name.outputs"',
      related: [],
    },
    {
      at: 'error at Pipeline models/income spec.input.externalInputs[2]',
      problem: 'an empty string is not valid as an external input',
      remedy: 'expected data of another Pipeline, such as "pipeline.outputs", "pipeline.outputs.tensor" or "pipeline.step.name.outputs"',
      related: [],
    },
    {
      at: 'error at Pipeline models/income spec.input.externalTriggers[0]',
      problem: '"other.outputs.x.y" is not valid as an external trigger',
      remedy: 'expected data of another Pipeline, such as "pipeline.outputs", "pipeline.outputs.tensor" or "pipeline.step.name.outputs"',
      related: [],
    },
    {
      at: 'warning at Pipeline models/income spec.input.externalInputs[3]',
      problem: '"income.outputs", an external input, is data of the Pipeline itself',
      remedy: 'its steps can read it anyway. List data of other Pipelines',
      related: [],
    },
  ]);
});

test('finds an input without inputs', () => {
  expect(problemsOf(invalidPipelineReference, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Pipeline
metadata: {name: income, namespace: models}
spec:
  steps:
  - {name: a}
  input:
    externalTriggers: [other]
`)).toEqual([
    {
      at: 'error at Pipeline models/income spec.input',
      problem: 'the input has no externalInputs',
      remedy: 'list data of other Pipelines, or remove the input',
      related: [],
    },
  ]);
});

test('is silent about all forms that Seldon accepts', () => {
  expect(problemsOf(invalidPipelineReference, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Pipeline
metadata: {name: income, namespace: models}
spec:
  steps:
  - {name: a}
  - name: b
    inputs: [a, a.outputs, a.inputs.x, income, income.inputs.y]
    triggers: [a.outputs.z]
  output:
    steps: [b, a.outputs.t]
  input:
    externalInputs: [p, p.inputs, p.outputs.t, p.step.s, p.step.s.outputs, p.step.s.inputs.t]
`)).toEqual([]);
});
