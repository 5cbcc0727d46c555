import { Chart } from 'cdk8s';
import { ServiceBackend } from '../../../src/istio/service/service-backend';
import { IBackend } from '../../../src/plan/backend';
import { HeaderChanges } from '../../../src/plan/headers';
import { ResourceType } from '../../../src/plan/seldon-identity';
import { bypassedEnvoy, reachOf, restrictedWith } from '../../../src/security/access/backend-reach';
import { ExplainerType } from '../../../src/seldon/core1/enums';
import { GraphNode } from '../../../src/seldon/core1/graph-node';
import { PrepackagedServer } from '../../../src/seldon/core1/prepackaged-server';
import { SeldonDeployment } from '../../../src/seldon/core1/seldon-deployment';
import { Experiment } from '../../../src/seldon/core2/experiment';
import { Model } from '../../../src/seldon/core2/model';
import { Pipeline } from '../../../src/seldon/core2/pipeline';
import { Server } from '../../../src/seldon/core2-runtime/server';
import { testChart } from '../../support/manifests';

const service = (name: string, requestHeaders?: { [name: string]: string }, namespace = 'seldon-mesh') =>
  ServiceBackend.of({ name, namespace, port: 80, requestHeaders });
const host = (name: string, namespace = 'seldon-mesh') => `${name}.${namespace}.svc.cluster.local`;
const model = (name: string) => `${host('seldon-mesh')}\n${name}`;
const reached = (chart: Chart, backend: IBackend, changes?: HeaderChanges) => reachOf(chart, backend.target(chart), changes);

describe('what a route reaches', () => {
  test.each<[string, IBackend, HeaderChanges | undefined, object]>([
    ['a Service', service('iris'), undefined, { backends: [{ key: host('iris') }] }],
    ['a model by the header of its target', service('seldon-mesh', { 'seldon-model': 'iris' }), undefined, { backends: [{ key: model('iris') }] }],
    ['a model by the header of its route', service('seldon-mesh'), { set: { 'seldon-model': 'iris' } }, { backends: [{ key: model('iris') }] }],
    ['any model without the header', service('seldon-mesh'), { set: { 'x-team': 'a' } }, { backends: [], allOf: host('seldon-mesh') }],
    ['any model with an added header', service('seldon-mesh', { 'seldon-model': 'iris' }), { add: { 'seldon-model': 'wine' } }, { backends: [], allOf: host('seldon-mesh') }],
    ['any model with a variable', service('seldon-mesh'), { set: { 'seldon-model': '%REQ(x-model)%' } }, { backends: [], allOf: host('seldon-mesh') }],
    ['any model behind Envoy', service('seldon-modelgateway'), undefined, { backends: [], allOf: host('seldon-mesh') }],
    ['any pipeline behind Envoy', service('seldon-pipelinegateway'), undefined, { backends: [], allOf: host('seldon-mesh') }],
  ])('%s', (_what, backend, changes, expected) => {
    expect(reached(testChart(), backend, changes)).toEqual(expected);
  });

  test('models behind Pipelines and Experiments, each by the shortest way', () => {
    const chart = testChart();
    const steps = ['iris', 'wine'].map((name) => new Model(chart, name, { storageUri: 'gs://models/x' }));
    const pipe = new Pipeline(chart, 'pipe');
    pipe.addOutput({ steps: steps.map((each) => pipe.addStep(each).output()) });
    const all = new Experiment(chart, 'all', { resourceType: ResourceType.PIPELINE, candidates: [{ name: 'pipe', weight: 50 }, { name: 'other', weight: 50 }] });
    expect(reached(chart, all)).toEqual({
      backends: [
        { key: model('all.experiment') },
        { key: model('pipe.pipeline'), by: 'Experiment "all"' },
        { key: model('iris'), by: 'Experiment "all" and Pipeline "pipe"' },
        { key: model('wine'), by: 'Experiment "all" and Pipeline "pipe"' },
        { key: model('other.pipeline'), by: 'Experiment "all"' },
      ],
    });
    expect(reached(chart, steps[0])).toEqual({ backends: [{ key: model('iris') }] });
  });
});

describe('an inference server', () => {
  const bypassed = (name: string, namespace = 'seldon-mesh') => {
    const chart = testChart();
    Server.fromServerName(chart, 'gpu', 'gpu');
    return bypassedEnvoy(chart, service(name, undefined, namespace).target(chart));
  };

  test.each([['mlserver-0', true], ['triton-12', true], ['gpu-3', true], ['gpu', false], ['mlserver-0-x', false], ['cpu-0', false]])('%s bypasses Envoy: %p', (name, expected) => {
    expect(bypassed(name)).toBe(expected ? host('seldon-mesh') : undefined);
  });

  test('of another namespace is not that Server', () => {
    expect([bypassed('gpu-0', 'other'), bypassed('mlserver-0', 'other')]).toEqual([undefined, host('seldon-mesh', 'other')]);
  });
});

describe('a SeldonDeployment', () => {
  const graph = GraphNode.model({ name: 'classifier', implementation: PrepackagedServer.SKLEARN_SERVER, modelUri: 'gs://models/credit' });
  const made = (chart: Chart) => new SeldonDeployment(chart, 'credit', {
    predictors: [{ name: 'main', graph, explainer: { type: ExplainerType.ANCHOR_TABULAR }, traffic: 100 }, { name: 'next', graph, traffic: 0 }],
  });

  test.each<[string, string, object[]]>([
    ['a predictor', 'credit-main', [{ key: host('credit-main') }, { key: host('credit-main-classifier'), by: 'predictor "main"' }]],
    ['another predictor', 'credit-next', [{ key: host('credit-next') }, { key: host('credit-next-classifier'), by: 'predictor "next"' }]],
    ['an explainer', 'credit-main-explainer', [{ key: host('credit-main-explainer') }, { key: host('credit-main'), by: 'the explainer of predictor "main"' }]],
    ['a node', 'credit-main-classifier', [{ key: host('credit-main-classifier') }]],
  ])('reaches the helpers of %s', (_what, name, backends) => {
    const chart = testChart();
    made(chart);
    expect(reached(chart, service(name))).toEqual({ backends });
  });

  test.each<[string, (deployment: SeldonDeployment) => IBackend, string[]]>([
    ['a predictor', (deployment) => deployment.predictor('main'), ['credit-main', 'credit-main-classifier', 'credit-main-explainer']],
    ['a predictor without explainer', (deployment) => deployment.predictor('next'), ['credit-next', 'credit-next-classifier', 'credit-next-explainer']],
    ['its Service', () => service('credit-main'), ['credit-main', 'credit-main-classifier', 'credit-main-explainer']],
    ['an explainer', (deployment) => deployment.explainer('main'), ['credit-main-explainer']],
    ['a node', () => service('credit-main-classifier'), ['credit-main-classifier']],
  ])('is restricted as a whole: %s', (_what, backend, names) => {
    const chart = testChart();
    const found = restrictedWith(chart, backend(made(chart)).target(chart));
    expect([...found].sort()).toEqual(names.map((name) => host(name)).sort());
  });

  test('that is not of this app is restricted with its explainer', () => {
    const chart = testChart();
    const deployment = SeldonDeployment.fromSeldonDeploymentName(chart, 'there', 'credit', { predictors: [{ name: 'main' }] });
    expect(restrictedWith(chart, deployment.predictor('main').target(chart))).toEqual([host('credit-main'), host('credit-main-explainer')]);
  });
});

test('a model is restricted by its name, and an Experiment with its candidates', () => {
  const chart = testChart();
  const iris = new Model(chart, 'iris', { storageUri: 'gs://models/x' });
  const exp = new Experiment(chart, 'exp', { candidates: [{ name: 'iris', weight: 50 }, { name: 'wine', weight: 50 }] });
  expect(restrictedWith(chart, iris.target(chart))).toEqual([model('iris')]);
  expect(restrictedWith(chart, exp.target(chart))).toEqual([model('exp.experiment'), model('iris'), model('wine')]);
  expect(restrictedWith(chart, service('seldon-mesh').target(chart))).toEqual([]);
});
