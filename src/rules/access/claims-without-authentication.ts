import { GATEWAY_EXAMPLE, loginExample, policyExample } from './access-example';
import { effectWithout, tokenUse } from './token-attributes';
import { Cluster } from '../../cluster/cluster';
import { ClusterKind } from '../../cluster/cluster-object';
import { AuthorizationPolicyView, authorizationPolicies, RequestAuthenticationView, requestAuthentications } from '../../cluster/policies';
import { Coverage, coverageOf, PoliciesByLabels, showTarget } from '../../cluster/policy-targets';
import { groupBy } from '../../plan/groups';
import { Level, Problem, Rule } from '../rule';

const POLICY = policyExample(`  action: ALLOW
  rules:
    - when: [{ key: "request.auth.claims[groups]", values: [risk] }]`);

/** A policy on tokens where no token is validated. */
export const claimsWithoutAuthentication: Rule = {
  id: 'claims-without-authentication',
  level: Level.WARNING,
  title: 'A policy reads tokens that nothing validates',
  page: {
    explanation: `
A request has claims only where a RequestAuthentication for the same pods validates its token. Without one, a rule that requires a claim
matches no request, and a rule that excludes a claim matches every request. The finding is information if no RequestAuthentication is among
the objects at all.`,
    wrong: [GATEWAY_EXAMPLE, loginExample({ labels: '{ istio: egressgateway }' }), POLICY].join('---\n'),
    right: [GATEWAY_EXAMPLE, loginExample(), POLICY].join('---\n'),
  },
  check: (cluster: Cluster) => cluster.derived(authorizationPolicies).filter(({ action }) => action === 'ALLOW' || action === 'DENY')
    .flatMap((policy) => problemsOf(cluster, policy)),
};

function problemsOf(cluster: Cluster, { object, target, action, rules }: AuthorizationPolicyView): Problem[] {
  const rule = rules.find((each) => tokenUse(each) !== undefined);
  if (rule === undefined || mayCover(cluster, target)) return [];
  return [{
    object,
    field: rule.field,
    level: cluster.all(ClusterKind.REQUEST_AUTHENTICATION).length === 0 ? Level.INFO : undefined,
    problem: `no RequestAuthentication applies to ${showTarget(target, cluster.rootNamespace)}, so no request has claims there and ${effectWithout(action, tokenUse(rule)!)}`,
    remedy: 'add a RequestAuthentication for the same pods',
  }];
}

function mayCover(cluster: Cluster, target: AuthorizationPolicyView['target']): boolean {
  const byNamespace = cluster.derived(authenticationsByNamespace);
  const isForAll = target.namespace === cluster.rootNamespace && target.refs.length === 0;
  for (const namespace of isForAll ? byNamespace.keys() : [target.namespace, cluster.rootNamespace]) {
    for (const each of byNamespace.get(namespace)?.near(target) ?? []) {
      if (coverageOf(each.target, target, cluster.rootNamespace) !== Coverage.NONE) return true;
    }
  }
  return false;
}

function authenticationsByNamespace(cluster: Cluster): ReadonlyMap<string, PoliciesByLabels<RequestAuthenticationView>> {
  const groups = groupBy(cluster.derived(requestAuthentications), ({ target }) => target.namespace);
  return new Map([...groups].map(([namespace, own]) => [namespace, new PoliciesByLabels(own)]));
}
