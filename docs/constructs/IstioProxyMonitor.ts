import { App, Chart } from 'cdk8s';
import { IstioProxyMonitor } from 'cdk8s-seldon-istio';

const app = new App();
const chart = new Chart(app, 'models', { namespace: 'models' });
new IstioProxyMonitor(chart, 'proxies', { anyNamespace: true });
app.synth();
