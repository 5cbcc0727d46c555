import { ApiObject, Chart, Testing } from 'cdk8s';
import { ModelEndpoint } from '../../examples/model-endpoint/model-endpoint';
import { Gateway } from '../../src/istio/gateway/gateway';

const gatewayFor = (chart: Chart) => Gateway.fromGatewayName(chart, 'gateway', 'seldon-gateway', { namespace: 'istio-system' });

function synth(...ids: string[]) {
  const chart = Testing.chart();
  const gateways = [gatewayFor(chart)];
  for (const id of ids) new ModelEndpoint(chart, id, { namespace: 'seldon-mesh', storageUri: `gs://models/${id}`, gateways });
  return Testing.synth(chart);
}

test('creates a model and its route, named after the construct', () => {
  expect(synth('iris').map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`))
    .toEqual(['Model seldon-mesh/iris-model', 'VirtualService seldon-mesh/iris-route']);
});

test('callers use its id', () => {
  const [, { spec }] = synth('iris');

  expect(spec.http[0].match).toEqual([{ uri: { exact: '/v2/models/iris' } }, { uri: { prefix: '/v2/models/iris/' } }]);
  expect(spec.http[0].route[0].headers.request.set).toEqual({ 'seldon-model': 'iris-model' });
});

test('can be used several times in a chart', () => {
  expect(synth('iris', 'wine').map(({ metadata }) => metadata.name)).toEqual(['iris-model', 'iris-route', 'wine-model', 'wine-route']);
});

test('exposes its model', () => {
  const chart = Testing.chart();
  const { model } = new ModelEndpoint(chart, 'iris', { namespace: 'seldon-mesh', storageUri: 'gs://models/iris', gateways: [gatewayFor(chart)] });

  expect(ApiObject.of(model).name).toBe('iris-model');
});

test('fails in a chart without a namespace if none is set', () => {
  const chart = Testing.chart();

  expect(() => new ModelEndpoint(chart, 'iris', { storageUri: 'gs://models/iris', gateways: [gatewayFor(chart)] })).toThrow('no namespace');
});
