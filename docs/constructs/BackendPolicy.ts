import { App, Chart } from 'cdk8s';
import { BackendPolicy, ServiceBackend } from 'cdk8s-seldon-istio';

const app = new App();
const chart = new Chart(app, 'models', { namespace: 'models' });
new BackendPolicy(chart, 'breaker', {
  backend: ServiceBackend.of({ name: 'iris', namespace: 'models', port: 80 }),
  connectionPool: { http: { http1MaxPendingRequests: 100 } },
  outlierDetection: { consecutiveGatewayErrors: 5, maxEjectionPercent: 50 },
});
app.synth();
