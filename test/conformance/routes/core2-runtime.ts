import { core2, core2Endpoint } from './core2';
import { RouteCase, RouteTable } from '../checks/routed';

const FRAUD = 'fraud.example.com';
const VISION = 'vision.example.com';

/** What a tenant must not reach by another tenant's host. */
function strangers(host: string, model: string): RouteCase[] {
  return [
    { title: `${host} does not lead to ${model}`, request: { rest: `/v2/models/${model}/infer`, host }, expect: { status: 404 } },
    {
      title: `gRPC at ${host} does not lead to ${model}`,
      request: { grpc: 'ModelInfer', model, host, headers: { 'seldon-model': model } },
      expect: { grpcStatus: 12 },
    },
  ];
}

/** Two tenants, each with a host and a runtime of its own; the names of the ports are those that the runtimes bring about. */
export const table: RouteTable = {
  cases: () => [
    ...core2Endpoint({ name: 'cards', host: FRAUD, arms: core2('cards', 'fraud') }),
    ...core2Endpoint({ name: 'claims', host: FRAUD, arms: core2('claims', 'fraud') }),
    ...core2Endpoint({ name: 'defects', host: VISION, arms: core2('defects', 'vision') }),
    ...strangers(FRAUD, 'defects'),
    ...strangers(VISION, 'cards'),
    ...strangers('other.example.com', 'defects'),
  ],
};
