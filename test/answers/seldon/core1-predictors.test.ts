import { Core1Predictors } from '../../../src/answers/seldon/core1-predictors';
import { clusterOf } from '../../support/cluster';

const GRAPH = 'graph: { name: classifier, implementation: SKLEARN_SERVER, modelUri: "gs://models/iris" }';
const DEPLOYMENT = `
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata: { name: credit, namespace: scoring }
spec:
  predictors:
    - { name: default, traffic: 75, ${GRAPH}, explainer: { type: AnchorTabular } }
    - { name: canary, traffic: 25, ${GRAPH} }
    - { name: shadow, shadow: true, ${GRAPH} }
    - { name: named, annotations: { seldon.io/svc-name: own-name }, ${GRAPH} }
`;

const service = (name: string, selector: string, owner = 'credit') => `
---
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: scoring, ownerReferences: [{ kind: SeldonDeployment, name: ${owner} }] }
spec: { selector: { ${selector} }, ports: [{ port: 8000 }] }
`;

/** What is behind a Service of namespace scoring. */
function behind(yaml: string, name: string): string | undefined {
  const found = Core1Predictors.of(clusterOf(yaml)).find(`${name}.scoring.svc.cluster.local`);
  return found && `${found.kind} ${found.name} of ${found.namespace}/${found.deployment}`;
}

test.each([
  ['credit-default', 'predictor default of scoring/credit'],
  ['credit-canary', 'predictor canary of scoring/credit'],
  ['credit-shadow', 'predictor shadow of scoring/credit'],
  ['own-name', 'predictor named of scoring/credit'],
  ['credit-default-explainer', 'explainer default of scoring/credit'],
  ['credit-canary-explainer', undefined],
  ['credit-default-classifier', undefined],
  ['credit-other', undefined],
])('behind Service %s is %s', (name, expected) => {
  expect(behind(DEPLOYMENT, name)).toBe(expected);
});

test('Services of another namespace are others', () => {
  expect(Core1Predictors.of(clusterOf(DEPLOYMENT)).find('credit-default.models.svc.cluster.local')).toBeUndefined();
});

test('live Services whose deployment or predictor is not among the objects', () => {
  expect(behind(DEPLOYMENT + service('credit-old', 'seldon-app: credit-old'), 'credit-old')).toBe('predictor old of scoring/credit');
  expect(behind(service('credit-old', 'seldon-app: credit-old'), 'credit-old')).toBe('predictor old of scoring/credit');
  expect(behind(service('credit-old-explainer', 'seldon-app: credit-old-explainer'), 'credit-old-explainer')).toBe('explainer old of scoring/credit');
  expect(behind(service('credit-old-classifier', 'seldon-app-svc-classifier: credit-old-classifier'), 'credit-old-classifier')).toBeUndefined();
  expect(behind(service('seldon-0123', 'seldon-app: seldon-0123', 'a-long-name'), 'seldon-0123')).toBe('predictor seldon-0123 of scoring/a-long-name');
});

test('a Service that no operator owns does not count, even if it selects such pods', () => {
  expect(behind(service('mine', 'seldon-app: credit-default').replace('kind: SeldonDeployment,', 'kind: Deployment,'), 'mine')).toBeUndefined();
});

test('a SeldonDeployment that the API server rejects has no Services', () => {
  expect(behind(DEPLOYMENT.replace('predictors:', 'predictor:'), 'credit-default')).toBeUndefined();
});
