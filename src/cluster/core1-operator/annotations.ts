import { SeldonDeploymentManifest } from './manifest';

export { ANNOTATION } from '../../objects/core1/annotations';

/**
 * Reads an annotation of a SeldonDeployment: that of its spec takes precedence over that of the object.
 *
 * @internal
 */
export function annotationOf({ metadata, spec }: Annotated, name: string): string | undefined {
  return spec?.annotations?.[name] ?? metadata.annotations?.[name];
}

/**
 * Reads a comma-separated list of hosts, such as the value of `seldon.io/istio-host`.
 *
 * @internal
 */
export function hostsIn(list: string | undefined): string[] {
  return (list ?? '*').split(',').map((host) => host.trim());
}

type Annotated = Pick<SeldonDeploymentManifest, 'metadata'> & { readonly spec?: Pick<SeldonDeploymentManifest['spec'], 'annotations'> };
