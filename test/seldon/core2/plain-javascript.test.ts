import { App, Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Warnings } from '../../../src/mesh/warnings';
import { Experiment } from '../../../src/seldon/core2/experiment';
import { Model } from '../../../src/seldon/core2/model';
import { Pipeline } from '../../../src/seldon/core2/pipeline';
import { SeldonComponent } from '../../../src/seldon/core2-runtime/seldon-component';
import { SeldonConfig } from '../../../src/seldon/core2-runtime/seldon-config';
import { SeldonRuntime } from '../../../src/seldon/core2-runtime/seldon-runtime';
import { Server } from '../../../src/seldon/core2-runtime/server';
import { ServerConfig } from '../../../src/seldon/core2-runtime/server-config';
import { ServerInventory } from '../../../src/seldon/core2-runtime/server-inventory';
import { chartOf, claimOf, podOf } from '../../support/core2';
import { messageOf } from '../../support/errors';

/** What a user of plain JavaScript may write, which no compiler looks at. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Anything = any;

function failureOf(make: (chart: Chart) => unknown): string {
  return messageOf(() => make(chartOf()));
}

const FLAG = 'Expected true or false';

describe('a Model fails for', () => {
  test.each<[Anything, string]>([
    [{ cleanTopicsOnDelete: 'false' }, `cleanTopicsOnDelete "false". ${FLAG}`],
    [{ preloaded: 1 }, `preloaded 1. ${FLAG}`],
    [{ dedicated: 'no' }, `dedicated "no". ${FLAG}`],
    [{ logger: null }, 'logger null. Expected an object, which may be empty'],
    [{ explainer: null }, 'explainer null. Expected an object with type'],
    [{ explainer: 'anchor_tabular' }, 'explainer "anchor_tabular". Expected an object with type'],
    [{ llm: null }, 'llm null. Expected an object with modelRef or pipelineRef'],
    [{ parameters: [null] }, 'parameters[0] null. Expected an object with name and value'],
    [{ parameters: ['a=b'] }, 'parameters[0] "a=b". Expected an object with name and value'],
    [{ requirements: ['sklearn,own'] }, 'requirement "sklearn,own". Expected one capability, without commas and spaces. List several in requirements'],
    [{ modelType: 'scikit learn' }, 'modelType "scikit learn". Expected one capability, without commas and spaces. List several in requirements'],
  ])('%j', (props, message) => {
    expect(failureOf((chart) => new Model(chart, 'iris', { storageUri: 'gs://bucket/iris', ...props }))).toEqual(`${message} (at chart/iris)`);
  });
});

describe('an Experiment fails for', () => {
  test.each<[Anything, string]>([
    [{ candidates: [null] }, 'candidates[0] null. Expected an object, such as { name: model.modelName, weight: 50 }'],
    [{ candidates: ['iris'] }, 'candidates[0] "iris". Expected an object, such as { name: model.modelName, weight: 50 }'],
    [{ mirror: null }, 'mirror null. Expected an object with name and percent'],
  ])('%j', (props, message) => {
    expect(failureOf((chart) => new Experiment(chart, 'trial', { candidates: [{ name: 'iris', weight: 1 }], ...props }))).toEqual(`${message} (at chart/trial)`);
  });
});

describe('a Server fails for', () => {
  const STRATEGY = 'Expected a k8s.DeploymentStrategy, such as { type: "Recreate" }';
  const SHARE = 'Expected a whole number of 0 or more, or a percentage such as "25%"';
  const rolling = (maxSurge: unknown, maxUnavailable?: unknown): object => ({ deploymentStrategy: { rollingUpdate: { maxSurge, maxUnavailable } } });
  const { fromNumber, fromString } = k8s.IntOrString;

  test.each<[string, Anything, string]>([
    ['a flag in quotes', { disableAutoUpdate: 'true' }, `disableAutoUpdate "true". ${FLAG}`],
    ['no other containers', { imageOverrides: null }, 'imageOverrides null. Expected an object with agent or rclone'],
    ['nothing as a container', { imageOverrides: { agent: null } }, 'imageOverrides.agent null. Expected a k8s.Container of cdk8s-plus-27'],
    ['a retention that is a string', { statefulSetPersistentVolumeClaimRetentionPolicy: 'Retain' },
      'statefulSetPersistentVolumeClaimRetentionPolicy "Retain". Expected an object with whenDeleted or whenScaled'],
    ['a strategy that is a string', { deploymentStrategy: 'Recreate' }, `deploymentStrategy "Recreate". ${STRATEGY}`],
    ['no strategy', { deploymentStrategy: null }, `deploymentStrategy null. ${STRATEGY}`],
    ['an invalid rolling update', { deploymentStrategy: { rollingUpdate: 1 } }, 'rollingUpdate of deploymentStrategy 1. Expected an object with maxSurge or maxUnavailable'],
    ['a surge that is a number', rolling(1),
      'maxSurge of deploymentStrategy 1. Expected a k8s.IntOrString of cdk8s-plus, such as k8s.IntOrString.fromNumber(1)'],
    ['a share that is a string', rolling(undefined, '25%'),
      'maxUnavailable of deploymentStrategy "25%". Expected a k8s.IntOrString of cdk8s-plus, such as k8s.IntOrString.fromString("25%")'],
    ['a surge of a word', rolling(fromString('abc')), `maxSurge of deploymentStrategy "abc". ${SHARE}`],
    ['a surge below nothing', rolling(fromNumber(-1)), `maxSurge of deploymentStrategy -1. ${SHARE}`],
    ['a number in quotes', rolling(fromString('0'), fromNumber(0)), `maxSurge of deploymentStrategy "0". ${SHARE}`],
    ['no pod that could go or come', rolling(fromString('0%'), fromNumber(0)),
      'maxSurge and maxUnavailable of 0 in deploymentStrategy. No pod could be replaced. Set one of them to a higher value'],
    ['a probe without its type', { podSpec: { containers: [{ name: 'server', livenessProbe: { httpGet: { port: 80 } } }] } },
      'spec.containers[0].livenessProbe.httpGet.port in podSpec 80. Expected a k8s.IntOrString of cdk8s-plus, such as k8s.IntOrString.fromNumber(80)'],
    ['a volume without its type', { podSpec: { containers: [], volumes: [{ name: 'a', emptyDir: { sizeLimit: '1Gi' } }] } },
      'spec.volumes[0].emptyDir.sizeLimit in podSpec "1Gi". Expected a k8s.Quantity of cdk8s-plus, such as k8s.Quantity.fromString("1Gi")'],
    ['a probe in other containers', { imageOverrides: { agent: { name: 'agent', livenessProbe: { tcpSocket: { port: 1 } } } } },
      'container.livenessProbe.tcpSocket.port in agent of imageOverrides 1. Expected a k8s.IntOrString of cdk8s-plus, such as k8s.IntOrString.fromNumber(1)'],
  ])('%s', (_what, props, message) => {
    expect(failureOf((chart) => new Server(chart, 'mlserver', { serverConfig: ServerConfig.mlserver(), ...props }))).toEqual(`${message} (at chart/mlserver)`);
  });
});

describe('a ServerConfig fails for', () => {
  const AGENT = podOf('agent').containers[0];
  test.each<[string, Anything, string]>([
    ['a name for containers', { podSpec: { ...podOf('agent'), initContainers: 'x' } }, 'initContainers of podSpec "x". Expected a list of containers'],
    ['an environment that is a string', { podSpec: { containers: [{ ...AGENT, env: 'x' }] } }, 'env of containers[0] of podSpec "x". Expected a list of variables'],
    ['nothing as a variable', { podSpec: { containers: [{ ...AGENT, env: [null] }] } }, 'env[0] of containers[0] of podSpec null. Expected an object with a name and a value'],
    ['no resources', { podSpec: { containers: [{ ...AGENT, resources: null }] } }, 'resources of containers[0] of podSpec null. Expected an object with requests or limits'],
    ['limits that are a string', { podSpec: { containers: [{ ...AGENT, resources: { limits: '1Gi' } }] } },
      'spec.containers[0].resources.limits in podSpec "1Gi". Expected an object of quantities'],
    ['volumes that are a string', { podSpec: { ...podOf('agent'), volumes: 'x' } },
      'podSpec with a value of a wrong type (obj.volumes?.map is not a function). Expected a k8s.PodSpec of cdk8s-plus-27'],
    ['no pod', {}, 'podSpec undefined. Expected a k8s.PodSpec of cdk8s-plus-27'],
    ['a volume outside a list', { podSpec: podOf('agent'), volumeClaimTemplates: claimOf('a') },
      'volumeClaimTemplates an object. Expected a list of objects with name and spec'],
    ['a volume without a spec', { podSpec: podOf('agent'), volumeClaimTemplates: [{ name: 'a' }] },
      'volumeClaimTemplates[0].spec undefined. Expected a k8s.PersistentVolumeClaimSpec of cdk8s-plus-27'],
    ['nothing as a volume', { podSpec: podOf('agent'), volumeClaimTemplates: [null] },
      'volumeClaimTemplates[0] null. Expected an object with name and spec'],
    ['a mode outside a list', { podSpec: podOf('agent'), volumeClaimTemplates: [claimOf('a', { accessModes: 'ReadWriteOnce' as Anything })] },
      'accessModes of volumeClaimTemplates[0] of ServerConfig "ReadWriteOnce". Expected a list of strings'],
    ['a volume without resources', { podSpec: podOf('agent'), volumeClaimTemplates: [claimOf('a', { resources: null as Anything })] },
      'resources of volumeClaimTemplates[0] of ServerConfig null. Expected an object with requests'],
    ['a request that is a string', { podSpec: podOf('agent'), volumeClaimTemplates: [claimOf('a', { resources: { requests: '1Gi' as Anything } })] },
      'resources.requests in volumeClaimTemplates[0] of ServerConfig "1Gi". Expected an object of quantities'],
  ])('%s', (_what, props, message) => {
    expect(failureOf((chart) => new ServerConfig(chart, 'custom', props))).toEqual(`${message} (at chart/custom)`);
  });
});

describe('a SeldonConfig and a SeldonRuntime fail for', () => {
  test.each<[Anything, string]>([
    [null, 'config null. Expected an object with agentConfig, kafkaConfig, scalingConfig or serviceConfig'],
    ['x', 'config "x". Expected an object with agentConfig, kafkaConfig, scalingConfig or serviceConfig'],
    [{ scalingConfig: null }, 'config.scalingConfig null. Expected an object with models, pipelines or servers'],
    [{ scalingConfig: { models: true } }, 'config.scalingConfig.models true. Expected an object with enabled'],
    [{ scalingConfig: { models: { enabled: 'yes' } } }, `config.scalingConfig.models.enabled "yes". ${FLAG}`],
    [{ scalingConfig: { servers: { enabled: 1 } } }, `config.scalingConfig.servers.enabled 1. ${FLAG}`],
    [{ scalingConfig: { servers: { scaleDownPackingEnabled: 'no' } } }, `config.scalingConfig.servers.scaleDownPackingEnabled "no". ${FLAG}`],
    [{ scalingConfig: { pipelines: 3 } }, 'config.scalingConfig.pipelines 3. Expected an object with maxShardCountMultiplier'],
    [{ tracingConfig: null }, 'config.tracingConfig null. Expected an object with disable, otelExporterEndpoint, otelExporterProtocol or ratio'],
    [{ tracingConfig: { disable: 'true' } }, `config.tracingConfig.disable "true". ${FLAG}`],
    [{ kafkaConfig: 'kafka:9092' }, 'config.kafkaConfig "kafka:9092". Expected an object with bootstrapServers, consumer, consumerGroupIdPrefix or debug'],
    [{ kafkaConfig: { consumer: 'x' } }, 'config.kafkaConfig.consumer "x". Expected an object'],
    [{ agentConfig: null }, 'config.agentConfig null. Expected an object with rclone'],
    [{ agentConfig: { rclone: null } }, 'config.agentConfig.rclone null. Expected an object with config or configSecrets'],
    [{ serviceConfig: null }, 'config.serviceConfig null. Expected an object with grpcServicePrefix or serviceType'],
  ])('the settings %j', (config, message) => {
    expect(failureOf((chart) => new SeldonConfig(chart, 'custom', { config }))).toEqual(`${message} (at chart/custom)`);
    expect(failureOf((chart) => new SeldonRuntime(chart, 'custom', { config }))).toEqual(`${message} (at chart/custom)`);
  });

  test('no props', () => {
    expect(failureOf((chart) => new SeldonConfig(chart, 'custom', null as Anything)))
      .toEqual('props null. Expected an object with components, config, metadata or namespace (at chart/custom)');
    expect(failureOf((chart) => new SeldonRuntime(chart, 'seldon', null as Anything)))
      .toEqual('props null. Expected an object with config, disableAutoUpdate, overrides or seldonConfig (at chart/seldon)');
  });

  test.each<[Anything, string]>([
    [{ labels: null }, 'components[0].labels null. Expected an object of strings'],
    [{ annotations: 'a' }, 'components[0].annotations "a". Expected an object of strings'],
    [{ volumeClaimTemplates: null }, 'components[0].volumeClaimTemplates null. Expected a list of objects with name and spec'],
  ])('a component with %j', (component, message) => {
    expect(failureOf((chart) => new SeldonConfig(chart, 'custom', { components: [{ name: SeldonComponent.ENVOY, podSpec: podOf('envoy'), ...component }] })))
      .toEqual(`${message} (at chart/custom)`);
  });

  test.each<[Anything, string]>([
    [{ overrides: [null] }, 'overrides[0] null. Expected an object with name'],
    [{ overrides: ['seldon-envoy'] }, 'overrides[0] "seldon-envoy". Expected an object with name'],
    [{ overrides: [{ name: SeldonComponent.ENVOY, disable: 'true' }] }, `overrides[0].disable "true". ${FLAG}`],
    [{ overrides: [{ name: SeldonComponent.ENVOY, podSpec: null }] }, 'overrides[0].podSpec null. Expected a k8s.PodSpec of cdk8s-plus-27'],
    [{ disableAutoUpdate: 'true' }, `disableAutoUpdate "true". ${FLAG}`],
  ])('a runtime with %j', (props, message) => {
    expect(failureOf((chart) => new SeldonRuntime(chart, 'seldon', props))).toEqual(`${message} (at chart/seldon)`);
  });
});

test('references fail without options', () => {
  const none = null as Anything;
  expect([
    failureOf((chart) => Pipeline.fromPipelineName(chart, 'far', 'pipe', none)),
    failureOf((chart) => Model.fromModelName(chart, 'far', 'iris', none)),
    failureOf((chart) => Experiment.fromExperimentName(chart, 'far', 'trial', none)),
    failureOf((chart) => Server.fromServerName(chart, 'far', 'mlserver', none)),
    failureOf((chart) => ServerConfig.fromServerConfigName(chart, 'far', 'custom', none)),
    failureOf((chart) => ServerInventory.declareComplete(chart, none)),
  ]).toEqual([
    'props null. Expected an object with namespace (at chart/far)',
    'props null. Expected an object with namespace (at chart/far)',
    'props null. Expected an object with candidates, resourceType or namespace (at chart/far)',
    'props null. Expected an object with capabilities, maxReplicas or namespace (at chart/far)',
    'props null. Expected an object with capabilities (at chart/far)',
    'props null. Expected an object with namespace (at chart)',
  ]);
});

test('Servers of no namespace fail', () => {
  expect(failureOf(() => ServerInventory.declareComplete(new App() as Anything))).toEqual('ServerInventory.declareComplete outside a chart without a namespace. Set the namespace (at the app)');
  expect(failureOf(() => ServerInventory.declareComplete(new App() as Anything, { namespace: 'models' }))).toEqual('no error');
});

test('what is right is no error, and no warning', () => {
  const chart = chartOf();
  new SeldonRuntime(chart, 'seldon', { disableAutoUpdate: false, config: { scalingConfig: { servers: { enabled: true } }, tracingConfig: { disable: true } } });
  new Server(chart, 'mlserver', {
    serverConfig: ServerConfig.mlserver(),
    deploymentStrategy: { rollingUpdate: { maxSurge: k8s.IntOrString.fromString('0%'), maxUnavailable: k8s.IntOrString.fromNumber(1) } },
  });
  expect(Warnings.find(chart)).toEqual([]);
});
