/**
 * The full name of a gateway that a VirtualService refers to; `mesh` stands for the sidecars.
 *
 * @internal
 */
export function gatewayName(name: string, namespace: string): string {
  return name === 'mesh' || name.includes('/') ? name : `${namespace}/${name}`;
}
