import { App, Chart } from 'cdk8s';
import { AbTest, CallerMatch, Gateway, Model } from 'cdk8s-seldon-istio';

const app = new App();
const chart = new Chart(app, 'models', { namespace: 'models' });
const gateway = new Gateway(chart, 'seldon-gateway', { namespace: 'istio-system' });
const iris1 = new Model(chart, 'iris1', { storageUri: 'gs://models/iris1' });
const iris2 = new Model(chart, 'iris2', { storageUri: 'gs://models/iris2' });
new AbTest(chart, 'iris', {
  gateways: [gateway],
  variants: [
    { name: 'a', backend: iris1, weight: 50 },
    { name: 'b', backend: iris2, weight: 50, matches: [CallerMatch.header('x-group', 'b')] },
  ],
  sticky: {},
});
app.synth();
