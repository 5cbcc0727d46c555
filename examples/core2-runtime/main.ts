import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { gpuPod } from './gpu-pod';
import {
  FastApp, Gateway, GatewayServer, InferenceAutoscaler, Model, ModelRoute, SeldonComponent, SeldonRuntime, Server, ServerCapability,
  ServerConfig, ServerInventory,
} from 'cdk8s-seldon-istio';

const app = new FastApp();

// ---------------------------------------------------------------- the platform, shared by all tenants
// Seldon's operator runs here, and looks up ServerConfigs here.
const platform = new Chart(app, 'platform', { namespace: 'seldon-mesh' });

// Each host is for the routes of one namespace, so that no tenant can receive requests of another.
const gateway = new Gateway(platform, 'seldon-gateway', {
  namespace: 'istio-system',
  servers: [GatewayServer.http({ hosts: ['fraud/fraud.example.com', 'vision/vision.example.com'] })],
});

const gpu = new ServerConfig(platform, 'mlserver-gpu', {
  podSpec: gpuPod,
  volumeClaimTemplates: [{
    name: 'models',
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: k8s.Quantity.fromString('20Gi') } } },
  }],
  capabilities: [...ServerCapability.ofMlserver(), 'gpu'],
});

// ---------------------------------------------------------------- a tenant with several models on one Server
const fraud = new Chart(app, 'fraud', { namespace: 'fraud' });

// Its Services are reachable only in the cluster, and their ports use HTTP/2: see the documentation of SeldonRuntime.
new SeldonRuntime(fraud, 'seldon', {
  overrides: [{ name: SeldonComponent.ENVOY, replicas: 2 }],
  config: { scalingConfig: { models: { enabled: true }, servers: { enabled: true } } },
});

// Seldon's configuration with one more package in the image. Seldon scales it as its Models need.
new Server(fraud, 'mlserver', {
  serverConfig: ServerConfig.mlserver(),
  extraCapabilities: ['feature-store'],
  podSpec: { containers: [{ name: 'mlserver', image: 'registry.example.com/mlserver-feature-store:1.6.1' }] },
  minReplicas: 1,
  maxReplicas: 4,
});
// There is no other Server in this namespace: synthesis fails for a Model that this one cannot load.
ServerInventory.declareComplete(fraud);

const cards = new Model(fraud, 'cards', {
  storageUri: 'gs://models-of-fraud/cards',
  requirements: [ServerCapability.XGBOOST, 'feature-store'],
  minReplicas: 1,
  maxReplicas: 4,
});
const claims = new Model(fraud, 'claims', {
  storageUri: 'gs://models-of-fraud/claims',
  requirements: [ServerCapability.SKLEARN],
});

// ---------------------------------------------------------------- a tenant with one model on a dedicated Server
const vision = new Chart(app, 'vision', { namespace: 'vision' });

new SeldonRuntime(vision, 'seldon');

const server = new Server(vision, 'gpu', { serverConfig: gpu, replicas: 1 });
ServerInventory.declareComplete(vision);

const defects = new Model(vision, 'defects', {
  storageUri: 'gs://models-of-vision/defects',
  requirements: [ServerCapability.HUGGINGFACE, 'gpu'],
  server: server.serverName,
  replicas: 1,
});

// Kubernetes scales both by the requests for the Model: 20 per second and replica.
new InferenceAutoscaler(vision, 'defects-scaling', { model: defects, server, requestsPerSecond: 20, maxReplicas: 3 });

// ---------------------------------------------------------------- a host for each tenant
for (const [chart, model] of [[fraud, cards], [fraud, claims], [vision, defects]] as const) {
  new ModelRoute(chart, `${model.modelName}-route`, { endpoint: model.modelName, gateways: [gateway], hosts: [`${chart.namespace}.example.com`], backend: model });
}

app.synth();
