import { Core1Callers, core1Endpoint, disabledOperatorRoutes } from './core1';
import { RouteTable } from '../checks/routed';
import { operatorMakes } from '../harness/operator';

const operator = new Core1Callers('iris', 'models-operator', 'models.example.com', { subsets: true });
const library = new Core1Callers('iris', 'models-library', 'models.example.com', { subsets: true });

const MIRRORED = { candidate: 0.2, boosted: 1 };

/** One shadow that the operator mirrors to, and two of ours. */
export const table: RouteTable = {
  made: operatorMakes,
  cases: () => [
    ...core1Endpoint({ callers: operator, arms: { current: 1 }, mirrored: { candidate: 0.2 }, hidesMetrics: false }),
    ...core1Endpoint({ callers: library, arms: { current: 1 }, mirrored: MIRRORED, hidesMetrics: true }),
    ...disabledOperatorRoutes('iris', 'models-library', { current: 1 }, MIRRORED),
  ],
};
