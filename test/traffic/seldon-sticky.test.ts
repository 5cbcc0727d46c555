import { Chart } from 'cdk8s';
import { Gateway } from '../../src/istio/gateway/gateway';
import { ServiceBackend } from '../../src/istio/service/service-backend';
import { IBackend, ResourceType } from '../../src/plan/backend';
import { ExperimentRouter } from '../../src/routers/experiment-router';
import { OperatorRouter } from '../../src/routers/operator-router';
import { GraphNode } from '../../src/seldon/core1/graph-node';
import { PrepackagedServer } from '../../src/seldon/core1/prepackaged-server';
import { SeldonDeployment } from '../../src/seldon/core1/seldon-deployment';
import { Experiment } from '../../src/seldon/core2/experiment';
import { Model } from '../../src/seldon/core2/model';
import { Pipeline } from '../../src/seldon/core2/pipeline';
import { ModelRoute } from '../../src/traffic/model-route';
import { ShadowDeployment } from '../../src/traffic/shadow-deployment';
import { TrafficSplit } from '../../src/traffic/traffic-split';
import { manifestOf, testChart } from '../support/manifests';

const NO_STICKY = ['x-seldon-route', 'seldon-internal-model'];
const STICKY = ['seldon-internal-model'];
const REMEDY = 'Route to an Experiment of two Models or more, or leave it out (at test/iris)';

function world() {
  const chart = testChart();
  return { chart, gateways: [new Gateway(chart, 'seldon-gateway', { namespace: 'istio-system' })] };
}

const TWO = [{ name: 'iris1', weight: 50 }, { name: 'iris2', weight: 50 }];

const experimentIn = (chart: Chart, id = 'split') => new Experiment(chart, id, { candidates: TWO });
const modelIn = (chart: Chart, name: string) => Model.fromModelName(chart, name, name);

/** What each rule takes away from requests. */
function removed(chart: Chart): string[][] {
  return manifestOf(chart, 'VirtualService').spec.http
    .flatMap(({ route }: { route: { headers: { request: { remove: string[] } } }[] }) => route.map(({ headers }) => headers.request.remove));
}

test('an experiment of two models keeps the header, over REST and gRPC', () => {
  const { chart, gateways } = world();
  new ModelRoute(chart, 'iris', { gateways, backend: experimentIn(chart), seldonSticky: true });

  expect(removed(chart)).toEqual([STICKY, STICKY]);
});

test('nothing else changes', () => {
  const http = (seldonSticky: boolean) => {
    const { chart, gateways } = world();
    new ModelRoute(chart, 'iris', { gateways, backend: experimentIn(chart), seldonSticky });
    return JSON.stringify(manifestOf(chart, 'VirtualService'));
  };

  expect(http(true)).toEqual(http(false).replaceAll('"x-seldon-route",', ''));
});

test.each([[undefined], [false]])('the header is removed with seldonSticky %p', (seldonSticky) => {
  const { chart, gateways } = world();
  new ModelRoute(chart, 'iris', { gateways, backend: experimentIn(chart), seldonSticky });

  expect(removed(chart)).toEqual([NO_STICKY, NO_STICKY]);
});

test('an experiment that a router makes keeps it, too', () => {
  const { chart, gateways } = world();
  new TrafficSplit(chart, 'iris', {
    gateways,
    router: new ExperimentRouter(),
    seldonSticky: true,
    arms: TWO.map(({ name, weight }) => ({ backend: modelIn(chart, name), weight })),
    mirrors: [{ backend: modelIn(chart, 'iris3'), percent: 10 }],
  });

  expect(removed(chart)).toEqual([STICKY, STICKY]);
});

test('an existing experiment keeps it when enough is known of it', () => {
  const { chart, gateways } = world();
  const backend = Experiment.fromExperimentName(chart, 'far', 'split', { resourceType: ResourceType.MODEL, candidates: 2 });
  new ModelRoute(chart, 'iris', { gateways, backend, seldonSticky: true });

  expect(removed(chart)).toEqual([STICKY, STICKY]);
});

test('callers inside the mesh keep it behind a route', () => {
  const chart = testChart();
  new ModelRoute(chart, 'iris', { backend: experimentIn(chart), seldonSticky: true });

  expect(manifestOf(chart, 'VirtualService').spec.http[0].route[0].headers.request.remove).toEqual(STICKY);
});

test('other endpoints of the experiment lose it', () => {
  const { chart, gateways } = world();
  const backend = experimentIn(chart);
  new ModelRoute(chart, 'iris', { gateways, backend, seldonSticky: true });

  expect(backend.target(chart).removeRequestHeaders).toEqual(NO_STICKY);
});

describe('fails', () => {
  test.each<[string, (chart: Chart) => IBackend, string]>([
    ['a model', (chart) => modelIn(chart, 'iris1'), `seldonSticky with Model seldon-mesh/iris1. A Model answers x-seldon-route with 404. ${REMEDY}`],
    ['a pipeline', (chart) => Pipeline.fromPipelineName(chart, 'pipe', 'pipe'),
      `seldonSticky with Pipeline seldon-mesh/pipe. Sessions can be sticky to Models, but not to Pipelines. ${REMEDY}`],
    ['an experiment of pipelines', (chart) => new Experiment(chart, 'split', { candidates: TWO, resourceType: ResourceType.PIPELINE }),
      `seldonSticky with Experiment seldon-mesh/split. Sessions can be sticky to Models, but this Experiment shares between Pipelines. ${REMEDY}`],
    ['an experiment of one candidate', (chart) => new Experiment(chart, 'split', { candidates: TWO.slice(1), mirror: { name: 'iris3', percent: 30 } }),
      `seldonSticky with Experiment seldon-mesh/split. An Experiment with fewer than two candidates answers x-seldon-route with 404. ${REMEDY}`],
    ['an experiment of a mirror alone', (chart) => new Experiment(chart, 'split', { candidates: [], mirror: { name: 'iris3', percent: 30 } }),
      `seldonSticky with Experiment seldon-mesh/split. An Experiment with fewer than two candidates answers x-seldon-route with 404. ${REMEDY}`],
    ['an unknown experiment', (chart) => Experiment.fromExperimentName(chart, 'far', 'split', { candidates: 2 }),
      'seldonSticky with Experiment seldon-mesh/split. Its candidates are not known. Set resourceType and candidates of the reference (at test/iris)'],
    ['a Service', () => ServiceBackend.of({ name: 'iris', namespace: 'ml', port: 80 }),
      `seldonSticky with Service ml/iris. Only Experiments of Seldon Core 2 know x-seldon-route. ${REMEDY}`],
  ])('for %s', (_what, backend, message) => {
    const { chart, gateways } = world();

    expect(() => new ModelRoute(chart, 'iris', { gateways, backend: backend(chart), seldonSticky: true })).toThrow(new Error(message));
  });

  test('for two arms, experiments as they may be', () => {
    const { chart, gateways } = world();
    const arms = ['a', 'b'].map((id) => ({ backend: experimentIn(chart, id), weight: 1 }));

    expect(() => new TrafficSplit(chart, 'iris', { gateways, arms, seldonSticky: true }))
      .toThrow(new Error(`seldonSticky with 2 arms. Sessions that are sticky to a Model of one arm get 404 from the others. ${REMEDY}`));
  });

  test('for a shadow, whose experiment has one candidate', () => {
    const { chart, gateways } = world();

    expect(() => new ShadowDeployment(chart, 'iris', {
      gateways, primary: modelIn(chart, 'iris1'), shadows: [{ backend: modelIn(chart, 'iris2'), percent: 10 }], seldonSticky: true,
    })).toThrow(new Error(
      `seldonSticky with Experiment seldon-mesh/iris. An Experiment with fewer than two candidates answers x-seldon-route with 404. ${REMEDY}`));
  });

  test('for an experiment of pipelines that a router makes', () => {
    const { chart, gateways } = world();
    const arms = ['a', 'b'].map((name) => ({ backend: Pipeline.fromPipelineName(chart, name, name), weight: 1 }));

    expect(() => new TrafficSplit(chart, 'iris', { gateways, arms, router: new ExperimentRouter(), seldonSticky: true })).toThrow(new Error(
      `seldonSticky with Experiment seldon-mesh/iris. Sessions can be sticky to Models, but this Experiment shares between Pipelines. ${REMEDY}`));
  });

  test('where no route stands between callers and Seldon', () => {
    const chart = testChart();
    const arms = TWO.map(({ name, weight }) => ({ backend: modelIn(chart, name), weight }));

    expect(() => new TrafficSplit(chart, 'iris', { arms, router: new ExperimentRouter(), seldonSticky: true })).toThrow(new Error(
      'seldonSticky on Experiment "iris" without gateways. Callers inside the cluster ask Seldon for "iris.experiment", without a route in between. '
      + 'Add gateways, or leave it out (at test/iris)'));
  });

  test('when the arm changes the header itself', () => {
    const { chart, gateways } = world();

    expect(() => new ModelRoute(chart, 'iris', {
      gateways, backend: experimentIn(chart), seldonSticky: true, requestHeaders: { set: { 'x-seldon-route': ':iris1_1:' } },
    })).toThrow(new Error('request header x-seldon-route is changed on the way to Experiment seldon-mesh/split. '
      + 'Leave it to the backend, which it selects (at test/iris)'));
  });

  test('under the operator of Seldon Core 1', () => {
    const { chart, gateways } = world();
    const deployment = new SeldonDeployment(chart, 'iris-deployment', {
      predictors: [{ name: 'main', graph: GraphNode.model({ name: 'iris', implementation: PrepackagedServer.SKLEARN_SERVER, modelUri: 'gs://models/iris' }) }],
    });

    expect(() => new ModelRoute(chart, 'iris', {
      gateways, backend: deployment.predictor('main'), router: new OperatorRouter(), seldonSticky: true,
    })).toThrow(new Error('seldonSticky with predictor main of SeldonDeployment seldon-mesh/iris-deployment. '
      + `Only Experiments of Seldon Core 2 know x-seldon-route. ${REMEDY}`));
  });

  test('with yes instead of true', () => {
    const { chart, gateways } = world();

    expect(() => new ModelRoute(chart, 'iris', { gateways, backend: modelIn(chart, 'iris1'), seldonSticky: 'no' as never }))
      .toThrow(new Error('seldonSticky "no". Expected true or false (at test/iris)'));
  });
});
