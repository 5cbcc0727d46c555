import { core2, core2Endpoint } from './core2';
import { hostOf, RouteTable } from '../checks/routed';

/** A canary that gets no requests before the first pull request. */
export const table: RouteTable = {
  cases: (manifests) => core2Endpoint({ name: 'iris', host: hostOf(manifests, 'models.example.com'), arms: core2('iris-v1', 'models') }),
};
