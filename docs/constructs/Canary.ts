import { App, Chart } from 'cdk8s';
import { CallerMatch, Canary, Gateway, Model } from 'cdk8s-seldon-istio';

const app = new App();
const chart = new Chart(app, 'models', { namespace: 'models' });
const gateway = new Gateway(chart, 'seldon-gateway', { namespace: 'istio-system' });
const iris1 = new Model(chart, 'iris1', { storageUri: 'gs://models/iris1' });
const iris2 = new Model(chart, 'iris2', { storageUri: 'gs://models/iris2' });
new Canary(chart, 'iris', {
  gateways: [gateway],
  stable: iris1,
  canary: iris2,
  weight: 25,
  testers: [CallerMatch.header('x-tester', 'yes')],
});
app.synth();
