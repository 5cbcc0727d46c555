import { Protocol } from '../../src/plan/request-match';

test('the protocols as people call them', () => {
  expect(Protocol).toEqual({ REST: 'REST', GRPC: 'gRPC' });
});
