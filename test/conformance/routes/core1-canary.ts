import { Core1Callers, core1Endpoint, disabledOperatorRoutes } from './core1';
import { RouteCase, RouteTable } from '../checks/routed';
import { operatorMakes } from '../harness/operator';

const operator = new Core1Callers('iris', 'models-operator', 'models.example.com', { subsets: true });
const library = new Core1Callers('iris', 'models-library', 'models.example.com', { subsets: true });
const ARMS = { main: 0.75, canary: 0.25 };

const tester = { 'x-tester': 'yes' };

/** Callers stay by the cookie over both, and by the header over gRPC alone. */
const sticky = (arm: string, predictor: string): RouteCase[] => [
  library.reaches(predictor, `REST callers with the cookie stay with ${arm}`, library.rest(undefined, { cookie: `a=1; iris-arm=${arm}; b=2` })),
  library.reaches(predictor, `gRPC callers with the cookie stay with ${arm}`, library.grpc({ cookie: `iris-arm=${arm}` })),
  library.reaches(predictor, `gRPC callers with the header stay with ${arm}`, library.grpc({ 'x-iris-arm': arm })),
];

const freshRequest = library.rest(undefined, { 'cookie': 'iris-arm=other; not-iris-arm=canary', 'x-tester': 'no', 'x-iris-arm': 'canary' });

/** A canary that the operator shares, and one of ours with testers and sticky callers. */
export const table: RouteTable = {
  made: operatorMakes,
  cases: () => [
    ...core1Endpoint({ callers: operator, arms: ARMS, hidesMetrics: false }),
    ...core1Endpoint({ callers: library, arms: ARMS, hidesMetrics: true }),
    library.reaches('canary', 'REST testers reach the canary', library.rest(undefined, tester)),
    library.reaches('canary', 'gRPC testers reach the canary', library.grpc(tester)),
    library.reaches('canary', 'testers who once got the stable version reach the canary', library.rest(undefined, { ...tester, cookie: 'iris-arm=stable' })),
    {
      title: 'models-library: testers get no metrics either',
      request: library.rest('prometheus', tester),
      expect: { status: 404 },
    },
    ...sticky('canary', 'canary'),
    ...sticky('stable', 'main'),
    {
      title: 'models-library: other cookies, and the gRPC header over REST, do not make sessions sticky',
      request: freshRequest,
      expect: { shares: library.shares(ARMS, freshRequest) },
    },
    ...disabledOperatorRoutes('iris', 'models-library', ARMS),
  ],
};
