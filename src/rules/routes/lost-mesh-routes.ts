import { core2RouteExample, selects } from './core2-route-example';
import { Cluster } from '../../cluster/cluster';
import { MeshHost, meshHosts } from '../../cluster/routing/mesh-hosts';
import { byAge } from '../../cluster/routing/virtual-hosts';
import { haveCommonViewers } from '../../cluster/visibility';
import { Level } from '../level';
import { Problem, Rule } from '../rule';

/** Two VirtualServices for one host inside the mesh, where Istio uses only one. */
export const lostMeshRoutes: Rule = {
  id: 'lost-mesh-routes',
  level: Level.ERROR,
  title: 'Two VirtualServices for one host inside the mesh',
  codes: ['IST0109', 'KIA1106'],
  page: {
    explanation: `
On a gateway, Istio merges the VirtualServices of a host. Sidecars use only one for each host, the oldest, and ignore all rules of the
others for that host.`,
    wrong: ['iris', 'wine'].map((name) => core2RouteExample(`    - match: [{ uri: { prefix: /v2/models/${name}/ } }]
${selects(name)}
    - route: [{ destination: { host: seldon-mesh, port: { number: 80 } } }]`, { name, gateways: '', hosts: '[seldon-mesh]' })).join('---\n'),
    right: core2RouteExample(`    - match: [{ uri: { prefix: /v2/models/iris/ } }]
${selects('iris')}
    - match: [{ uri: { prefix: /v2/models/wine/ } }]
${selects('wine')}
    - match: [{ port: 80 }]
      route: [{ destination: { host: seldon-mesh, port: { number: 80 } } }]
    - match: [{ port: 9003 }]
      route: [{ destination: { host: seldon-mesh, port: { number: 9003 } } }]`, { name: 'models', gateways: '', hosts: '[seldon-mesh]' }),
  },
  check: (cluster: Cluster) => [...cluster.derived(meshHosts)].flatMap(([host, users]) => lostOn(host, users)),
};

function lostOn(host: string, users: readonly MeshHost[]): Problem[] {
  const inOrder = [...users].sort((a, b) => byAge(a.object, b.object));
  return inOrder.flatMap((lost, i): Problem[] => {
    const used = inOrder.slice(0, i).find(({ object }) => object !== lost.object && haveCommonViewers(object, lost.object));
    return used === undefined ? [] : [{
      ...lost,
      related: [used],
      problem: `sidecars use only one VirtualService for host "${host}", so either ${used.object} or ${lost.object} has no effect there`,
      remedy: 'put the rules of both into one VirtualService, or give one of them another host',
    }];
  });
}
