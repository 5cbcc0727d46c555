import { ApiObject, Testing } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Warnings } from '../../../src/mesh/warnings';
import { SeldonComponent, SeldonServiceType } from '../../../src/seldon/core2-runtime/seldon-component';
import { SeldonConfig, SeldonConfigProps } from '../../../src/seldon/core2-runtime/seldon-config';
import { SeldonConfiguration, SeldonKafkaConfig } from '../../../src/seldon/core2-runtime/seldon-configuration';
import { chartOf, claimOf, podOf, specOf } from '../../support/core2';

function seldonConfig(props: SeldonConfigProps = {}): SeldonConfig {
  return new SeldonConfig(chartOf('seldon-mesh'), 'custom', props);
}

const INT32 = 'Expected a whole number from 0 to 2147483647';
const NO_SECRETS_OF_KAFKA = 'Manifests must not contain secrets. Keep it in a Secret, and set the name of the Secret in security.kafka of Seldon\'s chart';
const NO_SECRETS_OF_RCLONE = 'Manifests must not contain secrets. Put the remote into a Secret, and add the name of the Secret to configSecrets';
const REMOTE = 'Expected a remote such as {"name": "gs", "type": "google cloud storage"}';

test('defaultChild', () => {
  expect(ApiObject.of(seldonConfig()).kind).toEqual('SeldonConfig');
});

test('minimal', () => {
  const chart = Testing.chart();
  new SeldonConfig(chart, 'custom', { components: [{ name: SeldonComponent.SCHEDULER, podSpec: podOf('scheduler') }] });
  expect(Testing.synth(chart)).toMatchInlineSnapshot(`
[
  {
    "apiVersion": "mlops.seldon.io/v1alpha1",
    "kind": "SeldonConfig",
    "metadata": {
      "name": "custom",
    },
    "spec": {
      "components": [
        {
          "name": "seldon-scheduler",
          "podSpec": {
            "containers": [
              {
                "image": "scheduler:1",
                "name": "scheduler",
              },
            ],
          },
        },
      ],
    },
  },
]
`);
});

test('every field of a component', () => {
  expect(specOf(seldonConfig({
    components: [{
      name: SeldonComponent.ENVOY,
      podSpec: podOf('envoy'),
      replicas: 0,
      labels: { a: 'b' },
      annotations: { 'a/b': 'any text' },
      volumeClaimTemplates: [claimOf('logs')],
    }],
  }))).toEqual({
    components: [{
      name: 'seldon-envoy',
      podSpec: { containers: [{ name: 'envoy', image: 'envoy:1' }] },
      replicas: 0,
      labels: { a: 'b' },
      annotations: { 'a/b': 'any text' },
      volumeClaimTemplates: [{ name: 'logs', spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } }],
    }],
  });
});

test('every setting', () => {
  expect(specOf(seldonConfig({
    config: {
      scalingConfig: {
        models: { enabled: true },
        servers: { enabled: false, scaleDownPackingEnabled: false, scaleDownPackingPercentage: 0 },
        pipelines: { maxShardCountMultiplier: 1 },
      },
      tracingConfig: { disable: false, otelExporterEndpoint: 'collector:4317', otelExporterProtocol: 'grpc', ratio: 0 },
      kafkaConfig: {
        bootstrapServers: 'kafka:9092',
        consumerGroupIdPrefix: 'group',
        debug: 'all',
        topicPrefix: 'ml',
        consumer: { 'session.timeout.ms': k8s.IntOrString.fromNumber(0) },
        producer: { 'linger.ms': k8s.IntOrString.fromString('5') },
        streams: { 'replication.factor': k8s.IntOrString.fromNumber(1) },
        topics: { numPartitions: k8s.IntOrString.fromString('4') },
      },
      agentConfig: { rclone: { config: ['{"name":"gs","type":"google cloud storage"}'], configSecrets: ['s3'] } },
      serviceConfig: { grpcServicePrefix: 'http2-', serviceType: SeldonServiceType.CLUSTER_IP },
    },
  }))).toEqual({
    config: {
      scalingConfig: {
        models: { enabled: true },
        servers: { enabled: false, scaleDownPackingEnabled: false, scaleDownPackingPercentage: 0 },
        pipelines: { maxShardCountMultiplier: 1 },
      },
      tracingConfig: { disable: false, otelExporterEndpoint: 'collector:4317', otelExporterProtocol: 'grpc', ratio: '0' },
      kafkaConfig: {
        'bootstrap.servers': 'kafka:9092',
        'consumerGroupIdPrefix': 'group',
        'debug': 'all',
        'topicPrefix': 'ml',
        'consumer': { 'session.timeout.ms': 0 },
        'producer': { 'linger.ms': '5' },
        'streams': { 'replication.factor': 1 },
        'topics': { numPartitions: '4' },
      },
      agentConfig: { rclone: { config: ['{"name":"gs","type":"google cloud storage"}'], config_secrets: ['s3'] } },
      serviceConfig: { grpcServicePrefix: 'http2-', serviceType: 'ClusterIP' },
    },
  });
});

test('a prefix of consumer groups may be empty, as in Seldon\'s chart', () => {
  expect(specOf(seldonConfig({ config: { kafkaConfig: { consumerGroupIdPrefix: '' } } }))).toEqual({ config: { kafkaConfig: { consumerGroupIdPrefix: '' } } });
});

test('only the props that are set are written', () => {
  expect(specOf(seldonConfig({ config: { tracingConfig: {}, kafkaConfig: {}, serviceConfig: {} } })))
    .toEqual({ config: { tracingConfig: {}, kafkaConfig: {}, serviceConfig: {} } });
});

test('an existing one is referenced by name', () => {
  expect(SeldonConfig.fromSeldonConfigName(chartOf(), 'existing', 'default').seldonConfigName).toEqual('default');
  expect(() => SeldonConfig.fromSeldonConfigName(chartOf(), 'existing', '')).toThrow(new Error('name of SeldonConfig "". '
    + 'Expected at most 253 lower-case letters, digits, hyphens and dots, starting and ending with a letter or digit (at chart/existing)'));
});

test('a remote may have an empty password', () => {
  const remote = '{"name": "s3", "type": "s3", "parameters": {"env_auth": "true", "secret_access_key": ""}}';
  expect(specOf(seldonConfig({ config: { agentConfig: { rclone: { config: [remote] } } } })))
    .toEqual({ config: { agentConfig: { rclone: { config: [remote] } } } });
});

test('settings of Kafka that name files and addresses are no secrets', () => {
  const names = ['sasl.oauthbearer.client.id', 'sasl.oauthbearer.token.endpoint.url', 'sasl.username', 'ssl.key.location'];
  expect(specOf(seldonConfig({ config: { kafkaConfig: { consumer: Object.fromEntries(names.map((name) => [name, k8s.IntOrString.fromString('x')])) } } })))
    .toEqual({ config: { kafkaConfig: { consumer: Object.fromEntries(names.map((name) => [name, 'x'])) } } });
});

test('warns of port names that lose the status of gRPC calls', () => {
  const warningsWith = (grpcServicePrefix: string) => Warnings.find(seldonConfig({ config: { serviceConfig: { grpcServicePrefix } } }));
  expect(warningsWith('http2')).toEqual(['grpcServicePrefix "http2". Istio selects HTTP/1.1 for such ports and loses the status of gRPC calls. '
    + 'If Istio routes to them, start the prefix with "http2-" or "grpc-" (at chart/custom)']);
  expect(warningsWith('tcp-')).toEqual(['grpcServicePrefix "tcp-". Istio selects HTTP/1.1 for such ports and loses the status of gRPC calls. '
    + 'If Istio routes to them, start the prefix with "http2-" or "grpc-" (at chart/custom)']);
  expect(['http2-', 'grpc-', 'grpc-seldon-', ''].flatMap(warningsWith)).toEqual([]);
});

test.each<[string, SeldonConfigProps, string]>([
  ['components outside a list', { components: {} as never }, 'components an object. Expected a list of objects with name and podSpec'],
  ['a component that is nothing', { components: [undefined as never] }, 'components[0] undefined. Expected an object with name and podSpec'],
  ['a component that Seldon does not have', { components: [{ name: 'seldon-mesh' as never, podSpec: podOf('a') }] },
    'components[0].name "seldon-mesh". Expected one of seldon-scheduler, seldon-envoy, seldon-dataflow-engine, hodometer, seldon-modelgateway, seldon-pipelinegateway'],
  ['a component twice', { components: [1, 2].map(() => ({ name: SeldonComponent.ENVOY, podSpec: podOf('envoy') })) },
    'two components for seldon-envoy. Merge them into one'],
  ['a component without a pod', { components: [{ name: SeldonComponent.ENVOY } as never] },
    'components[0].podSpec undefined. Expected a k8s.PodSpec of cdk8s-plus-27'],
  ['a component without a container', { components: [{ name: SeldonComponent.ENVOY, podSpec: podOf() }] },
    'podSpec of component seldon-envoy without containers. Add at least one'],
  ['negative replicas', { components: [{ name: SeldonComponent.ENVOY, podSpec: podOf('a'), replicas: -1 }] }, `replicas of component seldon-envoy -1. ${INT32}`],
  ['an invalid label', { components: [{ name: SeldonComponent.ENVOY, podSpec: podOf('a'), labels: { a: 'b c' } }] },
    'value "b c" of label a of component seldon-envoy. Expected letters, digits, "-", "_" and ".", starting and ending with a letter or digit'],
  ['an invalid annotation', { components: [{ name: SeldonComponent.ENVOY, podSpec: podOf('a'), annotations: { a: 5 as never } }] },
    'components[0].annotations.a 5. Expected a string'],
  ['a volume without a size', { components: [{ name: SeldonComponent.ENVOY, podSpec: podOf('a'), volumeClaimTemplates: [claimOf('a', { resources: {} })] }] },
    'volumeClaimTemplates[0] of component seldon-envoy without a request for storage. Set resources.requests.storage'],
])('fails with %s', (_what, props, message) => {
  expect(() => seldonConfig(props)).toThrow(new Error(`${message} (at chart/custom)`));
});

const kafka = (kafkaConfig: SeldonKafkaConfig): SeldonConfiguration => ({ kafkaConfig });
const rclone = (config: string): SeldonConfiguration => ({ agentConfig: { rclone: { config: [config] } } });
const value = k8s.IntOrString.fromString('x');

test.each<[string, SeldonConfiguration, string]>([
  ['no settings', null as never, 'config null. Expected an object with agentConfig, kafkaConfig, scalingConfig or serviceConfig'],
  ['more than all', { scalingConfig: { servers: { scaleDownPackingPercentage: 101 } } }, 'scaleDownPackingPercentage 101. Expected a whole number from 0 to 100'],
  ['no shard', { scalingConfig: { pipelines: { maxShardCountMultiplier: 0 } } }, 'maxShardCountMultiplier 0. Expected a whole number from 1 to 2147483647'],
  ['a share above 1', { tracingConfig: { ratio: 1.1 } }, 'ratio 1.1 of tracingConfig. Expected a share from 0 to 1'],
  ['a share that is a string', { tracingConfig: { ratio: '0.5' as never } }, 'ratio "0.5" of tracingConfig. Expected a share from 0 to 1'],
  ['an empty collector', { tracingConfig: { otelExporterEndpoint: '' } }, 'an empty otelExporterEndpoint. Set a value, or leave it out'],
  ['an empty protocol', { tracingConfig: { otelExporterProtocol: ' ' } }, 'an empty otelExporterProtocol. Set a value, or leave it out'],
  ['empty brokers', kafka({ bootstrapServers: '' }), 'an empty bootstrapServers. Set a value, or leave it out'],
  ['brokers in a list', kafka({ bootstrapServers: ['kafka:9092'] as never }), 'config.kafkaConfig.bootstrapServers ["kafka:9092"]. Expected a string'],
  ['a group in a list', kafka({ consumerGroupIdPrefix: ['group'] as never }), 'config.kafkaConfig.consumerGroupIdPrefix ["group"]. Expected a string'],
  ['an empty debug', kafka({ debug: '' }), 'an empty debug of kafkaConfig. Set a value, or leave it out'],
  ['a topic that Kafka refuses', kafka({ topicPrefix: 'a/b' }),
    'topicPrefix "a/b". Expected at most 150 letters, digits, ".", "_" and "-", as in names of Kafka topics'],
  ['a setting that is a number', kafka({ topics: { numPartitions: 4 as never } }),
    'numPartitions 4 in topics of kafkaConfig. Expected a k8s.IntOrString, such as k8s.IntOrString.fromNumber(4)'],
  ['a password', kafka({ consumer: { 'sasl.password': value } }), `sasl.password in consumer of kafkaConfig. ${NO_SECRETS_OF_KAFKA}`],
  ['the password of a key', kafka({ producer: { 'ssl.key.password': value } }), `ssl.key.password in producer of kafkaConfig. ${NO_SECRETS_OF_KAFKA}`],
  ['a login', kafka({ streams: { 'sasl.jaas.config': value } }), `sasl.jaas.config in streams of kafkaConfig. ${NO_SECRETS_OF_KAFKA}`],
  ['a key', kafka({ consumer: { 'ssl.key.pem': value } }), `ssl.key.pem in consumer of kafkaConfig. ${NO_SECRETS_OF_KAFKA}`],
  ['a keystore', kafka({ streams: { 'ssl.keystore.key': value } }), `ssl.keystore.key in streams of kafkaConfig. ${NO_SECRETS_OF_KAFKA}`],
  ['a client\'s secret', kafka({ consumer: { 'sasl.oauthbearer.client.secret': value } }),
    `sasl.oauthbearer.client.secret in consumer of kafkaConfig. ${NO_SECRETS_OF_KAFKA}`],
  ['a remote that is not valid JSON', rclone('type: s3'), `config[0] of rclone is not valid JSON. ${REMOTE}`],
  ['a remote without a type', rclone('{"name": "s3"}'), `config[0] of rclone without a name or a type. ${REMOTE}`],
  ['a remote that is nothing', rclone('null'), `config[0] of rclone without a name or a type. ${REMOTE}`],
  ['a remote with its password', rclone('{"name": "s3", "type": "s3", "parameters": {"access_key_id": "id", "secret_access_key": "abc"}}'),
    `secret_access_key in config[0] of rclone. ${NO_SECRETS_OF_RCLONE}`],
  ['remotes outside a list', { agentConfig: { rclone: { config: '{}' as never } } }, 'config.agentConfig.rclone.config "{}". Expected a list of strings'],
  ['secrets outside a list', { agentConfig: { rclone: { configSecrets: 's3' as never } } }, 'config.agentConfig.rclone.configSecrets "s3". Expected a list of strings'],
  ['a secret that is no name', { agentConfig: { rclone: { configSecrets: ['My Secret'] } } },
    'secret in configSecrets of rclone "My Secret". Expected at most 253 lower-case letters, digits, hyphens and dots, starting and ending with a letter or digit'],
  ['a prefix that is no name of a port', { serviceConfig: { grpcServicePrefix: 'HTTP2-' } },
    'grpcServicePrefix "HTTP2-". Expected at most 41 lower-case letters, digits and hyphens, such as "http2-"'],
  ['a type of Service that Kubernetes does not have', { serviceConfig: { serviceType: 'Headless' as never } },
    'config.serviceConfig.serviceType "Headless". Expected one of ClusterIP, NodePort, LoadBalancer'],
])('fails with %s in the settings', (_what, config, message) => {
  expect(() => seldonConfig({ config })).toThrow(new Error(`${message} (at chart/custom)`));
});
