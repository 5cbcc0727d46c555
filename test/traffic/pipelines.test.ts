import { App, Chart } from 'cdk8s';
import { IBackend, ResourceType } from '../../src/plan/backend';
import { ExperimentRouter } from '../../src/routers/experiment-router';
import { IstioRouter } from '../../src/routers/istio-router';
import { Experiment } from '../../src/seldon/core2/experiment';
import { Model } from '../../src/seldon/core2/model';
import { Pipeline } from '../../src/seldon/core2/pipeline';
import { AbTest } from '../../src/traffic/ab-test';
import { BlueGreen, BlueGreenSlot } from '../../src/traffic/blue-green';
import { CallerMatch } from '../../src/traffic/caller-match';
import { Canary } from '../../src/traffic/canary';
import { ModelRoute } from '../../src/traffic/model-route';
import { ShadowDeployment } from '../../src/traffic/shadow-deployment';
import { TrafficSplit } from '../../src/traffic/traffic-split';
import { findingsOf } from '../support/errors';
import { manifestOf, testChart } from '../support/manifests';
import { gatewayOf, rulesOf } from '../support/routed-backends';

// Every rollout takes Pipelines, and an Experiment as an arm: requests carry the name by which Seldon's Envoy knows them.

function world() {
  const chart = testChart();
  const pipeline = (id: string) => {
    const made = new Pipeline(chart, id);
    made.addOutput({ steps: [made.addStepNamed(`${id}-model`).output()] });
    return made;
  };
  return { chart, gateways: [gatewayOf(chart)], old: pipeline('old'), young: pipeline('young') };
}

/** By which names, and how often, each rule asks Seldon. */
function asked(chart: Chart): string[] {
  return rulesOf({ chart }).map(({ name, route }) => `${name}: ${route.map(({ weight, headers }) =>
    `${(headers as { request: { set: { 'seldon-model': string } } }).request.set['seldon-model']}${weight === undefined ? '' : ` ${weight}`}`).join(', ')}`);
}

test('a route to a pipeline has the paths and calls of the endpoint, as for a model', () => {
  const { chart, gateways, old } = world();
  new ModelRoute(chart, 'income', { gateways, backend: old });

  expect(rulesOf({ chart })).toEqual([
    {
      name: 'income-http',
      match: [{ uri: { exact: '/v2/models/income' } }, { uri: { prefix: '/v2/models/income/' } }],
      route: [{
        destination: { host: 'seldon-mesh.seldon-mesh.svc.cluster.local', port: { number: 80 } },
        headers: { request: { set: { 'seldon-model': 'old.pipeline' }, remove: ['x-seldon-route', 'seldon-internal-model'] } },
      }],
    },
    {
      name: 'income-grpc',
      match: [{ uri: { prefix: '/inference.GRPCInferenceService/' }, headers: { 'seldon-model': { exact: 'income' } } }],
      route: [{
        destination: { host: 'seldon-mesh.seldon-mesh.svc.cluster.local', port: { number: 80 } },
        headers: { request: { set: { 'seldon-model': 'old.pipeline' }, remove: ['x-seldon-route', 'seldon-internal-model'] } },
      }],
    },
  ]);
});

test('a split between pipelines', () => {
  const { chart, gateways, old, young } = world();
  new TrafficSplit(chart, 'income', { gateways, arms: [{ backend: old, weight: 90 }, { backend: young, weight: 10 }] });

  expect(asked(chart)).toEqual(['income-http: old.pipeline 90, young.pipeline 10', 'income-grpc: old.pipeline 90, young.pipeline 10']);
});

test('a split between a pipeline, a model and an experiment', () => {
  const { chart, gateways, old } = world();
  const experiment = new Experiment(chart, 'trial', { candidates: [{ name: 'a', weight: 1 }, { name: 'b', weight: 1 }] });
  const arms: IBackend[] = [old, new Model(chart, 'model', { storageUri: 'gs://models/m' }), experiment];
  new TrafficSplit(chart, 'income', { gateways, arms: arms.map((backend) => ({ backend, weight: 1 })) });

  expect(asked(chart)).toEqual(['income-http: old.pipeline 1, model 1, trial.experiment 1', 'income-grpc: old.pipeline 1, model 1, trial.experiment 1']);
});

test('an endpoint whose one arm is an experiment has a path of its own', () => {
  const { chart, gateways } = world();
  new ModelRoute(chart, 'income', { gateways, backend: Experiment.fromExperimentName(chart, 'far', 'trial') });

  expect(rulesOf({ chart }).map(({ match }) => match[0])).toEqual([
    { uri: { exact: '/v2/models/income' } },
    { uri: { prefix: '/inference.GRPCInferenceService/' }, headers: { 'seldon-model': { exact: 'income' } } },
  ]);
});

test('a canary of pipelines, with testers', () => {
  const { chart, gateways, old, young } = world();
  new Canary(chart, 'income', { gateways, stable: old, canary: young, weight: 10, testers: [CallerMatch.header('x-tester', 'yes')] });

  expect(asked(chart)).toEqual([
    'income-match-1-http: young.pipeline', 'income-match-1-grpc: young.pipeline',
    'income-http: old.pipeline 90, young.pipeline 10', 'income-grpc: old.pipeline 90, young.pipeline 10',
  ]);
});

test('an A/B test of a pipeline and an experiment', () => {
  const { chart, gateways, old } = world();
  new AbTest(chart, 'income', {
    gateways, variants: [{ name: 'a', backend: old, weight: 1 }, { name: 'b', backend: Experiment.fromExperimentName(chart, 'far', 'trial'), weight: 1 }],
  });

  expect(asked(chart)).toEqual(['income-http: old.pipeline 1, trial.experiment 1', 'income-grpc: old.pipeline 1, trial.experiment 1']);
});

test('blue and green pipelines', () => {
  const { chart, gateways, old, young } = world();
  new BlueGreen(chart, 'income', { gateways, blue: old, green: young, active: BlueGreenSlot.GREEN });

  expect(asked(chart)).toEqual(['income-http: old.pipeline 0, young.pipeline 100', 'income-grpc: old.pipeline 0, young.pipeline 100']);
});

test('a shadow pipeline gets its mirrored requests from an experiment of pipelines', () => {
  const { chart, gateways, old, young } = world();
  new ShadowDeployment(chart, 'income', { gateways, primary: old, shadows: [{ backend: young, percent: 20 }] });

  expect(manifestOf(chart, 'Experiment').spec).toEqual({
    candidates: [{ name: 'old', weight: 100 }], mirror: { name: 'young', percent: 20 }, resourceType: 'pipeline',
  });
  expect(asked(chart)).toEqual(['income-http: income.experiment', 'income-grpc: income.experiment']);
});

test('an experiment router shares between pipelines', () => {
  const { chart, gateways, old, young } = world();
  new TrafficSplit(chart, 'income', { gateways, arms: [{ backend: old, weight: 3 }, { backend: young, weight: 1 }], router: new ExperimentRouter() });

  expect(manifestOf(chart, 'Experiment').spec).toEqual({
    candidates: [{ name: 'old', weight: 3 }, { name: 'young', weight: 1 }], resourceType: 'pipeline',
  });
});

describe('fails', () => {
  test('for a model and a pipeline in one experiment', () => {
    const { chart, gateways, old } = world();
    const arms = [{ backend: Model.fromModelName(chart, 'm', 'model'), weight: 1 }, { backend: old, weight: 1 }];

    expect(() => new TrafficSplit(chart, 'income', { gateways, arms, router: new ExperimentRouter() })).toThrow(new Error(
      'Model seldon-mesh/model and Pipeline seldon-mesh/old in one Experiment. Use only Models, or only Pipelines (at test/income)'));
  });

  test('for a pipeline that shadows a model', () => {
    const { chart, gateways, old } = world();

    expect(() => new ShadowDeployment(chart, 'income', {
      gateways, primary: Model.fromModelName(chart, 'm', 'model'), shadows: [{ backend: old, percent: 1 }],
    })).toThrow(new Error(
      'Model seldon-mesh/model and Pipeline seldon-mesh/old in one Experiment. Use only Models, or only Pipelines (at test/income)'));
  });

  test('for an experiment in an experiment', () => {
    const { chart, gateways, old } = world();
    const arms = [{ backend: old, weight: 1 }, { backend: Experiment.fromExperimentName(chart, 'far', 'trial'), weight: 1 }];

    expect(() => new TrafficSplit(chart, 'income', { gateways, arms, router: new ExperimentRouter() })).toThrow(new Error(
      'Experiment seldon-mesh/trial in an Experiment. Experiments choose between models or pipelines of Seldon Core 2. Use IstioRouter (at test/income)'));
  });

  test('for a pipeline that Istio is to mirror to', () => {
    const { chart, gateways, old, young } = world();

    expect(() => new ShadowDeployment(chart, 'income', { gateways, primary: old, shadows: [{ backend: young, percent: 1 }], router: new IstioRouter() }))
      .toThrow(new Error('Istio cannot mirror to Pipeline seldon-mesh/young, which is selected by header seldon-model. A mirrored request has the '
        + 'headers of the primary and would reach it again. Use ExperimentRouter, with which Seldon mirrors (at test/income)'));
  });

  test('for pipelines of one name under two constructs', () => {
    const { chart, gateways, old } = world();
    const same = Pipeline.fromPipelineName(chart, 'same', 'old');

    expect(() => new Canary(chart, 'income', { gateways, stable: old, canary: same }))
      .toThrow(new Error('versions "stable" and "canary" are both Pipeline seldon-mesh/old. Name two different backends (at test/income)'));
  });
});

describe('a pipeline without an output', () => {
  function silent(chart: Chart, id = 'silent'): Pipeline {
    const made = new Pipeline(chart, id);
    made.addStepNamed(`${id}-model`);
    return made;
  }

  const problem = (path: string, name = 'seldon-mesh/silent') => `Pipeline ${name} serves callers and has no output. `
    + `Its results would only be in Kafka. Add an output with addOutput (at ${path})`;

  test('fails as a backend of a route, once, and no more when its output is added later', () => {
    const { chart, gateways, old } = world();
    const pipeline = silent(chart);
    new Canary(chart, 'income', { gateways, stable: old, canary: pipeline, weight: 10, sticky: {} });

    expect(findingsOf(chart)).toEqual([`[test/income] ${problem('test/income')}`]);
    pipeline.addOutput({ steps: [pipeline.step('silent-model').output()] });
    expect(findingsOf(chart)).toEqual([]);
  });

  test('fails as a backend that is known by its name, before it is made', () => {
    const { chart, gateways } = world();
    new ModelRoute(chart, 'income', { gateways, backend: Pipeline.fromPipelineName(chart, 'reference', 'silent') });
    silent(chart);

    expect(findingsOf(chart)).toEqual([`[test/income] ${problem('test/income')}`]);
  });

  test('fails as a candidate of an experiment', () => {
    const { chart } = world();
    silent(chart);
    new Experiment(chart, 'trial', { resourceType: ResourceType.PIPELINE, candidates: [{ name: 'old', weight: 1 }, { name: 'silent', weight: 0 }] });

    expect(findingsOf(chart)).toEqual([`[test/trial] ${problem('test/trial')}`]);
  });

  test('fails where the namespace is not specified', () => {
    const chart = new Chart(new App(), 'test');
    silent(chart);
    new Experiment(chart, 'trial', { resourceType: ResourceType.PIPELINE, candidates: [{ name: 'silent', weight: 1 }] });

    expect(findingsOf(chart)).toEqual([expect.stringContaining(problem('test/trial', 'silent'))]);
  });

  test('is well as a mirror, as a model of that name, and in another namespace', () => {
    const { chart } = world();
    silent(chart);
    new Experiment(chart, 'trial', { resourceType: ResourceType.PIPELINE, candidates: [{ name: 'old', weight: 1 }], mirror: { name: 'silent', percent: 10 } });
    new Experiment(chart, 'models', { candidates: [{ name: 'silent', weight: 1 }] });
    new Experiment(chart, 'far', { resourceType: ResourceType.PIPELINE, candidates: [{ name: 'silent', weight: 1 }], namespace: 'team' });

    expect(findingsOf(chart)).toEqual([]);
  });
});
