import { Chart } from 'cdk8s';
import {
  Caller, DenyByDefault, Gateway, GatewayServer, GraphNode, Mesh, Model, DeploymentAccessPolicy, GatewayAccessPolicy, RuntimeAccessPolicy,
  ModelRoute, MtlsMode, PeerAuthentication, PrepackagedServer, RequestAuthentication, SeldonDeployment, FastApp,
} from 'cdk8s-seldon-istio';

const app = new FastApp();

// Seldon's operator is installed without its setting istio.enabled: this library writes all routes.
Mesh.configure(app, { operatorIstio: false });

// The gateway validates the token of a request, and forwards it to the pods.
const door = new Chart(app, 'door', { namespace: 'istio-system' });
const gateway = new Gateway(door, 'seldon-gateway', {
  servers: [GatewayServer.https({ hosts: ['models.example.com'], credentialName: 'models-certificate' })],
});
const issuer = 'https://login.example.com';
const jwksUri = 'https://login.example.com/keys';
new RequestAuthentication(door, 'login', { gateway, jwtRules: [{ issuer, jwksUri, forwardOriginalToken: true }] });

// Seldon Core 2: two models for two groups. They share pods, so the gateway enforces access to each of them.
const core2 = new Chart(app, 'core2', { namespace: 'seldon-mesh' });
const fraud = new ModelRoute(core2, 'fraud', {
  gateways: [gateway],
  backend: new Model(core2, 'fraud-v3', { storageUri: 'gs://models/fraud/3', requirements: ['xgboost'] }),
});
const churn = new ModelRoute(core2, 'churn', {
  gateways: [gateway],
  backend: new Model(core2, 'churn-v1', { storageUri: 'gs://models/churn/1', requirements: ['sklearn'] }),
});
new GatewayAccessPolicy(core2, 'fraud-access', {
  gateway,
  endpoints: [fraud],
  allow: [Caller.claim('groups', ['risk', 'audit'])],
});
new GatewayAccessPolicy(core2, 'churn-access', {
  gateway,
  endpoints: [churn],
  allow: [Caller.claim('groups', ['marketing'])],
});

// Its pods have no sidecars: NetworkPolicies allow only traffic from the gateway.
new RuntimeAccessPolicy(core2, 'seldon-mesh-access', { allow: [Caller.gateway(gateway)], monitoring: ['monitoring'] });

// Seldon Core 1, in a namespace with sidecars and strict mTLS. Only requests that are allowed here are accepted.
const core1 = new Chart(app, 'core1', { namespace: 'scoring' });
new PeerAuthentication(core1, 'strict', { mtls: MtlsMode.STRICT });
new DenyByDefault(core1, 'deny-by-default');
const credit = new SeldonDeployment(core1, 'credit', {
  predictors: [{
    name: 'default',
    labels: { 'sidecar.istio.io/inject': 'true' },
    graph: GraphNode.model({ name: 'classifier', implementation: PrepackagedServer.SKLEARN_SERVER, modelUri: 'gs://models/credit/7' }),
  }],
});
const creditRoute = new ModelRoute(core1, 'credit-route', { gateways: [gateway], backend: credit.predictor('default') });
const lenders = Caller.allOf(Caller.subject(issuer, '*'), Caller.claim('groups', ['lending']));

// The pods validate the token that the gateway forwards; the nightly batch runs in the cluster and has a service account.
new RequestAuthentication(core1, 'login', {
  selector: { 'seldon-deployment-id': 'credit' },
  jwtRules: [{ issuer, jwksUri, forwardOriginalToken: false }],
});
new GatewayAccessPolicy(core1, 'credit-access', { gateway, endpoints: [creditRoute], allow: [lenders] });
new DeploymentAccessPolicy(core1, 'credit-callers', {
  deployment: credit,
  allow: [lenders, Caller.serviceAccount('nightly-batch', 'jobs')],
});

app.synth();
