import { ineffectiveTensorMap } from '../../../src/rules/seldon/ineffective-tensor-map';
import { problemsOf } from '../../support/cluster';

test('finds a tensor that the step does not read', () => {
  expect(problemsOf(ineffectiveTensorMap, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Pipeline
metadata: {name: income, namespace: models}
spec:
  steps:
  - {name: a}
  - name: b
    inputs: [a.outputs.x]
    tensorMap: {a.outputs.y: z, income.inputs.x: w}
`)).toEqual([
    {
      at: 'warning at Pipeline models/income spec.steps[1].tensorMap.a.outputs.y',
      problem: 'step "b" does not read "a.outputs.y", so Seldon ignores it in the tensorMap',
      remedy: 'expected a tensor of "a.outputs.x"',
      related: [],
    },
    {
      at: 'warning at Pipeline models/income spec.steps[1].tensorMap.income.inputs.x',
      problem: 'step "b" does not read "income.inputs.x", so Seldon ignores it in the tensorMap',
      remedy: 'expected a tensor of "a.outputs.x"',
      related: [],
    },
  ]);
});

test('finds a key that is no tensor', () => {
  expect(problemsOf(ineffectiveTensorMap, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Pipeline
metadata: {name: income, namespace: models}
spec:
  steps:
  - name: a
    tensorMap: {income.inputs: z, x: y}
`)).toEqual([
    {
      at: 'warning at Pipeline models/income spec.steps[0].tensorMap.income.inputs',
      problem: '"income.inputs" in the tensorMap of step "a" does not name a tensor, so Seldon ignores it',
      remedy: 'expected a reference such as "step.outputs.tensor"',
      related: [],
    },
    {
      at: 'warning at Pipeline models/income spec.steps[0].tensorMap.x',
      problem: '"x" in the tensorMap of step "a" does not name a tensor, so Seldon ignores it',
      remedy: 'expected a reference such as "step.outputs.tensor"',
      related: [],
    },
  ]);
});

test('finds two tensors with one name', () => {
  expect(problemsOf(ineffectiveTensorMap, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Pipeline
metadata: {name: income, namespace: models}
spec:
  steps:
  - {name: a}
  - name: b
    inputs: [a, income]
    tensorMap: {a.outputs.x: z, income.inputs.x: z}
`)).toEqual([
    {
      at: 'warning at Pipeline models/income spec.steps[1].tensorMap.income.inputs.x',
      problem: '"a.outputs.x" and "income.inputs.x" are both renamed to "z" for step "b"',
      remedy: 'one of them would be lost. Give each its own name',
      related: [],
    },
  ]);
});

test('finds maps of the output and of the input', () => {
  expect(problemsOf(ineffectiveTensorMap, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Pipeline
metadata: {name: income, namespace: models}
spec:
  steps:
  - {name: a}
  output:
    steps: [a.outputs.x]
    tensorMap: {a.outputs.y: z}
  input:
    externalInputs: [p.outputs]
    tensorMap: {p.inputs.x: y}
`)).toEqual([
    {
      at: 'warning at Pipeline models/income spec.input.tensorMap.p.inputs.x',
      problem: 'the input does not read "p.inputs.x", so Seldon ignores it in the tensorMap',
      remedy: 'expected a tensor of "p.outputs"',
      related: [],
    },
    {
      at: 'warning at Pipeline models/income spec.output.tensorMap.a.outputs.y',
      problem: 'the output does not read "a.outputs.y", so Seldon ignores it in the tensorMap',
      remedy: 'expected a tensor of "a.outputs.x"',
      related: [],
    },
  ]);
});

test('is silent about tensors that are read, and the same name for one of several inputs', () => {
  expect(problemsOf(ineffectiveTensorMap, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Pipeline
metadata: {name: income, namespace: models}
spec:
  steps:
  - name: a
    tensorMap: {income.inputs.x: y}
  - name: b
    inputs: [a, income.inputs.x]
    inputsJoinType: any
    tensorMap: {a.outputs.x: z, income.inputs.x: z}
  output:
    steps: [a, b]
    tensorMap: {b.outputs.x: y}
  input:
    externalInputs: [p, q.step.s.outputs.t]
    tensorMap: {p.outputs.x: y, q.step.s.outputs.t: z}
`)).toEqual([]);
});
