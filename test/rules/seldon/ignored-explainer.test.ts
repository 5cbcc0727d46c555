import { ignoredExplainer } from '../../../src/rules/seldon/ignored-explainer';
import { problemsOf } from '../../support/cluster';

test('finds an explainer without a type, and unknown types', () => {
  expect(problemsOf(ignoredExplainer, `
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata:
  name: iris
  namespace: models
  annotations: {}
spec:
  predictors:
  - name: a
    graph: {name: classifier, implementation: SKLEARN_SERVER, modelUri: 'gs://models/iris'}
    explainer: {modelUri: 'gs://m'}
  - name: b
    graph: {name: classifier, implementation: SKLEARN_SERVER, modelUri: 'gs://models/iris'}
    explainer: {type: anchorTabular}
  - name: c
    graph: {name: classifier, implementation: SKLEARN_SERVER, modelUri: 'gs://models/iris'}
    explainer: {type: Grad}
`)).toEqual([
    {
      at: 'warning at SeldonDeployment models/iris spec.predictors[0].explainer',
      problem: 'the explainer of predictor "a" has no type, so the operator ignores it',
      remedy: 'set the type, or remove the explainer',
      related: [],
    },
    {
      at: 'warning at SeldonDeployment models/iris spec.predictors[1].explainer.type',
      problem: 'the explainer of predictor "b" has the type "anchorTabular", which Seldon does not have',
      remedy: 'did you mean "AnchorTabular"?',
      related: [],
    },
    {
      at: 'warning at SeldonDeployment models/iris spec.predictors[2].explainer.type',
      problem: 'the explainer of predictor "c" has the type "Grad", which Seldon does not have',
      remedy: 'expected one of AnchorTabular, AnchorImages, AnchorText, Counterfactuals, Contrastive, KernelShap, IntegratedGradients, ALE, TreeShap',
      related: [],
    },
  ]);
});

test('is silent about known types, and the empty explainer that older operators store', () => {
  expect(problemsOf(ignoredExplainer, `
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata:
  name: iris
  namespace: models
  annotations: {}
spec:
  predictors:
  - name: a
    graph: {name: classifier, implementation: SKLEARN_SERVER, modelUri: 'gs://models/iris'}
    explainer: {type: AnchorText}
  - name: b
    graph: {name: classifier, implementation: SKLEARN_SERVER, modelUri: 'gs://models/iris'}
    explainer:
      containerSpec:
        name: ''
        resources: {}
  - name: c
    graph: {name: classifier, implementation: SKLEARN_SERVER, modelUri: 'gs://models/iris'}
`)).toEqual([]);
});
