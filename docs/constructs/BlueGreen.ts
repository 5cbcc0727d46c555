import { App, Chart } from 'cdk8s';
import { BlueGreen, BlueGreenSlot, Gateway, Model } from 'cdk8s-seldon-istio';

const app = new App();
const chart = new Chart(app, 'models', { namespace: 'models' });
const gateway = new Gateway(chart, 'seldon-gateway', { namespace: 'istio-system' });
const iris1 = new Model(chart, 'iris1', { storageUri: 'gs://models/iris1' });
const iris2 = new Model(chart, 'iris2', { storageUri: 'gs://models/iris2' });
new BlueGreen(chart, 'iris', {
  gateways: [gateway],
  blue: iris1,
  green: iris2,
  active: BlueGreenSlot.BLUE,
  preview: { hosts: ['preview.example.com'] },
});
app.synth();
