import { core2, core2Endpoint } from './core2';
import { hostOf, RouteTable } from '../checks/routed';
import { Manifest } from '../harness/manifests';

/** A model whose new version gets a share of the requests, and one with a single version. */
export function tableAt(share: number): RouteTable {
  const endpoint = (manifests: readonly Manifest[], name: string, arms: { to: ReturnType<typeof core2>; share: number }[]) => (
    core2Endpoint({ name, host: hostOf(manifests, 'models.example.com'), arms })
  );
  const versions = [{ to: core2('iris-v2'), share: 1 - share }, { to: core2('iris-v3'), share }].filter((arm) => arm.share > 0);
  return {
    cases: (manifests) => [...endpoint(manifests, 'iris', versions), ...endpoint(manifests, 'income', [{ to: core2('income-v1'), share: 1 }])],
  };
}

export const table = tableAt(0.1);
