import { k8s } from 'cdk8s-plus-27';

const MODELS = [{ name: 'models', mountPath: '/mnt/agent' }];

/**
 * The pod of a Server with a GPU: rclone, which downloads models, the agent, which talks to Seldon's scheduler, and the platform team's
 * own image instead of Seldon's MLServer. Copy names, ports and variables from the ServerConfig `mlserver` of the installed release.
 */
export const gpuPod: k8s.PodSpec = {
  serviceAccountName: 'seldon-server',
  terminationGracePeriodSeconds: 120,
  securityContext: { runAsUser: 1000, fsGroup: 2000, runAsNonRoot: true },
  tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }],
  containers: [
    {
      name: 'rclone',
      image: 'docker.io/seldonio/seldon-rclone:2.6.0',
      ports: [{ name: 'rclone', containerPort: 5572 }],
      readinessProbe: { tcpSocket: { port: k8s.IntOrString.fromNumber(5572) }, initialDelaySeconds: 5, periodSeconds: 5 },
      volumeMounts: MODELS,
    },
    {
      name: 'agent',
      image: 'docker.io/seldonio/seldon-agent:2.6.0',
      command: ['/bin/agent'],
      args: ['--tracing-config-path=/mnt/tracing/tracing.json'],
      env: [
        { name: 'SELDON_OVERCOMMIT_PERCENTAGE', value: '10' },
        { name: 'SELDON_SERVER_HTTP_PORT', value: '9000' },
        { name: 'SELDON_SERVER_GRPC_PORT', value: '9500' },
        { name: 'SELDON_REVERSE_PROXY_HTTP_PORT', value: '9001' },
        { name: 'SELDON_REVERSE_PROXY_GRPC_PORT', value: '9501' },
        { name: 'SELDON_SCHEDULER_HOST', value: 'seldon-scheduler' },
        { name: 'SELDON_SCHEDULER_PORT', value: '9005' },
        { name: 'SELDON_METRICS_PORT', value: '9006' },
        { name: 'SELDON_SERVER_TYPE', value: 'mlserver' },
        { name: 'SELDON_ENVOY_HOST', value: 'seldon-mesh' },
        { name: 'SELDON_ENVOY_PORT', value: '80' },
        { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
        { name: 'MEMORY_REQUEST', valueFrom: { resourceFieldRef: { containerName: 'mlserver', resource: 'requests.memory' } } },
      ],
      ports: [{ name: 'grpc', containerPort: 9501 }, { name: 'http', containerPort: 9001 }, { name: 'metrics', containerPort: 9006 }],
      volumeMounts: [...MODELS, { name: 'config', mountPath: '/mnt/config' }, { name: 'tracing', mountPath: '/mnt/tracing' }],
    },
    {
      name: 'mlserver',
      image: 'registry.example.com/mlserver-gpu:1.6.1',
      env: [
        { name: 'MLSERVER_HTTP_PORT', value: '9000' },
        { name: 'MLSERVER_GRPC_PORT', value: '9500' },
        { name: 'MLSERVER_MODELS_DIR', value: '/mnt/agent/models' },
        { name: 'MLSERVER_LOAD_MODELS_AT_STARTUP', value: 'false' },
      ],
      ports: [{ name: 'server-http', containerPort: 9000 }, { name: 'server-grpc', containerPort: 9500 }],
      readinessProbe: { httpGet: { path: '/v2/health/ready', port: k8s.IntOrString.fromString('server-http') }, periodSeconds: 5 },
      livenessProbe: { httpGet: { path: '/v2/health/live', port: k8s.IntOrString.fromString('server-http') } },
      resources: {
        requests: { cpu: k8s.Quantity.fromNumber(2), memory: k8s.Quantity.fromString('8Gi') },
        limits: { 'nvidia.com/gpu': k8s.Quantity.fromNumber(1), 'memory': k8s.Quantity.fromString('8Gi') },
      },
      volumeMounts: [{ name: 'models', mountPath: '/mnt/agent', readOnly: true }],
    },
  ],
  volumes: [
    { name: 'config', configMap: { name: 'seldon-agent' } },
    { name: 'tracing', configMap: { name: 'seldon-tracing' } },
  ],
};
