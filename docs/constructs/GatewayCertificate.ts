import { App, Chart } from 'cdk8s';
import { CertificateIssuer, GatewayCertificate } from 'cdk8s-seldon-istio';

const app = new App();
const chart = new Chart(app, 'models', { namespace: 'models' });
new GatewayCertificate(chart, 'models-tls', {
  namespace: 'istio-system',
  hosts: ['models.example.com'],
  issuer: CertificateIssuer.clusterIssuer('letsencrypt'),
});
app.synth();
