import { core2, core2Endpoint } from './core2';
import { RouteTable } from '../checks/routed';

/** Two of a team's own constructs behind one gateway. */
export const table: RouteTable = {
  cases: () => ['iris', 'wine'].flatMap((name) => core2Endpoint({ name, host: 'models.example.com', arms: core2(`${name}-model`) })),
};
