import { ApiObject, App, Chart } from 'cdk8s';

const app = new App();
const chart = new Chart(app, 'configmap');
new ApiObject(chart, 'settings', { apiVersion: 'v1', kind: 'ConfigMap', data: { greeting: 'hello' } });
app.synth();
