import { core2, core2Endpoint } from './core2';
import { hostOf, RouteTable } from '../checks/routed';

/** A pipeline and the explainer of one of its models, each behind its own endpoint. */
export const table: RouteTable = {
  cases: (manifests) => {
    const host = hostOf(manifests, 'models.example.com');
    return [
      ...core2Endpoint({ name: 'income', host, arms: core2('income-production.pipeline') }),
      ...core2Endpoint({ name: 'income-explanations', host, arms: core2('income-explainer') }),
    ];
  },
};
