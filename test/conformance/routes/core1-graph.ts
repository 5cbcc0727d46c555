import { Core1Callers, core1Endpoint } from './core1';
import { RouteTable } from '../checks/routed';
import { operatorMakes } from '../harness/operator';

/** A graph behind one route of ours, where the operator writes no Istio objects. */
export const table: RouteTable = {
  made: (manifests) => operatorMakes(manifests, { istio: false }),
  cases: () => core1Endpoint({
    callers: new Core1Callers('iris', 'models', 'models.example.com', { subsets: true }), arms: { default: 1 }, hidesMetrics: true,
  }),
};
