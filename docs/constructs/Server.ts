import { App, Chart } from 'cdk8s';
import { Server, ServerConfig } from 'cdk8s-seldon-istio';

const app = new App();
const chart = new Chart(app, 'models', { namespace: 'models' });
new Server(chart, 'mlserver', {
  serverConfig: ServerConfig.fromServerConfigName(chart, 'config', 'mlserver'),
  replicas: 2,
});
app.synth();
