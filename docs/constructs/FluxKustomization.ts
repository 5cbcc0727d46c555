import { App, Chart } from 'cdk8s';
import { FluxKustomization } from 'cdk8s-seldon-istio';

const app = new App();
const chart = new Chart(app, 'models', { namespace: 'models' });
new FluxKustomization(chart, 'models', { namespace: 'flux-system', sourceName: 'manifests', path: './dist/models' });
app.synth();
