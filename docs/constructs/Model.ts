import { App, Chart } from 'cdk8s';
import { Model } from 'cdk8s-seldon-istio';

const app = new App();
const chart = new Chart(app, 'models', { namespace: 'models' });
new Model(chart, 'iris', { storageUri: 'gs://models/iris', requirements: ['sklearn'] });
app.synth();
