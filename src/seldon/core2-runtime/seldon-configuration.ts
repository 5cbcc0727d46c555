import type { k8s } from 'cdk8s-plus-27';
import { SeldonServiceType } from './seldon-component';

/** Whether Seldon scales Models. */
export interface SeldonModelScalingConfig {
  /**
   * Whether Models that have `minReplicas` or `maxReplicas` get replicas by how far they lag behind.
   *
   * @default - Seldon's: as its chart says, which is false
   */
  readonly enabled?: boolean;
}

/** Whether Seldon scales Servers. */
export interface SeldonServerScalingConfig {
  /**
   * Whether Servers that have `minReplicas` and `maxReplicas` get replicas by what their Models need.
   *
   * @default - Seldon's: as its chart says, which is true
   */
  readonly enabled?: boolean;

  /**
   * Whether Models are moved together, so that replicas become free and go.
   *
   * @default - Seldon's: as its chart says, which is false
   */
  readonly scaleDownPackingEnabled?: boolean;

  /**
   * How many of the replicas may be emptied so, 0 to 100 percent.
   *
   * @default - Seldon's: as its chart says
   */
  readonly scaleDownPackingPercentage?: number;
}

/** How Pipelines are shared between the gateways. */
export interface SeldonPipelineScalingConfig {
  /**
   * Most shards of one Pipeline, in replicas of the component that runs it, 1 or more.
   *
   * @default - Seldon's: as its chart says
   */
  readonly maxShardCountMultiplier?: number;
}

/** What Seldon scales by itself. All of it needs Seldon Core later than 2.6. */
export interface SeldonScalingConfig {
  /**
   * Models.
   *
   * @default - Seldon's own
   */
  readonly models?: SeldonModelScalingConfig;

  /**
   * Servers.
   *
   * @default - Seldon's own
   */
  readonly servers?: SeldonServerScalingConfig;

  /**
   * Pipelines.
   *
   * @default - Seldon's own
   */
  readonly pipelines?: SeldonPipelineScalingConfig;
}

/** Where traces go. */
export interface SeldonTracingConfig {
  /**
   * Whether nothing is traced.
   *
   * @default false
   */
  readonly disable?: boolean;

  /**
   * Address of the OpenTelemetry collector, such as `seldon-collector:4317`.
   *
   * @default - Seldon's: as its chart says
   */
  readonly otelExporterEndpoint?: string;

  /**
   * How the collector is spoken to, such as `grpc` or `http/protobuf`. Seldon Core later than 2.6.
   *
   * @default - Seldon's: as its chart says
   */
  readonly otelExporterProtocol?: string;

  /**
   * Share of the requests that are traced, 0 to 1.
   *
   * @default - Seldon's: as its chart says
   */
  readonly ratio?: number;
}

/** How Kafka is reached. Passwords and keys have no place here: Seldon's chart names the Secrets that hold them. */
export interface SeldonKafkaConfig {
  /**
   * Addresses of the brokers with their ports, with commas between.
   *
   * @default - Seldon's: as its chart says
   */
  readonly bootstrapServers?: string;

  /**
   * What the names of consumer groups begin with; keeps several installations on one Kafka apart. Empty is none, as in
   * Seldon's chart. Seldon Core later than 2.6.
   *
   * @default - none
   */
  readonly consumerGroupIdPrefix?: string;

  /**
   * What the clients log about, such as `consumer,cgrp`.
   *
   * @default - nothing
   */
  readonly debug?: string;

  /**
   * What the names of topics begin with: letters, digits, dots, hyphens and underscores. Keeps several installations on one
   * Kafka apart; namespaces of one installation are apart already.
   *
   * @default - Seldon's: seldon
   */
  readonly topicPrefix?: string;

  /**
   * Settings of consumers, such as `session.timeout.ms`.
   *
   * @default - none
   */
  readonly consumer?: { [setting: string]: k8s.IntOrString };

  /**
   * Settings of producers, such as `linger.ms`.
   *
   * @default - none
   */
  readonly producer?: { [setting: string]: k8s.IntOrString };

  /**
   * Settings of Kafka Streams, which the dataflow engine uses.
   *
   * @default - none
   */
  readonly streams?: { [setting: string]: k8s.IntOrString };

  /**
   * Settings of topics, such as `numPartitions` and `replicationFactor`. The number of partitions limits how many replicas of
   * the dataflow engine and the gateways have work. Seldon Core later than 2.6.
   *
   * @default - none
   */
  readonly topics?: { [setting: string]: k8s.IntOrString };
}

/** Where agents fetch models from. */
export interface SeldonRcloneConfig {
  /**
   * Remotes of rclone that need no credentials, each as JSON: `{"name": "gs", "type": "google cloud storage", …}`.
   *
   * @default - none
   */
  readonly config?: string[];

  /**
   * Names of Secrets that hold remotes of rclone, in the namespace of the runtime.
   *
   * @default - none
   */
  readonly configSecrets?: string[];
}

/** What agents, the containers beside the inference servers, do. */
export interface SeldonAgentConfig {
  /**
   * Where they fetch models from.
   *
   * @default - Seldon's: as its chart says
   */
  readonly rclone?: SeldonRcloneConfig;
}

/** The Services of Seldon's Envoy and of its scheduler. */
export interface SeldonServiceConfig {
  /**
   * What the names of ports that speak gRPC begin with, such as `http2-`. Istio reads the protocol from there.
   *
   * @default - `http2-` for a SeldonRuntime; none for a SeldonConfig
   */
  readonly grpcServicePrefix?: string;

  /**
   * Who can reach them.
   *
   * @default - SeldonServiceType.CLUSTER_IP for a SeldonRuntime; for a SeldonConfig Seldon's, which is LoadBalancer
   */
  readonly serviceType?: SeldonServiceType;
}

/** Settings of Seldon Core 2: for all namespaces in a SeldonConfig, and for one in a SeldonRuntime, which comes first. */
export interface SeldonConfiguration {
  /**
   * What Seldon scales by itself.
   *
   * @default - Seldon's own
   */
  readonly scalingConfig?: SeldonScalingConfig;

  /**
   * Where traces go.
   *
   * @default - Seldon's own
   */
  readonly tracingConfig?: SeldonTracingConfig;

  /**
   * How Kafka is reached.
   *
   * @default - Seldon's own
   */
  readonly kafkaConfig?: SeldonKafkaConfig;

  /**
   * What agents do.
   *
   * @default - Seldon's own
   */
  readonly agentConfig?: SeldonAgentConfig;

  /**
   * The Services of Seldon's Envoy and of its scheduler.
   *
   * @default - see SeldonServiceConfig
   */
  readonly serviceConfig?: SeldonServiceConfig;
}
