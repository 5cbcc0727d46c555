import { Chart, Duration, Size } from 'cdk8s';
import { Cpu, Deployment, EnvFrom, EnvValue, Probe, Secret, Service, Volume } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import {
  BackendPolicy, Canary, Gateway, GatewayServer, GrpcCalls, InferenceProtocol, MeshNamespace, ModelStore, ModelStoreEgress, RolloutDashboard,
  ServiceBackend, StorageInitializer, StringMatch,
} from 'cdk8s-seldon-istio';

const NAME = 'algorithm-selector';
const BUCKET = 'algorithm-selector-models';
const REGION = 'eu-west-1';

/** The step of the rollout. */
export interface AlgorithmSelectorProps {
  /** Percentage of the requests that version 2 gets. */
  readonly weight: number;
}

/** A model server without Seldon, in two versions behind one Service. */
export class AlgorithmSelector extends Chart {
  constructor(scope: Construct, id: string, { weight }: AlgorithmSelectorProps) {
    super(scope, id, { namespace: NAME });

    new MeshNamespace(this, 'namespace', { metadata: { name: NAME } });
    new ModelStoreEgress(this, 'model-store', { stores: [ModelStore.s3({ region: REGION, bucket: BUCKET })] });

    for (const version of ['v1', 'v2']) this.addVersion(version);
    // Istio reads the protocol from the names of the ports.
    const service = new Service(this, 'service', {
      metadata: { name: NAME, labels: { app: NAME } },
      ports: [{ name: 'http', port: 8501 }, { name: 'grpc', port: 8500 }],
    });
    service.selectLabel('app', NAME);

    const gateway = new Gateway(this, 'gateway', {
      metadata: { name: `${NAME}-gateway` },
      servers: [GatewayServer.http({ port: 31400, hosts: [`${NAME}.example.com`] })],
    });

    // A circuit breaker for both versions. Each version counts its own pods.
    new BackendPolicy(this, 'circuit-breaker', {
      backend: ServiceBackend.fromService(service),
      connectionPool: {
        tcp: { maxConnections: 100, connectTimeout: Duration.seconds(1) },
        http: { http1MaxPendingRequests: 50, http2MaxRequests: 100 },
      },
      outlierDetection: {
        consecutive5xxErrors: 5,
        interval: Duration.seconds(10),
        baseEjectionTime: Duration.seconds(30),
        // With two pods, the default of 10 percent would eject none.
        maxEjectionPercent: 50,
      },
    });

    // The pods of a version have the labels of the Service, and one more.
    const version = (name: string) => ServiceBackend.fromService(service, {
      protocol: InferenceProtocol.TENSORFLOW_SERVING,
      grpcPort: 8500,
      // The other gRPC service of TensorFlow Serving can change which models are loaded.
      grpcMethods: StringMatch.prefix('/tensorflow.serving.PredictionService/'),
      subset: name,
      subsetLabels: { version: name },
    });
    const { plan } = new Canary(this, NAME, {
      gateways: [gateway],
      // The model has its own host, so gRPC clients need no header.
      grpc: GrpcCalls.allOnHost(),
      stable: version('v1'),
      canary: version('v2'),
      weight,
      policy: {
        timeout: Duration.seconds(10),
        retries: { attempts: 2, perTryTimeout: Duration.seconds(3), retryOn: ['connect-failure', 'refused-stream', 'reset', '503', 'unavailable'] },
      },
    });

    new RolloutDashboard(this, 'dashboard', { metadata: { name: `${NAME}-dashboard` }, plan });
  }

  /** A version of the model. Its pods download the model from the bucket before they start. */
  private addVersion(version: string): void {
    const labels = { app: NAME, version };
    const deployment = new Deployment(this, version, {
      metadata: { name: `${NAME}-${version}`, labels },
      podMetadata: { labels },
      replicas: 2,
    });
    // The bucket is reached through the proxy, so the proxy starts first.
    StorageInitializer.nativeSidecar(this).applyTo(deployment.podMetadata);

    // TensorFlow Serving itself cannot read from S3 since 2.7.
    const models = Volume.fromEmptyDir(this, `${version}-models`, 'models');
    const fetching = deployment.addInitContainer({
      name: 'model-fetcher',
      image: 'amazon/aws-cli:2.22.0',
      args: ['s3', 'sync', `s3://${BUCKET}/${version}`, `/models/${NAME}`],
      envVariables: { AWS_REGION: EnvValue.fromValue(REGION), HOME: EnvValue.fromValue('/models') },
      envFrom: [new EnvFrom(undefined, undefined, Secret.fromSecretName(this, `${version}-credentials`, 's3-credentials'))],
      resources: { cpu: { request: Cpu.millis(100) }, memory: { request: Size.mebibytes(256), limit: Size.mebibytes(512) } },
      securityContext: { user: 1000 },
    });
    fetching.mount('/models', models);

    const server = deployment.addContainer({
      name: 'tensorflow-serving',
      image: 'tensorflow/serving:2.18.0',
      ports: [{ name: 'http', number: 8501 }, { name: 'grpc', number: 8500 }],
      envVariables: { MODEL_NAME: EnvValue.fromValue(NAME) },
      // The server opens its ports when the model is loaded.
      readiness: Probe.fromHttpGet(`/v1/models/${NAME}`, { port: 8501 }),
      liveness: Probe.fromTcpSocket({ port: 8501, initialDelaySeconds: Duration.minutes(5) }),
      resources: { cpu: { request: Cpu.units(1) }, memory: { request: Size.gibibytes(2), limit: Size.gibibytes(4) } },
      securityContext: { user: 1000 },
    });
    server.mount('/models', models, { readOnly: true });
    server.mount('/tmp', Volume.fromEmptyDir(this, `${version}-tmp`, 'tmp'));
  }
}
