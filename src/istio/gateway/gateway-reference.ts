import { IConstruct } from 'constructs';
import { invalid } from '../../plan/checks/errors';
import { MESH } from '../../plan/conflicts/route-entry';
import { IGateway } from '../../plan/gateway-ref';
import { objectKey } from '../../plan/object-key';

/**
 * The reference of a route to a gateway: `namespace/name`, or the bare name when neither has a namespace.
 *
 * @internal
 */
export function gatewayReference(at: IConstruct, gateway: IGateway, routeNamespace: string | undefined): string {
  const { gatewayName, gatewayNamespace } = gateway;
  if (gatewayNamespace !== undefined) return `${gatewayNamespace}/${gatewayName}`;
  if (routeNamespace !== undefined) {
    throw invalid(at, `gateway "${gatewayName}" has no namespace, and the route is in "${routeNamespace}"`,
      'a bare name refers to the namespace of the route. Set the namespace of the gateway');
  }
  if (gatewayName === MESH) {
    throw invalid(at, `gateway "${MESH}" has no namespace`, 'the bare name means callers inside the mesh. Set the namespace');
  }
  return gatewayName;
}

/**
 * A key that all references to one Gateway have in common.
 *
 * @internal
 */
export function gatewayKey({ gatewayName, gatewayNamespace }: IGateway): string {
  return objectKey(gatewayNamespace, gatewayName);
}
