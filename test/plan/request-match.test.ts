import { RequestProtocol } from '../../src/plan/request-match';

test('the protocols as people call them', () => {
  expect(RequestProtocol).toEqual({ REST: 'REST', GRPC: 'gRPC' });
});
