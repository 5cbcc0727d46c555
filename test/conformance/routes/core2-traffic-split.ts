import { core2, core2Endpoint } from './core2';
import { hostOf, RouteTable } from '../checks/routed';
import { gatewayNodes } from '../harness/gateways';

/** Two models that share one name half and half, behind every port of the gateway. */
export const table: RouteTable = {
  cases: (manifests) => gatewayNodes(manifests).flatMap((node) => node.ports).flatMap((port) => core2Endpoint({
    name: 'iris',
    host: hostOf(manifests, 'models.example.com'),
    arms: [{ to: core2('iris1'), share: 0.5 }, { to: core2('iris2'), share: 0.5 }],
    port: port === 80 ? undefined : port,
  })),
};
