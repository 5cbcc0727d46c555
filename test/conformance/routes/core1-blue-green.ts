import { Core1Callers, core1Endpoint, disabledOperatorRoutes } from './core1';
import { RouteTable } from '../checks/routed';
import { operatorMakes } from '../harness/operator';

const operator = new Core1Callers('iris', 'models-operator', 'models.example.com', { subsets: true });
const library = new Core1Callers('iris', 'models-library', 'models.example.com', { subsets: true });
const preview = new Core1Callers('iris', 'models-library', 'preview.example.com', { subsets: true });

const BLUE = { blue: 1, green: 0 };
const GREEN = { blue: 0, green: 1 };

/** Blue answers under both owners; under ours testers reach green at a host of their own. */
export const table: RouteTable = {
  made: operatorMakes,
  cases: () => [
    ...core1Endpoint({ callers: operator, arms: BLUE, hidesMetrics: false }),
    ...core1Endpoint({ callers: library, arms: BLUE, hidesMetrics: true }),
    ...core1Endpoint({ callers: preview, arms: GREEN, hidesMetrics: true }).map((route) => ({ ...route, title: `on the preview's host, ${route.title}` })),
    ...disabledOperatorRoutes('iris', 'models-library', BLUE),
    {
      title: 'the preview\'s host is taken from other endpoints',
      request: { ...operator.rest(), host: 'preview.example.com' },
      expect: { status: 404 },
    },
  ],
};
