import { k8s } from 'cdk8s-plus-27';
import { chartOf, CLASSIFIER, deployment, messageOf, predictor } from './core1-fixtures';
import { OperatorRouter } from '../../src/routers/operator-router';
import { ExplainerType, SeldonProtocol } from '../../src/seldon/core1-enums';
import { GraphNode } from '../../src/seldon/graph-node';
import { GraphParameter } from '../../src/seldon/graph-parameter';
import { PrepackagedServer } from '../../src/seldon/prepackaged-server';
import { SeldonDeployment } from '../../src/seldon/seldon-deployment';

/** What a user of plain JavaScript may write, which no compiler looks at. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Anything = any;

const AT = ' (at chart/iris)';
const POD = { spec: { containers: [{ name: 'classifier', image: 'a:1' }] } };
const GATEWAY = 'expected a Gateway, or Gateway.fromGatewayName(…) for one that lives elsewhere';
const NODE = 'expected a GraphNode, such as GraphNode.model(…)';

function withPod(container: object, spec: object = {}): object {
  return { componentSpecs: [{ spec: { containers: [{ ...POD.spec.containers[0], ...container }], ...spec } }] };
}

describe('a SeldonDeployment fails for', () => {
  test.each<[string, Anything, string]>([
    ['no props', undefined, 'props undefined: expected an object with predictors'],
    ['props that are none', 'iris', 'props "iris": expected an object with predictors'],
    ['no predictors', {}, 'predictors undefined: expected a list of predictors'],
    ['a name for predictors', { predictors: 'x' }, 'predictors "x": expected a list of predictors'],
    ['nothing among predictors', { predictors: [undefined] }, 'predictors[0] undefined: expected an object with a name and a graph'],
    ['a name among predictors', { predictors: [predictor(), 'x'] }, 'predictors[1] "x": expected an object with a name and a graph'],
  ])('%s', (_what, props, message) => {
    expect(messageOf(() => new SeldonDeployment(chartOf(), 'iris', props))).toEqual(message + AT);
  });

  test('a name that is none', () => {
    expect(messageOf(() => deployment({ metadata: { name: 3 as Anything } }))).toEqual('name of SeldonDeployment 3: the operator makes Services of it: '
      + `expected lower-case letters, digits and hyphens, starting with a letter and not ending in a hyphen${AT}`);
  });

  test.each<[string, Anything, string]>([
    ['istio that is none', { istio: 'x' }, 'istio "x": expected an object with gateway, hosts or retries'],
    ['the name of a gateway', { istio: { gateway: 'istio-system/gw' } }, `gateway "istio-system/gw" in istio: ${GATEWAY}`],
    ['a host outside a list beside a gateway', { istio: { gateway: { gatewayName: 'a', gatewayListeners: [{ port: 80, hosts: ['*'] }] }, hosts: 'a.com' } },
      'hosts in istio "a.com": expected a list of strings'],
    ['a host outside a list', { istio: { hosts: 'a.com' } }, 'hosts in istio "a.com": expected a list of strings'],
    ['a flag in quotes, in istio', { istio: { mesh: 'true' } }, 'mesh in istio "true": expected true or false'],
    ['seconds that are a number', { istio: { retries: 1, retriesTimeout: 3 } }, 'retriesTimeout in istio 3: expected a Duration, such as Duration.seconds(5)'],
    ['parked in quotes', { parkOperatorRoutes: 'false' }, 'parkOperatorRoutes "false": expected true or false'],
    ['headless in quotes', { headlessServices: 'false' }, 'headlessServices "false": expected true or false'],
    ['an initializer in quotes', { storageInitializer: 'false' }, 'storageInitializer "false": expected true or false'],
    ['an executor that is none', { executor: true }, 'executor true: expected an object with separatePod, timeouts or environment'],
    ['an executor without flag', { executor: { separatePod: 1 } }, 'separatePod in executor 1: expected true or false'],
    ['milliseconds', { executor: { restTimeout: 3000 } }, 'restTimeout in executor 3000: expected a Duration, such as Duration.seconds(5)'],
    ['milliseconds of calls', { executor: { grpcTimeout: '3s' } }, 'grpcTimeout in executor "3s": expected a Duration, such as Duration.seconds(5)'],
    ['milliseconds of logs', { executor: { loggerWriteTimeout: null } }, 'loggerWriteTimeout in executor null: expected a Duration, such as Duration.seconds(5)'],
    ['an environment of numbers', { executor: { environment: { A: 1 } } }, 'environment.A of executor 1: expected a string'],
    ['an environment that is a list', { executor: { environment: ['A'] } }, 'environment of executor ["A"]: expected an object of strings'],
    ['ambassador that is none', { ambassador: 'x' }, 'ambassador "x": expected an object with config, header or retries'],
    ['a header of numbers', { ambassador: { header: 3 } }, 'header in ambassador 3: expected a string'],
    ['annotations of numbers', { annotations: { a: 1 } }, 'value 1 of annotation a of the spec: expected a string'],
    ['annotations that are none', { annotations: 'a' }, 'annotations of the spec "a": expected an object of strings'],
    ['metadata that is none', { metadata: 'iris' }, 'metadata "iris": expected an object with name, labels or annotations'],
  ])('%s', (_what, props, message) => {
    expect(messageOf(() => deployment(props))).toEqual(message + AT);
  });

  test.each<[string, Anything, string]>([
    ['no graph', { graph: undefined }, `graph of predictor "main" undefined: ${NODE}`],
    ['a plain graph', { graph: { name: 'm' } }, `graph of predictor "main" an object: ${NODE}`],
    ['a flag in quotes', { noEngine: 'false' }, 'noEngine of predictor "main" "false": expected true or false'],
    ['a shadow in quotes', { shadow: 'false' }, 'shadow of predictor "main" "false": expected true or false'],
    ['traffic in quotes', { traffic: '90' }, 'traffic of predictor "main" "90": expected a whole number from 0 to 100'],
    ['annotations of numbers', { annotations: { a: 1 } }, 'value 1 of annotation a of predictor "main": expected a string'],
    ['annotations that are none', { annotations: 1 }, 'annotations of predictor "main" 1: expected an object of strings'],
    ['labels that are none', { labels: ['a'] }, 'labels of predictor "main" ["a"]: expected an object of strings'],
    ['labels of numbers', { labels: { a: 1 } }, 'value 1 of label a of predictor "main": expected a string of at most 63 characters'],
    ['ssl that is none', { ssl: true }, 'ssl of predictor "main" true: expected an object with a certSecretName'],
    ['components that are no list', { componentSpecs: {} }, 'componentSpecs of predictor "main" an object: expected a list of pods'],
    ['no component', { componentSpecs: [null] }, 'componentSpecs[0] of predictor "main" null: expected an object with a spec of pods'],
    ['a component without a spec', { componentSpecs: [{}] }, 'spec of componentSpecs[0] of predictor "main" undefined: expected a PodSpec with containers'],
    ['a component without containers', { componentSpecs: [{ spec: {} }] }, 'containers of componentSpecs[0] of predictor "main" undefined: expected a list of containers'],
    ['a container that is none', { componentSpecs: [{ spec: { containers: ['m'] } }] },
      'containers[0] of componentSpecs[0] of predictor "main" "m": expected an object with a name and an image'],
    ['metadata of a component', { componentSpecs: [{ ...POD, metadata: 'm' }] },
      'metadata of componentSpecs[0] of predictor "main" "m": expected an object with name, labels or annotations'],
    ['a name of a component', { componentSpecs: [{ ...POD, metadata: { name: 3 } }] }, 'name in the metadata of componentSpecs[0] of predictor "main" 3: expected a string'],
    ['labels of a component', { componentSpecs: [{ ...POD, metadata: { labels: 'a' } }] },
      'labels in the metadata of componentSpecs[0] of predictor "main" "a": expected an object of strings'],
    ['annotations of a component', { componentSpecs: [{ ...POD, metadata: { annotations: { a: 1 } } }] },
      'value 1 of annotation a of the metadata of componentSpecs[0] of predictor "main": expected a string'],
    ['hpaSpec that is none', { componentSpecs: [{ ...POD, hpaSpec: 3 }] }, 'hpaSpec of componentSpecs[0] of predictor "main" 3: expected an object with maxReplicas'],
    ['metrics that are no list', { componentSpecs: [{ ...POD, hpaSpec: { maxReplicas: 2, metrics: {} } }] },
      'metrics of hpaSpec of componentSpecs[0] of predictor "main" an object: expected a list of metrics'],
    ['a metric of a number', { componentSpecs: [{ ...POD, hpaSpec: { maxReplicas: 2, metrics: [{ type: 'Pods', pods: { target: { averageValue: 5 } } }] } }] },
      'metrics[0].pods.target.averageValue in hpaSpec of componentSpecs[0] of predictor "main" 5: expected a k8s.Quantity of cdk8s-plus, such as k8s.Quantity.fromNumber(5)'],
    ['kedaSpec without triggers', { componentSpecs: [{ ...POD, kedaSpec: {} }] },
      'triggers of kedaSpec of componentSpecs[0] of predictor "main" undefined: expected a list of triggers'],
    ['kedaSpec that is none', { componentSpecs: [{ ...POD, kedaSpec: 'cpu' }] }, 'kedaSpec of componentSpecs[0] of predictor "main" "cpu": expected an object with triggers'],
    ['a trigger that is none', { componentSpecs: [{ ...POD, kedaSpec: { triggers: ['cpu'] } }] },
      'triggers[0] of kedaSpec of componentSpecs[0] of predictor "main" "cpu": expected an object with a type and metadata'],
    ['a trigger without a type', { componentSpecs: [{ ...POD, kedaSpec: { triggers: [{}] } }] },
      'type of triggers[0] of kedaSpec of componentSpecs[0] of predictor "main" undefined: expected a string'],
    ['a trigger of numbers', { componentSpecs: [{ ...POD, kedaSpec: { triggers: [{ type: 'a', metadata: { threshold: 5 } }] } }] },
      'metadata.threshold of triggers[0] of kedaSpec of componentSpecs[0] of predictor "main" 5: expected a string'],
    ['a flag of KEDA', { componentSpecs: [{ ...POD, kedaSpec: { triggers: [{ type: 'a', metadata: {} }], restoreToOriginalReplicaCount: 'no' } }] },
      'restoreToOriginalReplicaCount of kedaSpec of componentSpecs[0] of predictor "main" "no": expected true or false'],
    ['pdbSpec that is none', { componentSpecs: [{ ...POD, pdbSpec: 1 }] },
      'pdbSpec of componentSpecs[0] of predictor "main" 1: expected an object with minAvailable or maxUnavailable'],
    ['a budget of a number', { componentSpecs: [{ ...POD, pdbSpec: { minAvailable: 1 } }] },
      'minAvailable of pdbSpec of componentSpecs[0] of predictor "main" 1: expected a k8s.IntOrString of cdk8s-plus, such as k8s.IntOrString.fromNumber(1)'],
    ['a budget of a text', { componentSpecs: [{ ...POD, pdbSpec: { maxUnavailable: '20%' } }] },
      'maxUnavailable of pdbSpec of componentSpecs[0] of predictor "main" "20%": expected a k8s.IntOrString of cdk8s-plus, such as k8s.IntOrString.fromString("20%")'],
    ['svcOrchSpec that is none', { svcOrchSpec: 'x' }, 'svcOrchSpec of predictor "main" "x": expected an object with resources, env or replicas'],
    ['an environment that is no list', { svcOrchSpec: { env: { A: 'b' } } }, 'env of svcOrchSpec of predictor "main" an object: expected a list of variables'],
    ['a variable that is none', { svcOrchSpec: { env: ['A=b'] } }, 'env[0] of svcOrchSpec of predictor "main" "A=b": expected an object with a name and a value'],
    ['nothing as variable', { svcOrchSpec: { env: [null] } }, 'env[0] of svcOrchSpec of predictor "main" null: expected an object with a name and a value'],
    ['a variable that is a number', { svcOrchSpec: { env: [{ name: 'A', value: 1 }] } }, 'value of "A" in env of svcOrchSpec of predictor "main" 1: expected a string'],
    ['limits of the orchestrator', { svcOrchSpec: { resources: { limits: { cpu: 1 } } } },
      'svcOrchSpec.resources.limits.cpu in svcOrchSpec of predictor "main" 1: expected a k8s.Quantity of cdk8s-plus, such as k8s.Quantity.fromNumber(1)'],
    ['limits of older orchestrators', { engineResources: { requests: { cpu: '1' } } },
      'resources.requests.cpu in engineResources of predictor "main" "1": expected a k8s.Quantity of cdk8s-plus, such as k8s.Quantity.fromString("1")'],
    ['an explainer that is none', { explainer: 'ALE' }, 'the explainer of predictor "main" "ALE": expected an object with a type'],
    ['an explainer without text', { explainer: { type: ExplainerType.ALE, modelUri: 3 } }, 'modelUri of the explainer of predictor "main" 3: expected a string'],
    ['an explainer with a config of numbers', { explainer: { type: ExplainerType.ALE, config: { a: 1 } } },
      'config.a of the explainer of predictor "main" 1: expected a string'],
    ['an explainer with an endpoint that is none', { explainer: { type: ExplainerType.ALE, endpoint: 9000 } },
      'endpoint of the explainer of predictor "main" 9000: expected an object with a servicePort or a type'],
    ['an explainer with a container that is none', { explainer: { type: ExplainerType.ALE, containerSpec: 'x' } },
      'containerSpec of the explainer of predictor "main" "x": expected an object with a name'],
    ['limits of an explainer', { explainer: { type: ExplainerType.ALE, containerSpec: { name: 'x', resources: { limits: { cpu: 1 } } } } },
      'containerSpec.resources.limits.cpu in the explainer of predictor "main" 1: expected a k8s.Quantity of cdk8s-plus, such as k8s.Quantity.fromNumber(1)'],
  ])('%s', (_what, rest, message) => {
    expect(messageOf(() => deployment({ predictors: [predictor('main', rest)] }))).toEqual(message + AT);
  });

  const IN = 'in componentSpecs[0] of predictor "main"';
  const quantity = (call: string) => `expected a k8s.Quantity of cdk8s-plus, such as k8s.Quantity.${call}`;
  const either = (call: string) => `expected a k8s.IntOrString of cdk8s-plus, such as k8s.IntOrString.${call}`;
  test.each<[string, object, string]>([
    ['a GPU', withPod({ resources: { limits: { 'nvidia.com/gpu': 1 } } }), `spec.containers[0].resources.limits.nvidia.com/gpu ${IN} 1: ${quantity('fromNumber(1)')}`],
    ['memory', withPod({ resources: { requests: { memory: '1Gi' } } }), `spec.containers[0].resources.requests.memory ${IN} "1Gi": ${quantity('fromString("1Gi")')}`],
    ['nothing as memory', withPod({ resources: { requests: { memory: null } } }), `spec.containers[0].resources.requests.memory ${IN} null: ${quantity('fromString(…)')}`],
    ['an object that is no quantity', withPod({ resources: { requests: { memory: {} } } }),
      `spec.containers[0].resources.requests.memory ${IN} an object: ${quantity('fromString(…)')}`],
    ['limits that are none', withPod({ resources: { limits: '1Gi' } }), `spec.containers[0].resources.limits ${IN} "1Gi": expected an object of quantities`],
    ['a probe', withPod({ livenessProbe: { httpGet: { port: 8080 } } }), `spec.containers[0].livenessProbe.httpGet.port ${IN} 8080: ${either('fromNumber(8080)')}`],
    ['a socket', withPod({ readinessProbe: { tcpSocket: { port: 'http' } } }),
      `spec.containers[0].readinessProbe.tcpSocket.port ${IN} "http": ${either('fromString("http")')}`],
    ['a hook', withPod({ lifecycle: { preStop: { httpGet: { port: 1 } } } }), `spec.containers[0].lifecycle.preStop.httpGet.port ${IN} 1: ${either('fromNumber(1)')}`],
    ['a divisor', withPod({ env: [{ name: 'A', valueFrom: { resourceFieldRef: { resource: 'limits.cpu', divisor: '1m' } } }] }),
      `spec.containers[0].env[0].valueFrom.resourceFieldRef.divisor ${IN} "1m": ${quantity('fromString("1m")')}`],
    ['a volume', withPod({}, { volumes: [{ name: 'shm', emptyDir: { medium: 'Memory', sizeLimit: '1Gi' } }] }),
      `spec.volumes[0].emptyDir.sizeLimit ${IN} "1Gi": ${quantity('fromString("1Gi")')}`],
    ['overhead', withPod({}, { overhead: { cpu: 1 } }), `spec.overhead.cpu ${IN} 1: ${quantity('fromNumber(1)')}`],
    ['an init container', withPod({}, { initContainers: [{ name: 'i', image: 'a:1', resources: { limits: { cpu: 1 } } }] }),
      `spec.initContainers[0].resources.limits.cpu ${IN} 1: ${quantity('fromNumber(1)')}`],
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
    ['no props', () => (GraphNode as Anything).model(), 'props undefined: expected an object with a name (at GraphNode.model)'],
    ['no name', () => GraphNode.transformer({} as Anything), 'name of a node undefined: expected a string (at GraphNode.transformer)'],
    ['no children', () => GraphNode.combiner({ name: 'c' } as Anything), 'children of node "c" undefined: expected a list of nodes (at GraphNode.combiner)'],
    ['no children to choose', () => GraphNode.router({ name: 'c', children: CLASSIFIER as Anything }),
      'children of node "c" an object: expected a list of nodes (at GraphNode.router)'],
    ['nothing as child', () => GraphNode.combiner({ name: 'c', children: [CLASSIFIER, null as Anything] }), `children[1] of node "c" null: ${NODE} (at GraphNode.combiner)`],
    ['a plain child', () => GraphNode.outputTransformer({ name: 'c', children: [{ name: 'm' } as Anything] }),
      `children[0] of node "c" an object: ${NODE} (at GraphNode.outputTransformer)`],
    ['a test without children', () => GraphNode.randomAbTest({ name: 'c' } as Anything), 'children of node "c" undefined: expected a list of nodes (at GraphNode.randomAbTest)'],
    ['a test without props', () => (GraphNode as Anything).randomAbTest(), 'props undefined: expected an object with a name (at GraphNode.randomAbTest)'],
    ['a share in quotes', () => GraphNode.randomAbTest({ name: 'c', children: [CLASSIFIER, CLASSIFIER], ratioA: '0.5' as Anything }),
      'ratioA "0.5" of "c": expected a share from 0 to 1 (at GraphNode.randomAbTest)'],
    ['no methods', () => GraphNode.custom({ name: 'c' } as Anything), 'methods of node "c" undefined: expected a list of strings (at GraphNode.custom)'],
    ['no props of its own', () => (GraphNode as Anything).custom(null), 'props null: expected an object with a name (at GraphNode.custom)'],
    ['a server by name', () => GraphNode.model({ name: 'm', implementation: 'SKLEARN_SERVER' as Anything }),
      'implementation of node "m" "SKLEARN_SERVER": expected a PrepackagedServer, such as PrepackagedServer.SKLEARN_SERVER (at GraphNode.model)'],
    ['a URI that is a number', () => GraphNode.model({ name: 'm', modelUri: 3 as Anything }), 'modelUri of node "m" 3: expected a string (at GraphNode.model)'],
    ['an image that is a number', () => GraphNode.model({ name: 'm', storageInitializerImage: 3 as Anything }),
      'storageInitializerImage of node "m" 3: expected a string (at GraphNode.model)'],
    ['an endpoint that is none', () => GraphNode.model({ name: 'm', endpoint: 'REST' as Anything }),
      'endpoint of node "m" "REST": expected an object with a type or ports (at GraphNode.model)'],
    ['a host that is a number', () => GraphNode.model({ name: 'm', endpoint: { serviceHost: 1 as Anything } }), 'serviceHost of node "m" 1: expected a string (at GraphNode.model)'],
    ['a logger that is none', () => GraphNode.model({ name: 'm', logger: 'all' as Anything }), 'logger of node "m" "all": expected an object with a mode (at GraphNode.model)'],
    ['a logger without an address', () => GraphNode.model({ name: 'm', logger: { url: 1 } as Anything }), 'url of the logger of node "m" 1: expected a string (at GraphNode.model)'],
    ['parameters that are no list', () => GraphNode.model({ name: 'm', parameters: {} as Anything }),
      'parameters of node "m" an object: expected a list of GraphParameter (at GraphNode.model)'],
    ...[{ name: 'n', value: 3, type: 'INT' }, { name: 'n', value: '3', type: 'integer' }, { value: '3', type: 'INT' }, 'n=3', null].map(
      (parameter): [string, () => unknown, string] => ['a parameter that is none', () => GraphNode.model({ name: 'm', parameters: [parameter as Anything] }),
        `parameters[0] of node "m" ${typeof parameter === 'string' ? '"n=3"' : parameter === null ? 'null' : 'an object'}: `
        + 'expected a GraphParameter, such as GraphParameter.int("n", 3) (at GraphNode.model)']),
  ])('%s', (_what, make, message) => {
    expect(messageOf(make)).toEqual(message);
  });
});

test.each<[() => unknown, string]>([
  [() => GraphParameter.string('a', 3 as Anything), 'value of "a" 3: expected a string (at GraphParameter.string)'],
  [() => GraphParameter.bool('a', 'false' as Anything), 'value "false" of "a": expected true or false (at GraphParameter.bool)'],
  [() => GraphParameter.int(undefined as Anything, 3), 'name of a parameter undefined: expected a string (at GraphParameter)'],
  [() => PrepackagedServer.of(3 as Anything), 'name 3: expected a string (at PrepackagedServer.of)'],
  [() => PrepackagedServer.of('A', 'v2' as Anything), 'protocols "v2": expected a list of strings (at PrepackagedServer.of)'],
  [() => PrepackagedServer.of('A', [SeldonProtocol.V2, 3 as Anything]), 'protocols[1] 3: expected a string (at PrepackagedServer.of)'],
  [() => OperatorRouter.preview(undefined as Anything), 'deployment undefined: expected a SeldonDeployment of this app (at OperatorRouter.preview)'],
  [() => OperatorRouter.preview('iris' as Anything), 'deployment "iris": expected a SeldonDeployment of this app (at OperatorRouter.preview)'],
  [() => OperatorRouter.preview(deployment(), 'x' as Anything), `environment "x": expected an object${AT}`],
  [() => OperatorRouter.preview(deployment(), { gateway: {} as Anything }), `gateway of the operator an object: expected a string${AT}`],
])('fails for what is none: %#', (make, message) => {
  expect(messageOf(make)).toEqual(message);
});

test.each<[Anything, string]>([
  [undefined, 'options undefined: expected an object with predictors'],
  ['x', 'options "x": expected an object with predictors'],
  [{}, 'predictors undefined: expected a list of predictors'],
  [{ predictors: 'main' }, 'predictors "main": expected a list of predictors'],
  [{ predictors: ['main'] }, 'predictor "main": expected an object with a name'],
  [{ predictors: [null] }, 'predictor null: expected an object with a name'],
  [{ predictors: [{ name: 'a', noEngine: 'false' }] }, 'noEngine of predictor "a" "false": expected true or false'],
  [{ predictors: [{ name: 'a', version: 2 }] }, 'version of predictor "a" 2: expected a string'],
  [{ predictors: [{ name: 'a' }], operatorRoutes: 'no' }, 'operatorRoutes "no": expected true or false'],
])('a reference fails for %j', (options, message) => {
  expect(messageOf(() => SeldonDeployment.fromSeldonDeploymentName(chartOf(), 'ref', 'iris', options))).toEqual(`${message} (at chart/ref)`);
});
