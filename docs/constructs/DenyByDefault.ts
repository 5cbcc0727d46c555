import { App, Chart } from 'cdk8s';
import { DenyByDefault } from 'cdk8s-seldon-istio';

const app = new App();
const chart = new Chart(app, 'models', { namespace: 'models' });
new DenyByDefault(chart, 'deny-by-default');
app.synth();
