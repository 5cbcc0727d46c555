import { IConstruct } from 'constructs';
import type { AuthorizationRule } from './authorization-rule';
import { Warnings } from '../../mesh/warnings';
import { show } from '../../plan/checks/errors';

/** The prefix that Istio replaces with the trust domain of the mesh. */
const ALIAS = 'cluster.local/';

/** The number of parts of `<trust domain>/ns/<namespace>/sa/<service account>`. */
const PARTS = 5;

/**
 * Finds identities of callers in which Istio does not replace `cluster.local`. It replaces it with the trust domain of the mesh only in
 * identities with five parts. A shorter prefix matches only in a mesh whose trust domain is `cluster.local`.
 *
 * @param rules Rules of an AuthorizationPolicy.
 * @internal
 */
export function findFixedTrustDomains(rules: readonly AuthorizationRule[]): string[] {
  const values = rules.flatMap(({ from = [], when = [] }) => [
    ...from.flatMap(({ principals = [], notPrincipals = [] }) => [...principals, ...notPrincipals]),
    ...when.filter(({ key }) => key === 'source.principal').flatMap((condition) => [...condition.values ?? [], ...condition.notValues ?? []]),
  ]);
  return [...new Set(values)].filter((value) => value.startsWith(ALIAS) && value.split('/').length !== PARTS);
}

/**
 * Adds a warning for each of them.
 *
 * @internal
 */
export function warnOfFixedTrustDomains(at: IConstruct, rules: readonly AuthorizationRule[]): void {
  for (const value of findFixedTrustDomains(rules)) {
    const namespace = /^cluster\.local\/ns\/([^/*]+)\//.exec(value)?.[1];
    Warnings._add(at, `principal ${show(value)} matches no caller in a mesh whose trust domain is not cluster.local, which Istio replaces only in identities with five parts`,
      namespace === undefined ? 'use namespaces' : `use namespaces: [${show(namespace)}], or ${show(`cluster.local/ns/${namespace}/sa/*`)}`);
  }
}
