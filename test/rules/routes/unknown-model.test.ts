import { unknownModel as rule } from '../../../src/rules/routes/unknown-model';
import { problemsOf } from '../../support/cluster';

function route(model: string): string {
  return `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [models.example.com]
  gateways: [istio-system/gateway]
  http:
  - match: [{uri: {prefix: /v2/models/iris/}}]
    route: [{destination: {host: seldon-mesh, port: {number: 80}}, headers: {request: {set: {seldon-model: ${model}}}}}]
`;
}

function object(kind: string, name: string, namespace = 'models'): string {
  return `---\napiVersion: mlops.seldon.io/v1alpha1\nkind: ${kind}\nmetadata: {name: ${name}, namespace: ${namespace}}\nspec: {}\n`;
}

function found(model: string, ...objects: string[]): string[] {
  return problemsOf(rule, route(model) + objects.join('')).map(({ at, problem, remedy }) => `${at.split(' ')[0]}: ${problem}. ${remedy}`);
}

const NOT_THERE = 'which does not exist, so Seldon answers these requests with 404.';

test('models that exist', () => {
  expect(found('iris', object('Model', 'iris'))).toEqual([]);
  expect(found('iris.pipeline', object('Pipeline', 'iris'))).toEqual([]);
  expect(found('iris.experiment', object('Experiment', 'iris'))).toEqual([]);
});

test('nothing of Seldon is known in the namespace', () => {
  expect(found('iris')).toEqual([]);
  expect(found('iris', object('Model', 'wine', 'other'))).toEqual([]);
});

test('a Model that does not exist', () => {
  expect(found('iris', object('Model', 'wine'))).toEqual([
    `error: seldon-model "iris" selects Model models/iris, ${NOT_THERE} create the Model, or add the file that holds it as context`,
  ]);
  expect(found('irsi', object('Model', 'iris'))).toEqual([`error: seldon-model "irsi" selects Model models/irsi, ${NOT_THERE} did you mean "iris"?`]);
});

test('Models are in other files if there are only Experiments and Pipelines', () => {
  expect(found('iris', object('Experiment', 'split'), object('Pipeline', 'steps'))).toEqual([
    `warning: seldon-model "iris" selects Model models/iris, ${NOT_THERE} create the Model, or add the file that holds it as context`,
  ]);
});

test('a name without the suffix of its kind', () => {
  expect(found('steps', object('Pipeline', 'steps'))).toEqual([
    `error: seldon-model "steps" selects Model models/steps, ${NOT_THERE} did you mean "steps.pipeline"?`,
  ]);
  expect(found('split.pipeline', object('Experiment', 'split'))).toEqual([
    `error: seldon-model "split.pipeline" selects Pipeline models/split, ${NOT_THERE} did you mean "split.experiment"?`,
  ]);
  expect(found('iris.experiment', object('Model', 'iris'), object('Experiment', 'irsi'))).toEqual([
    `error: seldon-model "iris.experiment" selects Experiment models/iris, ${NOT_THERE} did you mean "iris"?`,
  ]);
});
