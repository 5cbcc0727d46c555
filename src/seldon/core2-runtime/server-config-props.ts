import type { k8s } from 'cdk8s-plus-27';
import { ManifestProps } from '../../mesh/manifest-props';
import { VolumeClaimTemplate } from '../pods/volume-claim-template';

/** What Servers are made of: a ServerConfig of this app, or one that lives elsewhere. */
export interface IServerConfig {
  /** The ServerConfig's `metadata.name`. */
  readonly serverConfigName: string;

  /** What its Servers can do unless they say otherwise; undefined when nobody said it. */
  readonly serverConfigCapabilities?: string[];
}

/** What is known of a ServerConfig that lives elsewhere. */
export interface ServerConfigReferenceOptions {
  /**
   * What its Servers can do unless they say otherwise.
   *
   * @default - what Seldon's chart gives to `mlserver` and `triton`; of any other name nothing is known
   */
  readonly capabilities?: string[];
}

/**
 * What a ServerConfig takes.
 *
 * @see https://docs.seldon.ai/seldon-core-2/user-guide/servers
 */
export interface ServerConfigProps extends ManifestProps {
  /**
   * The pod of each replica. Seldon's own have the containers `rclone`, which fetches models, `agent`, which speaks with the
   * scheduler, and one with the inference server; Servers change them by these names.
   */
  readonly podSpec: k8s.PodSpec;

  /**
   * Volumes of each replica, such as the one that models are fetched to.
   *
   * @default - none
   */
  readonly volumeClaimTemplates?: VolumeClaimTemplate[];

  /**
   * What Servers made of it can do unless they say otherwise, such as `Capability.ofMlserver()`. Written as the environment
   * variable `SELDON_SERVER_CAPABILITIES` of the container `agent`, where Seldon looks for it.
   *
   * @default - what that variable of the podSpec says
   */
  readonly capabilities?: string[];
}
