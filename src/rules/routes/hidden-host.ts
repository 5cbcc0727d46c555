import { core2RouteExample, selects } from './core2-route-example';
import { Cluster } from '../../cluster/cluster';
import { ClusterObject } from '../../cluster/cluster-object';
import { FieldPath } from '../../cluster/json';
import { gatewayVirtualHosts, VirtualHost } from '../../cluster/routing/virtual-hosts';
import { groupBy } from '../../plan/groups';
import { widerHosts } from '../../plan/hosts';
import { Level } from '../level';
import { Problem, Rule } from '../rule';

/** A host that hides the routes on a wider host of the same gateway. */
export const hiddenHost: Rule = {
  id: 'hidden-host',
  level: Level.INFO,
  title: 'A host hides the routes on a wider host',
  page: {
    explanation: `
For a request, Envoy uses only the most specific host that matches. If a VirtualService on \`a.example.com\` has no rule for a request, the
answer is 404, even though one on \`*\` has a rule. This is information: most often the host is meant to have other routes. At
synthesis it is an error for hosts of this library's constructs.`,
    wrong: [
      core2RouteExample(`    - match: [{ uri: { prefix: /v2/models/iris/ } }]
${selects('iris')}`, { hosts: '["*"]' }),
      core2RouteExample(`    - match: [{ uri: { prefix: /v2/models/wine/ } }]
${selects('wine')}`, { name: 'wine' }),
    ].join('---\n'),
    right: ['iris', 'wine'].map((name) => core2RouteExample(`    - match: [{ uri: { prefix: /v2/models/${name}/ } }]
${selects(name)}`, { name })).join('---\n'),
  },
  check: (cluster: Cluster) => [...groupBy(cluster.derived(gatewayVirtualHosts), ({ listener }) => listener).values()].flatMap(hiddenOn),
};

function hiddenOn(virtualHosts: readonly VirtualHost[]): Problem[] {
  const byHost = new Map(virtualHosts.map((each) => [each.host, each]));
  return virtualHosts.flatMap((narrow): Problem[] => {
    // A VirtualService on both hosts has its rules on both.
    const here = new Set(narrow.rules.map(({ virtualService }) => virtualService));
    if (narrow.rules.some(({ isCatchAll }) => isCatchAll)) return [];
    for (const host of widerHosts(narrow.host)) {
      const wide = byHost.get(host);
      const hidden = wide?.rules.find(({ virtualService }) => !here.has(virtualService));
      if (hidden === undefined) continue;
      const [first, ...others] = here;
      return [{
        object: first,
        field: hostField(first, narrow.host),
        // Accepting it for one of them accepts it for the host.
        related: [hidden.virtualService, ...others].map((object) => ({ object })),
        problem: `requests for host "${narrow.host}" of gateway ${narrow.gateway} never reach ${hidden.virtualService}, which is on "${host}"`,
        remedy: 'if they should, add the host to that VirtualService',
      }];
    }
    return [];
  });
}

function hostField({ spec }: ClusterObject, host: string): FieldPath {
  const index = Array.isArray(spec.hosts) ? spec.hosts.findIndex((each) => typeof each === 'string' && each.toLowerCase() === host) : -1;
  return index < 0 ? ['spec', 'hosts'] : ['spec', 'hosts', index];
}
