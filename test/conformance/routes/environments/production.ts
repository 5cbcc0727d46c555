import { RouteTable } from '../../checks/routed';
import { core2, core2Endpoint } from '../core2';

/** The new version answers one request in ten. */
export const table: RouteTable = {
  cases: () => core2Endpoint({
    name: 'iris',
    host: 'models.example.com',
    arms: [{ to: core2('iris-v1', 'models'), share: 0.9 }, { to: core2('iris-v2', 'models'), share: 0.1 }],
  }),
};
