import { ApiObjectMetadata } from 'cdk8s';

/** A level of the Pod Security Standards. */
export enum PodSecurityLevel {
  /** Unrestricted. */
  PRIVILEGED = 'privileged',
  /** Known privilege escalations are rejected. */
  BASELINE = 'baseline',
  /** Pods must follow the current hardening best practices. */
  RESTRICTED = 'restricted',
}

/**
 * Settings of Kubernetes' Pod Security admission for a namespace.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-admission/
 */
export interface PodSecurityOptions {
  /**
   * Pods below this level are rejected. Sidecars need `PRIVILEGED`, unless Istio's CNI plugin sets up their network.
   *
   * @default - no pod is rejected
   */
  readonly enforce?: PodSecurityLevel;

  /**
   * Release of Kubernetes whose definition of the `enforce` level applies: `latest`, or one such as `v1.31`.
   *
   * @default - the cluster's
   */
  readonly enforceVersion?: string;

  /**
   * Pods below this level are recorded in the audit log.
   *
   * @default - none are recorded
   */
  readonly audit?: PodSecurityLevel;

  /**
   * Release of Kubernetes whose definition of the `audit` level applies: `latest`, or one such as `v1.31`.
   *
   * @default - the cluster's
   */
  readonly auditVersion?: string;

  /**
   * Kubernetes returns a warning when pods below this level are created.
   *
   * @default - no warnings
   */
  readonly warn?: PodSecurityLevel;

  /**
   * Release of Kubernetes whose definition of the `warn` level applies: `latest`, or one such as `v1.31`.
   *
   * @default - the cluster's
   */
  readonly warnVersion?: string;
}

/** Whether Argo CD may delete an object. */
export enum ArgoCdRemoval {
  /** Argo CD may delete it. */
  ALLOWED = 'true',
  /** Argo CD may delete it after a manual confirmation. Argo CD 2.14 or later. */
  CONFIRM = 'confirm',
  /** Argo CD may not delete it. */
  REFUSED = 'false',
}

/**
 * Labels and annotations of a namespace for Argo CD.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/annotations-and-labels/
 */
export interface ArgoCdOptions {
  /**
   * Application that the namespace belongs to, for an Argo CD that tracks resources by the label `app.kubernetes.io/instance`.
   *
   * @default - Argo CD sets its tracking label or annotation itself
   */
  readonly application?: string;

  /**
   * Namespace of the Argo CD instance that may deploy here, for instances that the Argo CD operator creates: label
   * `argocd.argoproj.io/managed-by`.
   *
   * @default - none
   */
  readonly managedBy?: string;

  /**
   * Sync wave of the namespace, a whole number. Lower waves are applied first.
   *
   * @default - Argo CD's: 0, where namespaces are applied before their contents
   */
  readonly syncWave?: number;

  /**
   * Whether the namespace and everything in it is pruned once it is no longer in the manifests.
   *
   * @default - as set in the Application
   */
  readonly prune?: ArgoCdRemoval;

  /**
   * Whether the namespace and everything in it is deleted together with the Application.
   *
   * @default - as set in the Application
   */
  readonly deletion?: ArgoCdRemoval;
}

/** How the pods of a namespace are part of the mesh. */
export enum MeshNamespaceMode {
  /** Each pod gets a sidecar of Istio's default revision. */
  INJECTION = 'injection',
  /** Each pod gets a sidecar of a named revision. */
  REVISION = 'revision',
  /** The node's ztunnel intercepts the pods' connections, without sidecars. */
  AMBIENT = 'ambient',
}

/**
 * Properties for `MeshNamespace`. Set at most one of `injection`, `revision` and `ambient`.
 *
 * @see https://istio.io/latest/docs/reference/config/labels/
 */
export interface MeshNamespaceProps {
  /**
   * Whether pods get a sidecar of Istio's default revision.
   *
   * @default - true, unless there is a revision or ambient mode
   */
  readonly injection?: boolean;

  /**
   * Revision of Istio, or a revision tag, whose sidecar is injected into the pods.
   *
   * @default - none
   */
  readonly revision?: string;

  /**
   * Whether pods are in the mesh without sidecars. Istio 1.18 or later.
   *
   * @default false
   */
  readonly ambient?: boolean;

  /**
   * Name of the waypoint that handles the HTTP requests for this namespace in ambient mode. Without a waypoint, HTTP routes and
   * HTTP rules have no effect here. Istio 1.22 or later.
   *
   * @default - none
   */
  readonly waypoint?: string;

  /**
   * Namespace of the waypoint. Istio 1.23 or later.
   *
   * @default - this namespace
   */
  readonly waypointNamespace?: string;

  /**
   * Pod Security levels of the namespace.
   *
   * @default - those of the cluster
   */
  readonly podSecurity?: PodSecurityOptions;

  /**
   * Labels and annotations for Argo CD.
   *
   * @default - as set in the Application
   */
  readonly argoCd?: ArgoCdOptions;

  /**
   * Name, and additional labels and annotations. Labels and annotations that other props set are refused here.
   *
   * @default - the name is the construct id
   */
  readonly metadata?: ApiObjectMetadata;
}
