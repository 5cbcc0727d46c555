import type { k8s } from 'cdk8s-plus-27';

/**
 * Scales the pods of a component by metrics of the cluster.
 *
 * @see https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
 */
export interface HpaSpec {
  /**
   * Minimum number of pods, 1 or more.
   *
   * @default 1
   */
  readonly minReplicas?: number;

  /** Maximum number of pods, 1 or more and not less than `minReplicas`. */
  readonly maxReplicas: number;

  /**
   * Metrics to scale by; written as `metricsv2`.
   *
   * @default - Kubernetes' own: 80 percent of the requested CPU
   */
  readonly metrics?: k8s.MetricSpecV2[];
}

/** Credentials of a KEDA trigger. */
export interface KedaAuthenticationRef {
  /** Name of the TriggerAuthentication. */
  readonly name: string;

  /**
   * `TriggerAuthentication` or `ClusterTriggerAuthentication`.
   *
   * @default - TriggerAuthentication
   */
  readonly kind?: string;
}

/** A source of events by which KEDA scales. */
export interface KedaTrigger {
  /** Type of the source, such as `prometheus`. */
  readonly type: string;

  /** Settings of the source. */
  readonly metadata: { [name: string]: string };

  /**
   * Name of the trigger.
   *
   * @default - none
   */
  readonly name?: string;

  /**
   * How the metric is compared: `AverageValue`, `Value` or `Utilization`.
   *
   * @default - KEDA's: AverageValue
   */
  readonly metricType?: string;

  /**
   * Credentials for the source.
   *
   * @default - none
   */
  readonly authenticationRef?: KedaAuthenticationRef;
}

/** The number of pods while a source fails. */
export interface KedaFallback {
  /** Consecutive failures after which it applies, 0 or more. */
  readonly failureThreshold: number;

  /** Number of pods, 0 or more. */
  readonly replicas: number;
}

/**
 * Scales the pods of a component by events. KEDA must be enabled in the operator.
 *
 * @see https://keda.sh/docs/latest/reference/scaledobject-spec/
 */
export interface KedaSpec {
  /** Sources of events, at least one. */
  readonly triggers: KedaTrigger[];

  /**
   * Seconds between two checks of the sources, 1 or more.
   *
   * @default - KEDA's: 30
   */
  readonly pollingInterval?: number;

  /**
   * Seconds without events before the component is scaled down, 0 or more.
   *
   * @default - KEDA's: 300
   */
  readonly cooldownPeriod?: number;

  /**
   * Number of pods without events, 0 or more and less than `minReplicaCount`.
   *
   * @default - as many as `minReplicaCount`
   */
  readonly idleReplicaCount?: number;

  /**
   * Minimum number of pods, 0 or more.
   *
   * @default - KEDA's: 0
   */
  readonly minReplicaCount?: number;

  /**
   * Maximum number of pods, 1 or more.
   *
   * @default - KEDA's: 100
   */
  readonly maxReplicaCount?: number;

  /**
   * The number of pods while a source fails.
   *
   * @default - nothing changes
   */
  readonly fallback?: KedaFallback;

  /**
   * Whether the original number of pods is restored when the scaling is removed.
   *
   * @default - KEDA's: false
   */
  readonly restoreToOriginalReplicaCount?: boolean;

  /**
   * How fast the component is scaled up and down.
   *
   * @default - Kubernetes' own
   */
  readonly behavior?: k8s.HorizontalPodAutoscalerBehaviorV2;
}

/**
 * Limits how many pods are unavailable while nodes are drained: one of the two fields is set. The budget counts all pods of the
 * SeldonDeployment, so only one of its components can have one.
 *
 * @see https://kubernetes.io/docs/tasks/run-application/configure-pdb/
 */
export interface PdbSpec {
  /**
   * Minimum number of available pods, or their percentage.
   *
   * @default - none; set `maxUnavailable` instead
   */
  readonly minAvailable?: k8s.IntOrString;

  /**
   * Maximum number of unavailable pods, or their percentage.
   *
   * @default - none; set `minAvailable` instead
   */
  readonly maxUnavailable?: k8s.IntOrString;
}

/** Labels and annotations of a component's pods. */
export interface ComponentMetadata {
  /**
   * A name that becomes part of the name of the Deployment.
   *
   * @default - the names of the containers, with hyphens between
   */
  readonly name?: string;

  /**
   * Labels of the pods.
   *
   * @default - those of the predictor
   */
  readonly labels?: { [name: string]: string };

  /**
   * Annotations of the pods.
   *
   * @default - those of the predictor
   */
  readonly annotations?: { [name: string]: string };
}

/** Pods of a predictor: one Deployment with the containers of some nodes of its graph. */
export interface ComponentSpec {
  /** The pods. Each container serves the node of its name. */
  readonly spec: k8s.PodSpec;

  /**
   * Labels and annotations of the pods.
   *
   * @default - those of the predictor
   */
  readonly metadata?: ComponentMetadata;

  /**
   * Number of pods, 0 to 2147483647.
   *
   * @default - that of the predictor
   */
  readonly replicas?: number;

  /**
   * Scales by metrics; excludes `replicas` and `kedaSpec`.
   *
   * @default - fixed
   */
  readonly hpaSpec?: HpaSpec;

  /**
   * Scales by events; excludes `replicas` and `hpaSpec`.
   *
   * @default - fixed
   */
  readonly kedaSpec?: KedaSpec;

  /**
   * Limits how many pods are unavailable while nodes are drained.
   *
   * @default - no limit
   */
  readonly pdbSpec?: PdbSpec;
}
