import { HEALTH_SCRIPTS } from './health-scripts';

/**
 * The entries of the ConfigMap `argocd-cm` by which Argo CD knows the health of Seldon's objects. Argo CD's chart takes the same
 * entries as `configs.cm`.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/health/
 * @internal
 */
export function argoCdEntries(): { readonly [key: string]: string } {
  return Object.fromEntries(HEALTH_SCRIPTS.map(({ kind: { group, kind }, lua }) => [`resource.customizations.health.${group}_${kind}`, lua]));
}

/**
 * The label without which Argo CD does not read a ConfigMap.
 *
 * @internal
 */
export const ARGO_CD_LABELS: { readonly [name: string]: string } = { 'app.kubernetes.io/name': 'argocd-cm', 'app.kubernetes.io/part-of': 'argocd' };
