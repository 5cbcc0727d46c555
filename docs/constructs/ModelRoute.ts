import { App, Chart } from 'cdk8s';
import { Gateway, Model, ModelRoute } from 'cdk8s-seldon-istio';

const app = new App();
const chart = new Chart(app, 'models', { namespace: 'models' });
const gateway = new Gateway(chart, 'seldon-gateway', { namespace: 'istio-system' });
const wine = new Model(chart, 'wine', { storageUri: 'gs://models/wine' });
new ModelRoute(chart, 'wine-route', { endpoint: 'wine', backend: wine, gateways: [gateway], hosts: ['models.example.com'] });
app.synth();
