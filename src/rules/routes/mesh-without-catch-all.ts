import { core2RouteExample, modelExample, selects } from './core2-route-example';
import { Cluster } from '../../cluster/cluster';
import { ClusterKind } from '../../cluster/cluster-object';
import { core2Namespace, core2Routes } from '../../cluster/routing/core2-routes';
import { meshHosts } from '../../cluster/routing/mesh-hosts';
import { rulesFor } from '../../cluster/routing/virtual-hosts';
import { STATS_PORT } from '../../plan/core2-service';
import { Level } from '../level';
import { Problem, Rule } from '../rule';

/** A VirtualService for Seldon Core 2's Service inside the mesh that answers only for some models. */
export const meshWithoutCatchAll: Rule = {
  id: 'mesh-without-catch-all',
  level: Level.ERROR,
  title: 'Other models of the Service answer 404 inside the mesh',
  page: {
    explanation: `
A VirtualService for a host inside the mesh replaces Istio's own route to that host. All models of a namespace share the Service
\`seldon-mesh\`, so a VirtualService with rules for some of them must end in a rule for everything else: other models, pipelines, health
checks, and the port of Envoy's metrics. The finding is an error if a Model without a rule is among the manifests.`,
    wrong: [modelExample('iris'), modelExample('wine'), core2RouteExample(`    - match: [{ uri: { prefix: /v2/models/iris/ } }]
${selects('iris')}`, { gateways: '', hosts: '[seldon-mesh]' })].join('---\n'),
    right: [modelExample('iris'), modelExample('wine'), core2RouteExample(`    - match: [{ uri: { prefix: /v2/models/iris/ } }]
${selects('iris')}
    - match: [{ port: 80 }]
      route: [{ destination: { host: seldon-mesh, port: { number: 80 } } }]
    - match: [{ port: 9003 }]
      route: [{ destination: { host: seldon-mesh, port: { number: 9003 } } }]`, { gateways: '', hosts: '[seldon-mesh]' })].join('---\n'),
  },
  check: function* (cluster: Cluster): Iterable<Problem> {
    for (const [host, users] of cluster.derived(meshHosts)) {
      const namespace = core2Namespace(cluster, host, '');
      if (namespace === undefined) continue;
      for (const place of users) {
        const missing = [80, STATS_PORT].filter((port) => !rulesFor(cluster, place.object, undefined, port).some(({ isCatchAll }) => isCatchAll));
        if (missing.length === 0) continue;
        const other = missing.includes(80) ? cluster.derived(unroutedModels).get(namespace) : undefined;
        yield {
          ...place,
          level: other === undefined ? Level.WARNING : Level.ERROR,
          problem: `inside the mesh, requests to ${host} on port${missing.length > 1 ? 's' : ''} ${missing.join(' and ')} that match no rule get 404`
            + (other === undefined ? '' : `, such as those for Model "${other}"`),
          remedy: `add a last rule for each port of the Service, as in match: [{ port: ${missing[0]} }], with the Service as destination`,
        };
      }
    }
  },
};

/** A Model of each namespace that no route selects. */
function unroutedModels(cluster: Cluster): ReadonlyMap<string, string> {
  const routed = new Set(cluster.derived(core2Routes).map(({ namespace, model }) => `${namespace}/${model}`));
  const unrouted = cluster.all(ClusterKind.MODEL).filter(({ namespace, name }) => !routed.has(`${namespace}/${name}`));
  return new Map([...unrouted].reverse().map(({ namespace, name }) => [namespace, name]));
}
