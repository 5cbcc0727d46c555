import { invalidReplicas } from '../../../src/rules/seldon/invalid-replicas';
import { problemsOf } from '../../support/cluster';

test('finds numbers that contradict each other', () => {
  expect(problemsOf(invalidReplicas, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: {name: a, namespace: models}
spec: {storageUri: 'gs://m', replicas: 1, minReplicas: 2, maxReplicas: 4}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: {name: b, namespace: models}
spec: {storageUri: 'gs://m', replicas: 5, maxReplicas: 4}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Server
metadata: {name: mlserver, namespace: models}
spec: {serverConfig: mlserver, minReplicas: 3, maxReplicas: 2}
`)).toEqual([
    {
      at: 'error at Model models/a spec.replicas',
      problem: 'replicas is 1 and minReplicas is 2',
      remedy: 'replicas must not be less than minReplicas',
      related: [],
    },
    {
      at: 'error at Model models/b spec.replicas',
      problem: 'replicas is 5 and maxReplicas is 4',
      remedy: 'replicas must not exceed maxReplicas',
      related: [],
    },
    {
      at: 'error at Server models/mlserver spec.minReplicas',
      problem: 'minReplicas is 3 and maxReplicas is 2',
      remedy: 'minReplicas must not exceed maxReplicas',
      related: [],
    },
  ]);
});

test('finds negative numbers', () => {
  expect(problemsOf(invalidReplicas, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: {name: iris, namespace: models}
spec: {storageUri: 'gs://m', replicas: -1, minReplicas: -2}
`)).toEqual([
    {
      at: 'error at Model models/iris spec.minReplicas',
      problem: 'minReplicas is -2',
      remedy: 'use 0 or more',
      related: [],
    },
    {
      at: 'error at Model models/iris spec.replicas',
      problem: 'replicas is -1',
      remedy: 'use 0 or more',
      related: [],
    },
  ]);
});

test('finds a Server that is never scaled, and 0 replicas of a Model', () => {
  expect(problemsOf(invalidReplicas, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Server
metadata: {name: a, namespace: models}
spec: {serverConfig: mlserver, minReplicas: 1}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Server
metadata: {name: b, namespace: models}
spec: {serverConfig: mlserver, replicas: 1, maxReplicas: 4}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: {name: iris, namespace: models}
spec: {storageUri: 'gs://m', replicas: 0}
`)).toEqual([
    {
      at: 'warning at Server models/a spec.minReplicas',
      problem: 'minReplicas is set without maxReplicas, and Seldon scales a Server only if both are set',
      remedy: 'set both, or neither',
      related: [],
    },
    {
      at: 'warning at Server models/b spec.maxReplicas',
      problem: 'maxReplicas is set without minReplicas, and Seldon scales a Server only if both are set',
      remedy: 'set both, or neither',
      related: [],
    },
    {
      at: 'info at Model models/iris spec.replicas',
      problem: 'replicas is 0 without minReplicas, which some releases of Seldon read as 1',
      remedy: 'set minReplicas: 0 as well',
      related: [],
    },
  ]);
});

test('is silent about consistent numbers, and a maximum of 0, which is no limit', () => {
  expect(problemsOf(invalidReplicas, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: {name: a, namespace: models}
spec: {storageUri: 'gs://m', replicas: 2, minReplicas: 2, maxReplicas: 2}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: {name: b, namespace: models}
spec: {storageUri: 'gs://m', replicas: 9, maxReplicas: 0}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Server
metadata: {name: c, namespace: models}
spec: {serverConfig: mlserver, replicas: 0, minReplicas: 0}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Server
metadata: {name: d, namespace: models}
spec: {serverConfig: mlserver, minReplicas: 1, maxReplicas: 4}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: {name: e, namespace: models}
spec: {storageUri: 'gs://m', maxReplicas: 4, replicas: x}
`)).toEqual([]);
});
