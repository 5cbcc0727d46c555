import { Chart } from 'cdk8s';
import { ServiceBackend } from '../../src/istio/service/service-backend';
import { IBackend } from '../../src/plan/backend';
import { IRouter } from '../../src/plan/router';
import { ExperimentRouter } from '../../src/routers/experiment-router';
import { IstioRouter } from '../../src/routers/istio-router';
import { Experiment } from '../../src/seldon/core2/experiment';
import { Model } from '../../src/seldon/core2/model';
import { Pipeline } from '../../src/seldon/core2/pipeline';
import { CallerMatch } from '../../src/traffic/caller-match';
import { Canary, CanaryProps } from '../../src/traffic/canary';
import { ShadowDeployment } from '../../src/traffic/shadow-deployment';
import { TrafficSplit } from '../../src/traffic/traffic-split';
import { ForeignBackend } from '../support/backends';
import { messageOf } from '../support/errors';
import { testChart } from '../support/manifests';
import { gatewayOf } from '../support/routed-backends';

// Where one router sends the user to another, that one must be able to do it.

const SERVICE = ServiceBackend.of({ name: 'old', namespace: 'ml', port: 80, grpcPort: 81 });
const MIRROR = 'Istio cannot mirror to Model seldon-mesh/copy, which is selected by header seldon-model. A mirrored request has the headers of '
  + 'the primary and would reach it again. ';
const LACKS = 'Experiments choose between models or pipelines of Seldon Core 2. Istio cannot mirror to Model seldon-mesh/copy. ';

const trial = (chart: Chart) => Experiment.fromExperimentName(chart, 'far', 'trial');
const model = (chart: Chart) => Model.fromModelName(chart, 'near', 'iris');

function failureOf(make: (chart: Chart) => void): string {
  return messageOf(() => make(testChart()));
}

function shadowed(primary: (chart: Chart) => IBackend, router?: IRouter, copy = (chart: Chart): IBackend => Model.fromModelName(chart, 'shadow', 'copy')): string {
  return failureOf((chart) => {
    new ShadowDeployment(chart, 'iris', { gateways: [gatewayOf(chart)], primary: primary(chart), shadows: [{ backend: copy(chart), percent: 10 }], router });
  });
}

const EXPERIMENT = 'Experiment seldon-mesh/trial cannot be an arm of another Experiment. Give it its own mirror (at test/iris)';
const FOREIGN = 'Seldon mirrors only requests of its own Models and Pipelines, unlike Service ml/old. Leave one of them out (at test/iris)';

describe('a shadow that is selected by a header', () => {
  test('next to an Experiment', () => {
    expect(shadowed(trial)).toEqual(MIRROR + EXPERIMENT);
    expect(shadowed(trial, new ExperimentRouter())).toEqual(`Experiment seldon-mesh/trial in an Experiment. ${LACKS}${EXPERIMENT}`);
  });

  test('next to a Service', () => {
    expect(shadowed(() => SERVICE)).toEqual(MIRROR + FOREIGN);
    expect(shadowed(() => SERVICE, new ExperimentRouter())).toEqual(`Service ml/old in an Experiment. ${LACKS}${FOREIGN}`);
  });

  test('next to a Model, where Seldon could mirror', () => {
    expect(shadowed(model, new IstioRouter())).toEqual(`${MIRROR}Use ExperimentRouter, with which Seldon mirrors (at test/iris)`);
    expect(shadowed(model, new ExperimentRouter())).toEqual('no error');
  });

  test('next to a Pipeline, or a Model of another namespace', () => {
    const other = (what: string) => `${MIRROR}Seldon mirrors only between Models, or between Pipelines, of one namespace, unlike ${what}. Leave `
      + 'one of them out (at test/iris)';
    expect(shadowed((chart) => Pipeline.fromPipelineName(chart, 'p', 'pipe'), new IstioRouter())).toEqual(other('Pipeline seldon-mesh/pipe'));
    expect(shadowed((chart) => Model.fromModelName(chart, 'm', 'iris', { namespace: 'team' }), new IstioRouter())).toEqual(other('Model team/iris'));
  });

  test('that is an Experiment', () => {
    const remedy = 'An Experiment cannot be the mirror of another one. Mirror to one of its Models or Pipelines (at test/iris)';
    expect(shadowed(model, new IstioRouter(), trial)).toEqual(`${MIRROR.replace('Model seldon-mesh/copy', 'Experiment seldon-mesh/trial')}${remedy}`);
    expect(shadowed(model, undefined, trial)).toEqual('Experiment seldon-mesh/trial in an Experiment. '
      + `${LACKS.replace('Model seldon-mesh/copy', 'Experiment seldon-mesh/trial')}${remedy}`);
  });

  test('of which Seldon knows nothing', () => {
    const backend = new ForeignBackend({ description: 'own', host: 'own.ml.svc.cluster.local', namespace: 'ml', port: 80, grpc: { port: 81 }, requestHeaders: { 'x-own': '1' } });
    expect(shadowed(() => SERVICE, undefined, () => backend)).toEqual('Istio cannot mirror to own, which is selected by header x-own. A mirrored '
      + 'request has the headers of the primary and would reach it again. No other router can mirror to it. Leave it out (at test/iris)');
  });
});

test('a Service that gets the mirrored requests of a Model is for Istio', () => {
  expect(shadowed(model, undefined, () => SERVICE))
    .toEqual('Service ml/old in an Experiment. Experiments choose between models or pipelines of Seldon Core 2. Use IstioRouter (at test/iris)');
  expect(shadowed(model, new IstioRouter(), () => SERVICE)).toEqual('no error');
});

describe('a canary with a mirror', () => {
  function canary(props: Partial<CanaryProps>, canaryOf: (chart: Chart) => IBackend = (chart) => Model.fromModelName(chart, 'new', 'young')): string {
    return failureOf((chart) => {
      new Canary(chart, 'iris', {
        gateways: [gatewayOf(chart)],
        stable: model(chart),
        canary: canaryOf(chart),
        weight: 10,
        mirrors: [{ backend: Model.fromModelName(chart, 'shadow', 'copy'), percent: 10 }],
        ...props,
      });
    });
  }

  const REMEDY_OF_MIRRORS = 'Leave that out, or the mirrors. IstioRouter cannot mirror to Model seldon-mesh/copy (at test/iris)';

  test('and an Experiment', () => {
    expect(canary({}, trial)).toEqual(MIRROR + EXPERIMENT);
    expect(canary({ router: new ExperimentRouter() }, trial)).toEqual(`Experiment seldon-mesh/trial in an Experiment. ${LACKS}${EXPERIMENT}`);
  });

  test('and testers', () => {
    const testers = [CallerMatch.header('x-tester', 'yes')];
    expect(canary({ testers })).toEqual(`${MIRROR}ExperimentRouter, with which Seldon mirrors, supports no matches. Leave these or the mirrors out (at test/iris)`);
    expect(canary({ testers, router: new ExperimentRouter() }))
      .toEqual(`a match that selects Model seldon-mesh/young in an Experiment. Experiments share by weight only. ${REMEDY_OF_MIRRORS}`);
  });

  test('and sticky sessions', () => {
    expect(canary({ sticky: {} })).toEqual(`${MIRROR}ExperimentRouter, with which Seldon mirrors, supports no sticky sessions. Leave these or the mirrors out (at test/iris)`);
    expect(canary({ sticky: {}, router: new ExperimentRouter() })).toEqual(`sticky sessions in an Experiment. It shares each request independently. ${REMEDY_OF_MIRRORS}`);
  });
});

test('a split with a mirror and header changes', () => {
  const split = (router?: IRouter) => failureOf((chart) => {
    new TrafficSplit(chart, 'iris', {
      gateways: [gatewayOf(chart)],
      arms: [{ backend: model(chart), weight: 1, responseHeaders: { set: { arm: '1' } } }],
      mirrors: [{ backend: Model.fromModelName(chart, 'shadow', 'copy'), percent: 10 }],
      router,
    });
  });
  expect(split()).toEqual(`${MIRROR}ExperimentRouter, with which Seldon mirrors, supports no header changes. Leave these or the mirrors out (at test/iris)`);
  expect(split(new ExperimentRouter())).toEqual('header changes on an arm of an Experiment. Seldon selects the arm after the last route that could change them. '
    + 'Leave that out, or the mirrors. IstioRouter cannot mirror to Model seldon-mesh/copy (at test/iris)');
});
