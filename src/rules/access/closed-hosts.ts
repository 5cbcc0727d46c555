import { GATEWAY_EXAMPLE, policyExample } from './access-example';
import { Cluster } from '../../cluster/cluster';
import { AuthorizationPolicyView, PolicyPart, valuesOf } from '../../cluster/policies';
import { policiesAtGateways } from '../../cluster/policy-pods';
import { gatewayVirtualHosts, VirtualHost } from '../../cluster/routing/virtual-hosts';
import { show } from '../../plan/checks/errors';
import { matchesOverlap } from '../../plan/conflicts/overlap';
import { groupBy } from '../../plan/groups';
import { hostIntersection } from '../../plan/hosts';
import { StringMatchKind } from '../../plan/string-match';
import { core2RouteExample, selects } from '../routes/core2-route-example';
import { Level, Problem, Rule } from '../rule';

const ROUTES = ['iris', 'wine'].map((name) => core2RouteExample(`    - match: [{ uri: { prefix: /v2/models/${name}/ } }]
${selects(name)}`, { name, hosts: `[${name}.example.com]` }));

/** Hosts of a gateway that a policy for other hosts closes. */
export const closedHosts: Rule = {
  id: 'closed-hosts',
  level: Level.WARNING,
  title: 'A policy that allows some hosts of a gateway closes all others',
  page: {
    explanation: `
As soon as one policy with action ALLOW applies to the pods of a gateway, they answer 403 to every request that no such policy allows. A
policy for one host or model therefore closes all other hosts and models of a shared gateway. Deny the requests of one model instead, or
list all others as well.`,
    wrong: [GATEWAY_EXAMPLE, ...ROUTES, policyExample('  action: ALLOW\n  rules:\n    - to: [{ operation: { hosts: [iris.example.com, "iris.example.com:*"] } }]')].join('---\n'),
    right: [GATEWAY_EXAMPLE, ...ROUTES, policyExample(`  action: ALLOW
  rules:
    - to: [{ operation: { hosts: [iris.example.com, "iris.example.com:*", wine.example.com, "wine.example.com:*"] } }]`)].join('---\n'),
  },
  check: (cluster: Cluster) => [...groupBy(cluster.derived(gatewayVirtualHosts), ({ gateway }) => gateway)]
    .flatMap(([gateway, virtualHosts]) => problemsAt(cluster.derived(policiesAtGateways).get(gateway) ?? [], gateway, virtualHosts)),
};

/** Policies with more operations than these are compared by their hosts only. */
const MAX_OPERATIONS = 50;
const MAX_SHOWN = 3;

function problemsAt(policies: readonly AuthorizationPolicyView[], gateway: string, virtualHosts: readonly VirtualHost[]): Problem[] {
  const allowing = policies.filter(({ action }) => action === 'ALLOW');
  const rules = allowing.flatMap((policy) => policy.rules);
  // A policy without rules allows nothing on purpose.
  if (rules.length === 0 || rules.some(({ to }) => to.length === 0)) return [];
  const allows = hostTest(rules.flatMap(({ to }) => to));
  const closed = virtualHosts.filter((virtualHost) => !allows(virtualHost));
  if (closed.length === 0) return [];
  const hosts = [...new Set(closed.map(({ host }) => show(host)))];
  const shown = [...hosts.slice(0, MAX_SHOWN), ...hosts.length > MAX_SHOWN ? [`${hosts.length - MAX_SHOWN} more`] : []].join(', ');
  const [{ object, rules: [{ field }] }] = allowing.filter((policy) => policy.rules.length > 0);
  return [{
    object,
    field,
    related: closed.slice(0, MAX_SHOWN).map(({ rules: [route] }) => ({ object: route.virtualService })),
    problem: `no rule allows requests for the routes on ${hosts.length === 1 ? 'host' : 'hosts'} ${shown} of gateway ${gateway}, so they are answered by 403`,
    remedy: 'allow them as well, or use action DENY for the requests that are restricted',
  }];
}

/** Whether some operation may allow a request of a virtual host. */
function hostTest(operations: readonly PolicyPart[]): (virtualHost: VirtualHost) => boolean {
  const comparesPaths = operations.length <= MAX_OPERATIONS;
  const exact = new Map<string, PolicyPart[]>();
  const others: { readonly pattern: string; readonly operation: PolicyPart }[] = [];
  for (const operation of operations) {
    const hosts = valuesOf(operation, 'hosts');
    for (const host of hosts.length === 0 ? ['*'] : hosts) {
      const name = withoutPort(host.toLowerCase());
      if (name.includes('*')) others.push({ pattern: name, operation });
      else exact.set(name, [...exact.get(name) ?? [], operation]);
    }
  }
  return (virtualHost) => {
    const { host } = virtualHost;
    const candidates = [...exact.get(host) ?? [], ...others.filter(({ pattern }) => mayMatch(pattern, host)).map(({ operation }) => operation)];
    if (host.startsWith('*')) candidates.push(...[...exact].filter(([name]) => hostIntersection(host, name) !== undefined).flatMap(([, list]) => list));
    return candidates.some((operation) => !comparesPaths || mayMatchPaths(operation, virtualHost));
  };
}

function withoutPort(host: string): string {
  return host.replace(/:[\d*]+$/, '');
}

/** Patterns of policies also match parts of labels. */
function mayMatch(pattern: string, host: string): boolean {
  if (pattern === '*' || host === '*') return true;
  if (host.startsWith('*')) return true;
  return pattern.startsWith('*') ? host.endsWith(pattern.slice(1)) : host.startsWith(pattern.slice(0, -1));
}

function mayMatchPaths(operation: PolicyPart, { rules }: VirtualHost): boolean {
  const paths = valuesOf(operation, 'paths');
  if (paths.length === 0) return true;
  return rules.some(({ match: { path } }) => path === undefined || paths.some((value) => {
    if (/[{}]/.test(value) || value.startsWith('*')) return true;
    const allowed = value.endsWith('*') ? { kind: StringMatchKind.PREFIX, value: value.slice(0, -1) } : { kind: StringMatchKind.EXACT, value };
    return matchesOverlap(path, allowed);
  }));
}
