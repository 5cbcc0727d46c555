import { invalidModel } from '../../../src/rules/seldon/invalid-model';
import { problemsOf } from '../../support/cluster';

test('finds a missing and an empty location, and one with a blank', () => {
  expect(problemsOf(invalidModel, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: {name: a, namespace: models}
spec: {}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: {name: b, namespace: models}
spec: {storageUri: ' '}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: {name: c, namespace: models}
spec: {storageUri: 'gs ://models/iris'}
`)).toEqual([
    {
      at: 'error at Model models/a spec',
      problem: 'the Model has no storageUri',
      remedy: 'set the location of its files, such as "gs://models/iris"',
      related: [],
    },
    {
      at: 'error at Model models/b spec.storageUri',
      problem: 'storageUri is empty',
      remedy: 'set the location of the model\'s files, such as "gs://models/iris"',
      related: [],
    },
    {
      at: 'warning at Model models/c spec.storageUri',
      problem: 'storageUri "gs ://models/iris" has a blank, which rclone reads as part of the name',
      remedy: 'remove the blank',
      related: [],
    },
  ]);
});

test('finds memory that Seldon cannot convert', () => {
  expect(problemsOf(invalidModel, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: {name: a, namespace: models}
spec: {storageUri: 'gs://m', memory: 1.5Gi}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: {name: b, namespace: models}
spec: {storageUri: 'gs://m', memory: 100m}
`)).toEqual([
    {
      at: 'error at Model models/a spec.memory',
      problem: 'memory is "1.5Gi", which Seldon\'s operator cannot convert to bytes',
      remedy: 'expected a whole number, alone or with Ki, Mi or Gi, such as "1536Mi" instead of "1.5Gi"',
      related: [],
    },
    {
      at: 'error at Model models/b spec.memory',
      problem: 'memory is "100m", which Seldon\'s operator cannot convert to bytes',
      remedy: 'expected a whole number, alone or with Ki, Mi or Gi, such as "1536Mi" instead of "1.5Gi"',
      related: [],
    },
  ]);
});

test('finds requirements with a comma', () => {
  expect(problemsOf(invalidModel, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: {name: iris, namespace: models}
spec:
  storageUri: gs://m
  requirements: ['sklearn,xgboost']
  modelType: a,b
`)).toEqual([
    {
      at: 'error at Model models/iris spec.modelType',
      problem: 'modelType "a,b" has a comma, and no Server has such a capability',
      remedy: 'list each capability by itself in requirements',
      related: [],
    },
    {
      at: 'error at Model models/iris spec.requirements[0]',
      problem: 'requirement "sklearn,xgboost" has a comma, and no Server has such a capability',
      remedy: 'list each capability by itself in requirements',
      related: [],
    },
  ]);
});

test('finds a parameter that is set twice', () => {
  expect(problemsOf(invalidModel, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: {name: iris, namespace: models}
spec:
  storageUri: gs://m
  parameters:
  - {name: a, value: '1'}
  - {name: a, value: '2'}
`)).toEqual([
    {
      at: 'warning at Model models/iris spec.parameters[1]',
      problem: 'parameter "a" is set twice',
      remedy: 'only one of the values reaches the model. Remove the other one',
      related: [],
    },
  ]);
});

test('finds an explainer that is also an llm, and references to both kinds', () => {
  expect(problemsOf(invalidModel, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: {name: iris, namespace: models}
spec:
  storageUri: gs://m
  explainer: {modelRef: a, pipelineRef: b}
  llm: {}
`)).toEqual([
    {
      at: 'error at Model models/iris spec.llm',
      problem: 'the Model has both explainer and llm, but can be only one of them',
      remedy: 'remove one of them',
      related: [],
    },
    {
      at: 'warning at Model models/iris spec.explainer',
      problem: 'explainer has both modelRef "a" and pipelineRef "b"',
      remedy: 'set only one of them',
      related: [],
    },
    {
      at: 'warning at Model models/iris spec.explainer',
      problem: 'the explainer has no type',
      remedy: 'set a type, such as "anchor_tabular"',
      related: [],
    },
    {
      at: 'warning at Model models/iris spec.llm',
      problem: 'llm has neither a modelRef nor a pipelineRef',
      remedy: 'set one of them',
      related: [],
    },
  ]);
});

test('finds references to names that Seldon does not accept', () => {
  expect(problemsOf(invalidModel, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: {name: iris, namespace: models}
spec:
  storageUri: gs://m
  explainer: {type: anchor_tabular, modelRef: a.b}
  llm: {pipelineRef: A}
`)).toEqual([
    {
      at: 'error at Model models/iris spec.explainer.modelRef',
      problem: 'no Model can have the name "a.b"',
      remedy: 'expected lower-case letters, digits and hyphens, with no hyphen at the ends, since Seldon Core 2 accepts no dots, capitals or underscores',
      related: [],
    },
    {
      at: 'error at Model models/iris spec.llm.pipelineRef',
      problem: 'no Pipeline can have the name "A"',
      remedy: 'expected lower-case letters, digits and hyphens, with no hyphen at the ends, since Seldon Core 2 accepts no dots, capitals or underscores',
      related: [],
    },
    {
      at: 'error at Model models/iris spec.llm',
      problem: 'the Model has both explainer and llm, but can be only one of them',
      remedy: 'remove one of them',
      related: [],
    },
  ]);
});

test('is silent about Models that Seldon accepts', () => {
  expect(problemsOf(invalidModel, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: {name: a, namespace: models}
spec:
  storageUri: gs://models/a b
  memory: 1G
  requirements: [sklearn]
  parameters:
  - {name: a, value: '1'}
  - 3
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: {name: b, namespace: models}
spec:
  storageUri: /mnt/models
  memory: 100000
  explainer: {type: tree_shap}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: {name: c, namespace: models}
spec:
  storageUri: gs://m
  llm: {modelRef: a}
`)).toEqual([]);
});
