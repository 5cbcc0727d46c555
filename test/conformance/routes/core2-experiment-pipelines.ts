import { core2, core2Endpoint } from './core2';
import { hostOf, RouteTable } from '../checks/routed';

/** Pipelines that Istio shares between, an experiment that Seldon shares between them, and an experiment as one of two arms. */
export const table: RouteTable = {
  cases: (manifests) => {
    const host = hostOf(manifests, 'models.example.com');
    return [
      ...core2Endpoint({
        name: 'income', host, arms: [{ to: core2('income-plain.pipeline'), share: 0.8 }, { to: core2('income-guarded.pipeline'), share: 0.2 }],
      }),
      ...core2Endpoint({ name: 'income-trial', host, arms: core2('income-trial.experiment') }),
      ...core2Endpoint({
        name: 'income-models', host, arms: [{ to: core2('income-current'), share: 0.9 }, { to: core2('income-candidates.experiment'), share: 0.1 }],
      }),
    ];
  },
};
