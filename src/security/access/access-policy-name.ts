import { Construct } from 'constructs';
import { nameOf } from '../../mesh/default-name';
import { ManifestProps } from '../../mesh/manifest-props';

/**
 * The metadata of the object of an access policy. The object is a child of the policy and has the policy's name.
 *
 * @internal
 */
export function named(policy: Construct, props: ManifestProps): { name: string; metadata: ManifestProps['metadata'] } {
  const name = nameOf(policy, props);
  return { name, metadata: { ...props.metadata, name } };
}
