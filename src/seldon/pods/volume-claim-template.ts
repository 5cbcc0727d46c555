import type { k8s } from 'cdk8s-plus-27';

/** A volume that every pod of a component or a Server gets for itself, and keeps over restarts. */
export interface VolumeClaimTemplate {
  /** Name by which the containers mount the volume: a DNS label. */
  readonly name: string;

  /** What the volume is: at least one access mode, and how much storage is requested. */
  readonly spec: k8s.PersistentVolumeClaimSpec;
}
