import { App, Chart } from 'cdk8s';
import { MeshNamespace } from 'cdk8s-seldon-istio';

const app = new App();
const chart = new Chart(app, 'models', { namespace: 'models' });
new MeshNamespace(chart, 'models', { injection: true });
app.synth();
