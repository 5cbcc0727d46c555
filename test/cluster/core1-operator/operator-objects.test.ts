import { readFileSync } from 'fs';
import { join } from 'path';
import { parse } from 'yaml';
import { OperatorEnvironment, OperatorTlsMode } from '../../../src/cluster/core1-operator/environment';
import { SeldonDeploymentManifest, UnitManifest } from '../../../src/cluster/core1-operator/manifest';
import { OperatorObjects, OperatorPods } from '../../../src/cluster/core1-operator/objects';
import { operatorObjects } from '../../../src/cluster/core1-operator/operator-objects';
import { messageOf } from '../../support/errors';

interface Golden {
  readonly case: string;
  readonly environment: { readonly ISTIO_GATEWAY: string; readonly ISTIO_TLS_MODE?: OperatorTlsMode };
  readonly deployment: SeldonDeploymentManifest;
  readonly objects: unknown[];
  readonly services: unknown[];
  readonly pods: OperatorPods[];
}

const GOLDEN = parse(readFileSync(join(__dirname, '../../fixtures/core1-operator-golden.yaml'), 'utf8')) as Golden[];

/** As the operator's own output is noted down. */
function note({ virtualServices, destinationRules, services, pods }: OperatorObjects): unknown {
  return {
    objects: [...virtualServices, ...destinationRules],
    services: (services as unknown as { metadata: { name: string }; spec: { ports: { name: string; port: number }[]; selector: unknown } }[])
      .map(({ metadata: { name }, spec: { ports, selector } }) => ({
        name, ports: Object.fromEntries(ports.map((port) => [port.name, port.port])), selector,
      })),
    pods,
  };
}

function preview(predictors: unknown[], rest: object = {}, environment: OperatorEnvironment = {}): OperatorObjects {
  return operatorObjects({
    metadata: { name: 'iris', namespace: 'seldon' }, ...rest, spec: { predictors, ...(rest as { spec?: object }).spec },
  } as SeldonDeploymentManifest, environment, 'test');
}

function predictor(name: string, rest: object = {}): unknown {
  return { name, graph: { name: 'classifier', implementation: 'SKLEARN_SERVER', modelUri: 'gs://x' }, ...rest };
}

/** The same data, which a function cannot change. */
function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}

function withNulls({ children, ...rest }: UnitManifest): unknown {
  return { implementation: null, modelUri: null, ...rest, children: children?.map(withNulls) ?? null };
}

interface Route { readonly destination: { host: string; port: { number: number }; subset: string }; readonly weight?: number }
interface Rule { readonly route: Route[]; readonly mirror?: unknown; readonly mirrorPercentage?: unknown; readonly retries?: unknown }

function rulesOf({ virtualServices }: OperatorObjects, index = 0): Rule[] {
  return (virtualServices[index].spec as { http: Rule[] }).http;
}

function portsOf(objects: OperatorObjects): number[][] {
  return rulesOf(objects).map(({ route }) => route.map(({ destination }) => destination.port.number));
}

function serviceOf({ services }: OperatorObjects, name: string): unknown {
  return services.find(({ metadata }) => (metadata as { name: string }).name === name);
}

test('there are cases of the operator itself', () => {
  expect(GOLDEN.map((each) => each.case)).toEqual([
    'single predictor, defaults', 'canary 75/25, host list, gateway, retries', 'shadow with 30 percent', 'shadow without percentage', 'A/B 100/0',
    'explainer', 'no engine', 'long names', 'service name annotation and version label', 'annotations on metadata',
    'graph of four with a combiner', 'shadow with 30 percent, TLS mode ISTIO_MUTUAL',
  ]);
});

test.each(GOLDEN.map((each) => [each.case, each] as const))('%s, as the operator did it', (_name, { environment, deployment, objects, services, pods }) => {
  const made = operatorObjects(frozen(deployment), { gateway: environment.ISTIO_GATEWAY, tlsMode: environment.ISTIO_TLS_MODE });
  expect(note(made)).toEqual({ objects, services, pods });
});

test.each(GOLDEN.map((each) => [each.case, each] as const))('%s, with every unset field written as null', (_name, { deployment }) => {
  const { metadata, spec } = deployment;
  const written = {
    ...deployment,
    metadata: { annotations: null, labels: null, ...metadata },
    spec: {
      annotations: null,
      protocol: null,
      ...spec,
      predictors: spec.predictors.map(({ graph, ...rest }) => ({
        annotations: null, labels: null, componentSpecs: null, explainer: null, traffic: null, shadow: null, ...rest, graph: withNulls(graph),
      })),
    },
  } as unknown as SeldonDeploymentManifest;
  expect(operatorObjects(written)).toEqual(operatorObjects(deployment));
});

test('the gateway is that of the operator\'s chart by default', () => {
  expect(preview([predictor('main')]).virtualServices[0].spec).toMatchObject({ gateways: ['istio-system/seldon-gateway'], hosts: ['*'] });
});

test('a gateway without a namespace stays so', () => {
  expect(preview([predictor('main')], {}, { gateway: 'seldon-gateway' }).virtualServices[0].spec).toMatchObject({ gateways: ['seldon-gateway'] });
});

test('a deployment without a namespace is in the default one', () => {
  const { virtualServices, services } = preview([predictor('main')], { metadata: { name: 'iris' } });
  expect(virtualServices[0].metadata).toEqual({ name: 'iris', namespace: 'default' });
  expect(services[0].metadata).toEqual({ name: 'iris-main', namespace: 'default' });
});

test('annotations of the spec come first', () => {
  const made = preview([predictor('main')], {
    metadata: { name: 'iris', namespace: 'seldon', annotations: { 'seldon.io/istio-host': 'meta.example.com', 'seldon.io/istio-gateway': 'meta' } },
    spec: { annotations: { 'seldon.io/istio-host': 'spec.example.com' } },
  });
  expect(made.virtualServices[0].spec).toMatchObject({ gateways: ['meta'], hosts: ['spec.example.com'] });
});

test.each([
  [{ 'seldon.io/istio-retries': '3' }, { attempts: 3, perTryTimeout: '1s', retryOn: 'gateway-error,connect-failure,refused-stream' }],
  [{ 'seldon.io/istio-retries': '2', 'seldon.io/istio-retries-timeout': '0' },
    { attempts: 2, perTryTimeout: '0s', retryOn: 'gateway-error,connect-failure,refused-stream' }],
  [{ 'seldon.io/istio-retries': '0', 'seldon.io/istio-retries-timeout': '5' }, undefined],
  [{ 'seldon.io/istio-retries': '-1' }, undefined],
  [{ 'seldon.io/istio-retries': '' }, undefined],
  [{ 'seldon.io/istio-retries-timeout': 'x' }, undefined],
])('retries %j', (annotations, retries) => {
  const made = preview([predictor('main')], { spec: { annotations } });
  expect(rulesOf(made).map((rule) => rule.retries)).toEqual([retries, retries]);
});

test('explainers have no retries and no TLS', () => {
  const made = preview([predictor('main', { explainer: { type: 'AnchorTabular' } })],
    { spec: { annotations: { 'seldon.io/istio-retries': '3' } } }, { tlsMode: OperatorTlsMode.ISTIO_MUTUAL });
  expect(rulesOf(made, 1)[0].retries).toBeUndefined();
  expect(made.destinationRules[1].spec).toEqual({ host: 'iris-main-explainer', subsets: [{ name: 'main', labels: { version: 'main' } }] });
});

test('the orchestrator\'s ports are the operator\'s', () => {
  const made = preview([predictor('main')], {}, { httpPort: 8080, grpcPort: 5050 });
  expect(portsOf(made)).toEqual([[8080], [5050]]);
  expect(serviceOf(made, 'iris-main')).toEqual({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'iris-main', namespace: 'seldon' },
    spec: {
      type: 'ClusterIP',
      selector: { 'seldon-app': 'iris-main' },
      ports: [{ name: 'http', protocol: 'TCP', port: 8080, targetPort: 8080 }, { name: 'grpc', protocol: 'TCP', port: 5050, targetPort: 5050 }],
    },
  });
  expect(made.pods[0].containers['seldon-container-engine']).toEqual({ http: 8080, metrics: 8080, grpc: 5050 });
});

test('arms that scale are routed like others', () => {
  const scaled = (rest: object) => ({ componentSpecs: [{ spec: { containers: [{ name: 'classifier' }] }, ...rest }] });
  const made = preview([
    predictor('main', { traffic: 80, ...scaled({ hpaSpec: { maxReplicas: 3 } }) }),
    predictor('canary', { traffic: 20, ...scaled({ kedaSpec: { triggers: [] } }) }),
  ]);
  expect(rulesOf(made).map(({ route }) => route.map(({ weight }) => weight))).toEqual([[80, 20], [80, 20]]);
  expect(portsOf(made)).toEqual([[8000, 8000], [5001, 5001]]);
});

test('arms with and without orchestrator mix', () => {
  const made = preview([predictor('main', { traffic: 50 }), predictor('bare', { traffic: 50, annotations: { 'seldon.io/no-engine': 'True' } })]);
  expect(portsOf(made)).toEqual([[8000, 9000], [5001, 9500]]);
  expect(made.pods.map(({ deployment, labels, containers }) => [deployment, labels['seldon-app'], Object.keys(containers)])).toEqual([
    ['iris-bare-0-classifier', 'iris-bare', ['classifier']],
    ['iris-main-0-classifier', 'iris-main', ['classifier', 'seldon-container-engine']],
  ]);
});

test('ports go by the names of containers, through all predictors', () => {
  const bare = (name: string, node: string, containers: object[]) => ({
    name, graph: { name: node }, traffic: 50, componentSpecs: [{ spec: { containers } }], annotations: { 'seldon.io/no-engine': 'true' },
  });
  const made = preview([
    bare('a', 'x', [{ name: 'helper' }, { name: 'x' }]),
    bare('b', 'y', [{ name: 'y' }]),
    bare('c', 'x', [{ name: 'x' }]),
    bare('d', 'z', [{ name: 'z', ports: [{ name: 'http', containerPort: 8080 }, { containerPort: 1 }, { name: 'metrics', containerPort: 7 }] }]),
  ]);
  expect(portsOf(made)).toEqual([[9001, 9002, 9001, 8080], [9501, 9502, 9501, 9503]]);
  expect(made.pods.map(({ containers }) => containers)).toEqual([
    { helper: {}, x: { http: 9001, grpc: 9501, metrics: 6000 } },
    { y: { http: 9002, grpc: 9502, metrics: 6001 } },
    { x: { http: 9001, grpc: 9501, metrics: 6002 } },
    { z: { http: 8080, grpc: 9503, metrics: 7 } },
  ]);
});

test('a graph without a container and without engine has the orchestrator\'s ports', () => {
  expect(portsOf(preview([{ name: 'a', graph: { name: 'x' }, annotations: { 'seldon.io/no-engine': 'true' } }]))).toEqual([[8000], [5001]]);
});

test('explainers of several predictors have their own ports', () => {
  const made = preview([
    predictor('main', { traffic: 90, explainer: { type: 'AnchorTabular', endpoint: { service_port: 9100 } } }),
    predictor('canary', {
      traffic: 10,
      labels: { version: 'v2' },
      explainer: { type: 'ALE', containerSpec: { name: 'explain', ports: [{ name: 'http', containerPort: 7000 }, { name: 'other', containerPort: 1 }] } },
    }),
    predictor('none', { explainer: { modelUri: 'gs://e' } }),
  ]);
  expect(made.virtualServices.map(({ metadata }) => (metadata as { name: string }).name)).toEqual([
    'iris', 'iris-canary-explainer-http', 'iris-main-explainer-http',
  ]);
  expect(rulesOf(made, 1)).toEqual([{
    match: [{ uri: { prefix: '/seldon/seldon/iris-explainer/canary/' } }],
    rewrite: { uri: '/' },
    route: [{ destination: { host: 'iris-canary-explainer', subset: 'canary', port: { number: 9000 } }, weight: 100 }],
  }]);
  expect(rulesOf(made, 2)[0].route[0].destination.port.number).toBe(9100);
  expect(serviceOf(made, 'iris-main-explainer')).toMatchObject({ spec: { ports: [{ name: 'http', port: 9100, targetPort: 9100 }] } });
  expect(made.pods.filter(({ deployment }) => deployment.endsWith('explainer'))).toEqual([
    {
      deployment: 'iris-canary-explainer',
      labels: { 'version': 'v2', 'seldon-deployment-id': 'iris', 'seldon-app': 'iris-canary-explainer' },
      containers: { explain: { http: 7000 } },
    },
    {
      deployment: 'iris-main-explainer',
      labels: { 'version': 'main', 'seldon-deployment-id': 'iris', 'seldon-app': 'iris-main-explainer' },
      containers: { 'iris-main-explainer': { http: 9100 } },
    },
  ]);
});

test('a canary with a shadow', () => {
  const made = preview([predictor('main', { traffic: 75 }), predictor('canary', { traffic: 25 }), predictor('dark', { shadow: true, traffic: 10 })]);
  const [rest, grpc] = rulesOf(made);
  expect(rest.route.map(({ weight }) => weight)).toEqual([75, 25]);
  expect(rest.mirror).toEqual({ host: 'iris-dark.seldon.svc.cluster.local', subset: 'dark', port: { number: 8000 } });
  expect(grpc.mirror).toEqual({ host: 'iris-dark.seldon.svc.cluster.local', subset: 'dark', port: { number: 5001 } });
  expect([rest.mirrorPercentage, grpc.mirrorPercentage]).toEqual([{ value: 10 }, { value: 10 }]);
  expect(made.destinationRules).toHaveLength(3);
});

test('of several shadows, which the webhook refuses, the last one gets the mirrored requests', () => {
  const made = preview([predictor('main'), predictor('first', { shadow: true, traffic: 10 }), predictor('last', { shadow: true, traffic: 20 })]);
  expect(rulesOf(made).map(({ mirror, mirrorPercentage }) => [mirror, mirrorPercentage])).toEqual([8000, 5001].map((number) => [
    { host: 'iris-last.seldon.svc.cluster.local', subset: 'last', port: { number } }, { value: 20 },
  ]));
});

describe('ports of servers', () => {
  /** Ports of the container of one node, in a deployment whose other node keeps all of its ports. */
  const portsUnder = (protocol: string | undefined, implementation: string, componentSpecs?: object[]): unknown => {
    const made = preview([
      { name: 'main', graph: { name: 'server', implementation, modelUri: 'gs://x' }, componentSpecs, traffic: 50 },
      { name: 'next', graph: { name: 'own' }, componentSpecs: [{ spec: { containers: [{ name: 'own' }] } }], traffic: 50 },
    ], { spec: { protocol } });
    expect(made.pods[1].containers.own).toEqual({ http: 9001, grpc: 9501, metrics: 6001 });
    return made.pods[0].containers.server;
  };

  test.each([
    ['v2', 'SKLEARN_SERVER'], ['kfserving', 'XGBOOST_SERVER'], ['v2', 'MLFLOW_SERVER'], ['v2', 'HUGGINGFACE_SERVER'], ['v2', 'MY_SERVER'],
    ['v2', 'TRITON_SERVER'], ['seldon', 'TRITON_SERVER'], [undefined, 'TRITON_SERVER'],
  ])('under protocol %s the operator leaves %s no port for metrics', (protocol, implementation) => {
    expect(portsUnder(protocol, implementation)).toEqual({ http: 9000, grpc: 9500 });
  });

  test.each([
    [undefined, 'SKLEARN_SERVER'], ['seldon', 'MLFLOW_SERVER'], ['tensorflow', 'TENSORFLOW_SERVER'], ['v2', 'TENSORFLOW_SERVER'],
  ])('under protocol %s it leaves %s all ports', (protocol, implementation) => {
    expect(portsUnder(protocol, implementation)).toEqual({ http: 9000, grpc: 9500, metrics: 6000 });
  });

  test('a container\'s own ports are replaced, too, apart from the numbers for calls', () => {
    const ports = [{ name: 'http', containerPort: 8080 }, { name: 'debug', containerPort: 7000 }];
    const componentSpecs = [{ spec: { containers: [{ name: 'server', ports }] } }];
    expect(portsUnder('v2', 'TRITON_SERVER', componentSpecs)).toEqual({ http: 8080, grpc: 9500 });
  });
});

test('subsets select the labels version, and pods carry them', () => {
  const made = preview([
    predictor('main', { labels: { version: 'v7', team: 'a' }, componentSpecs: [{ metadata: { name: 'pods', labels: { tier: 'gold' } }, spec: {} }] }),
  ]);
  expect(made.destinationRules[0].spec).toMatchObject({ subsets: [{ name: 'main', labels: { version: 'v7' } }] });
  expect(made.pods).toEqual([{
    deployment: 'iris-main-0-pods',
    labels: {
      'version': 'v7', 'team': 'a', 'tier': 'gold', 'seldon-deployment-id': 'iris', 'seldon-app': 'iris-main', 'seldon-app-svc-classifier': 'iris-main-classifier',
    },
    containers: { 'classifier': { http: 9000, grpc: 9500, metrics: 6000 }, 'seldon-container-engine': { http: 8000, metrics: 8000, grpc: 5001 } },
  }]);
});

test('the Service selects the pods of a separate orchestrator', () => {
  const made = preview([predictor('main')], { spec: { annotations: { 'seldon.io/engine-separate-pod': 'true' } } });
  expect(made.pods).toEqual([
    {
      deployment: 'iris-main-0-classifier',
      labels: { 'version': 'main', 'seldon-deployment-id': 'iris', 'seldon-app-svc-classifier': 'iris-main-classifier' },
      containers: { classifier: { http: 9000, grpc: 9500, metrics: 6000 } },
    },
    {
      deployment: 'iris-main-svc-orch',
      labels: { 'version': 'main', 'seldon-deployment-id': 'iris-main', 'seldon-app': 'iris-main' },
      containers: { 'seldon-container-engine': { http: 8000, metrics: 8000, grpc: 5001 } },
    },
  ]);
});

test('the orchestrator joins the component that has a node in the first place', () => {
  const made = preview([{
    name: 'main',
    graph: { name: 'in', type: 'TRANSFORMER', children: [{ name: 'classifier', implementation: 'SKLEARN_SERVER' }] },
    componentSpecs: [{ spec: { containers: [{ name: 'other' }] } }, { spec: { containers: [{ name: 'in' }] } }],
  }]);
  expect(made.pods.map(({ containers }) => Object.keys(containers))).toEqual([['other', 'classifier', 'seldon-container-engine'], ['in']]);
});

test('headless Services have no address', () => {
  const made = preview([predictor('main')], { metadata: { name: 'iris', namespace: 'seldon', annotations: { 'seldon.io/headless-svc': 'true' } } });
  expect(serviceOf(made, 'iris-main')).toMatchObject({ spec: { clusterIP: 'None' } });
  expect((serviceOf(made, 'iris-main-classifier') as { spec: object }).spec).not.toHaveProperty('clusterIP');
});

test.each([
  [{ 'seldon.io/istio-retries': 'three' }, 'annotation seldon.io/istio-retries "three". Expected a whole number, since the operator fails on anything else (at test)'],
  [{ 'seldon.io/istio-retries': '3', 'seldon.io/istio-retries-timeout': '1s' },
    'annotation seldon.io/istio-retries-timeout "1s". Expected a whole number, since the operator fails on anything else (at test)'],
])('fails where the operator would, for %j', (annotations, message) => {
  expect(() => preview([predictor('main')], { spec: { annotations } })).toThrow(new Error(message));
});

test('errors name the deployment where nothing else is given', () => {
  const written = { metadata: { name: 'iris' }, spec: { annotations: { 'seldon.io/istio-retries': 'three' }, predictors: [] } };
  expect(() => operatorObjects(written)).toThrow(/ \(at SeldonDeployment default\/iris\)$/);
});

describe('a manifest that the API server rejects fails', () => {
  const graph = { name: 'classifier' };
  const main = { name: 'main', graph };
  const of = (spec: unknown, metadata: unknown = { name: 'iris' }) => ({ metadata, spec });

  test('which the control shows', () => {
    expect(messageOf(() => operatorObjects(of({ predictors: [main] }) as SeldonDeploymentManifest))).toEqual('no error');
  });

  test.each<[string, unknown, string]>([
    ['nothing', undefined, 'the manifest undefined. Expected an object (at a SeldonDeployment without a name)'],
    ['a list', [main], 'the manifest [an object]. Expected an object'],
    ['no metadata', { spec: { predictors: [main] } }, 'metadata is missing. The API server rejects a SeldonDeployment without it'],
    ['no name', of({ predictors: [main] }, { generateName: 'iris-' }), 'metadata.name is missing'],
    ['a name that is a number', of({ predictors: [main] }, { name: 5 }), 'metadata.name 5. Expected a string (at SeldonDeployment default/5)'],
    ['an annotation that is a flag', of({ predictors: [main] }, { name: 'iris', annotations: { 'seldon.io/no-engine': true } }),
      'metadata.annotations["seldon.io/no-engine"] true. Expected a string (at SeldonDeployment default/iris)'],
    ['no spec', { metadata: { name: 'iris' }, spec: null }, 'spec is missing'],
    ['no predictors', of({}), 'spec.predictors is missing'],
    ['predictors that are an object', of({ predictors: { main } }), 'spec.predictors an object. Expected a list'],
    ['a predictor that is null', of({ predictors: [main, null] }), 'spec.predictors[1] null. Expected an object'],
    ['no graph', of({ predictors: [{ name: 'main' }] }), 'spec.predictors[0].graph is missing'],
    ['a child without a name', of({ predictors: [{ ...main, graph: { ...graph, children: [{}] } }] }), 'spec.predictors[0].graph.children[0].name is missing'],
    ['traffic in quotes', of({ predictors: [{ ...main, traffic: '50' }] }), 'spec.predictors[0].traffic "50". Expected a number'],
    ['a shadow in quotes', of({ predictors: [{ ...main, shadow: 'false' }] }), 'spec.predictors[0].shadow "false". Expected a boolean'],
    ['a port in quotes', of({ predictors: [{ ...main, componentSpecs: [{ spec: { containers: [{ name: 'classifier', ports: [{ containerPort: '9000' }] }] } }] }] }),
      'spec.predictors[0].componentSpecs[0].spec.containers[0].ports[0].containerPort "9000". Expected a number'],
    ['a container that is null', of({ predictors: [{ ...main, componentSpecs: [{ spec: { containers: [null] } }] }] }),
      'spec.predictors[0].componentSpecs[0].spec.containers[0] null. Expected an object'],
  ])('%s', (_what, manifest, message) => {
    expect(messageOf(() => operatorObjects(manifest as SeldonDeploymentManifest))).toContain(message);
  });

  test('a graph that contains itself', () => {
    const cyclic: { name: string; children: unknown[] } = { name: 'classifier', children: [] };
    cyclic.children.push(cyclic);
    expect(messageOf(() => operatorObjects(of({ predictors: [{ name: 'main', graph: cyclic }] }) as unknown as SeldonDeploymentManifest)))
      .toContain('levels deep. Flatten the graph (at SeldonDeployment default/iris)');
  });
});
