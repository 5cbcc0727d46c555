import { ignoredDifferences } from '../../../src/gitops/argo-cd/ignored-differences';
import { clusterOf } from '../../support/cluster';

const model = (name: string, spec: string, namespace = 'namespace: models') => `
apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: { name: ${name}, ${namespace} }
spec: ${spec}
---`;

const AUTOSCALER = `
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: iris, namespace: models }
spec: { maxReplicas: 3, scaleTargetRef: { apiVersion: mlops.seldon.io/v1alpha1, kind: Model, name: iris } }
---`;

const of = (name: string) => ({ group: 'mlops.seldon.io', kind: 'Model', name, namespace: 'models', jsonPointers: ['/spec/replicas'] });

test('Models that Seldon scales', () => {
  expect(ignoredDifferences(clusterOf(model('b', '{ minReplicas: 1 }') + model('a', '{ maxReplicas: 3 }') + model('c', '{ replicas: 2 }')))).toEqual([of('a'), of('b')]);
});

test('what an autoscaler scales, once', () => {
  expect(ignoredDifferences(clusterOf(AUTOSCALER + model('iris', '{ maxReplicas: 3 }')))).toEqual([of('iris')]);
});

test('an object whose namespace the manifests do not specify', () => {
  expect(ignoredDifferences(clusterOf(model('a', '{ maxReplicas: 3 }', '')))).toEqual([{ group: 'mlops.seldon.io', kind: 'Model', name: 'a', jsonPointers: ['/spec/replicas'] }]);
});

test('an autoscaler without a target is left out', () => {
  expect(ignoredDifferences(clusterOf('apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: a }\nspec: {}'))).toEqual([]);
});
