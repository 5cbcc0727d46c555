import { App, Chart } from 'cdk8s';
import { Gateway, VirtualService } from 'cdk8s-seldon-istio';

const app = new App();
const chart = new Chart(app, 'models', { namespace: 'models' });
const gateway = new Gateway(chart, 'seldon-gateway', { namespace: 'istio-system' });
new VirtualService(chart, 'docs', {
  hosts: ['docs.example.com'],
  gateways: [gateway],
  http: [{ redirect: { authority: 'www.example.com' } }],
});
app.synth();
