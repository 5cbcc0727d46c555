import { unknownModelReference } from '../../../src/rules/seldon/unknown-model-reference';
import { problemsOf } from '../../support/cluster';

test('finds a step and a mirror whose Model does not exist', () => {
  expect(problemsOf(unknownModelReference, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: {name: preprocess, namespace: models}
spec: {storageUri: 'gs://m'}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Pipeline
metadata: {name: income, namespace: models}
spec:
  steps:
  - {name: preproces}
  - {name: elephant}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Experiment
metadata: {name: iris, namespace: models}
spec:
  candidates:
  - {name: preprocess, weight: 1}
  - {name: zebra, weight: 1}
  mirror: {name: giraffe, percent: 1}
`)).toEqual([
    {
      at: 'warning at Pipeline models/income spec.steps[0].name',
      problem: 'step "preproces" is Model models/preproces, which does not exist',
      remedy: 'did you mean "preprocess"?',
      related: [],
    },
    {
      at: 'warning at Pipeline models/income spec.steps[1].name',
      problem: 'step "elephant" is Model models/elephant, which does not exist',
      remedy: 'create the Model, or add the file that holds it as context',
      related: [],
    },
    {
      at: 'warning at Experiment models/iris spec.candidates[1].name',
      problem: 'candidate "zebra" is Model models/zebra, which does not exist',
      remedy: 'create the Model, or add the file that holds it as context',
      related: [],
    },
    {
      at: 'warning at Experiment models/iris spec.mirror.name',
      problem: 'mirror "giraffe" is Model models/giraffe, which does not exist',
      remedy: 'create the Model, or add the file that holds it as context',
      related: [],
    },
  ]);
});

test('finds a candidate whose Pipeline does not exist', () => {
  expect(problemsOf(unknownModelReference, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Pipeline
metadata: {name: income, namespace: models}
spec:
  steps:
  - {name: a}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Experiment
metadata: {name: iris, namespace: models}
spec:
  resourceType: pipeline
  candidates:
  - {name: incom, weight: 1}
`)).toEqual([
    {
      at: 'warning at Experiment models/iris spec.candidates[0].name',
      problem: 'candidate "incom" is Pipeline models/incom, which does not exist',
      remedy: 'did you mean "income"?',
      related: [],
    },
  ]);
});

test('finds an explainer of a Model that does not exist', () => {
  expect(problemsOf(unknownModelReference, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: {name: iris, namespace: models}
spec: {storageUri: 'gs://m'}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: {name: explainer, namespace: models}
spec:
  storageUri: gs://m
  explainer: {modelRef: irs}
`)).toEqual([
    {
      at: 'warning at Model models/explainer spec.explainer.modelRef',
      problem: 'modelRef "irs" of explainer is Model models/irs, which does not exist',
      remedy: 'did you mean "iris"?',
      related: [],
    },
  ]);
});

test('is silent without other Models of the namespace', () => {
  expect(problemsOf(unknownModelReference, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: {name: other, namespace: another}
spec: {storageUri: 'gs://m'}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Pipeline
metadata: {name: income, namespace: models}
spec:
  steps:
  - {name: a}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Experiment
metadata: {name: iris, namespace: models}
spec:
  candidates:
  - {name: b, weight: 1}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: {name: only, namespace: lonely}
spec:
  storageUri: gs://m
  explainer: {modelRef: gone, pipelineRef: lost}
`)).toEqual([]);
});

test('is silent about Models that exist', () => {
  expect(problemsOf(unknownModelReference, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: {name: a, namespace: models}
spec: {storageUri: 'gs://m'}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: {name: b, namespace: models}
spec:
  storageUri: gs://m
  llm: {pipelineRef: income}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Pipeline
metadata: {name: income, namespace: models}
spec:
  steps:
  - {name: a}
  - {name: b}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Experiment
metadata: {name: iris, namespace: models}
spec:
  candidates:
  - {name: a, weight: 1}
  mirror: {name: b, percent: 1}
`)).toEqual([]);
});
