import { GATEWAY_EXAMPLE, policyExample } from './access-example';
import { Cluster } from '../../cluster/cluster';
import { nameIn } from '../../cluster/cluster-object';
import { AuthorizationPolicyView, enforcedPolicies, PolicyRule } from '../../cluster/policies';
import { gatewaysOfPolicies, hasLabels, policiesAtGateways } from '../../cluster/policy-pods';
import { Coverage, coverageOf, showTarget } from '../../cluster/policy-targets';
import { gatewayVirtualHosts, VirtualHost } from '../../cluster/routing/virtual-hosts';
import { groupBy } from '../../plan/groups';
import { core2RouteExample, selects } from '../routes/core2-route-example';
import { Level, Place, Problem, Rule } from '../rule';

const ROUTE = core2RouteExample(`    - match: [{ uri: { prefix: /v2/models/iris/ } }]
${selects('iris')}`);

/** A policy that matches all requests, or none. */
export const policyForAllRequests: Rule = {
  id: 'policy-for-all-requests',
  level: Level.WARNING,
  title: 'A policy denies or allows all requests',
  page: {
    explanation: `
A policy with action ALLOW and no rules allows nothing, so its pods deny all requests that no other policy allows. With one empty rule,
\`rules: [{}]\`, it allows everything, regardless of other policies with action ALLOW. With action DENY, one empty rule denies everything.
In the root namespace, a policy without a selector applies to the whole mesh. The finding is a warning where it closes a gateway that has
routes, or makes other policies useless, and information otherwise. At synthesis it is an error if an \`AuthorizationPolicy\` of this library
closes the whole mesh.`,
    wrong: [GATEWAY_EXAMPLE, ROUTE, policyExample('  action: DENY\n  rules: [{}]')].join('---\n'),
    right: [GATEWAY_EXAMPLE, ROUTE, policyExample('  action: DENY\n  rules:\n    - to: [{ operation: { paths: [/v2/models/fraud/*] } }]')].join('---\n'),
  },
  check: (cluster: Cluster) => cluster.derived(enforcedPolicies).flatMap((policy) => problemOf(cluster, policy) ?? []),
};

function problemOf(cluster: Cluster, policy: AuthorizationPolicyView): Problem | undefined {
  const { object, action, rules, target } = policy;
  if (object.origin.facts?.isDerived === true) return undefined;
  const all = rules.find(isEmpty);
  const pods = showTarget(target, cluster.rootNamespace);
  if (action === 'DENY' && all !== undefined) return denial(cluster, policy, all, `the rule is empty, so the policy denies all requests to ${pods}`);
  if (action !== 'ALLOW') return undefined;
  if (rules.length === 0) {
    const problem = `the policy has no rules and no other policy allows requests, so all requests to ${pods} are denied`;
    return othersAllow(cluster, policy) ? undefined : denial(cluster, policy, undefined, problem);
  }
  if (all !== undefined) return allowance(cluster, policy, all);
  if (!isMeshWide(cluster, policy)) return undefined;
  return {
    object,
    level: Level.INFO,
    typedLevel: Level.ERROR,
    problem: 'the policy is in the root namespace and has no selector, so all requests in the mesh that no policy allows are denied',
    remedy: 'if that is not intended, set a selector, or create it in another namespace',
  };
}

function isMeshWide({ rootNamespace }: Cluster, { target }: AuthorizationPolicyView): boolean {
  return target.namespace === rootNamespace && !hasLabels(target) && target.refs.length === 0;
}

/** An empty rule matches all requests. */
function isEmpty({ from, to, when }: PolicyRule): boolean {
  return from.length + to.length + when.length === 0;
}

function denial(cluster: Cluster, policy: AuthorizationPolicyView, rule: PolicyRule | undefined, problem: string): Problem {
  const { object } = policy;
  const routed = cluster.derived(routesByGateway);
  const gateway = cluster.derived(gatewaysOfPolicies).get(object)?.find(({ namespace, name }) => routed.has(nameIn(namespace, name)));
  const routes = gateway === undefined ? [] : routed.get(nameIn(gateway.namespace, gateway.name)) ?? [];
  const related: Place[] = gateway === undefined ? [] : [{ object: gateway }, { object: routes[0].rules[0].virtualService }];
  return {
    object,
    field: rule?.field ?? ['spec'],
    related,
    level: gateway === undefined ? Level.INFO : undefined,
    typedLevel: isMeshWide(cluster, policy) ? Level.ERROR : undefined,
    problem: gateway === undefined ? problem : `${problem}, those for the routes of ${gateway} included`,
    remedy: 'if that is not intended, add rules, or rules: [{}] with action ALLOW to allow everything',
  };
}

function routesByGateway(cluster: Cluster): ReadonlyMap<string, readonly VirtualHost[]> {
  return groupBy(cluster.derived(gatewayVirtualHosts), ({ gateway }) => gateway);
}

/** Whether another policy allows some requests of the same pods, as where a namespace is closed except for what policies allow. */
function othersAllow(cluster: Cluster, policy: AuthorizationPolicyView): boolean {
  const gateways = cluster.derived(gatewaysOfPolicies).get(policy.object) ?? [];
  const atGateways = gateways.flatMap(({ namespace, name }) => cluster.derived(policiesAtGateways).get(nameIn(namespace, name)) ?? []);
  return [...nearOf(cluster, policy), ...atGateways].some((other) => other.rules.length > 0 && other.action === 'ALLOW');
}

/** Other ALLOW policies that may apply to the same pods. */
function nearOf(cluster: Cluster, { object, target }: AuthorizationPolicyView): AuthorizationPolicyView[] {
  const byNamespace = cluster.derived(allowingByNamespace);
  const near = target.namespace === cluster.rootNamespace ? [...byNamespace.values()].flat()
    : [target.namespace, cluster.rootNamespace].flatMap((namespace) => byNamespace.get(namespace) ?? []);
  return near.filter((other) => other.object !== object && coverageOf(target, other.target, cluster.rootNamespace) !== Coverage.NONE);
}

function allowingByNamespace(cluster: Cluster): ReadonlyMap<string, readonly AuthorizationPolicyView[]> {
  return groupBy(cluster.derived(enforcedPolicies).filter(({ action }) => action === 'ALLOW'), ({ target }) => target.namespace);
}

function allowance(cluster: Cluster, policy: AuthorizationPolicyView, rule: PolicyRule): Problem {
  const { object, target } = policy;
  const useless = nearOf(cluster, policy).find((other) => other.rules.length > 0 && !other.rules.some(isEmpty)
    && coverageOf(target, other.target, cluster.rootNamespace) === Coverage.ALL);
  return {
    object,
    field: rule.field,
    related: useless === undefined ? [] : [{ object: useless.object }],
    level: useless === undefined ? Level.INFO : undefined,
    problem: `the rule is empty, so the policy allows all requests to ${showTarget(target, cluster.rootNamespace)}`
      + (useless === undefined ? '' : `, and ${useless.object} restricts nothing`),
    remedy: 'if that is not intended, remove the empty rule, or list what it should match',
  };
}
