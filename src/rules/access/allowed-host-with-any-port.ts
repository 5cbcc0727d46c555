import { GATEWAY_EXAMPLE, policyExample } from './access-example';
import { Cluster } from '../../cluster/cluster';
import { ClusterObject, nameIn } from '../../cluster/cluster-object';
import { AuthorizationPolicyView, enforcedPolicies, PolicyAction, valuesOf } from '../../cluster/policies';
import { gatewaysOfPolicies } from '../../cluster/policy-pods';
import { gatewayVirtualHosts, VirtualHost } from '../../cluster/routing/virtual-hosts';
import { show } from '../../plan/checks/errors';
import { groupBy } from '../../plan/groups';
import { core2RouteExample, selects } from '../routes/core2-route-example';
import { Level, Problem, Rule } from '../rule';

const ROUTE = core2RouteExample(`    - match: [{ uri: { prefix: /v2/models/iris/ } }]
${selects('iris')}`, { hosts: '["*.example.com"]' });
const allows = (hosts: string) => policyExample(`  action: ALLOW
  rules:
    - to: [{ operation: { hosts: [${hosts}] } }]`);

/** The list of hosts by which a policy allows requests. */
const ALLOWING: { readonly [action in PolicyAction]?: 'hosts' | 'notHosts' } = { ALLOW: 'hosts', DENY: 'notHosts', CUSTOM: 'notHosts' };

const ANY_PORT = ':*';

/** An allowed host with any port, which also allows another host. */
export const allowedHostWithAnyPort: Rule = {
  id: 'allowed-host-with-any-port',
  level: Level.WARNING,
  title: 'An allowed host with ":*" also allows hosts of a wildcard',
  page: {
    explanation: `
Istio compares \`models.example.com:*\` as the prefix \`models.example.com:\`. A request with \`Host: models.example.com:.example.com:80\` has
that prefix too, and the gateway routes it to \`*.example.com\`. This matters only where a route for such a wildcard exists.`,
    wrong: [GATEWAY_EXAMPLE, ROUTE, allows('a.example.com, "a.example.com:*"')].join('---\n'),
    right: [GATEWAY_EXAMPLE, ROUTE, allows('a.example.com, "a.example.com:80", "a.example.com:443"')].join('---\n'),
  },
  check: (cluster: Cluster) => cluster.derived(enforcedPolicies).flatMap((policy) => problemsOf(cluster, policy)),
};

function problemsOf(cluster: Cluster, { object, action, rules }: AuthorizationPolicyView): Problem[] {
  const list = ALLOWING[action];
  const wildcard = list === undefined ? undefined : wildcardBehind(cluster, object);
  if (list === undefined || wildcard === undefined) return [];
  return rules.flatMap(({ to }) => to.flatMap((operation): Problem[] => {
    const hosts = valuesOf(operation, list);
    const loose = hosts.find((host) => host.endsWith(ANY_PORT) && host.length > ANY_PORT.length && !host.slice(0, -1).includes('*'));
    if (loose === undefined || hosts.includes('*')) return [];
    const name = loose.slice(0, -ANY_PORT.length);
    const other = `${name}:${wildcard.host.slice(1)}:80`;
    return [{
      object,
      field: [...operation.field, list],
      related: [{ object: wildcard.rules[0].virtualService }],
      problem: `${show(loose)} also matches the host ${show(other)}, which the gateway routes to ${show(wildcard.host)}`,
      remedy: `list the ports instead, such as ${show(`${name}:80`)} and ${show(`${name}:443`)}`,
    }];
  }));
}

/** A wildcard of a domain with routes at the gateways of a policy. */
function wildcardBehind(cluster: Cluster, object: ClusterObject): VirtualHost | undefined {
  const byGateway = cluster.derived(wildcardsByGateway);
  return (cluster.derived(gatewaysOfPolicies).get(object) ?? []).flatMap(({ namespace, name }) => byGateway.get(nameIn(namespace, name)) ?? [])[0];
}

function wildcardsByGateway(cluster: Cluster): ReadonlyMap<string, readonly VirtualHost[]> {
  return groupBy(cluster.derived(gatewayVirtualHosts).filter(({ host }) => host.startsWith('*.')), ({ gateway }) => gateway);
}
