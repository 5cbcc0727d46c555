import { App, Chart } from 'cdk8s';
import { SeldonRuntime } from 'cdk8s-seldon-istio';

const app = new App();
const chart = new Chart(app, 'models', { namespace: 'models' });
new SeldonRuntime(chart, 'runtime');
app.synth();
