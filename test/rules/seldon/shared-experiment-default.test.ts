import { sharedExperimentDefault } from '../../../src/rules/seldon/shared-experiment-default';
import { problemsOf } from '../../support/cluster';

test('finds the Experiment whose name comes later', () => {
  expect(problemsOf(sharedExperimentDefault, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Experiment
metadata: {name: one, namespace: models}
spec:
  default: a
  candidates:
  - {name: a, weight: 1}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Experiment
metadata: {name: two, namespace: models}
spec:
  default: a
  candidates:
  - {name: a, weight: 1}
`)).toEqual([
    {
      at: 'error at Experiment models/two spec.default',
      problem: 'Model "a" is also the default of Experiment models/one, and Seldon rejects the Experiment that is created later',
      remedy: 'set default in only one Experiment of the namespace',
      related: ['Experiment models/one spec.default'],
    },
  ]);
});

test('finds the Experiment that was created later', () => {
  expect(problemsOf(sharedExperimentDefault, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Experiment
metadata: {name: one, namespace: models, creationTimestamp: '2026-02-01T00:00:00Z'}
spec:
  default: a
  candidates:
  - {name: a, weight: 1}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Experiment
metadata: {name: two, namespace: models, creationTimestamp: '2026-01-01T00:00:00Z'}
spec:
  default: a
  candidates:
  - {name: a, weight: 1}
`)).toEqual([
    {
      at: 'error at Experiment models/one spec.default',
      problem: 'Model "a" is also the default of Experiment models/two, and Seldon rejects the Experiment that is created later',
      remedy: 'set default in only one Experiment of the namespace',
      related: ['Experiment models/two spec.default'],
    },
  ]);
});

test('finds Experiments of Pipelines', () => {
  expect(problemsOf(sharedExperimentDefault, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Experiment
metadata: {name: one, namespace: models}
spec:
  resourceType: pipeline
  default: a
  candidates:
  - {name: a, weight: 1}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Experiment
metadata: {name: two, namespace: models}
spec:
  resourceType: pipeline
  default: a
  candidates:
  - {name: a, weight: 1}
`)).toEqual([
    {
      at: 'error at Experiment models/two spec.default',
      problem: 'Pipeline "a" is also the default of Experiment models/one, and Seldon rejects the Experiment that is created later',
      remedy: 'set default in only one Experiment of the namespace',
      related: ['Experiment models/one spec.default'],
    },
  ]);
});

test('is silent about a Model and a Pipeline of the same name, other namespaces, and Experiments without a default', () => {
  expect(problemsOf(sharedExperimentDefault, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Experiment
metadata: {name: one, namespace: models}
spec:
  resourceType: pipeline
  default: a
  candidates:
  - {name: a, weight: 1}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Experiment
metadata: {name: two, namespace: models}
spec:
  default: a
  candidates:
  - {name: a, weight: 1}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Experiment
metadata: {name: three, namespace: models}
spec:
  candidates:
  - {name: a, weight: 1}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Experiment
metadata: {name: four, namespace: other}
spec:
  default: a
  candidates:
  - {name: a, weight: 1}
`)).toEqual([]);
});
