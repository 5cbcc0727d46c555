import { invalidComponent } from '../../../src/rules/seldon/invalid-component';
import { problemsOf } from '../../support/cluster';

test('finds containers without an image, and labels that Kubernetes rejects', () => {
  expect(problemsOf(invalidComponent, `
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata:
  name: iris
  namespace: models
  annotations: {}
spec:
  predictors:
  - name: main
    labels: {team: a b}
    graph: {name: a}
    componentSpecs:
    - metadata:
        labels: {seldon-deployment-id: x}
      spec:
        containers:
        - {name: a}
`)).toEqual([
    {
      at: 'error at SeldonDeployment models/iris spec.predictors[0].componentSpecs[0].spec.containers[0]',
      problem: 'container "a" of predictor "main" has no image, so Kubernetes rejects the pods',
      remedy: 'set an image, or run the node of that name on a prepackaged server',
      related: [],
    },
    {
      at: 'error at SeldonDeployment models/iris spec.predictors[0].labels.team',
      problem: 'predictor "main" has the value "a b" for the label team, so Kubernetes rejects the pods',
      remedy: 'expected at most 63 letters, digits, "-", "_" and ".", starting and ending with a letter or digit',
      related: [],
    },
    {
      at: 'warning at SeldonDeployment models/iris spec.predictors[0].componentSpecs[0].metadata.labels.seldon-deployment-id',
      problem: 'componentSpecs[0] of predictor "main" sets the label seldon-deployment-id, which the operator sets and selects its pods by',
      remedy: 'remove it',
      related: [],
    },
  ]);
});

test('finds budgets and autoscalers', () => {
  expect(problemsOf(invalidComponent, `
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata:
  name: iris
  namespace: models
  annotations: {}
spec:
  predictors:
  - name: main
    graph: {name: a}
    componentSpecs:
    - pdbSpec: {minAvailable: 1, maxUnavailable: 0}
      hpaSpec: {minReplicas: 3, maxReplicas: 2}
      replicas: 2
    - pdbSpec: {minAvailable: 1}
      kedaSpec: {minReplicaCount: 5, maxReplicaCount: 4}
      hpaSpec: {maxReplicas: 2}
      replicas: 1
`)).toEqual([
    {
      at: 'error at SeldonDeployment models/iris spec.predictors[0].componentSpecs[0].hpaSpec.minReplicas',
      problem: 'hpaSpec of componentSpecs[0] of predictor "main" has minReplicas 3 and maxReplicas 2',
      remedy: 'minReplicas must not exceed maxReplicas',
      related: [],
    },
    {
      at: 'error at SeldonDeployment models/iris spec.predictors[0].componentSpecs[0].pdbSpec',
      problem: 'pdbSpec of componentSpecs[0] of predictor "main" has both minAvailable and maxUnavailable',
      remedy: 'Kubernetes accepts one of them. Remove the other one',
      related: [],
    },
    {
      at: 'error at SeldonDeployment models/iris spec.predictors[0].componentSpecs[1].kedaSpec.minReplicaCount',
      problem: 'kedaSpec of componentSpecs[1] of predictor "main" has minReplicaCount 5 and maxReplicaCount 4',
      remedy: 'minReplicaCount must not exceed maxReplicaCount',
      related: [],
    },
    {
      at: 'warning at SeldonDeployment models/iris spec.predictors[0].componentSpecs[0].replicas',
      problem: 'componentSpecs[0] of predictor "main" has hpaSpec and replicas, of which the operator reads only hpaSpec',
      remedy: 'remove the other one',
      related: [],
    },
    {
      at: 'warning at SeldonDeployment models/iris spec.predictors[0].componentSpecs[1].hpaSpec',
      problem: 'componentSpecs[1] of predictor "main" has kedaSpec and hpaSpec and replicas, of which the operator reads only kedaSpec',
      remedy: 'remove the others',
      related: [],
    },
    {
      at: 'warning at SeldonDeployment models/iris spec.predictors[0].componentSpecs[1].pdbSpec',
      problem: '2 componentSpecs have a pdbSpec, and each budget counts all pods of the SeldonDeployment',
      remedy: 'Kubernetes does not evict a pod that two budgets count. Keep one of them',
      related: [],
    },
  ]);
});

test('is silent about pods that Kubernetes accepts', () => {
  expect(problemsOf(invalidComponent, `
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata:
  name: iris
  namespace: models
  annotations: {}
spec:
  predictors:
  - name: main
    labels: {team: fraud, empty: ''}
    graph: {name: classifier, implementation: SKLEARN_SERVER, modelUri: 'gs://models/iris'}
    componentSpecs:
    - spec:
        containers:
        - {name: classifier}
        - {name: side, image: x}
      pdbSpec: {maxUnavailable: 1}
      hpaSpec: {minReplicas: 1, maxReplicas: 2}
`)).toEqual([]);
});
