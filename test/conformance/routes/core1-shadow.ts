import { Core1Callers, core1Endpoint, parked } from './core1';
import { RouteTable } from '../checks/routed';
import { operatorMakes } from '../harness/operator';

const operator = new Core1Callers('iris', 'models-operator', 'models.example.com', { subsets: true });
const library = new Core1Callers('iris', 'models-library', 'models.example.com', { subsets: true });

const COPIES = { candidate: 0.2, boosted: 1 };

/** One shadow that the operator has copies made for, and two of ours. */
export const table: RouteTable = {
  made: operatorMakes,
  cases: () => [
    ...core1Endpoint({ callers: operator, arms: { current: 1 }, copies: { candidate: 0.2 }, hidesMetrics: false }),
    ...core1Endpoint({ callers: library, arms: { current: 1 }, copies: COPIES, hidesMetrics: true }),
    ...parked('iris', 'models-library', { current: 1 }, COPIES),
  ],
};
