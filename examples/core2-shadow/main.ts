import { Chart } from 'cdk8s';
import { FastApp, Gateway, GatewayServer, Model, ShadowDeployment } from 'cdk8s-seldon-istio';

const app = new FastApp();
const chart = new Chart(app, 'shadow', { namespace: 'seldon-mesh' });

const gateway = new Gateway(chart, 'seldon-gateway', {
  namespace: 'istio-system',
  servers: [GatewayServer.http()],
});

const current = new Model(chart, 'iris-current', {
  storageUri: 'gs://seldon-models/mlserver/iris',
  requirements: ['sklearn'],
});
const candidate = new Model(chart, 'iris-candidate', {
  storageUri: 'gs://seldon-models/mlserver/iris',
  requirements: ['sklearn'],
});

// Seldon mirrors the requests: an Istio mirror could not change the header that selects the model.
new ShadowDeployment(chart, 'iris', {
  gateways: [gateway],
  primary: current,
  shadows: [{ backend: candidate, percent: 20 }],
});

app.synth();
