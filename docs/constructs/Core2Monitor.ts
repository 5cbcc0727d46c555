import { App, Chart } from 'cdk8s';
import { Core2Monitor } from 'cdk8s-seldon-istio';

const app = new App();
const chart = new Chart(app, 'models', { namespace: 'models' });
new Core2Monitor(chart, 'core2');
app.synth();
