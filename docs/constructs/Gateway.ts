import { App, Chart } from 'cdk8s';
import { Gateway, GatewayServer } from 'cdk8s-seldon-istio';

const app = new App();
const chart = new Chart(app, 'models', { namespace: 'models' });
new Gateway(chart, 'seldon-gateway', {
  namespace: 'istio-system',
  servers: [GatewayServer.https({ hosts: ['models.example.com'], credentialName: 'models-tls' })],
});
app.synth();
