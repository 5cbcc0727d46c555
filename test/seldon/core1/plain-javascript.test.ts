import { k8s } from 'cdk8s-plus-27';
import { OperatorRouter } from '../../../src/routers/operator-router';
import { ExplainerType, SeldonProtocol } from '../../../src/seldon/core1/enums';
import { GraphNode } from '../../../src/seldon/core1/graph-node';
import { GraphParameter } from '../../../src/seldon/core1/graph-parameter';
import { PrepackagedServer } from '../../../src/seldon/core1/prepackaged-server';
import { SeldonDeployment } from '../../../src/seldon/core1/seldon-deployment';
import { chartOf, CLASSIFIER, deployment, predictor } from '../../support/core1';
import { messageOf } from '../../support/errors';

/** What a user of plain JavaScript may write, which no compiler looks at. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Anything = any;

const AT = ' (at chart/iris)';
const POD = { spec: { containers: [{ name: 'classifier', image: 'a:1' }] } };
const GATEWAY = 'Expected a Gateway, or Gateway.fromGatewayName(…) for an existing one';
const NODE = 'Expected a GraphNode, such as GraphNode.model(…)';

function withPod(container: object, spec: object = {}): object {
  return { componentSpecs: [{ spec: { containers: [{ ...POD.spec.containers[0], ...container }], ...spec } }] };
}

describe('a SeldonDeployment fails for', () => {
  test.each<[string, Anything, string]>([
    ['no props', undefined, 'props undefined. Expected an object with predictors'],
    ['props that are none', 'iris', 'props "iris". Expected an object with predictors'],
    ['no predictors', {}, 'predictors undefined. Expected a list of objects with graph and name'],
    ['a name for predictors', { predictors: 'x' }, 'predictors "x". Expected a list of objects with graph and name'],
    ['nothing among predictors', { predictors: [undefined] }, 'predictors[0] undefined. Expected an object with graph and name'],
    ['a name among predictors', { predictors: [predictor(), 'x'] }, 'predictors[1] "x". Expected an object with graph and name'],
  ])('%s', (_what, props, message) => {
    expect(messageOf(() => new SeldonDeployment(chartOf(), 'iris', props))).toEqual(message + AT);
  });

  test('a name that is not a string', () => {
    expect(messageOf(() => deployment({ metadata: { name: 3 as Anything } }))).toEqual('name of SeldonDeployment 3. Expected '
      + `lower-case letters, digits and hyphens, starting with a letter and not ending in a hyphen, since the operator derives the names of Services from it${AT}`);
  });

  test.each<[string, Anything, string]>([
    ['invalid istio', { istio: 'x' }, 'istio "x". Expected an object with gateway, hosts, mesh or retries'],
    ['the name of a gateway', { istio: { gateway: 'istio-system/gw' } }, `istio.gateway "istio-system/gw". ${GATEWAY}`],
    ['a host outside a list together with a gateway', { istio: { gateway: { gatewayName: 'a', gatewayListeners: [{ port: 80, hosts: ['*'] }] }, hosts: 'a.com' } },
      'istio.hosts "a.com". Expected a list of strings'],
    ['a host outside a list', { istio: { hosts: 'a.com' } }, 'istio.hosts "a.com". Expected a list of strings'],
    ['a flag in quotes, in istio', { istio: { mesh: 'true' } }, 'istio.mesh "true". Expected true or false'],
    ['seconds that are a number', { istio: { retries: 1, retriesTimeout: 3 } }, 'istio.retriesTimeout 3. Expected a Duration, such as Duration.seconds(5)'],
    ['disableOperatorRoutes in quotes', { disableOperatorRoutes: 'false' }, 'disableOperatorRoutes "false". Expected true or false'],
    ['headless in quotes', { headlessServices: 'false' }, 'headlessServices "false". Expected true or false'],
    ['an initializer in quotes', { storageInitializer: 'false' }, 'storageInitializer "false". Expected true or false'],
    ['an invalid executor', { executor: true }, 'executor true. Expected an object with environment, grpcMaxMessageSize, grpcTimeout or loggerQueueSize'],
    ['an executor without flag', { executor: { separatePod: 1 } }, 'executor.separatePod 1. Expected true or false'],
    ['milliseconds', { executor: { restTimeout: 3000 } }, 'executor.restTimeout 3000. Expected a Duration, such as Duration.seconds(5)'],
    ['milliseconds of calls', { executor: { grpcTimeout: '3s' } }, 'executor.grpcTimeout "3s". Expected a Duration, such as Duration.seconds(5)'],
    ['milliseconds of logs', { executor: { loggerWriteTimeout: null } }, 'executor.loggerWriteTimeout null. Expected a Duration, such as Duration.seconds(5)'],
    ['an environment of numbers', { executor: { environment: { A: 1 } } }, 'executor.environment.A 1. Expected a string'],
    ['an environment that is a list', { executor: { environment: ['A'] } }, 'executor.environment ["A"]. Expected an object of strings'],
    ['invalid ambassador', { ambassador: 'x' }, 'ambassador "x". Expected an object with config, header, id or maxConnections'],
    ['a header of numbers', { ambassador: { header: 3 } }, 'ambassador.header 3. Expected a string'],
    ['annotations of numbers', { annotations: { a: 1 } }, 'annotations.a 1. Expected a string'],
    ['annotations that are none', { annotations: 'a' }, 'annotations "a". Expected an object of strings'],
    ['invalid metadata', { metadata: 'iris' }, 'metadata "iris". Expected an object with name, namespace, labels or annotations'],
  ])('%s', (_what, props, message) => {
    expect(messageOf(() => deployment(props))).toEqual(message + AT);
  });

  test.each<[string, Anything, string]>([
    ['no graph', { graph: undefined }, `predictors[0].graph undefined. ${NODE}`],
    ['a plain graph', { graph: { name: 'm' } }, `predictors[0].graph an object. ${NODE}`],
    ['a flag in quotes', { noEngine: 'false' }, 'predictors[0].noEngine "false". Expected true or false'],
    ['a shadow in quotes', { shadow: 'false' }, 'predictors[0].shadow "false". Expected true or false'],
    ['traffic in quotes', { traffic: '90' }, 'traffic of predictor "main" "90". Expected a whole number from 0 to 100'],
    ['annotations of numbers', { annotations: { a: 1 } }, 'predictors[0].annotations.a 1. Expected a string'],
    ['annotations that are none', { annotations: 1 }, 'predictors[0].annotations 1. Expected an object of strings'],
    ['labels that are none', { labels: ['a'] }, 'predictors[0].labels ["a"]. Expected an object of strings'],
    ['labels of numbers', { labels: { a: 1 } }, 'predictors[0].labels.a 1. Expected a string'],
    ['invalid ssl', { ssl: true }, 'predictors[0].ssl true. Expected an object with certSecretName'],
    ['components that are no list', { componentSpecs: {} }, 'predictors[0].componentSpecs an object. Expected a list of objects with spec'],
    ['no component', { componentSpecs: [null] }, 'predictors[0].componentSpecs[0] null. Expected an object with spec'],
    ['a component without a spec', { componentSpecs: [{}] }, 'predictors[0].componentSpecs[0].spec undefined. Expected a k8s.PodSpec of cdk8s-plus-27'],
    ['a component without containers', { componentSpecs: [{ spec: {} }] }, 'containers of componentSpecs[0] of predictor "main" undefined. Expected a list of containers'],
    ['an invalid container', { componentSpecs: [{ spec: { containers: ['m'] } }] },
      'containers[0] of componentSpecs[0] of predictor "main" "m". Expected an object with a name and an image'],
    ['metadata of a component', { componentSpecs: [{ ...POD, metadata: 'm' }] },
      'predictors[0].componentSpecs[0].metadata "m". Expected an object with annotations, labels or name'],
    ['a name of a component', { componentSpecs: [{ ...POD, metadata: { name: 3 } }] }, 'predictors[0].componentSpecs[0].metadata.name 3. Expected a string'],
    ['labels of a component', { componentSpecs: [{ ...POD, metadata: { labels: 'a' } }] },
      'predictors[0].componentSpecs[0].metadata.labels "a". Expected an object of strings'],
    ['annotations of a component', { componentSpecs: [{ ...POD, metadata: { annotations: { a: 1 } } }] },
      'predictors[0].componentSpecs[0].metadata.annotations.a 1. Expected a string'],
    ['invalid hpaSpec', { componentSpecs: [{ ...POD, hpaSpec: 3 }] }, 'predictors[0].componentSpecs[0].hpaSpec 3. Expected an object with maxReplicas'],
    ['metrics that are no list', { componentSpecs: [{ ...POD, hpaSpec: { maxReplicas: 2, metrics: {} } }] },
      'predictors[0].componentSpecs[0].hpaSpec.metrics an object. Expected a list in which each entry is a k8s.MetricSpecV2 of cdk8s-plus-27'],
    ['a metric of a number', { componentSpecs: [{ ...POD, hpaSpec: { maxReplicas: 2, metrics: [{ type: 'Pods', pods: { target: { averageValue: 5 } } }] } }] },
      'metrics[0].pods.target.averageValue in hpaSpec of componentSpecs[0] of predictor "main" 5. Expected a k8s.Quantity of cdk8s-plus, such as k8s.Quantity.fromNumber(5)'],
    ['kedaSpec without triggers', { componentSpecs: [{ ...POD, kedaSpec: {} }] },
      'predictors[0].componentSpecs[0].kedaSpec.triggers undefined. Expected a list of objects with metadata and type'],
    ['invalid kedaSpec', { componentSpecs: [{ ...POD, kedaSpec: 'cpu' }] }, 'predictors[0].componentSpecs[0].kedaSpec "cpu". Expected an object with triggers'],
    ['an invalid trigger', { componentSpecs: [{ ...POD, kedaSpec: { triggers: ['cpu'] } }] },
      'predictors[0].componentSpecs[0].kedaSpec.triggers[0] "cpu". Expected an object with metadata and type'],
    ['a trigger without a type', { componentSpecs: [{ ...POD, kedaSpec: { triggers: [{}] } }] },
      'predictors[0].componentSpecs[0].kedaSpec.triggers[0].metadata undefined. Expected an object of strings'],
    ['a trigger of numbers', { componentSpecs: [{ ...POD, kedaSpec: { triggers: [{ type: 'a', metadata: { threshold: 5 } }] } }] },
      'predictors[0].componentSpecs[0].kedaSpec.triggers[0].metadata.threshold 5. Expected a string'],
    ['a flag of KEDA', { componentSpecs: [{ ...POD, kedaSpec: { triggers: [{ type: 'a', metadata: {} }], restoreToOriginalReplicaCount: 'no' } }] },
      'predictors[0].componentSpecs[0].kedaSpec.restoreToOriginalReplicaCount "no". Expected true or false'],
    ['invalid pdbSpec', { componentSpecs: [{ ...POD, pdbSpec: 1 }] },
      'predictors[0].componentSpecs[0].pdbSpec 1. Expected an object with maxUnavailable or minAvailable'],
    ['a budget of a number', { componentSpecs: [{ ...POD, pdbSpec: { minAvailable: 1 } }] },
      'minAvailable of pdbSpec of componentSpecs[0] of predictor "main" 1. Expected a k8s.IntOrString of cdk8s-plus, such as k8s.IntOrString.fromNumber(1)'],
    ['a budget of a string', { componentSpecs: [{ ...POD, pdbSpec: { maxUnavailable: '20%' } }] },
      'maxUnavailable of pdbSpec of componentSpecs[0] of predictor "main" "20%". Expected a k8s.IntOrString of cdk8s-plus, such as k8s.IntOrString.fromString("20%")'],
    ['invalid svcOrchSpec', { svcOrchSpec: 'x' }, 'predictors[0].svcOrchSpec "x". Expected an object with env, replicas or resources'],
    ['an environment that is no list', { svcOrchSpec: { env: { A: 'b' } } }, 'predictors[0].svcOrchSpec.env an object. Expected a list in which each entry is a k8s.EnvVar of cdk8s-plus-27'],
    ['an invalid variable', { svcOrchSpec: { env: ['A=b'] } }, 'predictors[0].svcOrchSpec.env[0] "A=b". Expected a k8s.EnvVar of cdk8s-plus-27'],
    ['nothing as variable', { svcOrchSpec: { env: [null] } }, 'predictors[0].svcOrchSpec.env[0] null. Expected a k8s.EnvVar of cdk8s-plus-27'],
    ['a variable that is a number', { svcOrchSpec: { env: [{ name: 'A', value: 1 }] } }, 'value of "A" in env of svcOrchSpec of predictor "main" 1. Expected a string'],
    ['limits of the orchestrator', { svcOrchSpec: { resources: { limits: { cpu: 1 } } } },
      'svcOrchSpec.resources.limits.cpu in svcOrchSpec of predictor "main" 1. Expected a k8s.Quantity of cdk8s-plus, such as k8s.Quantity.fromNumber(1)'],
    ['limits of older orchestrators', { engineResources: { requests: { cpu: '1' } } },
      'resources.requests.cpu in engineResources of predictor "main" "1". Expected a k8s.Quantity of cdk8s-plus, such as k8s.Quantity.fromString("1")'],
    ['an invalid explainer', { explainer: 'ALE' }, 'predictors[0].explainer "ALE". Expected an object with type'],
    ['an explainer without text', { explainer: { type: ExplainerType.ALE, modelUri: 3 } }, 'predictors[0].explainer.modelUri 3. Expected a string'],
    ['an explainer with a config of numbers', { explainer: { type: ExplainerType.ALE, config: { a: 1 } } },
      'predictors[0].explainer.config.a 1. Expected a string'],
    ['an explainer with an invalid endpoint', { explainer: { type: ExplainerType.ALE, endpoint: 9000 } },
      'predictors[0].explainer.endpoint 9000. Expected an object with grpcPort, httpPort, serviceHost or servicePort'],
    ['an explainer with an invalid container', { explainer: { type: ExplainerType.ALE, containerSpec: 'x' } },
      'predictors[0].explainer.containerSpec "x". Expected a k8s.Container of cdk8s-plus-27'],
    ['limits of an explainer', { explainer: { type: ExplainerType.ALE, containerSpec: { name: 'x', resources: { limits: { cpu: 1 } } } } },
      'containerSpec.resources.limits.cpu in the explainer of predictor "main" 1. Expected a k8s.Quantity of cdk8s-plus, such as k8s.Quantity.fromNumber(1)'],
  ])('%s', (_what, rest, message) => {
    expect(messageOf(() => deployment({ predictors: [predictor('main', rest)] }))).toEqual(message + AT);
  });

  const IN = 'in componentSpecs[0] of predictor "main"';
  const quantity = (call: string) => `Expected a k8s.Quantity of cdk8s-plus, such as k8s.Quantity.${call}`;
  const either = (call: string) => `Expected a k8s.IntOrString of cdk8s-plus, such as k8s.IntOrString.${call}`;
  test.each<[string, object, string]>([
    ['a GPU', withPod({ resources: { limits: { 'nvidia.com/gpu': 1 } } }), `spec.containers[0].resources.limits.nvidia.com/gpu ${IN} 1. ${quantity('fromNumber(1)')}`],
    ['memory', withPod({ resources: { requests: { memory: '1Gi' } } }), `spec.containers[0].resources.requests.memory ${IN} "1Gi". ${quantity('fromString("1Gi")')}`],
    ['nothing as memory', withPod({ resources: { requests: { memory: null } } }), `spec.containers[0].resources.requests.memory ${IN} null. ${quantity('fromString(…)')}`],
    ['an object that is no quantity', withPod({ resources: { requests: { memory: {} } } }),
      `spec.containers[0].resources.requests.memory ${IN} an object. ${quantity('fromString(…)')}`],
    ['limits that are none', withPod({ resources: { limits: '1Gi' } }), `spec.containers[0].resources.limits ${IN} "1Gi". Expected an object of quantities`],
    ['a probe', withPod({ livenessProbe: { httpGet: { port: 8080 } } }), `spec.containers[0].livenessProbe.httpGet.port ${IN} 8080. ${either('fromNumber(8080)')}`],
    ['a socket', withPod({ readinessProbe: { tcpSocket: { port: 'http' } } }),
      `spec.containers[0].readinessProbe.tcpSocket.port ${IN} "http". ${either('fromString("http")')}`],
    ['a hook', withPod({ lifecycle: { preStop: { httpGet: { port: 1 } } } }), `spec.containers[0].lifecycle.preStop.httpGet.port ${IN} 1. ${either('fromNumber(1)')}`],
    ['a divisor', withPod({ env: [{ name: 'A', valueFrom: { resourceFieldRef: { resource: 'limits.cpu', divisor: '1m' } } }] }),
      `spec.containers[0].env[0].valueFrom.resourceFieldRef.divisor ${IN} "1m". ${quantity('fromString("1m")')}`],
    ['a volume', withPod({}, { volumes: [{ name: 'shm', emptyDir: { medium: 'Memory', sizeLimit: '1Gi' } }] }),
      `spec.volumes[0].emptyDir.sizeLimit ${IN} "1Gi". ${quantity('fromString("1Gi")')}`],
    ['overhead', withPod({}, { overhead: { cpu: 1 } }), `spec.overhead.cpu ${IN} 1. ${quantity('fromNumber(1)')}`],
    ['an init container', withPod({}, { initContainers: [{ name: 'i', image: 'a:1', resources: { limits: { cpu: 1 } } }] }),
      `spec.initContainers[0].resources.limits.cpu ${IN} 1. ${quantity('fromNumber(1)')}`],
  ])('a bare value: %s', (_what, rest, message) => {
    expect(messageOf(() => deployment({ predictors: [predictor('main', rest)] }))).toEqual(message + AT);
  });

  test('not for what is right, nor for names that only look alike', () => {
    const container = {
      resources: { limits: { 'nvidia.com/gpu': k8s.Quantity.fromNumber(1) }, requests: undefined, claims: [{ name: 'a' }] },
      livenessProbe: { httpGet: { port: k8s.IntOrString.fromNumber(8080) } },
      readinessProbe: { grpc: { port: 5001 } },
      env: [{ name: 'A', value: 'b' }],
      ports: [{ name: 'http', containerPort: 8080 }],
    };
    const spec = { nodeSelector: { constructor: 'x', port: 'y', value: 'z' }, volumes: [{ name: 'v', emptyDir: {} }] };
    expect(messageOf(() => deployment({ predictors: [predictor('main', withPod(container, spec))] }))).toEqual('no error');
  });
});

describe('a node fails for', () => {
  test.each<[string, () => unknown, string]>([
    ['no props', () => (GraphNode as Anything).model(), 'props undefined. Expected an object with name (at GraphNode.model)'],
    ['no name', () => GraphNode.transformer({} as Anything), 'name undefined. Expected a string (at GraphNode.transformer)'],
    ['no children', () => GraphNode.combiner({ name: 'c' } as Anything), 'children of node "c" undefined. Expected a list in which each entry is a GraphNode, such as GraphNode.model(…) (at GraphNode.combiner)'],
    ['no children to choose', () => GraphNode.router({ name: 'c', children: CLASSIFIER as Anything }),
      'children of node "c" an object. Expected a list in which each entry is a GraphNode, such as GraphNode.model(…) (at GraphNode.router)'],
    ['nothing as child', () => GraphNode.combiner({ name: 'c', children: [CLASSIFIER, null as Anything] }), `children[1] of node "c" null. ${NODE} (at GraphNode.combiner)`],
    ['a plain child', () => GraphNode.outputTransformer({ name: 'c', children: [{ name: 'm' } as Anything] }),
      `children[0] of node "c" an object. ${NODE} (at GraphNode.outputTransformer)`],
    ['a test without children', () => GraphNode.randomAbTest({ name: 'c' } as Anything), 'children of node "c" undefined. Expected a list in which each entry is a GraphNode, such as GraphNode.model(…) (at GraphNode.randomAbTest)'],
    ['a test without props', () => (GraphNode as Anything).randomAbTest(), 'props undefined. Expected an object with name and children (at GraphNode.randomAbTest)'],
    ['a share in quotes', () => GraphNode.randomAbTest({ name: 'c', children: [CLASSIFIER, CLASSIFIER], ratioA: '0.5' as Anything }),
      'ratioA "0.5" of "c". Expected a share from 0 to 1 (at GraphNode.randomAbTest)'],
    ['no methods', () => GraphNode.custom({ name: 'c' } as Anything), 'methods of node "c" undefined. Expected a list of strings (at GraphNode.custom)'],
    ['no props of its own', () => (GraphNode as Anything).custom(null), 'props null. Expected an object with name and methods (at GraphNode.custom)'],
    ['a server by name', () => GraphNode.model({ name: 'm', implementation: 'SKLEARN_SERVER' as Anything }),
      'implementation of node "m" "SKLEARN_SERVER". Expected a PrepackagedServer, such as PrepackagedServer.SKLEARN_SERVER (at GraphNode.model)'],
    ['a URI that is a number', () => GraphNode.model({ name: 'm', modelUri: 3 as Anything }), 'modelUri of node "m" 3. Expected a string (at GraphNode.model)'],
    ['an image that is a number', () => GraphNode.model({ name: 'm', storageInitializerImage: 3 as Anything }),
      'storageInitializerImage of node "m" 3. Expected a string (at GraphNode.model)'],
    ['an invalid endpoint', () => GraphNode.model({ name: 'm', endpoint: 'REST' as Anything }),
      'endpoint of node "m" "REST". Expected an object with grpcPort, httpPort, serviceHost or servicePort (at GraphNode.model)'],
    ['a host that is a number', () => GraphNode.model({ name: 'm', endpoint: { serviceHost: 1 as Anything } }), 'endpoint.serviceHost of node "m" 1. Expected a string (at GraphNode.model)'],
    ['an invalid logger', () => GraphNode.model({ name: 'm', logger: 'all' as Anything }), 'logger of node "m" "all". Expected an object with mode (at GraphNode.model)'],
    ['a logger without an address', () => GraphNode.model({ name: 'm', logger: { url: 1 } as Anything }), 'logger.url of node "m" 1. Expected a string (at GraphNode.model)'],
    ['parameters that are no list', () => GraphNode.model({ name: 'm', parameters: {} as Anything }),
      'parameters of node "m" an object. Expected a list in which each entry is a GraphParameter, such as GraphParameter.int("n", 3) (at GraphNode.model)'],
    ...[{ name: 'n', value: 3, type: 'INT' }, { name: 'n', value: '3', type: 'integer' }, { value: '3', type: 'INT' }, 'n=3', null].map(
      (parameter): [string, () => unknown, string] => ['an invalid parameter', () => GraphNode.model({ name: 'm', parameters: [parameter as Anything] }),
        `parameters[0] of node "m" ${typeof parameter === 'string' ? '"n=3"' : parameter === null ? 'null' : 'an object'}. `
        + 'Expected a GraphParameter, such as GraphParameter.int("n", 3) (at GraphNode.model)']),
  ])('%s', (_what, make, message) => {
    expect(messageOf(make)).toEqual(message);
  });
});

test.each<[() => unknown, string]>([
  [() => GraphParameter.string('a', 3 as Anything), 'value of "a" 3. Expected a string (at GraphParameter.string)'],
  [() => GraphParameter.bool('a', 'false' as Anything), 'value "false" of "a". Expected true or false (at GraphParameter.bool)'],
  [() => GraphParameter.int(undefined as Anything, 3), 'name of a parameter undefined. Expected a string (at GraphParameter)'],
  [() => PrepackagedServer.of(3 as Anything), 'name 3. Expected a string (at PrepackagedServer.of)'],
  [() => PrepackagedServer.of('A', 'v2' as Anything), 'protocols "v2". Expected a list of strings (at PrepackagedServer.of)'],
  [() => PrepackagedServer.of('A', [SeldonProtocol.V2, 3 as Anything]), 'protocols[1] 3. Expected a string (at PrepackagedServer.of)'],
  [() => OperatorRouter.preview(undefined as Anything), 'deployment undefined. Expected a SeldonDeployment of this app (at OperatorRouter.preview)'],
  [() => OperatorRouter.preview('iris' as Anything), 'deployment "iris". Expected a SeldonDeployment of this app (at OperatorRouter.preview)'],
  [() => OperatorRouter.preview(deployment(), 'x' as Anything), `the operator "x". Expected an object with gateway, grpcPort, httpPort or tlsMode${AT}`],
  [() => OperatorRouter.preview(deployment(), { gateway: {} as Anything }), `gateway of the operator an object. Expected a string${AT}`],
])('fails for an invalid value: %#', (make, message) => {
  expect(messageOf(make)).toEqual(message);
});

test.each<[Anything, string]>([
  [undefined, 'props undefined. Expected an object with predictors'],
  ['x', 'props "x". Expected an object with predictors'],
  [{}, 'predictors undefined. Expected a list of objects with name'],
  [{ predictors: 'main' }, 'predictors "main". Expected a list of objects with name'],
  [{ predictors: ['main'] }, 'predictors[0] "main". Expected an object with name'],
  [{ predictors: [null] }, 'predictors[0] null. Expected an object with name'],
  [{ predictors: [{ name: 'a', noEngine: 'false' }] }, 'predictors[0].noEngine "false". Expected true or false'],
  [{ predictors: [{ name: 'a', version: 2 }] }, 'predictors[0].version 2. Expected a string'],
  [{ predictors: [{ name: 'a' }], operatorRoutes: 'no' }, 'operatorRoutes "no". Expected true or false'],
])('a reference fails for %j', (options, message) => {
  expect(messageOf(() => SeldonDeployment.fromSeldonDeploymentName(chartOf(), 'ref', 'iris', options))).toEqual(`${message} (at chart/ref)`);
});
