import { App, Chart } from 'cdk8s';
import { Gateway, RequestAuthentication } from 'cdk8s-seldon-istio';

const app = new App();
const chart = new Chart(app, 'models', { namespace: 'models' });
const gateway = new Gateway(chart, 'seldon-gateway', { namespace: 'istio-system' });
new RequestAuthentication(chart, 'login', {
  gateway,
  jwtRules: [{ issuer: 'https://login.example.com', jwksUri: 'https://login.example.com/keys', forwardOriginalToken: false }],
});
app.synth();
