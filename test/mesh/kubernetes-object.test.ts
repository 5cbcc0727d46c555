import { ApiObject, Chart, JsonPatch, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import * as library from '../../src/index';
import { CLASSIFIER } from '../support/core1';
import { testChart } from '../support/manifests';

const {
  AuthorizationPolicy, Caller, CertificateIssuer, Core1Monitor, DenyByDefault, DestinationRule, Experiment, FluxKustomization,
  Gateway, GatewayAccessPolicy, GatewayCertificate, IstioProxyMonitor, KubernetesObject, MeshNamespace, Model, ModelRoute,
  MtlsMode, PeerAuthentication, Pipeline, RequestAuthentication, RolloutDashboard, RolloutRules, SeldonConfig, SeldonDeployment,
  SeldonRuntime, Server, ServerConfig, ServiceBackend, ServiceEntry, ServiceEntryProtocol, Sidecar, SidecarScope, Telemetry,
  VirtualService,
} = library;

type Make = (chart: Chart, id: string) => library.KubernetesObject;

const storageUri = 'gs://seldon-models/mlserver/iris';

const ARMS = [{ name: 'main', backend: ServiceBackend.of({ name: 'iris', namespace: 'models', port: 80 }) }];

/** How each construct of one object is created, and its manifest. */
const ONE_OBJECT: { readonly [construct: string]: [apiVersion: string, kind: string, make: Make] } = {
  AuthorizationPolicy: ['security.istio.io/v1', 'AuthorizationPolicy', (chart, id) => new AuthorizationPolicy(chart, id)],
  Core1Monitor: ['monitoring.coreos.com/v1', 'PodMonitor', (chart, id) => new Core1Monitor(chart, id)],
  DenyByDefault: ['security.istio.io/v1', 'AuthorizationPolicy', (chart, id) => new DenyByDefault(chart, id)],
  DestinationRule: ['networking.istio.io/v1', 'DestinationRule', (chart, id) => new DestinationRule(chart, id, { host: 'iris' })],
  Experiment: ['mlops.seldon.io/v1alpha1', 'Experiment', (chart, id) => new Experiment(chart, id, { candidates: [{ name: 'iris', weight: 1 }] })],
  FluxKustomization: ['kustomize.toolkit.fluxcd.io/v1', 'Kustomization',
    (chart, id) => new FluxKustomization(chart, id, { path: './dist', sourceName: 'models' })],
  Gateway: ['networking.istio.io/v1', 'Gateway', (chart, id) => new Gateway(chart, id)],
  GatewayAccessPolicy: ['security.istio.io/v1', 'AuthorizationPolicy', (chart, id) => {
    const gateway = Gateway.fromGatewayName(chart, 'gateway', 'ingress', {
      namespace: 'models', podNamespace: 'models', selector: { istio: 'ingressgateway' },
    });
    const routes = new Chart(chart.node.root, 'routes', { namespace: 'models' });
    const iris = new ModelRoute(routes, 'iris', { gateways: [gateway], backend: Model.fromModelName(routes, 'model', 'iris', { namespace: 'models' }) });
    RequestAuthentication.fromRequestAuthenticationName(routes, 'tokens', 'tokens', { namespace: 'models', selector: { istio: 'ingressgateway' } });
    return new GatewayAccessPolicy(chart, id, { gateway, endpoints: [iris], allow: [Caller.authenticated()] });
  }],
  GatewayCertificate: ['cert-manager.io/v1', 'Certificate', (chart, id) => new GatewayCertificate(chart, id, {
    namespace: 'models', hosts: ['models.example.com'], issuer: CertificateIssuer.issuer('ca'),
  })],
  IstioProxyMonitor: ['monitoring.coreos.com/v1', 'PodMonitor', (chart, id) => new IstioProxyMonitor(chart, id)],
  MeshNamespace: ['v1', 'Namespace', (chart, id) => new MeshNamespace(chart, id)],
  Model: ['mlops.seldon.io/v1alpha1', 'Model', (chart, id) => new Model(chart, id, { storageUri })],
  PeerAuthentication: ['security.istio.io/v1', 'PeerAuthentication', (chart, id) => new PeerAuthentication(chart, id, { mtls: MtlsMode.STRICT })],
  Pipeline: ['mlops.seldon.io/v1alpha1', 'Pipeline', (chart, id) => {
    const pipeline = new Pipeline(chart, id);
    pipeline.addStepNamed('classifier');
    return pipeline;
  }],
  RequestAuthentication: ['security.istio.io/v1', 'RequestAuthentication', (chart, id) => new RequestAuthentication(chart, id, {
    jwtRules: [{ issuer: 'https://login.example.com', jwksUri: 'https://login.example.com/keys', forwardOriginalToken: false }],
  })],
  RolloutDashboard: ['v1', 'ConfigMap', (chart, id) => new RolloutDashboard(chart, id, { arms: ARMS, rollout: 'iris' })],
  RolloutRules: ['monitoring.coreos.com/v1', 'PrometheusRule', (chart, id) => new RolloutRules(chart, id, { arms: ARMS, rollout: 'iris' })],
  SeldonConfig: ['mlops.seldon.io/v1alpha1', 'SeldonConfig', (chart, id) => new SeldonConfig(chart, id)],
  SeldonDeployment: ['machinelearning.seldon.io/v1', 'SeldonDeployment',
    (chart, id) => new SeldonDeployment(chart, id, { predictors: [{ name: 'main', graph: CLASSIFIER }] })],
  SeldonRuntime: ['mlops.seldon.io/v1alpha1', 'SeldonRuntime', (chart, id) => new SeldonRuntime(chart, id)],
  Server: ['mlops.seldon.io/v1alpha1', 'Server', (chart, id) => new Server(chart, id, { serverConfig: ServerConfig.mlserver() })],
  ServerConfig: ['mlops.seldon.io/v1alpha1', 'ServerConfig',
    (chart, id) => new ServerConfig(chart, id, { podSpec: { containers: [{ name: 'mlserver', image: 'seldonio/mlserver:1.7.1' }] } })],
  ServiceEntry: ['networking.istio.io/v1', 'ServiceEntry',
    (chart, id) => new ServiceEntry(chart, id, { hosts: ['s3.amazonaws.com'], ports: [{ number: 443, protocol: ServiceEntryProtocol.TLS }] })],
  Sidecar: ['networking.istio.io/v1', 'Sidecar', (chart, id) => new Sidecar(chart, id, { egress: [{ hosts: ['./*'] }] })],
  SidecarScope: ['networking.istio.io/v1', 'Sidecar', (chart, id) => new SidecarScope(chart, id)],
  Telemetry: ['telemetry.istio.io/v1', 'Telemetry', (chart, id) => new Telemetry(chart, id, { accessLogging: [{ providers: ['envoy'] }] })],
  VirtualService: ['networking.istio.io/v1', 'VirtualService',
    (chart, id) => new VirtualService(chart, id, { hosts: ['iris'], http: [{ route: [{ destination: { host: 'iris' } }] }] })],
};

/** Constructs that write no object, several objects, one that they share with others, or one whose name is fixed. */
const OTHERS = [
  'AbTest', 'ArgoCdSettings', 'BackendPolicy', 'BlueGreen', 'Canary', 'Core2Monitor', 'DeploymentAccessPolicy', 'FastApp', 'InferenceAutoscaler', 'ModelRoute',
  'ModelStoreEgress', 'RuntimeAccessPolicy', 'ShadowDeployment', 'TrafficSplit',
];

const CONSTRUCTS = Object.entries(library)
  .filter(([, value]) => typeof value === 'function' && value.prototype instanceof Construct && (value as unknown) !== KubernetesObject)
  .map(([name]) => name);

test('every exported construct is known here', () => {
  expect(CONSTRUCTS.sort()).toEqual([...Object.keys(ONE_OBJECT), ...OTHERS].sort());
});

describe.each(Object.entries(ONE_OBJECT))('%s', (construct, [apiVersion, kind, make]) => {
  let chart: Chart;
  let made: library.KubernetesObject;

  beforeEach(() => {
    chart = testChart(undefined, 'models');
    made = make(chart, 'iris');
  });

  const manifest = () => Testing.synth(chart)[0];

  test('is a KubernetesObject', () => {
    expect(made.constructor.name).toEqual(construct);
    expect(made).toBeInstanceOf(KubernetesObject);
  });

  test('defaultChild', () => {
    expect(made.node.findAll().filter(ApiObject.isApiObject)).toEqual([ApiObject.of(made)]);
    expect(Testing.synth(chart)).toHaveLength(1);
  });

  test('states the identity that the manifest has', () => {
    const namespace = kind === 'Namespace' ? undefined : 'models';
    expect([made.apiVersion, made.kind, made.name, made.namespace]).toEqual([apiVersion, kind, 'iris', namespace]);
    const { metadata, ...rest } = manifest();
    expect([rest.apiVersion, rest.kind, metadata.name, metadata.namespace]).toEqual([apiVersion, kind, 'iris', namespace]);
  });

  test('writes labels and annotations that are added later', () => {
    made.metadata.addLabel('team', 'risk');
    made.metadata.addAnnotation('example.com/owner', 'risk');
    expect(manifest().metadata).toMatchObject({ labels: { team: 'risk' }, annotations: { 'example.com/owner': 'risk' } });
  });

  test('writes a field that the library does not know', () => {
    const body = ['Namespace', 'ConfigMap'].includes(kind) ? '' : '/spec';
    ApiObject.of(made).addJsonPatch(JsonPatch.add(`${body}/newerField`, { a: 1 }));
    expect(body === '' ? manifest() : manifest().spec).toMatchObject({ newerField: { a: 1 } });
  });
});
