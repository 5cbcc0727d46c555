import { App, Chart } from 'cdk8s';
import { CustomTag, Telemetry } from 'cdk8s-seldon-istio';

const app = new App();
const chart = new Chart(app, 'models', { namespace: 'models' });
new Telemetry(chart, 'models', {
  accessLogging: [{ providers: ['envoy'], filter: 'response.code >= 500' }],
  tracing: { samplingPercentage: 10, customTags: { model: CustomTag.model() } },
});
app.synth();
