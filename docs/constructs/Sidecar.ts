import { App, Chart } from 'cdk8s';
import { Sidecar } from 'cdk8s-seldon-istio';

const app = new App();
const chart = new Chart(app, 'models', { namespace: 'models' });
new Sidecar(chart, 'default', { egress: [{ hosts: ['./*', 'istio-system/*'] }] });
app.synth();
