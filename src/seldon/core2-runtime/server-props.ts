import type { k8s } from 'cdk8s-plus-27';
import { IServerConfig } from './server-config';
import { ManifestProps } from '../../mesh/manifest-props';
import { Core2ReferenceOptions } from '../core2/reference';

/** What happens to the volumes of a Server's replicas. */
export enum VolumeClaimRetention {
  /** They are kept, and the next pod of the same name uses them. */
  RETAIN = 'Retain',
  /** They are deleted with their pods. */
  DELETE = 'Delete',
}

/** When the volumes of a Server's replicas are deleted. */
export interface VolumeClaimRetentionPolicy {
  /**
   * What happens to them when the Server is deleted.
   *
   * @default - Kubernetes' default: VolumeClaimRetention.RETAIN
   */
  readonly whenDeleted?: VolumeClaimRetention;

  /**
   * What happens to them when the Server is scaled down.
   *
   * @default - Kubernetes' default: VolumeClaimRetention.RETAIN
   */
  readonly whenScaled?: VolumeClaimRetention;
}

/** Overrides for containers of a Server. Seldon's operator ignores all of them: use `podSpec` instead. */
export interface ServerImageOverrides {
  /**
   * The agent.
   *
   * @default - that of the ServerConfig
   */
  readonly agent?: k8s.Container;

  /**
   * The container that downloads models.
   *
   * @default - that of the ServerConfig
   */
  readonly rclone?: k8s.Container;
}

/**
 * Properties for `Server`.
 *
 * @see https://docs.seldon.ai/seldon-core-2/user-guide/servers
 */
export interface ServerProps extends ManifestProps {
  /** Its template, such as `ServerConfig.mlserver()`. The operator reads it in the operator's namespace. */
  readonly serverConfig: IServerConfig;

  /**
   * Capabilities of the Server, which replace those of its ServerConfig. Models list the capabilities that they require. Excludes
   * `extraCapabilities`.
   *
   * @default - those of its ServerConfig
   */
  readonly capabilities?: string[];

  /**
   * Capabilities in addition to those of its ServerConfig. Excludes `capabilities`, together with which Seldon ignores them.
   *
   * @default - none
   */
  readonly extraCapabilities?: string[];

  /**
   * Overrides for the pods of the ServerConfig. Lists are merged by name: a container overrides the one of the same name in the
   * ServerConfig, and the list may be empty.
   *
   * @default - none
   */
  readonly podSpec?: k8s.PodSpec;

  /**
   * Number of pods, 0 to 2147483647, within `minReplicas` and `maxReplicas`. For 0 set `minReplicas: 0` as well, since some releases
   * of Seldon read 0 alone as 1. Each replica of a Model runs on a different replica of the Server, so this also limits the replicas
   * of its Models.
   *
   * @default - Seldon's default: `minReplicas` if set, otherwise 1
   */
  readonly replicas?: number;

  /**
   * Minimum number of replicas, 0 to 2147483647. With `minReplicas` and `maxReplicas` Seldon scales the Server by the replicas of its
   * Models. With an InferenceAutoscaler set neither.
   *
   * @default - Seldon's default: 0
   */
  readonly minReplicas?: number;

  /**
   * Maximum number of replicas, 0 to 2147483647; 0 means no limit.
   *
   * @default - no limit
   */
  readonly maxReplicas?: number;

  /**
   * When the volumes of its replicas are deleted. Needs Seldon Core later than 2.6.
   *
   * @default - never
   */
  readonly statefulSetPersistentVolumeClaimRetentionPolicy?: VolumeClaimRetentionPolicy;

  /**
   * How its pods are replaced if the operator runs Servers as Deployments. Ignored for StatefulSets, which are the operator's
   * default. Needs Seldon Core later than 2.6.
   *
   * @default - Kubernetes' default
   */
  readonly deploymentStrategy?: k8s.DeploymentStrategy;

  /**
   * Whether changes of its ServerConfig are not applied until the Server itself changes.
   *
   * @default false
   */
  readonly disableAutoUpdate?: boolean;

  /**
   * Overrides for containers. Seldon's operator ignores them, so setting them is a warning: use `podSpec` instead.
   *
   * @default - none
   */
  readonly imageOverrides?: ServerImageOverrides;
}

/** Describes an existing Server. */
export interface ServerReferenceOptions extends Core2ReferenceOptions {
  /**
   * All its capabilities, such as `ServerCapability.ofMlserver()`.
   *
   * @default - not known: it may satisfy any Model
   */
  readonly capabilities?: string[];

  /**
   * Maximum number of its replicas, 0 to 2147483647; 0 means no limit.
   *
   * @default - not known
   */
  readonly maxReplicas?: number;
}
