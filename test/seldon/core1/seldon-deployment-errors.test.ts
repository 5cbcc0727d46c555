import { App, Chart, Duration } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import {
  ExplainerType, GraphEndpointType, GraphMethod, LoggerMode, SeldonProtocol, SeldonServerType, SeldonTransport,
} from '../../../src/seldon/core1/enums';
import { GraphNode } from '../../../src/seldon/core1/graph-node';
import { GraphParameter } from '../../../src/seldon/core1/graph-parameter';
import { PredictorProps } from '../../../src/seldon/core1/predictor-props';
import { PrepackagedServer } from '../../../src/seldon/core1/prepackaged-server';
import { SeldonDeployment } from '../../../src/seldon/core1/seldon-deployment';
import { SeldonDeploymentProps } from '../../../src/seldon/core1/seldon-deployment-props';
import { chartOf, CLASSIFIER, deployment, predictor, problemsOf } from '../../support/core1';
import { messageOf } from '../../support/errors';

const AT = ' (at chart/iris)';

function pods(...containers: k8s.Container[]): { spec: k8s.PodSpec } {
  return { spec: { containers } };
}

const POD = pods({ name: 'classifier', image: 'a:1' });

function errorOf(props: Partial<SeldonDeploymentProps>, id = 'iris'): string {
  return messageOf(() => deployment(props, id));
}

function predictorError(rest: Partial<PredictorProps>, props: Partial<SeldonDeploymentProps> = {}): string {
  return errorOf({ predictors: [predictor('main', rest)], ...props });
}

function chain(length: number): GraphNode {
  return length === 0 ? CLASSIFIER : GraphNode.transformer({ name: `t${length}`, children: [chain(length - 1)] });
}

function chainPods(length: number): { spec: k8s.PodSpec } {
  return pods(...Array.from({ length }, (_, i) => ({ name: `t${i + 1}`, image: 'a:1' })));
}

describe('fails where Seldon\'s webhook does', () => {
  test('1: a node without a container', () => {
    expect(predictorError({ graph: GraphNode.model({ name: 'm' }), componentSpecs: [POD] })).toEqual(
      `no container for node "m" of predictor "main". Add a container of that name to its componentSpecs, or use a prepackaged server${AT}`);
  });

  test('2: a node of no type without methods', () => {
    expect(messageOf(() => GraphNode.custom({ name: 'm', methods: [] }))).toEqual(
      'node "m" without methods. Set the methods that the orchestrator may call (at GraphNode.custom)');
  });

  test.each([undefined, '', ' '])('3: a server without a modelUri: %j', (modelUri) => {
    expect(predictorError({ graph: GraphNode.model({ name: 'm', implementation: PrepackagedServer.SKLEARN_SERVER, modelUri }) })).toEqual(
      `node "m" of predictor "main" runs SKLEARN_SERVER without a modelUri. Set it to the location of the model${AT}`);
  });

  test('3: Hugging Face needs none', () => {
    expect(predictorError({ graph: GraphNode.model({ name: 'm', implementation: PrepackagedServer.HUGGINGFACE_SERVER }) }, { protocol: SeldonProtocol.V2 }))
      .toEqual('no error');
  });

  test.each([
    [PrepackagedServer.SKLEARN_SERVER, 'seldon, v2'], [PrepackagedServer.XGBOOST_SERVER, 'seldon, v2'],
    [PrepackagedServer.MLFLOW_SERVER, 'seldon, v2'], [PrepackagedServer.HUGGINGFACE_SERVER, 'v2'],
  ])('4: server %# does not speak tensorflow', (implementation, speaks) => {
    expect(predictorError({ graph: GraphNode.model({ name: 'm', implementation, modelUri: 'gs://x' }) }, { protocol: SeldonProtocol.TENSORFLOW })).toEqual(
      `node "m" of predictor "main" runs ${implementation.name} with protocol "tensorflow". It supports ${speaks}${AT}`);
  });

  test('5: an unknown server, without an image', () => {
    const graph = GraphNode.model({ name: 'm', implementation: PrepackagedServer.of('MY_SERVER'), modelUri: 'gs://x' });
    const message = 'node "m" of predictor "main" runs MY_SERVER, which does not come with Seldon. Give its container an image, '
      + `or set the protocols for which the operator has an image, with PrepackagedServer.of(name, protocols)${AT}`;
    expect(predictorError({ graph })).toEqual(message);
    expect(predictorError({ graph, componentSpecs: [pods({ name: 'm' })] })).toEqual(message);
    expect(predictorError({ graph, componentSpecs: [pods({ name: 'm', image: 'a:1' })] })).toEqual('no error');
  });

  test('6: a logger without a mode', () => {
    const graph = GraphNode.model({ name: 'classifier', logger: { url: 'http://x' } as unknown as { mode: LoggerMode } });
    expect(predictorError({ graph, componentSpecs: [POD] })).toEqual(
      `logger of node "classifier" of predictor "main" without a mode. Set mode to one of all, request, response${AT}`);
  });

  test('7: several shadows', () => {
    const made = deployment({ predictors: [predictor('main'), predictor('a', { shadow: true }), predictor('b', { shadow: true })] });
    expect(problemsOf(made)).toEqual('Validation failed with the following errors:\n'
      + `  [chart/iris] several shadows, "a", "b". Seldon's operator supports one. Use IstioRouter for more${AT}`);
  });

  test.each([-1, 101])('8: a shadow with traffic %d', (traffic) => {
    expect(predictorError({ shadow: true, traffic })).toEqual(`traffic of predictor "main" ${traffic}. Expected a whole number from 0 to 100${AT}`);
  });

  test('9: traffic that does not add up', () => {
    const made = deployment({ predictors: [predictor('a', { traffic: 50 }), predictor('b', { traffic: 40 }), predictor('c')] });
    expect(problemsOf(made)).toEqual(`Validation failed with the following errors:\n  [chart/iris] traffic of "a", "b", "c" adds up to 90. Expected 100${AT}`);
  });

  test('10: a single predictor with a share', () => {
    expect(problemsOf(deployment({ predictors: [predictor('main', { traffic: 40 })] }))).toEqual('Validation failed with the following errors:\n'
      + `  [chart/iris] traffic 40 of "main", which is the only predictor that answers. It gets all requests. Set 100, or leave traffic out${AT}`);
  });

  test('11: one Service of two predictors', () => {
    const annotations = { 'seldon.io/svc-name': 'svc' };
    expect(errorOf({ predictors: [predictor('a', { serviceName: 'svc' }), predictor('b', { annotations })] })).toEqual(
      `Service name "svc" of predictors "a" and "b". Give each its own Service${AT}`);
  });

  test.each([
    [undefined, 'KAFKA_BROKER, KAFKA_INPUT_TOPIC, KAFKA_OUTPUT_TOPIC'],
    [[{ name: 'KAFKA_BROKER' }, { name: 'KAFKA_BROKER' }, { name: 'KAFKA_INPUT_TOPIC' }], 'KAFKA_OUTPUT_TOPIC'],
  ])('12: Kafka without its variables %#', (env, missing) => {
    expect(predictorError({ svcOrchSpec: { env } }, { serverType: SeldonServerType.KAFKA })).toEqual(
      `predictor "main" of a Kafka server without ${missing}. Set them in env of its svcOrchSpec${AT}`);
  });

  test('13: a shadow alone', () => {
    expect(problemsOf(deployment({ predictors: [predictor('main', { shadow: true })] }))).toEqual(
      `Validation failed with the following errors:\n  [chart/iris] only shadows, "main". A deployment needs a predictor that answers${AT}`);
  });

  test('14: an unknown protocol', () => {
    expect(errorOf({ protocol: 'v3' as SeldonProtocol })).toEqual(`protocol "v3". Expected one of seldon, tensorflow, kfserving, v2${AT}`);
  });

  test('15: an unknown transport', () => {
    expect(errorOf({ transport: 'tcp' as SeldonTransport })).toEqual(`transport "tcp". Expected one of rest, grpc${AT}`);
  });

  test('16: an unknown server type', () => {
    expect(errorOf({ serverType: 'nats' as SeldonServerType })).toEqual(`serverType "nats". Expected one of rpc, kafka${AT}`);
  });

  test('17: no predictors', () => {
    expect(errorOf({ predictors: [] })).toEqual(`no predictors. Give it at least one${AT}`);
  });

  test.each([
    [{ noEngine: true }], [{ annotations: { 'seldon.io/no-engine': 'false' } }],
  ])('18: a graph without engine %j', (rest) => {
    expect(predictorError({ ...rest, graph: chain(1), componentSpecs: [chainPods(1)] })).toEqual(
      `predictor "main" has a graph of 2 nodes and no engine. Only a graph of a single node can run without one${AT}`);
  });

  test('19: a name twice', () => {
    expect(errorOf({ predictors: [predictor('a'), predictor('a')] })).toEqual(`two predictors named "a". Give each its own name${AT}`);
  });

  test('20: two endpoint types', () => {
    const typed = (type: GraphEndpointType) => GraphNode.model({ name: 'classifier', endpoint: { type } });
    expect(errorOf({
      predictors: [
        predictor('a', { graph: typed(GraphEndpointType.REST), componentSpecs: [POD] }),
        predictor('b', { graph: typed(GraphEndpointType.GRPC), componentSpecs: [POD] }),
      ],
    })).toEqual(`endpoint types GRPC and REST in one deployment. All its nodes are called in the same way. Leave the types out and set the transport of the deployment${AT}`);
  });

  test('21: an endpoint type against the transport', () => {
    const graph = GraphNode.transformer({ name: 't1', children: [GraphNode.model({ ...CLASSIFIER._props, endpoint: { type: GraphEndpointType.GRPC } })] });
    expect(predictorError({ graph, componentSpecs: [chainPods(1)] }, { transport: SeldonTransport.REST })).toEqual(
      `endpoint type GRPC with transport "rest". The transport of the deployment sets it. Leave the type out${AT}`);
    expect(predictorError({ graph, componentSpecs: [chainPods(1)] }, { transport: SeldonTransport.GRPC })).toEqual('no error');
  });
});

describe('fails where the webhook does not', () => {
  test.each([150, -50, 33.3])('traffic %d', (traffic) => {
    expect(predictorError({ traffic })).toEqual(`traffic of predictor "main" ${traffic}. Expected a whole number from 0 to 100${AT}`);
  });

  test('one live predictor with a share, together with a shadow', () => {
    const made = deployment({ predictors: [predictor('main', { traffic: 50 }), predictor('dark', { shadow: true, traffic: 50 })] });
    expect(problemsOf(made)).toEqual('Validation failed with the following errors:\n'
      + `  [chart/iris] traffic 50 of "main", which is the only predictor that answers. It gets all requests. Set 100, or leave traffic out${AT}`);
  });

  test('a shadow with traffic 0', () => {
    expect(errorOf({ predictors: [predictor('main'), predictor('dark', { shadow: true, traffic: 0 })] })).toEqual(
      `traffic 0 of shadow "dark". The operator would mirror every request. Set 1 to 100, or leave the shadow out${AT}`);
  });

  describe('one Service for two:', () => {
    const shared = (chart: Chart) => messageOf(() => App.of(chart).synthYaml());
    const text = (name: string, one: string, other: string) => `Validation failed with the following errors:\n${line(name, one, other)}`;
    const line = (name: string, one: string, other: string) => `  [${other.split(' ').at(-1)}] Service "${name}" of ${one} and of ${other}. Requests for one would reach the pods of the other: give one of them another name`;

    test('predictors of two deployments', () => {
      const chart = chartOf();
      deployment({ predictors: [predictor('a-b')] }, 'iris', chart);
      deployment({ predictors: [predictor('b')] }, 'iris-a', chart);
      expect(shared(chart)).toEqual(`${text('iris-a-b', 'predictor "a-b" of chart/iris', 'predictor "b" of chart/iris-a')}\n${
        line('iris-a-b-classifier', 'node "classifier" of predictor "a-b" of chart/iris', 'node "classifier" of predictor "b" of chart/iris-a')}`);
    });

    test('deployments of two charts', () => {
      const chart = chartOf();
      deployment({ predictors: [predictor('a-b')] }, 'iris', chart);
      const graph = GraphNode.model({ ...CLASSIFIER._props, name: 'other' });
      deployment({ predictors: [predictor('b', { graph })] }, 'iris-a', new Chart(App.of(chart), 'other', { namespace: 'seldon' }));
      expect(shared(chart)).toEqual(text('iris-a-b', 'predictor "a-b" of chart/iris', 'predictor "b" of other/iris-a'));
    });

    test('not in two namespaces', () => {
      const chart = chartOf();
      deployment({ predictors: [predictor('a-b')] }, 'iris', chart);
      deployment({ namespace: 'other', predictors: [predictor('b')] }, 'iris-a', chart);
      expect(shared(chart)).toEqual('no error');
    });

    test.each<[string, PredictorProps[], string, string, string]>([
      ['a name that is another\'s by default', [predictor('a', { serviceName: 'iris-b' }), predictor('b')], 'iris-b', 'predictor "a"', 'predictor "b"'],
      ['an explainer', [predictor('a', { explainer: { type: ExplainerType.ALE } }), predictor('a-explainer')],
        'iris-a-explainer', 'the explainer of predictor "a"', 'predictor "a-explainer"'],
      ['a server that Seldon brings', [predictor('a'), predictor('a-classifier')], 'iris-a-classifier', 'node "classifier" of predictor "a"', 'predictor "a-classifier"'],
      ['a container', [predictor('m', { graph: GraphNode.model({ name: 'own' }), componentSpecs: [pods({ name: 'own', image: 'a:1' })] }), predictor('m-own')],
        'iris-m-own', 'node "own" of predictor "m"', 'predictor "m-own"'],
    ])('%s', (_what, predictors, name, one, other) => {
      expect(problemsOf(deployment({ predictors }))).toEqual(text(name, `${one} of chart/iris`, `${other} of chart/iris`));
    });

    test('not for a container without a node, nor for a random choice of the orchestrator', () => {
      const graph = GraphNode.randomAbTest({ name: 'ab', children: [CLASSIFIER, GraphNode.model({ ...CLASSIFIER._props, name: 'second' })] });
      expect(problemsOf(deployment({
        predictors: [predictor('a', { graph, componentSpecs: [pods({ name: 'side', image: 'a:1' })] }), predictor('a-side'), predictor('a-ab')],
      }))).toEqual('no error');
    });
  });

  test('only shadows', () => {
    const made = deployment({ predictors: [predictor('a', { shadow: true }), predictor('b', { shadow: true })] });
    expect(problemsOf(made)).toEqual('Validation failed with the following errors:\n'
      + `  [chart/iris] only shadows, "a", "b". A deployment needs a predictor that answers${AT}\n`
      + `  [chart/iris] several shadows, "a", "b". Seldon's operator supports one. Use IstioRouter for more${AT}`);
  });

  test.each([[undefined], ['' as ExplainerType]])('an explainer without a type %#', (type) => {
    expect(predictorError({ explainer: { type } as { type: ExplainerType } })).toEqual(
      `explainer of predictor "main" without a type. The operator would ignore it. Set the type${AT}`);
  });

  test('an unknown explainer', () => {
    expect(predictorError({ explainer: { type: 'Magic' as ExplainerType } })).toEqual('explainer type of predictor "main" "Magic". '
      + `Expected one of AnchorTabular, AnchorImages, AnchorText, Counterfactuals, Contrastive, KernelShap, IntegratedGradients, ALE, TreeShap${AT}`);
  });

  const one = k8s.IntOrString.fromNumber(1);
  test.each([
    [{ minAvailable: one, maxUnavailable: one }, 'both minAvailable and maxUnavailable'], [{}, 'neither minAvailable nor maxUnavailable'],
  ])('a budget %#', (pdbSpec, problem) => {
    expect(predictorError({ componentSpecs: [{ ...POD, pdbSpec }] })).toEqual(
      `pdbSpec of componentSpecs[0] of predictor "main" with ${problem}. Set exactly one of them${AT}`);
  });

  test('two budgets', () => {
    const componentSpecs = [{ ...POD, pdbSpec: { minAvailable: one } }];
    expect(errorOf({ predictors: [predictor('a', { componentSpecs }), predictor('b', { componentSpecs })] })).toEqual(
      '2 componentSpecs with a pdbSpec, of predictors "a", "b". '
      + `Each would count all pods of the deployment, and Kubernetes would then evict none. Keep only one of them${AT}`);
  });

  test.each([
    [{ minReplicas: 3, maxReplicas: 2 }, 'minReplicas 3 and maxReplicas 2 of hpaSpec of componentSpecs[0] of predictor "main". minReplicas must not exceed maxReplicas'],
    [{ maxReplicas: 0 }, 'maxReplicas of hpaSpec of componentSpecs[0] of predictor "main" 0. Expected a whole number from 1 to 2147483647'],
    [{ minReplicas: 0, maxReplicas: 2 }, 'minReplicas of hpaSpec of componentSpecs[0] of predictor "main" 0. Expected a whole number from 1 to 2147483647'],
  ])('an HPA %j', (hpaSpec, message) => {
    expect(predictorError({ componentSpecs: [{ ...POD, hpaSpec }] })).toEqual(message + AT);
  });

  const triggers = [{ type: 'cron', metadata: {} }];
  test.each([
    [{ triggers: [] }, 'kedaSpec of componentSpecs[0] of predictor "main" without triggers. Add at least one'],
    [{ triggers: [{ type: ' ', metadata: {} }] },
      'a trigger without a type in kedaSpec of componentSpecs[0] of predictor "main". Set the type of the source, such as "prometheus"'],
    [{ triggers: [{ type: 'cron', metadata: {}, authenticationRef: { name: 'A' } }] },
      'authenticationRef in kedaSpec of componentSpecs[0] of predictor "main" "A". '
      + 'Expected at most 253 lower-case letters, digits, hyphens and dots, starting and ending with a letter or digit'],
    [{ triggers, minReplicaCount: 5, maxReplicaCount: 4 },
      'minReplicaCount 5 and maxReplicaCount 4 of kedaSpec of componentSpecs[0] of predictor "main". minReplicaCount must not exceed maxReplicaCount'],
    [{ triggers, minReplicaCount: 1, idleReplicaCount: 1 },
      'idleReplicaCount 1 and minReplicaCount 1 of kedaSpec of componentSpecs[0] of predictor "main". idleReplicaCount must be less than minReplicaCount'],
    [{ triggers, idleReplicaCount: 0 },
      'idleReplicaCount 0 and minReplicaCount 0 of kedaSpec of componentSpecs[0] of predictor "main". idleReplicaCount must be less than minReplicaCount'],
    [{ triggers, fallback: { failureThreshold: -1, replicas: 1 } },
      'failureThreshold of kedaSpec of componentSpecs[0] of predictor "main" -1. Expected a whole number from 0 to 2147483647'],
  ])('KEDA %j', (kedaSpec, message) => {
    expect(predictorError({ componentSpecs: [{ ...POD, kedaSpec }] })).toEqual(message + AT);
  });

  test('several scalers', () => {
    expect(predictorError({ componentSpecs: [{ ...POD, replicas: 2, hpaSpec: { maxReplicas: 2 }, kedaSpec: { triggers } }] })).toEqual(
      `kedaSpec and hpaSpec and replicas of componentSpecs[0] of predictor "main". The operator reads kedaSpec only. Set one of them${AT}`);
  });

  test.each([
    ['ROUTER', () => GraphNode.router({ name: 'r', children: [] })], ['COMBINER', () => GraphNode.combiner({ name: 'r', children: [] })],
  ])('a %s without children', (_type, make) => {
    expect(messageOf(make)).toMatch(/^node "r" without children. Add at least one child/);
  });

  test('two nodes of one name', () => {
    expect(predictorError({ graph: GraphNode.transformer({ name: 'classifier', children: [CLASSIFIER] }), componentSpecs: [POD] })).toEqual(
      `two nodes "classifier" in predictor "main". Give each its own name${AT}`);
  });

  test('a graph that is too deep', () => {
    expect(predictorError({ graph: chain(10), componentSpecs: [chainPods(10)] })).toEqual('no error');
    expect(predictorError({ graph: chain(11), componentSpecs: [chainPods(11)] })).toEqual(
      `node "classifier" of predictor "main" is 11 levels below the root. The CRD has 10 levels, and the API server drops everything below. Flatten the graph${AT}`);
  });

  test.each([
    [PrepackagedServer.TRITON_SERVER, SeldonProtocol.SELDON, 'v2'], [PrepackagedServer.TEMPO_SERVER, SeldonProtocol.SELDON, 'v2'],
    [PrepackagedServer.TENSORFLOW_SERVER, SeldonProtocol.V2, 'seldon, tensorflow'],
    [PrepackagedServer.of('MINE', [SeldonProtocol.V2]), SeldonProtocol.SELDON, 'v2'],
  ])('server %# cannot speak the protocol', (implementation, protocol, speaks) => {
    expect(predictorError({ graph: GraphNode.model({ name: 'm', implementation, modelUri: 'gs://x' }) }, { protocol })).toEqual(
      `node "m" of predictor "main" runs ${implementation.name} with protocol "${protocol}". It supports ${speaks}${AT}`);
  });

  test.each(['Iris', 'iris.v1', '1iris', 'iris-', 'a'.repeat(254)])('the name %s', (id) => {
    expect(errorOf({}, id)).toEqual(`name of SeldonDeployment "${id}". Expected `
      + `lower-case letters, digits and hyphens, starting with a letter and not ending in a hyphen, since the operator derives the names of Services from it (at chart/${id})`);
  });

  const LABEL = 'Expected at most 63 lower-case letters, digits and hyphens, with no hyphen at the ends';
  test.each([
    [{ name: 'Main' }, `name of predictor "Main". ${LABEL}`],
    [{ serviceName: 'a.b' }, `serviceName of predictor "main" "a.b". ${LABEL}`],
    [{ graph: GraphNode.model({ name: 'M' }) }, `name of node "M". ${LABEL}`],
    [{ graph: GraphNode.model({ name: 'a'.repeat(49) }) }, `node "${'a'.repeat(49)}" of predictor "main" has 49 characters in its name. `
      + 'Expected at most 48. The operator derives a label from it that would be too long for Kubernetes'],
    [{ graph: GraphNode.model({ name: 'seldon-container-engine' }) },
      'node "seldon-container-engine" of predictor "main" has the name of the orchestrator\'s container. Give the node another name'],
    [{ componentSpecs: [pods({ name: 'C' })] }, `name of container in componentSpecs[0] of predictor "main" "C". ${LABEL}`],
    [{ componentSpecs: [POD, POD] }, 'two containers "classifier" in predictor "main". Names of containers must be unique across all its componentSpecs'],
    [{ replicas: -1 }, 'replicas of predictor "main" -1. Expected a whole number from 0 to 2147483647'],
    [{ progressDeadlineSeconds: 0 }, 'progressDeadlineSeconds of predictor "main" 0. Expected a whole number from 1 to 2147483647'],
    [{ svcOrchSpec: { replicas: 0.5 } }, 'replicas of svcOrchSpec of predictor "main" 0.5. Expected a whole number from 0 to 2147483647'],
    [{ componentSpecs: [{ ...POD, replicas: -1 }] }, 'replicas of componentSpecs[0] of predictor "main" -1. Expected a whole number from 0 to 2147483647'],
    [{ ssl: { certSecretName: 'A' } },
      'certSecretName of predictor "main" "A". Expected at most 253 lower-case letters, digits, hyphens and dots, starting and ending with a letter or digit'],
    [{ labels: { version: '' } }, 'an empty label version of predictor "main". Routes identify predictors by it. Give it a value, or leave it out'],
    [{ labels: { 'seldon-deployment-id': 'x' } },
      'label seldon-deployment-id of predictor "main". The operator sets it and selects its pods by it. Leave it out'],
    [{ labels: { a: 'b c' } },
      'value "b c" of label a of predictor "main". Expected letters, digits, "-", "_" and ".", starting and ending with a letter or digit'],
    [{ componentSpecs: [{ ...POD, metadata: { labels: { version: 'v2' } } }] },
      'label version "v2" in the metadata of componentSpecs[0] of predictor "main". Routes select the pods by version "main". Set it in the labels of the predictor'],
    [{ graph: chain(1), componentSpecs: [pods({ name: 'other' })] },
      'no container for node "t1" of predictor "main". Add a container of that name to its componentSpecs, or use a prepackaged server'],
    [{ graph: GraphNode.model({ name: 'm' }), componentSpecs: [pods({ name: 'other', image: 'a:1' }), pods({ name: 'm', image: 'a:1' })] },
      'no node of the graph of predictor "main" in its first componentSpec. '
      + 'The orchestrator runs in its pods. Move a container of the graph there, or set executor.separatePod'],
    [{ explainer: { type: ExplainerType.ALE, replicas: -1 } }, 'replicas of the explainer of predictor "main" -1. Expected a whole number from 0 to 2147483647'],
    [{ explainer: { type: ExplainerType.ALE, endpoint: { servicePort: 0 } } },
      'servicePort of the explainer of predictor "main" 0. Expected a whole number from 1 to 65535'],
    [{ explainer: { type: ExplainerType.ALE, serviceAccountName: 'A' } },
      'serviceAccountName of the explainer of predictor "main" "A". '
      + 'Expected at most 253 lower-case letters, digits, hyphens and dots, starting and ending with a letter or digit'],
    [{ explainer: { type: ExplainerType.ALE, envSecretRefName: 'A' } },
      'envSecretRefName of the explainer of predictor "main" "A". '
      + 'Expected at most 253 lower-case letters, digits, hyphens and dots, starting and ending with a letter or digit'],
    [{ annotations: { 'seldon.io/svc-name': 'Foo_Bar' } }, `annotation seldon.io/svc-name of predictor "main" "Foo_Bar". ${LABEL}`],
    [{ explainer: { type: ExplainerType.ALE, containerSpec: { image: 'a:1' } as k8s.Container } },
      `name of the containerSpec of the explainer of predictor "main" undefined. ${LABEL}`],
    [{ graph: GraphNode.model({ name: 'm' }), componentSpecs: [pods({ name: 'm' })] },
      'container "m" in componentSpecs[0] of predictor "main" without an image. Kubernetes rejects it. Set an image, '
      + 'or use a prepackaged server for its node'],
    [{ componentSpecs: [POD, pods({ name: 'side', image: '' })] },
      'container "side" in componentSpecs[1] of predictor "main" without an image. Kubernetes rejects it. Set an image, '
      + 'or use a prepackaged server for its node'],
    [{ componentSpecs: [{ spec: { ...POD.spec, initContainers: [{ name: 'classifier' }] } }] },
      'container "classifier" in componentSpecs[0] of predictor "main" without an image. Kubernetes rejects it. Set an image, '
      + 'or use a prepackaged server for its node'],
    [{ annotations: { 'seldon.io/svc-name': 'a' }, serviceName: 'b' },
      'annotation seldon.io/svc-name on predictor "main" together with the prop that writes it. Set only one of the two'],
  ])('predictor %#', (rest, message) => {
    expect(predictorError(rest)).toEqual(message + AT);
  });

  const NAME = 'Expected at most 253 lower-case letters, digits, hyphens and dots, starting and ending with a letter or digit';
  test.each([
    [{ parameters: [GraphParameter.int('n', 1), GraphParameter.int('n', 2)] },
      'parameter "n" of node "m" of predictor "main" is given twice. Set each parameter once'],
    [{ parameters: [GraphParameter.string('key', '-----BEGIN RSA PRIVATE KEY-----')] },
      'parameter "key" of node "m" of predictor "main" holds a private key. Keep it in a secret and give the name of the secret or the path of the file'],
    [{ logger: { mode: 'some' as LoggerMode } }, 'logger mode of node "m" of predictor "main" "some". Expected one of all, request, response'],
    [{ endpoint: { type: 'HTTP' as GraphEndpointType } }, 'endpoint type of node "m" of predictor "main" "HTTP". Expected one of REST, GRPC'],
    [{ endpoint: { httpPort: 70000 } }, 'httpPort of node "m" of predictor "main" 70000. Expected a whole number from 1 to 65535'],
    [{ serviceAccountName: 'A' }, `serviceAccountName of node "m" of predictor "main" "A". ${NAME}`],
    [{ envSecretRefName: 'A' }, `envSecretRefName of node "m" of predictor "main" "A". ${NAME}`],
  ])('node %#', (rest, message) => {
    expect(predictorError({ graph: GraphNode.model({ name: 'm', ...rest }), componentSpecs: [pods({ name: 'm' })] })).toEqual(message + AT);
  });

  test('a method that does not exist', () => {
    const graph = GraphNode.custom({ name: 'm', methods: ['PREDICT' as GraphMethod] });
    expect(predictorError({ graph, componentSpecs: [pods({ name: 'm' })] })).toEqual(
      `method of node "m" of predictor "main" "PREDICT". Expected one of TRANSFORM_INPUT, TRANSFORM_OUTPUT, ROUTE, AGGREGATE, SEND_FEEDBACK${AT}`);
  });

  const gateway = { gatewayName: 'gw', gatewayNamespace: 'istio-system' };
  test.each([
    [{ replicas: -1 }, 'replicas -1. Expected a whole number from 0 to 2147483647'],
    [{ controllerId: 'A B' }, `controllerId "A B". ${NAME}`],
    [{ controllerId: 'x', metadata: { labels: { 'seldon.io/controller-id': 'y' } } },
      'label seldon.io/controller-id on metadata together with controllerId. Set only one of the two'],
    [{ istio: { gateway, mesh: true } }, 'gateway "gw" and callers inside the mesh. The operator\'s routes have one gateway. Set one of the two'],
    [{ istio: { mesh: true } }, 'hosts none for callers inside the mesh. Their routes need one host, without a wildcard'],
    [{ istio: { mesh: true, hosts: ['a', 'b'] } }, 'hosts a, b for callers inside the mesh. Their routes need one host, without a wildcard'],
    [{ istio: { mesh: true, hosts: ['*'] } }, 'hosts * for callers inside the mesh. Their routes need one host, without a wildcard'],
    [{ istio: { gateway: { gatewayName: 'gw' } } },
      'gateway "gw" has no namespace, and the route is in "seldon". A bare name refers to the namespace of the route. Set the namespace of the gateway'],
    [{ istio: { hosts: [] } }, 'an empty list of hosts in istio. Set at least one, or leave hosts out for all hosts'],
    [{ istio: { hosts: ['http://a'] } },
      'host in istio "http://a". Expected a DNS name such as "models.example.com", "*.example.com" or "*", without scheme, port or path'],
    [{ istio: { retries: 1.5 } }, 'retries in istio 1.5. Expected a whole number from 0 to 2147483647'],
    [{ istio: { retriesTimeout: Duration.seconds(1) } }, 'retriesTimeout in istio without retries. Set retries as well'],
    [{ istio: { retries: 1, retriesTimeout: Duration.millis(1500) } }, 'retriesTimeout of 1500 ms in istio. The operator accepts only whole seconds, 1 or more'],
    [{ istio: { hosts: ['a.b'] }, disableOperatorRoutes: true }, 'istio together with disableOperatorRoutes. Disabled routes have no options. Set only one of the two'],
    [{ metadata: { annotations: { 'seldon.io/istio-gateway': 'gw' } }, disableOperatorRoutes: true },
      'annotation seldon.io/istio-gateway on metadata together with the prop that writes it. Set only one of the two'],
    [{ executor: { restTimeout: Duration.millis(0) } }, 'restTimeout of 0 ms in executor. Expected 1 ms or more, in whole milliseconds'],
    [{ executor: { grpcMaxMessageSize: 0 } }, 'grpcMaxMessageSize in executor 0. Expected a whole number from 1 to 2147483647'],
    [{ executor: { environment: { 'log-level': 'x' } } }, 'variable "log-level" in the environment of executor. '
      + 'Annotations support only names of capitals and digits with single underscores between them, except SEPARATE_POD. Use env of svcOrchSpec'],
    [{ executor: { environment: { SEPARATE_POD: 'x' } } }, 'variable "SEPARATE_POD" in the environment of executor. '
      + 'Annotations support only names of capitals and digits with single underscores between them, except SEPARATE_POD. Use env of svcOrchSpec'],
    [{ ambassador: { retries: -1 } }, 'retries in ambassador -1. Expected a whole number from 0 to 2147483647'],
    [{ annotations: { 'seldon.io/istio-host': 'a' } }, 'annotation seldon.io/istio-host on the spec. '
      + 'It would be copied to all pods, and a change would restart them. Use istio, or metadata.annotations'],
    [{ annotations: { 'seldon.io/no-engine': 'true' } },
      'annotation seldon.io/no-engine on the spec. The operator does not read it there. Use noEngine of the predictor'],
    [{ annotations: { 'seldon.io/rest-timeout': '1' }, executor: { restTimeout: Duration.seconds(1) } },
      'annotation seldon.io/rest-timeout on spec together with the prop that writes it. Set only one of the two'],
    [{ metadata: { annotations: { 'seldon.io/engine-separate-pod': 'true' } } },
      'annotation seldon.io/engine-separate-pod in the metadata. The operator does not read it there. Use executor.separatePod'],
    [{ metadata: { annotations: { 'seldon.io/istio-retries': 'many' } } },
      'annotation seldon.io/istio-retries "many". Expected a whole number, since the operator fails on anything else'],
    [{ metadata: { annotations: { 'seldon.io/istio-retries-timeout': '0' } } },
      'annotation seldon.io/istio-retries-timeout "0". Expected 1 second or more, since Istio rejects the operator\'s route otherwise'],
    [{ metadata: { annotations: { 'seldon.io/istio-retries-timeout': '-1' } } },
      'annotation seldon.io/istio-retries-timeout "-1". Expected 1 second or more, since Istio rejects the operator\'s route otherwise'],
    [{ metadata: { annotations: { 'seldon.io/istio-host': 'a' } }, istio: { hosts: ['b.c'] } },
      'annotation seldon.io/istio-host on metadata together with the prop that writes it. Set only one of the two'],
  ])('deployment %#', (props, message) => {
    expect(errorOf(props)).toEqual(message + AT);
  });
});

describe('as a reference', () => {
  test.each([
    ['Iris', [{ name: 'main' }], 'name of SeldonDeployment "Iris". Expected '
      + 'lower-case letters, digits and hyphens, starting with a letter and not ending in a hyphen, since the operator derives the names of Services from it'],
    ['iris', [], 'no predictors. Add those to which routes lead'],
    ['iris', [{ name: 'a' }, { name: 'a' }], 'two predictors named "a". List each predictor once'],
    ['iris', [{ name: 'a', port: 0 }], 'port of predictor "a" 0. Expected a whole number from 1 to 65535'],
    ['iris', [{ name: 'a', grpcPort: 0 }], 'grpcPort of predictor "a" 0. Expected a whole number from 1 to 65535'],
    ['iris', [{ name: 'A' }], 'name of predictor "A". Expected at most 63 lower-case letters, digits and hyphens, with no hyphen at the ends'],
    ['iris', [{ name: 'a', serviceName: 'B' }],
      'serviceName of predictor "a" "B". Expected at most 63 lower-case letters, digits and hyphens, with no hyphen at the ends'],
  ])('fails for %s with %j', (name, predictors, message) => {
    expect(messageOf(() => SeldonDeployment.fromSeldonDeploymentName(chartOf(), 'ref', name, { predictors }))).toEqual(`${message} (at chart/ref)`);
  });
});
