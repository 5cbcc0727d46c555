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
   * @default - the name is the construct id
   */
  readonly metadata?: ApiObjectMetadata;
}
