import { Chart, Duration } from 'cdk8s';
import {
  ArgoCdRemoval, CertificateIssuer, FastApp, Gateway, GatewayCertificate, GatewayServer, GraphNode, MeshNamespace, ModelRoute,
  PodSecurityLevel, PrepackagedServer, SeldonDeployment, SeldonProtocol, ServerTlsMode, TlsVersion,
} from 'cdk8s-seldon-istio';

const app = new FastApp();

// The pods of the models have sidecars. Argo CD asks before it deletes the namespace, since that would delete all models.
const models = new Chart(app, 'models', { namespace: 'models' });
const { namespaceName: namespace } = new MeshNamespace(models, 'models', {
  podSecurity: { enforce: PodSecurityLevel.PRIVILEGED, warn: PodSecurityLevel.BASELINE },
  argoCd: { syncWave: -1, prune: ArgoCdRemoval.CONFIRM },
});

// The gateway of the mesh: plain HTTP is redirected to HTTPS, the public host has a certificate from Let's Encrypt, and the partner's
// host requires client certificates. Its secret must already exist, with the partner's CA as `ca.crt`.
const ingress = new Chart(app, 'ingress', { namespace: 'istio-system' });
const everybody = 'models.example.com';
const partner = 'partner.example.com';
const certificate = new GatewayCertificate(ingress, 'models-example-com', {
  hosts: [everybody],
  issuer: CertificateIssuer.clusterIssuer('letsencrypt'),
  renewBefore: Duration.days(30),
});
const gateway = new Gateway(ingress, 'seldon-gateway', {
  servers: [
    GatewayServer.http({ hosts: [everybody, partner], httpsRedirect: true }),
    GatewayServer.https({ hosts: [`${namespace}/${everybody}`], certificate }),
    GatewayServer.https({
      hosts: [`${namespace}/${partner}`],
      mode: ServerTlsMode.MUTUAL,
      credentialName: 'seldon-ssl-cert',
      minProtocolVersion: TlsVersion.V1_3,
    }),
  ],
});

const deployment = (id: string, more: Partial<ConstructorParameters<typeof SeldonDeployment>[2]>) => new SeldonDeployment(models, id, {
  protocol: SeldonProtocol.V2,
  predictors: [{
    name: 'main',
    graph: GraphNode.model({ name: 'classifier', implementation: PrepackagedServer.SKLEARN_SERVER, modelUri: 'gs://seldon-models/sklearn/iris-0.23.2/lr_model' }),
  }],
  ...more,
});

// Seldon's operator writes the routes of this model for this gateway: `seldon.io/istio-gateway` and related annotations.
deployment('iris', { istio: { gateway, hosts: [everybody], retries: 3, retriesTimeout: Duration.seconds(2) } });

// This library writes these routes, so that they can set a timeout and which failures are retried.
const fraud = deployment('fraud', { disableOperatorRoutes: true });
new ModelRoute(models, 'fraud-route', {
  gateways: [gateway],
  hosts: [partner],
  backend: fraud.predictor('main'),
  policy: {
    timeout: Duration.seconds(10),
    retries: { attempts: 2, perTryTimeout: Duration.seconds(4), retryOn: ['connect-failure', 'refused-stream', 'unavailable', '503'] },
  },
});

// The team's own gateway: its pods are in the namespace of the models, with a separate port, for clients in the company's network.
const own = new Gateway(models, 'team-gateway', {
  selector: { app: 'team-gateway' },
  podNamespace: namespace,
  servers: [GatewayServer.http({ port: 31400, hosts: ['./*.models.internal'] })],
});
const wine = deployment('wine', { disableOperatorRoutes: true });
new ModelRoute(models, 'wine-route', { gateways: [own], hosts: ['wine.models.internal'], backend: wine.predictor('main') });

app.synth();
