import { App, Chart } from 'cdk8s';
import { AuthorizationAction, AuthorizationPolicy } from 'cdk8s-seldon-istio';

const app = new App();
const chart = new Chart(app, 'models', { namespace: 'models' });
new AuthorizationPolicy(chart, 'no-metrics', {
  action: AuthorizationAction.DENY,
  selector: { app: 'iris' },
  rules: [{ to: [{ paths: ['/metrics'] }] }],
});
app.synth();
