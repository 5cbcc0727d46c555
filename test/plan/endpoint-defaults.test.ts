import { BackendTarget, SeldonIdentity, ResourceType } from '../../src/plan/backend';
import { GrpcCalls } from '../../src/plan/endpoint';
import { inferenceCalls, inferencePaths, ownCalls, ownPaths, withMethodsOf } from '../../src/plan/endpoint-defaults';
import { InferenceProtocol } from '../../src/plan/inference-protocol';
import { StringMatch } from '../../src/plan/string-match';

const backend = (more: Partial<BackendTarget>): BackendTarget => ({ description: 'a', host: 'a.ml.svc.cluster.local', ...more }) as BackendTarget;
const [A, B] = [[StringMatch.prefix('/a/')], [StringMatch.prefix('/b/')]];
const CORE2 = SeldonIdentity.ofResource(ResourceType.MODEL, 'iris');
const CORE1 = SeldonIdentity.ofPredictor('credit', 'main');
const grpc = (methods?: StringMatch) => ({ port: 9000, methods }) as BackendTarget['grpc'];

test('the paths and calls of a model of the Open Inference Protocol', () => {
  expect(inferencePaths('iris')).toEqual([StringMatch.exact('/v2/models/iris'), StringMatch.prefix('/v2/models/iris/')]);
  expect(inferenceCalls('iris').headerSets).toEqual([{ 'seldon-model': 'iris' }]);
});

test.each<[string, Partial<BackendTarget>[], StringMatch[][]]>([
  ['none', [{}], []],
  ['those of a backend', [{ paths: A }], [A]],
  ['the same of two backends, once', [{ paths: A }, { paths: [...A] }], [A]],
  ['different ones', [{ paths: A }, { paths: B }], [A, B]],
  ['those of the endpoint first', [{ paths: A, endpoint: { paths: B } as never }], [B]],
  ['those of a protocol', [{ inferenceProtocol: InferenceProtocol.OPEN_INFERENCE }], [inferencePaths('iris')]],
  ['those of others next to a backend without REST', [{ paths: [] }, { paths: A }], [A]],
  ['no path of a backend without REST', [{ paths: [] }], [[]]],
  ['not those of a shared Service', [{ paths: A, seldon: CORE2 }], []],
  ['those of a predictor', [{ paths: A, seldon: CORE1 }], [A]],
])('the paths of backends are %s', (_what, backends, expected) => {
  expect(ownPaths(backends.map(backend), 'iris')).toEqual(expected);
});

test.each<[string, Partial<BackendTarget>[], object[][]]>([
  ['none without gRPC', [{ grpcHeaders: { a: 'b' } }], []],
  ['none without headers', [{ grpc: grpc() }], []],
  ['those of a backend', [{ grpc: grpc(), grpcHeaders: { a: 'b' } }], [[{ a: 'b' }]]],
  ['the same in any order, once', [{ grpc: grpc(), grpcHeaders: { a: 'b', c: 'd' } }, { grpc: grpc(), grpcHeaders: { c: 'd', a: 'b' } }], [[{ c: 'd', a: 'b' }]]],
  ['different ones', [{ grpc: grpc(), grpcHeaders: { a: 'b' } }, { grpc: grpc(), grpcHeaders: { a: 'c' } }], [[{ a: 'b' }], [{ a: 'c' }]]],
  ['those of the endpoint first', [{ grpc: grpc(), grpcHeaders: { a: 'b' }, endpoint: { grpc: GrpcCalls.byHeader('x', 'y') } as never }], [[{ x: 'y' }]]],
  ['not those of a shared Service', [{ grpc: grpc(), grpcHeaders: { a: 'b' }, seldon: CORE2 }], []],
])('the gRPC calls of backends are %s', (_what, backends, expected) => {
  expect(ownCalls(backends.map(backend)).map(({ headerSets }) => headerSets)).toEqual(expected);
});

describe('the methods of calls', () => {
  const calls = GrpcCalls.byHeader('a', 'b');
  const own = StringMatch.prefix('/my.own.Service/');

  test.each<[string, Partial<BackendTarget>[], StringMatch]>([
    ['those of the protocol', [{ grpc: grpc() }], calls.methods],
    ['those of all backends', [{ grpc: grpc(own) }, {}, { grpc: grpc(own) }], own],
    ['those of the protocol if backends differ', [{ grpc: grpc(own) }, { grpc: grpc() }], calls.methods],
    ['those of the protocol without gRPC', [{}], calls.methods],
  ])('are %s', (_what, backends, expected) => {
    expect(withMethodsOf(backends.map(backend), calls).methods).toEqual(expected);
  });

  test('that are set stay', () => {
    const set = calls.withMethods(StringMatch.prefix('/set/'));
    expect(withMethodsOf([backend({ grpc: grpc(own) })], set)).toBe(set);
  });
});
