import { ApiObject, Testing } from 'cdk8s';
import { Gateway } from '../../src/istio/gateway/gateway';
import { ServiceBackend } from '../../src/istio/service/service-backend';
import { IstioRouter } from '../../src/routers/istio-router';
import { Model } from '../../src/seldon/core2/model';
import { ShadowDeployment } from '../../src/traffic/shadow-deployment';
import { manifestOf, manifestsOf, testChart } from '../support/manifests';

function world() {
  const chart = testChart();
  const gateways = [new Gateway(chart, 'seldon-gateway', { namespace: 'istio-system' })];
  const [current, candidate] = ['iris-current', 'iris-candidate'].map((id) => new Model(chart, id, { storageUri: `gs://models/${id}` }));
  return { chart, gateways, current, candidate };
}

const service = (name: string) => ServiceBackend.of({ name, namespace: 'ml', port: 8080 });

test('defaultChild', () => {
  const { chart, gateways, current, candidate } = world();
  const shadow = new ShadowDeployment(chart, 'iris', { gateways, primary: current, shadows: [{ backend: candidate, percent: 20 }] });

  expect(ApiObject.of(shadow).kind).toEqual('Experiment');
});

test('models of Seldon Core 2 behind a gateway', () => {
  const { chart, gateways, current, candidate } = world();
  new ShadowDeployment(chart, 'iris', { gateways, primary: current, shadows: [{ backend: candidate, percent: 20 }] });

  expect(Testing.synth(chart)).toMatchSnapshot();
});

test('the experiment answers by the primary and mirrors to the shadow', () => {
  const { chart, gateways, current, candidate } = world();
  new ShadowDeployment(chart, 'iris', { gateways, primary: current, shadows: [{ backend: candidate, percent: 20 }] });

  expect(manifestOf(chart, 'Experiment').spec).toEqual({
    candidates: [{ name: 'iris-current', weight: 100 }],
    mirror: { name: 'iris-candidate', percent: 20 },
    resourceType: 'model',
  });
});

test('the gateway leads to the experiment', () => {
  const { chart, gateways, current, candidate } = world();
  new ShadowDeployment(chart, 'iris', { gateways, primary: current, shadows: [{ backend: candidate, percent: 20 }] });

  const { http } = manifestOf(chart, 'VirtualService').spec;
  expect(http.map(({ route }: { route: { headers: { request: { set: object } } }[] }) => route.map((arm) => arm.headers.request.set)))
    .toEqual([[{ 'seldon-model': 'iris.experiment' }], [{ 'seldon-model': 'iris.experiment' }]]);
});

test('without a gateway the experiment is all', () => {
  const { chart, current, candidate } = world();
  new ShadowDeployment(chart, 'iris', { primary: current, shadows: [{ backend: candidate, percent: 20 }] });

  expect(manifestsOf(chart, 'VirtualService')).toEqual([]);
});

test('plain Services are mirrored by Istio, several at once', () => {
  const { chart, gateways } = world();
  new ShadowDeployment(chart, 'algo', {
    gateways, primary: service('v1'), shadows: [{ backend: service('v2'), percent: 12.5 }, { backend: service('v3'), percent: 0 }],
  });

  expect(manifestOf(chart, 'VirtualService').spec.http).toEqual([{
    name: 'algo-http',
    match: [{ uri: { exact: '/v2/models/algo' } }, { uri: { prefix: '/v2/models/algo/' } }],
    route: [{ destination: { host: 'v1.ml.svc.cluster.local', port: { number: 8080 } } }],
    mirrors: [
      { destination: { host: 'v2.ml.svc.cluster.local', port: { number: 8080 } }, percentage: { value: 12.5 } },
      { destination: { host: 'v3.ml.svc.cluster.local', port: { number: 8080 } }, percentage: { value: 0 } },
    ],
  }]);
});

test('fails with Istio for models of Seldon Core 2', () => {
  const { chart, gateways, current, candidate } = world();

  expect(() => new ShadowDeployment(chart, 'iris', {
    gateways, primary: current, shadows: [{ backend: candidate, percent: 20 }], router: new IstioRouter(),
  })).toThrow(new Error('Istio cannot mirror to Model seldon-mesh/iris-candidate, which is selected by header seldon-model. '
    + 'A mirrored request has the headers of the primary and would reach it again. Use ExperimentRouter, with which Seldon mirrors (at test/iris)'));
});

test('fails for a shadow of a model by itself', () => {
  const { chart, gateways, current } = world();

  expect(() => new ShadowDeployment(chart, 'iris', { gateways, primary: current, shadows: [{ backend: current, percent: 20 }] })).toThrow(new Error(
    'Model seldon-mesh/iris-current answers and gets mirrored requests. A model cannot be its own shadow, since it would get requests twice. Mirror to another backend (at test/iris)',
  ));
});

test('fails without shadows', () => {
  const { chart, gateways, current } = world();

  expect(() => new ShadowDeployment(chart, 'iris', { gateways, primary: current, shadows: [] })).toThrow(new Error(
    'a shadow deployment without shadows. Name at least one backend that gets mirrored requests, or use a ModelRoute (at test/iris)',
  ));
});

test('fails without a percent, where Istio would copy everything', () => {
  const { chart, gateways } = world();
  const shadow = { backend: service('v2'), percent: undefined as unknown as number };

  expect(() => new ShadowDeployment(chart, 'algo', { gateways, primary: service('v1'), shadows: [shadow] })).toThrow(new Error(
    'percent of mirror Service ml/v2 undefined. Expected a percentage from 0 to 100 (at test/algo)',
  ));
});

test('fails for several shadows of models of Seldon Core 2', () => {
  const { chart, gateways, current, candidate } = world();
  const another = Model.fromModelName(chart, 'another', 'iris-another');

  expect(() => new ShadowDeployment(chart, 'iris', {
    gateways, primary: current, shadows: [{ backend: candidate, percent: 20 }, { backend: another, percent: 20 }],
  })).toThrow(new Error('2 mirrors in an Experiment. An Experiment has a maximum of one (at test/iris)'));
});

test.each([-1, 100.5, NaN])('fails with percent %p', (percent) => {
  const { chart, gateways, current, candidate } = world();

  expect(() => new ShadowDeployment(chart, 'iris', { gateways, primary: current, shadows: [{ backend: candidate, percent }] })).toThrow(new Error(
    `percent of mirror Model seldon-mesh/iris-candidate ${percent}. Expected a percentage from 0 to 100 (at test/iris)`,
  ));
});
