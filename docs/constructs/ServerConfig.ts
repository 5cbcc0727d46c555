import { App, Chart } from 'cdk8s';
import { ServerConfig } from 'cdk8s-seldon-istio';

const app = new App();
const chart = new Chart(app, 'models', { namespace: 'models' });
new ServerConfig(chart, 'custom', {
  podSpec: { containers: [{ name: 'agent', image: 'seldonio/seldon-agent:2.9.0' }, { name: 'server', image: 'registry.example.com/server:1.0' }] },
  capabilities: ['custom'],
});
app.synth();
