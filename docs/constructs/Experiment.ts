import { App, Chart } from 'cdk8s';
import { Experiment, Model } from 'cdk8s-seldon-istio';

const app = new App();
const chart = new Chart(app, 'models', { namespace: 'models' });
new Model(chart, 'iris1', { storageUri: 'gs://models/iris1' });
new Model(chart, 'iris2', { storageUri: 'gs://models/iris2' });
new Experiment(chart, 'iris', {
  defaultCandidate: 'iris1',
  candidates: [{ name: 'iris1', weight: 90 }, { name: 'iris2', weight: 10 }],
});
app.synth();
