import { GATEWAY_EXAMPLE, loginExample, policyExample } from './access-example';
import { tokenUse } from './token-attributes';
import { Cluster } from '../../cluster/cluster';
import { ClusterKind } from '../../cluster/cluster-object';
import { isObject, listOf, objectOf } from '../../cluster/json';
import { AuthorizationPolicyView, authorizationPolicies, requestAuthentications } from '../../cluster/policies';
import { Coverage, coverageOf, showTarget } from '../../cluster/policy-targets';
import { groupBy } from '../../plan/groups';
import { Level, Problem, Rule } from '../rule';

/** A RequestAuthentication that no policy relies on. */
export const optionalToken: Rule = {
  id: 'optional-token',
  level: Level.INFO,
  title: 'Requests without a token are accepted',
  page: {
    explanation: `
A RequestAuthentication rejects invalid tokens, and accepts requests without a token. An AuthorizationPolicy has to require one. The finding
is information: the policy may not be among the objects, or the workload may decide by the claims that are forwarded to it.`,
    wrong: [GATEWAY_EXAMPLE, loginExample()].join('---\n'),
    right: [GATEWAY_EXAMPLE, loginExample(), policyExample(`  action: DENY
  rules:
    - from: [{ source: { notRequestPrincipals: ["*"] } }]
      to: [{ operation: { notPorts: ["15021"] } }]`)].join('---\n'),
  },
  check: function* (cluster: Cluster): Iterable<Problem> {
    if (cluster.derived(hasClaimRoutes)) return;
    const policies = cluster.derived(tokenPolicies);
    for (const { object, target, rules } of cluster.derived(requestAuthentications)) {
      if (rules.length === 0) continue;
      const near = target.namespace === cluster.rootNamespace ? [...policies.values()].flat()
        : [target.namespace, cluster.rootNamespace].flatMap((namespace) => policies.get(namespace) ?? []);
      if (near.some((policy) => coverageOf(policy.target, target, cluster.rootNamespace) !== Coverage.NONE)) continue;
      yield {
        object,
        problem: `requests without a token are accepted by ${showTarget(target, cluster.rootNamespace)}, since no AuthorizationPolicy there requires one`,
        remedy: 'to require a token, deny requests with notRequestPrincipals: ["*"]',
      };
    }
  },
};

function tokenPolicies(cluster: Cluster): ReadonlyMap<string, readonly AuthorizationPolicyView[]> {
  const policies = cluster.derived(authorizationPolicies).filter(({ action, rules }) => action === 'CUSTOM' || rules.some((rule) => tokenUse(rule) !== undefined));
  return groupBy(policies, ({ target }) => target.namespace);
}

/** Whether routes are chosen by claims, which needs no policy. */
function hasClaimRoutes(cluster: Cluster): boolean {
  return cluster.all(ClusterKind.VIRTUAL_SERVICE).some(({ spec }) => listOf(spec.http).filter(isObject).some((rule) => (
    listOf(rule.match).some((match) => Object.keys(objectOf(objectOf(match).headers)).some((name) => name.startsWith('@request.auth.claims'))))));
}
