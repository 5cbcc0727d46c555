import { ApiObjectMetadata } from 'cdk8s';

/**
 * Properties that all constructs of this library accept.
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
   * @default - the name is the construct id; below a custom construct, the ids from the chart down, joined by hyphens
   */
  readonly metadata?: ApiObjectMetadata;
}
