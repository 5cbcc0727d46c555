import { Chart } from 'cdk8s';
import { Canary, FastApp, Gateway, GatewayServer, Model } from 'cdk8s-seldon-istio';

const app = new FastApp();
const chart = new Chart(app, 'models', { namespace: 'models' });

const host = 'models.example.com';
const gateway = new Gateway(chart, 'gateway', { namespace: 'istio-system', servers: [GatewayServer.http({ hosts: [host] })] });

const [stable, canary] = ['iris-v1', 'iris-v2'].map((id) => new Model(chart, id, { storageUri: `gs://models/${id}`, requirements: ['sklearn'] }));

new Canary(chart, 'iris', {
  gateways: [gateway],
  hosts: [host],
  stable,
  canary,
  weight: 0,
});

app.synth();
