import { App, Chart } from 'cdk8s';
import { DestinationRule } from 'cdk8s-seldon-istio';

const app = new App();
const chart = new Chart(app, 'models', { namespace: 'models' });
new DestinationRule(chart, 'iris', {
  host: 'iris.models.svc.cluster.local',
  subsets: [{ name: 'v1', labels: { version: 'v1' } }],
});
app.synth();
