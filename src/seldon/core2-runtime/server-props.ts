import type { k8s } from 'cdk8s-plus-27';
import { IServerConfig } from './server-config';
import { ManifestProps } from '../../mesh/manifest-props';
import { Core2ReferenceOptions } from '../core2/reference';

/** What becomes of the volumes of a Server's replicas. */
export enum VolumeClaimRetention {
  /** They stay, and the next pod of that name gets them. */
  RETAIN = 'Retain',
  /** They go with their pods. */
  DELETE = 'Delete',
}

/** When the volumes of a Server's replicas go. */
export interface VolumeClaimRetentionPolicy {
  /**
   * When the Server is deleted.
   *
   * @default - Kubernetes' own: VolumeClaimRetention.RETAIN
   */
  readonly whenDeleted?: VolumeClaimRetention;

  /**
   * When the Server gets fewer replicas.
   *
   * @default - Kubernetes' own: VolumeClaimRetention.RETAIN
   */
  readonly whenScaled?: VolumeClaimRetention;
}

/** Other containers for a Server. Seldon's operator ignores all of it: name the containers in `podSpec`. */
export interface ServerImageOverrides {
  /**
   * The agent.
   *
   * @default - that of the ServerConfig
   */
  readonly agent?: k8s.Container;

  /**
   * What fetches the models.
   *
   * @default - that of the ServerConfig
   */
  readonly rclone?: k8s.Container;
}

/**
 * What a Server takes.
 *
 * @see https://docs.seldon.ai/seldon-core-2/user-guide/servers
 */
export interface ServerProps extends ManifestProps {
  /** What it is made of, such as `ServerConfig.mlserver()`. The operator looks for it in its own namespace. */
  readonly serverConfig: IServerConfig;

  /**
   * What it can do, in place of what its ServerConfig says. Models name what they require of it; excludes `extraCapabilities`.
   *
   * @default - what its ServerConfig says
   */
  readonly capabilities?: string[];

  /**
   * What it can do beside what its ServerConfig says; excludes `capabilities`, beside which Seldon ignores it.
   *
   * @default - nothing more
   */
  readonly extraCapabilities?: string[];

  /**
   * What is different in its pods from those of the ServerConfig. Lists are merged by name: a container of a name that the
   * ServerConfig has changes that one, and the list may be empty.
   *
   * @default - nothing
   */
  readonly podSpec?: k8s.PodSpec;

  /**
   * How many pods run, 0 to 2147483647, and not outside `minReplicas` and `maxReplicas`; for none, say `minReplicas: 0` as well,
   * since releases of Seldon take 0 alone for 1. A Model takes one replica of a Server
   * for each of its own, so this is also the most that its Models can have.
   *
   * @default - Seldon's: `minReplicas` if given, else 1
   */
  readonly replicas?: number;

  /**
   * Fewest replicas, 0 to 2147483647. Together with `maxReplicas` it lets Seldon scale the Server by what its Models need; an
   * InferenceAutoscaler takes neither.
   *
   * @default - Seldon's: 0
   */
  readonly minReplicas?: number;

  /**
   * Most replicas, 0 to 2147483647; 0 means no limit.
   *
   * @default - no limit
   */
  readonly maxReplicas?: number;

  /**
   * When the volumes of its replicas go. Seldon Core later than 2.6.
   *
   * @default - they stay
   */
  readonly statefulSetPersistentVolumeClaimRetentionPolicy?: VolumeClaimRetentionPolicy;

  /**
   * How its pods are replaced, where the operator runs Servers as Deployments; as StatefulSets, which is the default, it is
   * ignored. Seldon Core later than 2.6.
   *
   * @default - Kubernetes' own
   */
  readonly deploymentStrategy?: k8s.DeploymentStrategy;

  /**
   * Whether the Server stays as it is when its ServerConfig changes, until it is changed itself.
   *
   * @default false
   */
  readonly disableAutoUpdate?: boolean;

  /**
   * Other containers. Seldon's operator ignores it, so giving it is a warning: use `podSpec`.
   *
   * @default - none
   */
  readonly imageOverrides?: ServerImageOverrides;
}

/** What is known of a Server that lives elsewhere. */
export interface ServerReferenceOptions extends Core2ReferenceOptions {
  /**
   * All that it can do, such as `Capability.ofMlserver()`.
   *
   * @default - not known: it may meet any Model
   */
  readonly capabilities?: string[];

  /**
   * Most replicas that it may have, 0 to 2147483647; 0 means no limit.
   *
   * @default - not known
   */
  readonly maxReplicas?: number;
}
