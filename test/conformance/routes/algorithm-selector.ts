import { RouteCase, RouteTable, Share } from '../checks/routed';
import { Request } from '../harness/clients';

const HOST = 'algorithm-selector.example.com';
const PORT = 31400;

const rest = (path: string, headers?: Record<string, string>): Request => ({ rest: `/v2/models/${path}`, host: HOST, port: PORT, headers });
const grpc = (headers?: Record<string, string>): Request => ({ grpc: 'ModelInfer', model: 'algorithm-selector', host: HOST, port: PORT, headers });

/** What is promised while version 2 has a share. */
export function algorithmSelector(v2: number): RouteTable {
  const shares = (port: number): Share[] => [['v1', 1 - v2] as const, ['v2', v2] as const]
    .map(([subset, share]) => ({ to: { service: 'algorithm-selector.algorithm-selector', port, subset }, share }));
  const shared = (says: string, request: Request, port: number, times?: number): RouteCase => ({
    says, request, times, expect: { shares: shares(port) },
  });
  return {
    cases: () => [
      shared('REST inference', rest('algorithm-selector/infer'), 8000),
      shared('gRPC inference without a header', grpc(), 8001),
      shared('REST metadata', rest('algorithm-selector'), 8000, 200),
      shared('REST for a host with its port', { ...rest('algorithm-selector/infer'), host: `${HOST}:${PORT}` }, 8000, 200),
      { says: 'a neighbour is not found', request: rest('algorithm-selector-large/infer'), expect: { status: 404 } },
      { says: 'another host is not found', request: { ...rest('algorithm-selector/infer'), host: 'models.example.com' }, expect: { status: 404 } },
      { says: 'another host is not found over gRPC', request: { ...grpc(), host: 'models.example.com' }, expect: { grpcStatus: 12 } },
    ],
  };
}

export const table = algorithmSelector(0.3);
