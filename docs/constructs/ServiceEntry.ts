import { App, Chart } from 'cdk8s';
import { ServiceEntry, ServiceEntryProtocol, ServiceEntryResolution } from 'cdk8s-seldon-istio';

const app = new App();
const chart = new Chart(app, 'models', { namespace: 'models' });
new ServiceEntry(chart, 'store', {
  hosts: ['store.example.com'],
  ports: [{ number: 443, name: 'tls', protocol: ServiceEntryProtocol.TLS }],
  resolution: ServiceEntryResolution.DNS,
});
app.synth();
