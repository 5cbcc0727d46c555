import { Chart, Testing, Yaml } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import {
  InferenceAutoscaler, Model, SeldonComponent, SeldonConfig, SeldonConfiguration, SeldonRuntime, SeldonServiceType, Server, ServerCapability,
  ServerConfig, VolumeClaimRetention, VolumeClaimTemplate,
} from '../../src';

const quantity = (text: string) => k8s.Quantity.fromString(text);

/** A pod with the usual fields: quantities, ports, probes, volumes and secrets by name. */
const podSpec: k8s.PodSpec = {
  containers: [
    {
      name: 'agent',
      image: 'docker.io/seldonio/seldon-agent:2.6.0',
      env: [
        { name: 'CONTROL_PLANE_SECURITY_PROTOCOL', value: 'PLAINTEXT' },
        { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
        { name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'kafka', key: 'password' } } },
      ],
      ports: [{ name: 'metrics', containerPort: 9006, protocol: 'TCP' }],
      resources: { requests: { cpu: quantity('200m'), memory: quantity('1Gi') }, limits: { memory: quantity('1Gi') } },
      readinessProbe: { httpGet: { path: '/ready', port: k8s.IntOrString.fromString('metrics') }, periodSeconds: 5 },
      volumeMounts: [{ name: 'models', mountPath: '/mnt/agent' }],
    },
    { name: 'server', image: 'docker.io/seldonio/mlserver:1.4.0' },
  ],
  initContainers: [{ name: 'prepare', image: 'docker.io/library/busybox:1', command: ['true'] }],
  nodeSelector: { gpu: 'yes' },
  tolerations: [{ key: 'gpu', operator: 'Exists' }],
  affinity: {
    podAntiAffinity: {
      preferredDuringSchedulingIgnoredDuringExecution: [
        { weight: 1, podAffinityTerm: { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { a: 'b' } } } },
      ],
    },
  },
  securityContext: { runAsUser: 1000, fsGroup: 1000, runAsNonRoot: true },
  serviceAccountName: 'seldon-server',
  terminationGracePeriodSeconds: 120,
  volumes: [{ name: 'config', configMap: { name: 'agent' } }],
};

const volumeClaimTemplates: VolumeClaimTemplate[] = [{
  name: 'models',
  spec: {
    accessModes: ['ReadWriteOnce'],
    resources: { requests: { storage: quantity('1Gi') }, limits: { storage: quantity('2Gi') } },
    storageClassName: 'fast',
    volumeMode: 'Filesystem',
    volumeName: 'disk',
    selector: { matchLabels: { a: 'b' }, matchExpressions: [{ key: 'c', operator: 'In', values: ['d'] }] },
    dataSource: { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 'models' },
    dataSourceRef: { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 'models' },
  },
}];

const config: SeldonConfiguration = {
  scalingConfig: {
    models: { enabled: false },
    servers: { enabled: true, scaleDownPackingEnabled: true, scaleDownPackingPercentage: 0 },
    pipelines: { maxShardCountMultiplier: 2 },
  },
  tracingConfig: { disable: false, otelExporterEndpoint: 'seldon-collector:4317', otelExporterProtocol: 'grpc', ratio: 0.5 },
  kafkaConfig: {
    bootstrapServers: 'kafka-1:9092,kafka-2:9092',
    consumerGroupIdPrefix: 'ml',
    debug: 'all',
    topicPrefix: 'ml',
    consumer: { 'session.timeout.ms': k8s.IntOrString.fromNumber(6000) },
    producer: { 'linger.ms': k8s.IntOrString.fromString('0') },
    streams: { 'replication.factor': k8s.IntOrString.fromNumber(1) },
    topics: { numPartitions: k8s.IntOrString.fromNumber(4), replicationFactor: k8s.IntOrString.fromString('1') },
  },
  agentConfig: { rclone: { config: ['{"name": "gs", "type": "google cloud storage", "parameters": {"anonymous": true}}'], configSecrets: ['s3'] } },
  serviceConfig: { grpcServicePrefix: 'grpc-', serviceType: SeldonServiceType.LOAD_BALANCER },
};

/** Every kind of a runtime, each with every field that its construct takes. */
export function everyField(): string {
  const chart = new Chart(Testing.app(), 'every-field', { namespace: 'every-field' });
  const serverConfig = new ServerConfig(chart, 'custom', { podSpec, volumeClaimTemplates, capabilities: ServerCapability.ofMlserver() });
  const seldonConfig = new SeldonConfig(chart, 'custom-config', {
    components: Object.values(SeldonComponent).map((name) => ({
      name, podSpec, replicas: 1, labels: { a: 'b' }, annotations: { 'a/b': 'any text' }, volumeClaimTemplates,
    })),
    config,
  });
  new SeldonRuntime(chart, 'runtime', {
    seldonConfig,
    config,
    disableAutoUpdate: true,
    overrides: Object.values(SeldonComponent)
      .map((name) => ({ name, disable: false, replicas: 0, serviceType: SeldonServiceType.NODE_PORT, podSpec })),
  });
  new Server(chart, 'native', {
    serverConfig,
    capabilities: ['sklearn', 'own'],
    podSpec,
    replicas: 1,
    minReplicas: 0,
    maxReplicas: 3,
    disableAutoUpdate: true,
    imageOverrides: { agent: podSpec.containers[0], rclone: podSpec.containers[1] },
    statefulSetPersistentVolumeClaimRetentionPolicy: { whenDeleted: VolumeClaimRetention.DELETE, whenScaled: VolumeClaimRetention.RETAIN },
    deploymentStrategy: {
      type: 'RollingUpdate',
      rollingUpdate: { maxSurge: k8s.IntOrString.fromNumber(1), maxUnavailable: k8s.IntOrString.fromString('25%') },
    },
  });
  const server = new Server(chart, 'alone', { serverConfig, extraCapabilities: ['alone'], replicas: 1, podSpec: { containers: [], nodeName: 'n' } });
  const model = new Model(chart, 'iris', { storageUri: 'gs://models/iris', requirements: ['alone'], replicas: 1 });
  new InferenceAutoscaler(chart, 'iris-scaling', {
    model,
    server,
    minReplicas: 1,
    maxReplicas: 3,
    requestsPerSecond: 2.5,
    behavior: { scaleDown: { stabilizationWindowSeconds: 60, policies: [{ type: 'Pods', value: 1, periodSeconds: 60 }] } },
  });
  return Yaml.stringify(...Testing.synth(chart));
}
