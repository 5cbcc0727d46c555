import { ApiObjectMetadata } from 'cdk8s';

/**
 * What every construct of this library takes.
 */
export interface ManifestProps {
  /**
   * Namespace of the object.
   *
   * @default - the chart's namespace
   */
  readonly namespace?: string;

  /**
   * Name, labels and annotations of the object.
   *
   * @default - the name is the construct id; below a construct of your own, the ids from the chart down, with hyphens between
   */
  readonly metadata?: ApiObjectMetadata;
}
