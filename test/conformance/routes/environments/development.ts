import { RouteTable } from '../../checks/routed';
import { core2, core2Endpoint } from '../core2';

/** The new version answers all callers on the host of this cluster. */
export const table: RouteTable = {
  cases: () => core2Endpoint({ name: 'iris', host: 'models.dev.example.com', arms: core2('iris-v2', 'models') }),
};
