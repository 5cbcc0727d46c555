import { readFileSync } from 'fs';
import { join } from 'path';
import { Chart, Testing } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { Gateway } from '../src/istio/gateway/gateway';
import { GatewayServer } from '../src/istio/gateway/gateway-server';
import { HttpRoute } from '../src/istio/virtual-service/http-route';
import { VirtualService } from '../src/istio/virtual-service/virtual-service';
import { StringMatch } from '../src/plan/string-match';
import { Model } from '../src/seldon/core2/model';

/**
 * The samples that Seldon publishes, faults included: users who have them today can write them with our constructs, field by
 * field, before moving to the safe forms of the examples.
 */
function published(file: string): { [field: string]: unknown }[] {
  const text = readFileSync(join(__dirname, 'fixtures/published', file), 'utf8');
  return parseAllDocuments(text).map((document) => withoutApiVersion(document.toJSON()));
}

function withoutApiVersion({ apiVersion: _apiVersion, ...rest }: { [field: string]: unknown }): { [field: string]: unknown } {
  return rest;
}

const HOST = 'seldon-mesh.seldon-mesh.svc.cluster.local';

function irisModel(chart: Chart, name: string): void {
  new Model(chart, name, { requirements: ['sklearn'], storageUri: 'gs://seldon-models/mlserver/iris' });
}

/** The sample makes its gateway next to the models, with certificates mounted as files. */
function sampleGateway(chart: Chart): void {
  new Gateway(chart, 'seldon-gateway', {
    selector: { app: 'istio-ingressgateway', istio: 'ingressgateway' },
    servers: [
      GatewayServer.http(),
      GatewayServer.https({
        privateKey: '/etc/istio/ingressgateway-certs/tls.key',
        serverCertificate: '/etc/istio/ingressgateway-certs/tls.crt',
      }),
    ],
  });
}

/** It routes through a gateway of another namespace, which it does not make, and names no port. */
function sampleRoute(chart: Chart, restPrefix: string, route: HttpRoute['route']): void {
  new VirtualService(chart, 'iris-route', {
    hosts: ['*'],
    gateways: [Gateway.fromGatewayName(chart, 'existing-gateway', 'seldon-gateway', { namespace: 'istio-system' })],
    http: [
      { name: 'iris-http', match: [{ uri: StringMatch.prefix(restPrefix) }], route },
      { name: 'iris-grpc', match: [{ uri: StringMatch.prefix('/inference.GRPCInferenceService') }], route },
    ],
  });
}

function written(chart: Chart): { [field: string]: unknown }[] {
  return Testing.synth(chart).map(withoutApiVersion);
}

function sampleChart(): Chart {
  return new Chart(Testing.app(), 'sample', { namespace: 'seldon-mesh' });
}

test('single model', () => {
  const chart = sampleChart();
  irisModel(chart, 'iris');
  sampleGateway(chart);
  sampleRoute(chart, '/v2', [{ destination: { host: HOST }, headers: { request: { set: { 'seldon-model': 'iris' } } } }]);

  expect(written(chart)).toEqual(published('single-model.yaml'));
});

test('traffic split', () => {
  const chart = sampleChart();
  irisModel(chart, 'iris1');
  irisModel(chart, 'iris2');
  sampleGateway(chart);
  sampleRoute(chart, '/v2/models/iris', ['iris1', 'iris2'].map((model) => ({
    destination: { host: HOST }, headers: { request: { set: { 'seldon-model': model } } }, weight: 50,
  })));

  expect(written(chart)).toEqual(published('traffic-split.yaml'));
});
