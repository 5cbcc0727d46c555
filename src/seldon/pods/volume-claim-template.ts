import type { k8s } from 'cdk8s-plus-27';

/** A persistent volume for each pod of a component or a Server, which it keeps when it restarts. */
export interface VolumeClaimTemplate {
  /** Name that the volume mounts of the containers refer to: a DNS label. */
  readonly name: string;

  /** Spec of the volume claim, with at least one access mode and a request for storage. */
  readonly spec: k8s.PersistentVolumeClaimSpec;
}
