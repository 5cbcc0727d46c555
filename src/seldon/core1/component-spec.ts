import type { k8s } from 'cdk8s-plus-27';

/**
 * How many pods of a component run, by metrics of the cluster.
 *
 * @see https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
 */
export interface HpaSpec {
  /**
   * Fewest pods, 1 or more.
   *
   * @default 1
   */
  readonly minReplicas?: number;

  /** Most pods, 1 or more and not less than the fewest. */
  readonly maxReplicas: number;

  /**
   * What is measured; written as `metricsv2`.
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

/** What makes KEDA add or remove pods. */
export interface KedaTrigger {
  /** Kind of source, such as `prometheus`. */
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

/** What KEDA does when a source is silent. */
export interface KedaFallback {
  /** Failures in a row before it does, 0 or more. */
  readonly failureThreshold: number;

  /** Pods that run then, 0 or more. */
  readonly replicas: number;
}

/**
 * How many pods of a component run, by events. The operator needs KEDA turned on.
 *
 * @see https://keda.sh/docs/latest/reference/scaledobject-spec/
 */
export interface KedaSpec {
  /** What adds or removes pods, at least one. */
  readonly triggers: KedaTrigger[];

  /**
   * Seconds between two looks at the sources, 1 or more.
   *
   * @default - KEDA's: 30
   */
  readonly pollingInterval?: number;

  /**
   * Seconds without events before the pods go, 0 or more.
   *
   * @default - KEDA's: 300
   */
  readonly cooldownPeriod?: number;

  /**
   * Pods without events, 0 or more and less than `minReplicaCount`.
   *
   * @default - as many as `minReplicaCount`
   */
  readonly idleReplicaCount?: number;

  /**
   * Fewest pods, 0 or more.
   *
   * @default - KEDA's: 0
   */
  readonly minReplicaCount?: number;

  /**
   * Most pods, 1 or more.
   *
   * @default - KEDA's: 100
   */
  readonly maxReplicaCount?: number;

  /**
   * What happens when a source is silent.
   *
   * @default - nothing changes
   */
  readonly fallback?: KedaFallback;

  /**
   * Whether the number of pods goes back to what it was when the scaling is taken away.
   *
   * @default - KEDA's: false
   */
  readonly restoreToOriginalReplicaCount?: boolean;

  /**
   * How fast pods come and go.
   *
   * @default - Kubernetes' own
   */
  readonly behavior?: k8s.HorizontalPodAutoscalerBehaviorV2;
}

/**
 * How many pods may be away when nodes are emptied: one of the two. The budget counts all pods of the SeldonDeployment, so
 * one component of it can have one.
 *
 * @see https://kubernetes.io/docs/tasks/run-application/configure-pdb/
 */
export interface PdbSpec {
  /**
   * Pods that must stay, as a number or a percentage.
   *
   * @default - none; give `maxUnavailable` then
   */
  readonly minAvailable?: k8s.IntOrString;

  /**
   * Pods that may be away, as a number or a percentage.
   *
   * @default - none; give `minAvailable` then
   */
  readonly maxUnavailable?: k8s.IntOrString;
}

/** Labels and annotations of a component's pods. */
export interface ComponentMetadata {
  /**
   * A name that becomes part of the Deployment's.
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
  /** The pods. Containers do the work of the nodes of their names. */
  readonly spec: k8s.PodSpec;

  /**
   * Labels and annotations of the pods.
   *
   * @default - those of the predictor
   */
  readonly metadata?: ComponentMetadata;

  /**
   * How many pods run, 0 to 2147483647.
   *
   * @default - as the predictor says
   */
  readonly replicas?: number;

  /**
   * Number of pods by metrics; excludes `replicas` and `kedaSpec`.
   *
   * @default - fixed
   */
  readonly hpaSpec?: HpaSpec;

  /**
   * Number of pods by events; excludes `replicas` and `hpaSpec`.
   *
   * @default - fixed
   */
  readonly kedaSpec?: KedaSpec;

  /**
   * How many pods may be away.
   *
   * @default - as many as it takes
   */
  readonly pdbSpec?: PdbSpec;
}
