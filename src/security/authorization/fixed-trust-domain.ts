import { IConstruct } from 'constructs';
import type { AuthorizationRule } from './authorization-rule';
import { Warnings } from '../../mesh/warnings';
import { show } from '../../plan/checks/errors';

/** The name that stands for the trust domain of the mesh, whatever that is. */
const POINTER = 'cluster.local/';

/** Parts of `<trust domain>/ns/<namespace>/sa/<service account>`. */
const PARTS = 5;

/**
 * Finds identities of callers in which Istio leaves `cluster.local` as it is. In those of five parts it puts the trust domain of the mesh in its
 * place; a shorter beginning matches in a mesh whose trust domain is `cluster.local` and in no other.
 *
 * @param rules Rules of an AuthorizationPolicy.
 * @internal
 */
export function findFixedTrustDomains(rules: readonly AuthorizationRule[]): string[] {
  const values = rules.flatMap(({ from = [], when = [] }) => [
    ...from.flatMap(({ principals = [], notPrincipals = [] }) => [...principals, ...notPrincipals]),
    ...when.filter(({ key }) => key === 'source.principal').flatMap((condition) => [...condition.values ?? [], ...condition.notValues ?? []]),
  ]);
  return [...new Set(values)].filter((value) => value.startsWith(POINTER) && value.split('/').length !== PARTS);
}

/**
 * Leaves a warning for each.
 *
 * @internal
 */
export function warnOfFixedTrustDomains(at: IConstruct, rules: readonly AuthorizationRule[]): void {
  for (const value of findFixedTrustDomains(rules)) {
    const [, namespace] = /^cluster\.local\/ns\/([^/*]+)\//.exec(value) ?? [];
    Warnings._add(at, `principal ${show(value)}`,
      'it matches no caller of a mesh with another trust domain than cluster.local, which Istio replaces in identities of five parts only: '
      + (namespace === undefined ? 'use namespaces' : `use namespaces: [${show(namespace)}], or ${show(`cluster.local/ns/${namespace}/sa/*`)}`));
  }
}
