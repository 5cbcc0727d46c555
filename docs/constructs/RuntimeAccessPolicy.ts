import { App, Chart } from 'cdk8s';
import { Caller, RuntimeAccessPolicy } from 'cdk8s-seldon-istio';

const app = new App();
const chart = new Chart(app, 'models', { namespace: 'models' });
new RuntimeAccessPolicy(chart, 'access', { allow: [Caller.namespace('web')] });
app.synth();
