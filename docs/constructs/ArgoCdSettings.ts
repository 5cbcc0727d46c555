import { App, Chart } from 'cdk8s';
import { ArgoCdSettings } from 'cdk8s-seldon-istio';

const app = new App();
const chart = new Chart(app, 'models', { namespace: 'models' });
new ArgoCdSettings(chart, 'argo-cd', { namespace: 'argocd' });
app.synth();
