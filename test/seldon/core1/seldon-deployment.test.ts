import { ApiObject, App, Chart, Duration, JsonPatch, Testing } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Mesh } from '../../../src/mesh/mesh';
import { SeldonIdentity } from '../../../src/plan/backend';
import { GrpcCalls } from '../../../src/plan/endpoint';
import { PathRewrite } from '../../../src/plan/policy';
import { StringMatch } from '../../../src/plan/string-match';
import { OperatorRouter } from '../../../src/routers/operator-router';
import {
  ExplainerType, GraphEndpointType, GraphMethod, LoggerMode, SeldonProtocol, SeldonServerType, SeldonTransport,
} from '../../../src/seldon/core1/enums';
import { GraphNode } from '../../../src/seldon/core1/graph-node';
import { GraphParameter } from '../../../src/seldon/core1/graph-parameter';
import { PrepackagedServer } from '../../../src/seldon/core1/prepackaged-server';
import { SeldonDeployment } from '../../../src/seldon/core1/seldon-deployment';
import { ModelRoute } from '../../../src/traffic/model-route';
import { chartOf, CLASSIFIER, deployment, predictor, problemsOf, specOf } from '../../support/core1';
import { messageOf } from '../../support/errors';

test('defaultChild', () => {
  expect(ApiObject.of(deployment()).kind).toEqual('SeldonDeployment');
});

test('minimal', () => {
  const chart = Testing.chart();
  new SeldonDeployment(chart, 'iris', {
    predictors: [{
      name: 'default',
      graph: GraphNode.model({ name: 'classifier', implementation: PrepackagedServer.SKLEARN_SERVER, modelUri: 'gs://seldon-models/sklearn/iris' }),
    }],
  });
  expect(Testing.synth(chart)).toMatchInlineSnapshot(`
[
  {
    "apiVersion": "machinelearning.seldon.io/v1",
    "kind": "SeldonDeployment",
    "metadata": {
      "name": "iris",
    },
    "spec": {
      "predictors": [
        {
          "graph": {
            "implementation": "SKLEARN_SERVER",
            "modelUri": "gs://seldon-models/sklearn/iris",
            "name": "classifier",
            "type": "MODEL",
          },
          "name": "default",
        },
      ],
    },
  },
]
`);
});

test('every field of a deployment', () => {
  const made = deployment({
    protocol: SeldonProtocol.V2,
    transport: SeldonTransport.GRPC,
    serverType: SeldonServerType.RPC,
    replicas: 0,
    annotations: { team: 'a' },
    storageInitializer: false,
    headlessServices: true,
    controllerId: 'b',
    istio: {
      gateway: { gatewayName: 'gw', gatewayNamespace: 'istio-system' }, hosts: ['a.example.com', 'b.example.com'], retries: 3, retriesTimeout: Duration.seconds(5),
    },
    executor: {
      separatePod: true,
      restTimeout: Duration.seconds(2),
      grpcTimeout: Duration.millis(1),
      grpcMaxMessageSize: 1000,
      loggerQueueSize: 5,
      loggerWriteTimeout: Duration.seconds(1),
      environment: { LOG_LEVEL: 'DEBUG' },
    },
    ambassador: {
      config: 'c', serviceName: 's', header: 'a:b', regexHeader: 'a:.*', id: 'i', retries: 0, maxConnections: 1, maxPendingRequests: 2, maxRequests: 3, maxRetries: 4,
    },
    metadata: { labels: { a: 'b' }, annotations: { c: 'd' } },
  });
  expect(ApiObject.of(made).toJson()).toEqual({
    apiVersion: 'machinelearning.seldon.io/v1',
    kind: 'SeldonDeployment',
    metadata: {
      name: 'iris',
      namespace: 'seldon',
      labels: { 'a': 'b', 'seldon.io/controller-id': 'b' },
      annotations: {
        'c': 'd',
        'seldon.io/headless-svc': 'true',
        'seldon.io/istio-gateway': 'istio-system/gw',
        'seldon.io/istio-host': 'a.example.com,b.example.com',
        'seldon.io/istio-retries': '3',
        'seldon.io/istio-retries-timeout': '5',
      },
    },
    spec: {
      protocol: 'v2',
      transport: 'grpc',
      serverType: 'rpc',
      replicas: 0,
      annotations: {
        'team': 'a',
        'seldon.io/no-storage-initializer': 'true',
        'seldon.io/engine-separate-pod': 'true',
        'seldon.io/rest-timeout': '2000',
        'seldon.io/grpc-timeout': '1',
        'seldon.io/grpc-max-message-size': '1000',
        'seldon.io/executor-logger-queue-size': '5',
        'seldon.io/executor-logger-write-timeout-ms': '1000',
        'seldon.io/engine-log-level': 'DEBUG',
        'seldon.io/ambassador-config': 'c',
        'seldon.io/ambassador-service-name': 's',
        'seldon.io/ambassador-header': 'a:b',
        'seldon.io/ambassador-regex-header': 'a:.*',
        'seldon.io/ambassador-id': 'i',
        'seldon.io/ambassador-retries': '0',
        'seldon.io/ambassador-circuit-breakers-max-connections': '1',
        'seldon.io/ambassador-circuit-breakers-max-pending-requests': '2',
        'seldon.io/ambassador-circuit-breakers-max-requests': '3',
        'seldon.io/ambassador-circuit-breakers-max-retries': '4',
      },
      predictors: [{ name: 'main', graph: { name: 'classifier', type: 'MODEL', implementation: 'SKLEARN_SERVER', modelUri: 'gs://x' } }],
    },
  });
});

test('false and nothing leave annotations out', () => {
  const made = deployment({
    storageInitializer: true, headlessServices: false, executor: { separatePod: false }, ambassador: {}, istio: {}, disableOperatorRoutes: false,
  });
  expect(ApiObject.of(made).toJson().metadata).toEqual({ name: 'iris', namespace: 'seldon' });
  expect(specOf(made).annotations).toBeUndefined();
});

test('routes for callers inside the mesh', () => {
  const made = deployment({ istio: { mesh: true, hosts: ['iris'], retries: 0 } });
  expect(ApiObject.of(made).toJson().metadata.annotations).toEqual({
    'seldon.io/istio-gateway': 'mesh', 'seldon.io/istio-host': 'iris', 'seldon.io/istio-retries': '0',
  });
});

test('annotations on the object are the user\'s to write as well', () => {
  const annotations = { 'seldon.io/istio-retries': '2', 'seldon.io/istio-gateway': 'gw' };
  expect(ApiObject.of(deployment({ metadata: { annotations } })).toJson().metadata.annotations).toEqual(annotations);
});

test('disabled routes are inside the mesh, on a host that is never requested', () => {
  const annotationsOf = (id: string) => ApiObject.of(deployment({ disableOperatorRoutes: true }, id)).toJson().metadata.annotations;
  expect(annotationsOf('iris')).toEqual({ 'seldon.io/istio-gateway': 'mesh', 'seldon.io/istio-host': 'iris.operator.invalid' });
  expect(annotationsOf('a'.repeat(64))).toMatchObject({ 'seldon.io/istio-host': 'seldon-014842d480b571495a4a0363793f7367.operator.invalid' });
});

describe('predictors', () => {
  const resources = { limits: { cpu: k8s.Quantity.fromString('1') }, requests: { memory: k8s.Quantity.fromString('1Gi') } };

  test('every field of one', () => {
    const made = deployment({
      predictors: [{
        name: 'main',
        graph: CLASSIFIER,
        replicas: 2,
        traffic: 100,
        shadow: false,
        labels: { version: 'v7' },
        annotations: { a: 'b' },
        noEngine: true,
        serviceName: 'svc',
        svcOrchSpec: {
          resources,
          replicas: 0,
          env: [
            { name: 'A', value: 'b' }, { name: 'S', valueFrom: { secretKeyRef: { name: 's', key: 'k', optional: false } } },
            { name: 'R', valueFrom: { resourceFieldRef: { resource: 'limits.cpu', divisor: k8s.Quantity.fromString('1m') } } },
          ],
        },
        engineResources: resources,
        ssl: { certSecretName: 'cert' },
        progressDeadlineSeconds: 900,
      }],
    });
    const written = { limits: { cpu: '1' }, requests: { memory: '1Gi' } };
    expect(specOf(made).predictors).toEqual([{
      name: 'main',
      graph: { name: 'classifier', type: 'MODEL', implementation: 'SKLEARN_SERVER', modelUri: 'gs://x' },
      replicas: 2,
      traffic: 100,
      shadow: false,
      labels: { version: 'v7' },
      annotations: { 'a': 'b', 'seldon.io/no-engine': 'true', 'seldon.io/svc-name': 'svc' },
      svcOrchSpec: {
        resources: written,
        replicas: 0,
        env: [
          { name: 'A', value: 'b' }, { name: 'S', valueFrom: { secretKeyRef: { name: 's', key: 'k', optional: false } } },
          { name: 'R', valueFrom: { resourceFieldRef: { resource: 'limits.cpu', divisor: '1m' } } },
        ],
      },
      engineResources: written,
      ssl: { certSecretName: 'cert' },
      progressDeadlineSeconds: 900,
    }]);
  });

  test('every field of a component', () => {
    const spec = { containers: [{ name: 'classifier', image: 'a:1', resources }] };
    const behavior = { scaleDown: { stabilizationWindowSeconds: 0, policies: [{ type: 'Pods', value: 1, periodSeconds: 60 }] } };
    const target = { type: 'AverageValue', averageValue: k8s.Quantity.fromString('100m') };
    const componentsOf = (...componentSpecs: object[]) =>
      specOf(deployment({ predictors: [predictor('main', { componentSpecs: componentSpecs as { spec: k8s.PodSpec }[] })] })).predictors[0].componentSpecs;
    expect(componentsOf(
      {
        spec,
        metadata: { name: 'pods', labels: { a: 'b' }, annotations: { c: 'd' } },
        hpaSpec: { minReplicas: 1, maxReplicas: 3, metrics: [{ type: 'Resource', resource: { name: 'cpu', target } }] },
        pdbSpec: { maxUnavailable: k8s.IntOrString.fromString('20%') },
      },
      { spec: { containers: [{ name: 'b', image: 'a:1' }] }, replicas: 0 },
      {
        spec: { containers: [{ name: 'c', image: 'a:1' }] },
        kedaSpec: {
          pollingInterval: 15,
          cooldownPeriod: 0,
          idleReplicaCount: 0,
          minReplicaCount: 1,
          maxReplicaCount: 5,
          fallback: { failureThreshold: 3, replicas: 2 },
          restoreToOriginalReplicaCount: false,
          behavior,
          triggers: [{ type: 'cron', name: 't', metricType: 'Value', metadata: { a: 'b' }, authenticationRef: { name: 'auth', kind: 'ClusterTriggerAuthentication' } }],
        },
      },
      { spec: { containers: [{ name: 'd', image: 'a:1' }] }, kedaSpec: { triggers: [{ type: 'cpu', metadata: {} }] } },
      { spec: { containers: [{ name: 'e', image: 'a:1' }] }, hpaSpec: { maxReplicas: 2 } },
    )).toEqual([
      {
        spec: { containers: [{ name: 'classifier', image: 'a:1', resources: { limits: { cpu: '1' }, requests: { memory: '1Gi' } } }] },
        metadata: { name: 'pods', labels: { a: 'b' }, annotations: { c: 'd' } },
        hpaSpec: {
          minReplicas: 1, maxReplicas: 3, metricsv2: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'AverageValue', averageValue: '100m' } } }],
        },
        pdbSpec: { maxUnavailable: '20%' },
      },
      { spec: { containers: [{ name: 'b', image: 'a:1' }] }, replicas: 0 },
      {
        spec: { containers: [{ name: 'c', image: 'a:1' }] },
        kedaSpec: {
          pollingInterval: 15,
          cooldownPeriod: 0,
          idleReplicaCount: 0,
          minReplicaCount: 1,
          maxReplicaCount: 5,
          fallback: { failureThreshold: 3, replicas: 2 },
          advanced: { restoreToOriginalReplicaCount: false, horizontalPodAutoscalerConfig: { behavior } },
          triggers: [{ type: 'cron', name: 't', metricType: 'Value', metadata: { a: 'b' }, authenticationRef: { name: 'auth', kind: 'ClusterTriggerAuthentication' } }],
        },
      },
      { spec: { containers: [{ name: 'd', image: 'a:1' }] }, kedaSpec: { triggers: [{ type: 'cpu', metadata: {} }] } },
      { spec: { containers: [{ name: 'e', image: 'a:1' }] }, hpaSpec: { maxReplicas: 2 } },
    ]);
  });

  test('every field of an explainer', () => {
    const made = deployment({
      predictors: [predictor('main', {
        explainer: {
          type: ExplainerType.ANCHOR_TABULAR,
          modelUri: 'gs://e',
          serviceAccountName: 'sa',
          envSecretRefName: 's',
          storageInitializerImage: 'i:1',
          containerSpec: { name: 'explain', resources },
          config: { a: 'b' },
          endpoint: { servicePort: 9100, type: GraphEndpointType.REST },
          replicas: 0,
          initParameters: '{}',
        },
      })],
    });
    expect(specOf(made).predictors[0].explainer).toEqual({
      type: 'AnchorTabular',
      modelUri: 'gs://e',
      serviceAccountName: 'sa',
      envSecretRefName: 's',
      storageInitializerImage: 'i:1',
      containerSpec: { name: 'explain', resources: { limits: { cpu: '1' }, requests: { memory: '1Gi' } } },
      config: { a: 'b' },
      endpoint: { service_port: 9100, type: 'REST' },
      replicas: 0,
      initParameters: '{}',
    });
    expect(specOf(deployment({ predictors: [predictor('main', { explainer: { type: ExplainerType.ALE } })] })).predictors[0].explainer).toEqual({ type: 'ALE' });
  });

  test('a graph is written with the names of the wire at every level', () => {
    const graph = GraphNode.transformer({
      name: 't',
      children: [GraphNode.custom({
        name: 'r',
        methods: [GraphMethod.ROUTE, GraphMethod.SEND_FEEDBACK],
        children: [
          GraphNode.randomAbTest({ name: 'ab', ratioA: 0.25, children: [CLASSIFIER, GraphNode.outputTransformer({ name: 'o' })] }),
          GraphNode.model({
            name: 'm',
            parameters: [GraphParameter.int('n', 3)],
            endpoint: { type: GraphEndpointType.REST, serviceHost: 'h', servicePort: 1, httpPort: 2, grpcPort: 3 },
            logger: { mode: LoggerMode.ALL, url: 'http://log' },
            serviceAccountName: 'sa',
            envSecretRefName: 's',
            storageInitializerImage: 'i:1',
          }),
        ],
      })],
    });
    const containers = ['t', 'r', 'o', 'm'].map((name) => ({ name, image: 'a:1' }));
    expect(specOf(deployment({ predictors: [{ name: 'main', graph, componentSpecs: [{ spec: { containers } }] }] })).predictors[0].graph).toEqual({
      name: 't',
      type: 'TRANSFORMER',
      children: [{
        name: 'r',
        type: 'UNKNOWN_TYPE',
        methods: ['ROUTE', 'SEND_FEEDBACK'],
        children: [
          {
            name: 'ab',
            implementation: 'RANDOM_ABTEST',
            parameters: [{ name: 'ratioA', type: 'FLOAT', value: '0.25' }],
            children: [
              { name: 'classifier', type: 'MODEL', implementation: 'SKLEARN_SERVER', modelUri: 'gs://x' },
              { name: 'o', type: 'OUTPUT_TRANSFORMER' },
            ],
          },
          {
            name: 'm',
            type: 'MODEL',
            parameters: [{ name: 'n', type: 'INT', value: '3' }],
            endpoint: { type: 'REST', service_host: 'h', service_port: 1, httpPort: 2, grpcPort: 3 },
            logger: { mode: 'all', url: 'http://log' },
            serviceAccountName: 'sa',
            envSecretRefName: 's',
            storageInitializerImage: 'i:1',
          },
        ],
      }],
    });
  });

  test('an orchestrator in separate pods needs no node in the first component', () => {
    const componentSpecs = ['other', 'm'].map((name) => ({ spec: { containers: [{ name, image: 'a:1' }] } }));
    expect(messageOf(() => deployment({ executor: { separatePod: true }, predictors: [{ name: 'main', graph: GraphNode.model({ name: 'm' }), componentSpecs }] })))
      .toEqual('no error');
    expect(messageOf(() => deployment({ predictors: [{ name: 'main', graph: GraphNode.model({ name: 'm' }), componentSpecs, noEngine: true }] })))
      .toEqual('no error');
    const separate = (value: string) => messageOf(() => deployment({
      annotations: { 'seldon.io/engine-separate-pod': value }, predictors: [{ name: 'main', graph: GraphNode.model({ name: 'm' }), componentSpecs }],
    }));
    expect(separate('True')).toEqual('no error');
    expect(separate('no')).toMatch(/^no node of the graph of predictor "main" in its first componentSpec\. /);
  });

  test('a server that Seldon brings needs no image', () => {
    const componentSpecs = [{ spec: { containers: [{ name: 'classifier' }], initContainers: [{ name: 'init', image: 'a:1' }] } }];
    expect(messageOf(() => deployment({ predictors: [predictor('main', { componentSpecs })] }))).toEqual('no error');
  });

  test('a Kafka server', () => {
    const env = ['KAFKA_BROKER', 'KAFKA_INPUT_TOPIC', 'KAFKA_OUTPUT_TOPIC'].map((name) => ({ name, value: 'x' }));
    expect(specOf(deployment({ serverType: SeldonServerType.KAFKA, predictors: [predictor('main', { svcOrchSpec: { env } })] })).serverType).toEqual('kafka');
  });
});

describe('traffic', () => {
  function trafficOf(...predictors: { traffic?: number; shadow?: boolean }[]): unknown {
    const made = deployment({ predictors: predictors.map((rest, i) => predictor(`p${i}`, rest)) });
    expect(problemsOf(made)).toEqual('no error');
    return specOf(made).predictors.map(({ traffic, shadow }: { traffic?: number; shadow?: boolean }) => [traffic, shadow]);
  }

  test.each([
    [[{}], [[undefined, undefined]]],
    [[{ traffic: 100 }], [[100, undefined]]],
    [[{ traffic: 0 }], [[0, undefined]]],
    [[{}, {}, {}], [[100, undefined], [0, undefined], [0, undefined]]],
    [[{ traffic: 75 }, { traffic: 25 }], [[75, undefined], [25, undefined]]],
    [[{}, { traffic: 100 }], [[0, undefined], [100, undefined]]],
    [[{}, { shadow: true }], [[undefined, undefined], [undefined, true]]],
    [[{ shadow: true, traffic: 10 }, {}, { shadow: false }], [[10, true], [100, undefined], [0, false]]],
  ])('%j becomes %j', (given, written) => {
    expect(trafficOf(...given)).toEqual(written);
  });
});

describe('as a backend', () => {
  const GRPC = StringMatch.regex('.*tensorflow.*|.*seldon.protos.*|.*inference.*');

  test('is reached as the operator would', () => {
    const made = deployment();
    expect(made.predictor('main').target(made)).toEqual({
      description: 'predictor main of SeldonDeployment seldon/iris',
      host: 'iris-main.seldon.svc.cluster.local',
      namespace: 'seldon',
      port: 8000,
      grpc: { port: 5001, methods: GRPC },
      ports: [5001, 8000],
      subset: 'main',
      subsetLabels: { version: 'main' },
      paths: [
        StringMatch.prefix('/api/v0.1/'), StringMatch.prefix('/api/v1.0/'), StringMatch.prefix('/v1/models/'), StringMatch.prefix('/v2/'),
        StringMatch.exact('/ready'), StringMatch.exact('/live'),
      ],
      grpcHeaders: { seldon: 'iris', namespace: 'seldon' },
      endpoint: {
        paths: [StringMatch.prefix('/seldon/seldon/iris/')],
        grpc: GrpcCalls.byHeaders({ seldon: 'iris', namespace: 'seldon' }).withMethods(GRPC),
        rewrite: PathRewrite.matched('/'),
      },
      protocol: 'seldon',
      hiddenPaths: ['/prometheus'],
      seldon: SeldonIdentity.ofPredictor('iris', 'main'),
    });
  });

  test('is found by its name', () => {
    const made = deployment({ predictors: [predictor('a'), predictor('b')] });
    expect(made.predictors.map(({ predictorName, serviceName }) => [predictorName, serviceName])).toEqual([['a', 'iris-a'], ['b', 'iris-b']]);
    expect(made.predictor('b')).toBe(made.predictors[1]);
    expect(messageOf(() => made.predictor('c'))).toEqual('no predictor "c". Expected one of "a", "b" (at chart/iris)');
  });

  test('has the Service of its name, hashed when that is too long', () => {
    const made = deployment({
      predictors: [predictor('the-first-predictor-of-two'), predictor('b', { serviceName: 'own' }), predictor('c', { annotations: { 'seldon.io/svc-name': 'raw' } })],
    }, 'a-rather-long-deployment-name-for-the-iris-classifier');
    expect(made.predictors.map((each) => each.target(made).host)).toEqual([
      'seldon-866287af5043c7d66ad4669df415b1dd.seldon.svc.cluster.local', 'own.seldon.svc.cluster.local', 'raw.seldon.svc.cluster.local',
    ]);
  });

  test('without engine it has the ports of its container', () => {
    const bare = (name: string, node: string, ports?: k8s.ContainerPort[]) => ({
      name, noEngine: true, graph: GraphNode.model({ name: node }), componentSpecs: [{ spec: { containers: [{ name: node, image: 'a:1', ports }] } }],
    });
    const made = deployment({
      predictors: [
        predictor('a', { noEngine: true }), bare('b', 'other'), bare('c', 'own', [{ name: 'http', containerPort: 8080 }]),
        predictor('d', { annotations: { 'seldon.io/no-engine': 'False' } }),
      ],
    });
    const targets = made.predictors.map((each) => each.target(made));
    expect(targets.map(({ port, grpc }) => [port, grpc!.port])).toEqual([[9000, 9500], [9001, 9501], [8080, 9502], [8000, 5001]]);
    expect(targets.map(({ paths }) => paths === undefined)).toEqual([true, true, true, false]);
    // A server may have its metrics there as the orchestrator has.
    expect(targets.map(({ hiddenPaths }) => hiddenPaths)).toEqual(targets.map(() => ['/prometheus']));
  });

  test('has the version and the domain of the mesh', () => {
    const chart = chartOf();
    Mesh.configure(chart, { clusterDomain: 'corp.internal' });
    const made = deployment({ predictors: [predictor('main', { labels: { version: 'v7' } })] }, 'iris', chart);
    const { host, subset, subsetLabels } = made.predictor('main').target(made);
    expect({ host, subset, subsetLabels }).toEqual({ host: 'iris-main.seldon.svc.corp.internal', subset: 'main', subsetLabels: { version: 'v7' } });
  });

  test.each([[{ disableOperatorRoutes: true }], [{ istio: { hosts: ['a.example.com'] } }]])('has no subset where the operator owns it: %j', (props) => {
    const made = deployment(props);
    const { subset, subsetLabels } = made.predictor('main').target(made);
    expect([subset, subsetLabels]).toEqual([undefined, undefined]);
  });

  test('is bound without a subset where an OperatorRouter routes to it, and described as before', () => {
    const made = deployment();
    const before = made.predictor('main').target(made);
    const { plan } = new ModelRoute(Chart.of(made), 'route', {
      gateways: [{ gatewayName: 'gw', gatewayNamespace: 'istio-system' }], backend: made.predictor('main'), router: new OperatorRouter(),
    });
    const { subset, subsetLabels, ...rest } = before;
    expect([subset, subsetLabels]).toEqual(['main', { version: 'main' }]);
    expect(plan.endpoints[0].arms[0].binding?.target).toEqual({ ...rest, destinationRuleOwner: 'Seldon\'s operator' });
    expect(made.predictor('main').target(made)).toEqual(before);
  });

  test('fails without a namespace', () => {
    const made = deployment({}, 'iris', new Chart(new App(), 'chart'));
    expect(messageOf(() => made.predictor('main').target(made))).toEqual('SeldonDeployment iris has no namespace. '
      + 'Set the namespace of the chart or of the deployment, which is part of its path and headers (at chart/iris)');
  });
});

describe('a reference', () => {
  test('is reached like one of this app', () => {
    const made = deployment();
    const reference = SeldonDeployment.fromSeldonDeploymentName(chartOf(), 'ref', 'iris', { predictors: [{ name: 'main' }] });
    expect([reference.deploymentName, reference.deploymentNamespace]).toEqual(['iris', 'seldon']);
    expect(reference.predictor('main').target(reference)).toEqual({ ...made.predictor('main').target(made), protocol: undefined });
  });

  test('shows the differences', () => {
    const reference = SeldonDeployment.fromSeldonDeploymentName(chartOf(), 'ref', 'iris', {
      namespace: 'other',
      protocol: SeldonProtocol.KFSERVING,
      predictors: [{ name: 'a', noEngine: true, version: 'v2' }, { name: 'b', serviceName: 'svc', port: 80, grpcPort: 81 }],
    });
    const [a, b] = ['a', 'b'].map((name) => reference.predictor(name).target(reference));
    expect([a.host, a.port, a.grpc!.port, a.subsetLabels, a.paths]).toEqual(['iris-a.other.svc.cluster.local', 9000, 9500, { version: 'v2' }, undefined]);
    expect([a.protocol, b.protocol]).toEqual(['v2', 'v2']);
    expect([b.host, b.port, b.grpc!.port]).toEqual(['svc.other.svc.cluster.local', 80, 81]);
    expect(messageOf(() => reference.predictor('c'))).toEqual('no predictor "c". Expected one of "a", "b" (at chart/ref)');
  });

  test('has no subset where the operator owns it', () => {
    const reference = SeldonDeployment.fromSeldonDeploymentName(chartOf(), 'ref', 'iris', { operatorRoutes: true, predictors: [{ name: 'main' }] });
    expect(reference.predictor('main').target(reference).subset).toBeUndefined();
  });
});

test('keeps patches with fields that no type knows', () => {
  const made = deployment();
  ApiObject.of(made).addJsonPatch(JsonPatch.add('/spec/predictors/0/future', [1]));
  expect(specOf(made).predictors[0].future).toEqual([1]);
});

test('later changes to the props do nothing', () => {
  const predictors = [predictor('main')];
  const made = deployment({ predictors });
  predictors.push(predictor('late'));
  expect(specOf(made).predictors).toHaveLength(1);
});

test('does not load cdk8s-plus-27 where no pod is given', () => {
  jest.isolateModules(() => {
    jest.doMock('cdk8s-plus-27', () => {
      throw new Error('loaded');
    });
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { deployment: make } = require('../../support/core1') as { deployment: typeof deployment };
    expect(messageOf(() => make())).toEqual('no error');
    expect(messageOf(() => make({ predictors: [predictor('main', { componentSpecs: [{ spec: { containers: [{ name: 'classifier' }] } }] })] }))).toEqual('loaded');
  });
});
