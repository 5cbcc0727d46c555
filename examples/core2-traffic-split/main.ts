import { Chart } from 'cdk8s';
import { FastApp, Gateway, GatewayServer, Model, TrafficSplit } from 'cdk8s-seldon-istio';

const app = new FastApp();
const chart = new Chart(app, 'traffic-split', { namespace: 'seldon-mesh' });

const gateway = new Gateway(chart, 'seldon-gateway', {
  namespace: 'istio-system',
  servers: [GatewayServer.http(), GatewayServer.https({ credentialName: 'seldon-ssl-cert' })],
});

const iris1 = new Model(chart, 'iris1', {
  storageUri: 'gs://seldon-models/mlserver/iris',
  requirements: ['sklearn'],
});
const iris2 = new Model(chart, 'iris2', {
  storageUri: 'gs://seldon-models/mlserver/iris',
  requirements: ['sklearn'],
});

// REST clients request /v2/models/iris, gRPC clients send `seldon-model: iris`.
new TrafficSplit(chart, 'iris', {
  gateways: [gateway],
  arms: [{ backend: iris1, weight: 50 }, { backend: iris2, weight: 50 }],
});

app.synth();
