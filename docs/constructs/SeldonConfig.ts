import { App, Chart } from 'cdk8s';
import { SeldonConfig } from 'cdk8s-seldon-istio';

const app = new App();
const chart = new Chart(app, 'models', { namespace: 'models' });
new SeldonConfig(chart, 'small', { config: { kafkaConfig: { topicPrefix: 'models' } } });
app.synth();
