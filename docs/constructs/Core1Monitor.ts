import { App, Chart } from 'cdk8s';
import { Core1Monitor } from 'cdk8s-seldon-istio';

const app = new App();
const chart = new Chart(app, 'models', { namespace: 'models' });
new Core1Monitor(chart, 'core1', { namespaces: ['models'] });
app.synth();
