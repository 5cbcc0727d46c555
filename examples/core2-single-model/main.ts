import { Chart } from 'cdk8s';
import { FastApp, Gateway, GatewayServer, GrpcCalls, Model, ModelRoute } from 'cdk8s-seldon-istio';

const app = new FastApp();
const chart = new Chart(app, 'single-model', { namespace: 'seldon-mesh' });

const gateway = new Gateway(chart, 'seldon-gateway', {
  namespace: 'istio-system',
  servers: [GatewayServer.http()],
});

const iris = new Model(chart, 'iris', {
  storageUri: 'gs://seldon-models/mlserver/iris',
  requirements: ['sklearn'],
});

// The model has its own host on the gateway, so gRPC clients need no header that selects the model.
new ModelRoute(chart, 'iris-route', {
  endpoint: 'iris',
  gateways: [gateway],
  backend: iris,
  grpc: GrpcCalls.allOnHost(),
  health: true,
});

app.synth();
