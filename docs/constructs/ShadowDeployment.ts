import { App, Chart } from 'cdk8s';
import { Gateway, Model, ShadowDeployment } from 'cdk8s-seldon-istio';

const app = new App();
const chart = new Chart(app, 'models', { namespace: 'models' });
const gateway = new Gateway(chart, 'seldon-gateway', { namespace: 'istio-system' });
const iris1 = new Model(chart, 'iris1', { storageUri: 'gs://models/iris1' });
const iris2 = new Model(chart, 'iris2', { storageUri: 'gs://models/iris2' });
new ShadowDeployment(chart, 'iris', { gateways: [gateway], primary: iris1, shadows: [{ backend: iris2, percent: 20 }] });
app.synth();
