import { App, Chart } from 'cdk8s';
import { Caller, Gateway, GatewayAccessPolicy, Model, ModelRoute, RequestAuthentication } from 'cdk8s-seldon-istio';

const app = new App();
const chart = new Chart(app, 'models', { namespace: 'models' });
const gateway = new Gateway(chart, 'seldon-gateway', { namespace: 'istio-system' });
const fraud = new Model(chart, 'fraud', { storageUri: 'gs://models/fraud' });
const route = ModelRoute.of(fraud, { gateways: [gateway] });
new RequestAuthentication(chart, 'login', {
  gateway,
  jwtRules: [{ issuer: 'https://login.example.com', jwksUri: 'https://login.example.com/keys', forwardOriginalToken: false }],
});
new GatewayAccessPolicy(chart, 'risk', { gateway, endpoints: [route], allow: [Caller.claim('groups', ['risk'])] });
app.synth();
