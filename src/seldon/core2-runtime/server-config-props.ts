import type { k8s } from 'cdk8s-plus-27';
import { ManifestProps } from '../../mesh/manifest-props';
import { VolumeClaimTemplate } from '../pods/volume-claim-template';

/** The template of Servers: a ServerConfig of this app, or an existing one. */
export interface IServerConfig {
  /** The ServerConfig's `metadata.name`. */
  readonly serverConfigName: string;

  /** Default capabilities of its Servers; undefined if they are not known. */
  readonly serverConfigCapabilities?: string[];
}

/** Describes an existing ServerConfig. */
export interface ServerConfigReferenceOptions {
  /**
   * Default capabilities of its Servers.
   *
   * @default - those of Seldon's chart for `mlserver` and `triton`; not known for any other name
   */
  readonly capabilities?: string[];
}

/**
 * Properties for `ServerConfig`.
 *
 * @see https://docs.seldon.ai/seldon-core-2/user-guide/servers
 */
export interface ServerConfigProps extends ManifestProps {
  /**
   * The pod of each replica. Those of Seldon have the containers `rclone`, which downloads models, `agent`, which talks to the
   * scheduler, and one with the inference server. Servers override them by name.
   */
  readonly podSpec: k8s.PodSpec;

  /**
   * Volumes of each replica, such as the one for downloaded models.
   *
   * @default - none
   */
  readonly volumeClaimTemplates?: VolumeClaimTemplate[];

  /**
   * Default capabilities of its Servers, such as `ServerCapability.ofMlserver()`. Written as the environment
   * variable `SELDON_SERVER_CAPABILITIES` of the container `agent`, which Seldon reads.
   *
   * @default - those in that variable of the podSpec
   */
  readonly capabilities?: string[];
}
