import { IConstruct } from 'constructs';
import { invalid } from '../../plan/checks/errors';
import { MESH } from '../../plan/conflicts/route-entry';
import { IGateway } from '../../plan/gateway-ref';

/**
 * How a route names a gateway: `namespace/name`, or the bare name when neither has a namespace.
 *
 * @internal
 */
export function gatewayReference(at: IConstruct, gateway: IGateway, routeNamespace: string | undefined): string {
  const { gatewayName, gatewayNamespace } = gateway;
  if (gatewayNamespace !== undefined) return `${gatewayNamespace}/${gatewayName}`;
  if (routeNamespace !== undefined) {
    throw invalid(at, `gateway "${gatewayName}" has no namespace, and the route is in "${routeNamespace}"`,
      'set the namespace of the gateway: a bare name means the namespace of the route');
  }
  if (gatewayName === MESH) {
    throw invalid(at, `gateway "${MESH}" has no namespace`, 'set it: the bare name stands for callers inside the mesh');
  }
  return gatewayName;
}
