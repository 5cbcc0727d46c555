import type { k8s } from 'cdk8s-plus-27';
import { SeldonServiceType } from './seldon-component';

/** Native autoscaling of Models. */
export interface SeldonModelScalingConfig {
  /**
   * Whether Seldon scales Models with `minReplicas` or `maxReplicas` by their inference lag.
   *
   * @default - the value of Seldon's chart: false
   */
  readonly enabled?: boolean;
}

/** Native autoscaling of Servers. */
export interface SeldonServerScalingConfig {
  /**
   * Whether Seldon scales Servers with `minReplicas` and `maxReplicas` by the replicas of their Models.
   *
   * @default - the value of Seldon's chart: true
   */
  readonly enabled?: boolean;

  /**
   * Whether Seldon packs Models onto fewer replicas, so that it can remove the others.
   *
   * @default - the value of Seldon's chart: false
   */
  readonly scaleDownPackingEnabled?: boolean;

  /**
   * Percentage of the replicas that packing may remove, 0 to 100.
   *
   * @default - the value of Seldon's chart
   */
  readonly scaleDownPackingPercentage?: number;
}

/** Distribution of Pipelines over the replicas of the gateways. */
export interface SeldonPipelineScalingConfig {
  /**
   * Maximum number of shards of a Pipeline, in replicas of the component that runs it: 1 or more.
   *
   * @default - the value of Seldon's chart
   */
  readonly maxShardCountMultiplier?: number;
}

/** Seldon's native autoscaling. Needs Seldon Core later than 2.6. */
export interface SeldonScalingConfig {
  /**
   * Models.
   *
   * @default - Seldon's defaults
   */
  readonly models?: SeldonModelScalingConfig;

  /**
   * Servers.
   *
   * @default - Seldon's defaults
   */
  readonly servers?: SeldonServerScalingConfig;

  /**
   * Pipelines.
   *
   * @default - Seldon's defaults
   */
  readonly pipelines?: SeldonPipelineScalingConfig;
}

/** Settings of distributed tracing. */
export interface SeldonTracingConfig {
  /**
   * Whether tracing is disabled.
   *
   * @default false
   */
  readonly disable?: boolean;

  /**
   * Address of the OpenTelemetry collector, such as `seldon-collector:4317`.
   *
   * @default - the value of Seldon's chart
   */
  readonly otelExporterEndpoint?: string;

  /**
   * Protocol of the collector, such as `grpc` or `http/protobuf`. Needs Seldon Core later than 2.6.
   *
   * @default - the value of Seldon's chart
   */
  readonly otelExporterProtocol?: string;

  /**
   * Ratio of the requests to trace, 0 to 1.
   *
   * @default - the value of Seldon's chart
   */
  readonly ratio?: number;
}

/** Settings of Kafka. Passwords and keys do not belong here: Seldon's chart refers to the Secrets that contain them. */
export interface SeldonKafkaConfig {
  /**
   * Comma-separated addresses of the brokers with their ports.
   *
   * @default - the value of Seldon's chart
   */
  readonly bootstrapServers?: string;

  /**
   * Prefix of the names of consumer groups, which separates several installations on one Kafka cluster. Empty means no prefix, as in
   * Seldon's chart. Needs Seldon Core later than 2.6.
   *
   * @default - none
   */
  readonly consumerGroupIdPrefix?: string;

  /**
   * Debug contexts that the clients log, such as `consumer,cgrp`.
   *
   * @default - nothing
   */
  readonly debug?: string;

  /**
   * Prefix of the names of topics: letters, digits, dots, hyphens and underscores. It separates several installations on one
   * Kafka cluster. The topics of different namespaces are separate anyway.
   *
   * @default - Seldon's default: seldon
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
   * the dataflow engine and the gateways are used. Needs Seldon Core later than 2.6.
   *
   * @default - none
   */
  readonly topics?: { [setting: string]: k8s.IntOrString };
}

/** Storage from which agents load models. */
export interface SeldonRcloneConfig {
  /**
   * Remotes of rclone without credentials, each as JSON: `{"name": "gs", "type": "google cloud storage", …}`.
   *
   * @default - none
   */
  readonly config?: string[];

  /**
   * Names of Secrets with remotes of rclone, in the namespace of the runtime.
   *
   * @default - none
   */
  readonly configSecrets?: string[];
}

/** Settings of agents, the containers that run next to the inference servers. */
export interface SeldonAgentConfig {
  /**
   * Storage from which they load models.
   *
   * @default - the value of Seldon's chart
   */
  readonly rclone?: SeldonRcloneConfig;
}

/** Settings of the Services of Seldon's Envoy and of its scheduler. */
export interface SeldonServiceConfig {
  /**
   * Prefix of the names of gRPC ports, such as `http2-`. Istio selects the protocol by the port name.
   *
   * @default - `http2-` for a SeldonRuntime; none for a SeldonConfig
   */
  readonly grpcServicePrefix?: string;

  /**
   * Type of the Services.
   *
   * @default - SeldonServiceType.CLUSTER_IP for a SeldonRuntime; for a SeldonConfig Seldon's default, LoadBalancer
   */
  readonly serviceType?: SeldonServiceType;
}

/** Settings of Seldon Core 2. Those of a SeldonConfig apply to all its runtimes, and those of a SeldonRuntime override them. */
export interface SeldonConfiguration {
  /**
   * Seldon's native autoscaling.
   *
   * @default - Seldon's defaults
   */
  readonly scalingConfig?: SeldonScalingConfig;

  /**
   * Distributed tracing.
   *
   * @default - Seldon's defaults
   */
  readonly tracingConfig?: SeldonTracingConfig;

  /**
   * Kafka.
   *
   * @default - Seldon's defaults
   */
  readonly kafkaConfig?: SeldonKafkaConfig;

  /**
   * Agents.
   *
   * @default - Seldon's defaults
   */
  readonly agentConfig?: SeldonAgentConfig;

  /**
   * The Services of Seldon's Envoy and of its scheduler.
   *
   * @default - see SeldonServiceConfig
   */
  readonly serviceConfig?: SeldonServiceConfig;
}
