import { RouteCase, RouteTable, Share } from '../checks/routed';
import { Request } from '../harness/clients';

const HOST = 'algorithm-selector.example.com';
const PORT = 31400;

const rest = (path: string): Request => ({ rest: `/v1/models/${path}`, host: HOST, port: PORT, method: path.includes(':') ? 'POST' : 'GET' });
const grpc = (method: string): Request => ({ grpc: 'ModelInfer', path: `/tensorflow.serving.${method}`, model: '', host: HOST, port: PORT });

/** What is promised while version 2 has a share. */
export function algorithmSelector(v2: number): RouteTable {
  const shares = (port: number): Share[] => [['v1', 1 - v2] as const, ['v2', v2] as const]
    .map(([subset, share]) => ({ to: { service: 'algorithm-selector.algorithm-selector', port, subset }, share }));
  const shared = (title: string, request: Request, port: number, times?: number): RouteCase => ({
    title, request, times, expect: { shares: shares(port) },
  });
  return {
    cases: () => [
      shared('REST inference', rest('algorithm-selector:predict'), 8501),
      shared('gRPC inference without a header', grpc('PredictionService/Predict'), 8500),
      ...['', ':classify', ':regress', '/metadata', '/versions/2:predict', '/labels/stable']
        .map((end) => shared(`REST ${end}`, rest(`algorithm-selector${end}`), 8501, 200)),
      shared('REST for a host with its port', { ...rest('algorithm-selector:predict'), host: `${HOST}:${PORT}` }, 8501, 200),
      { title: 'a neighbour is not found', request: rest('algorithm-selector-large:predict'), expect: { status: 404 } },
      { title: 'a verb that the server does not know is not found', request: rest('algorithm-selector:predictx'), expect: { status: 404 } },
      { title: 'no one reloads the server from outside', request: grpc('ModelService/HandleReloadConfigRequest'), expect: { grpcStatus: 12 } },
      { title: 'another host is not found', request: { ...rest('algorithm-selector:predict'), host: 'models.example.com' }, expect: { status: 404 } },
      { title: 'another host is not found over gRPC', request: { ...grpc('PredictionService/Predict'), host: 'models.example.com' }, expect: { grpcStatus: 12 } },
    ],
  };
}

export const table = algorithmSelector(0.3);
