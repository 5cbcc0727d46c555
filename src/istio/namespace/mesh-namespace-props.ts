import { ApiObjectMetadata } from 'cdk8s';

/** How strictly Kubernetes looks at the pods of a namespace. */
export enum PodSecurityLevel {
  /** Anything goes. */
  PRIVILEGED = 'privileged',
  /** What is known to break out of a container is refused. */
  BASELINE = 'baseline',
  /** Pods follow today's best practice. */
  RESTRICTED = 'restricted',
}

/**
 * What Kubernetes' Pod Security admission does with pods of a namespace.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-admission/
 */
export interface PodSecurityOptions {
  /**
   * Pods below this level are refused. Sidecars need `PRIVILEGED`, unless Istio's CNI plugin sets up their network.
   *
   * @default - no pod is refused
   */
  readonly enforce?: PodSecurityLevel;

  /**
   * Release of Kubernetes whose rules `enforce` means: `latest`, or such as `v1.31`.
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
   * Release of Kubernetes whose rules `audit` means: `latest`, or such as `v1.31`.
   *
   * @default - the cluster's
   */
  readonly auditVersion?: string;

  /**
   * Kubernetes answers with a warning when pods below this level are created.
   *
   * @default - no warnings
   */
  readonly warn?: PodSecurityLevel;

  /**
   * Release of Kubernetes whose rules `warn` means: `latest`, or such as `v1.31`.
   *
   * @default - the cluster's
   */
  readonly warnVersion?: string;
}

/** Whether Argo CD may remove an object. */
export enum ArgoCdRemoval {
  /** It may. */
  ALLOWED = 'true',
  /** It may once a person has confirmed it. Argo CD 2.14 or later. */
  CONFIRM = 'confirm',
  /** It may not. */
  REFUSED = 'false',
}

/**
 * What Argo CD does with a namespace.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/annotations-and-labels/
 */
export interface ArgoCdOptions {
  /**
   * Application that the namespace belongs to, for Argo CDs that track by label: `app.kubernetes.io/instance`.
   *
   * @default - Argo CD marks the namespace itself
   */
  readonly application?: string;

  /**
   * Namespace of the Argo CD that may deploy here, for those that the Argo CD operator makes: label
   * `argocd.argoproj.io/managed-by`.
   *
   * @default - none
   */
  readonly managedBy?: string;

  /**
   * Wave that the namespace is synchronized in, a whole number; lower ones come first.
   *
   * @default - Argo CD's: 0, where namespaces come before what is in them
   */
  readonly syncWave?: number;

  /**
   * Whether the namespace, with all that is in it, is removed once the manifests no longer have it.
   *
   * @default - what the Application says
   */
  readonly prune?: ArgoCdRemoval;

  /**
   * Whether the namespace, with all that is in it, is removed together with the Application.
   *
   * @default - what the Application says
   */
  readonly deletion?: ArgoCdRemoval;
}

/** How the pods of a namespace are part of the mesh. */
export enum MeshNamespaceMode {
  /** Each pod gets a sidecar of Istio's default revision. */
  INJECTION = 'injection',
  /** Each pod gets a sidecar of a named revision. */
  REVISION = 'revision',
  /** The node's proxy takes the pods' connections, without sidecars. */
  AMBIENT = 'ambient',
}

/**
 * What a MeshNamespace takes: one of `injection`, `revision` and `ambient`.
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
   * Revision of Istio, or tag of one, whose sidecars pods get.
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
   * Name of the waypoint that sees the HTTP requests for this namespace, in ambient mode; without one routes and rules about
   * requests do nothing here. Istio 1.22 or later.
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
   * What Kubernetes does with pods that are not safe enough.
   *
   * @default - what the cluster does
   */
  readonly podSecurity?: PodSecurityOptions;

  /**
   * What Argo CD does with the namespace.
   *
   * @default - what the Application says
   */
  readonly argoCd?: ArgoCdOptions;

  /**
   * Name, and more labels and annotations. Those that other props write are refused here.
   *
   * @default - the name is the construct id
   */
  readonly metadata?: ApiObjectMetadata;
}
