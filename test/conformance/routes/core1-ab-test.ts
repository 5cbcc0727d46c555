import { Core1Callers, core1Endpoint, disabledOperatorRoutes } from './core1';
import { RouteTable } from '../checks/routed';
import { operatorMakes } from '../harness/operator';

const operator = new Core1Callers('iris', 'models-operator', 'models.example.com', { subsets: true });
const library = new Core1Callers('iris', 'models-library', 'models.example.com', { subsets: true });
const SHARED = { a: 0.5, b: 0.5 };

const byQuery = library.grpc({ 'x-query': 'group=c' });

/** The operator shares between three variants; ours are identified by cookie, header and query, and two share the rest. */
export const table: RouteTable = {
  made: operatorMakes,
  cases: () => [
    ...core1Endpoint({ callers: operator, arms: { a: 0.4, b: 0.4, c: 0.2 }, hidesMetrics: false }),
    ...core1Endpoint({ callers: library, arms: SHARED, hidesMetrics: true }),
    library.reaches('a', 'REST callers with the cookie reach a', library.rest(undefined, { cookie: 'x=1; group=a' })),
    library.reaches('a', 'gRPC callers with the cookie reach a', library.grpc({ cookie: 'group=a' })),
    library.reaches('b', 'REST callers with the header reach b', library.rest(undefined, { 'x-group': 'b' })),
    library.reaches('b', 'gRPC callers with the header reach b', library.grpc({ 'x-group': 'b' })),
    library.reaches('c', 'REST callers with the query reach c', library.rest('v2/models/classifier/infer?group=c')),
    library.reaches('c', 'REST callers with the header reach c', library.rest(undefined, { 'x-group': 'c' })),
    library.reaches('c', 'gRPC callers with the header reach c', library.grpc({ 'x-group': 'c' })),
    library.reaches('a', 'the earlier variant gets whom two would get', library.rest(undefined, { 'cookie': 'group=a', 'x-group': 'c' })),
    {
      title: 'models-library: a gRPC call that picks no variant is shared',
      request: byQuery,
      expect: { shares: library.shares(SHARED, byQuery) },
    },
    ...disabledOperatorRoutes('iris', 'models-library', SHARED),
  ],
};
