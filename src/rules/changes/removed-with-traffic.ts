import { Cluster } from '../../cluster/cluster';
import { ClusterKind, ClusterObject } from '../../cluster/cluster-object';
import { definedBackends, servedBackends, ServedBackend, showShare } from '../../cluster/routing/served-backends';
import { isPrunedLast } from '../../gitops/argo-cd/sync-waves';
import { Level } from '../level';
import { modelExample, splitExample } from '../routes/core2-route-example';
import { Problem, Rule } from '../rule';

/** A backend that is removed in the change that stops sending requests to it. */
export const removedWithTraffic: Rule = {
  id: 'removed-with-traffic',
  level: Level.WARNING,
  title: 'A model, Service or subset is removed while it gets requests',
  page: {
    explanation: `
The change moves requests away from a backend and removes the backend as well. Nothing guarantees the order: a tool that applies manifests may delete
the backend before the proxies know the new route, and its share of the requests is answered with 404 or 503 until then.

Move the requests in one commit, and remove the backend in a later one. The rule compares with the earlier state that \`--before\` names, and looks
only at routes that exist in both. That a route still refers to what is removed is found by other rules.

The rule is silent with \`healthChecks: argocd\` in the configuration if the object had the annotation
\`argocd.argoproj.io/sync-options: PruneLast=true\`: Argo CD then deletes it after all routes are applied.`,
    before: [modelExample('iris-v2'), modelExample('iris-v3'), splitExample({ 'iris-v2': 50, 'iris-v3': 50 })].join('---\n'),
    wrong: [modelExample('iris-v3'), splitExample({ 'iris-v3': 100 })].join('---\n'),
    right: [modelExample('iris-v2'), modelExample('iris-v3'), splitExample({ 'iris-v2': 0, 'iris-v3': 100 })].join('---\n'),
  },
  check: (cluster: Cluster) => (cluster.earlier === undefined ? [] : removed(cluster, cluster.earlier)),
};

function removed(cluster: Cluster, earlier: Cluster): Problem[] {
  const after = cluster.derived(servedBackends);
  return [...earlier.derived(servedBackends)].flatMap(([route, backends]) => {
    const object = routeOf(cluster, route);
    const served = after.get(route);
    if (object === undefined || served === undefined || served.size === 0) return [];
    const gone = [...backends.values()].filter((backend) => !served.has(backend.key) && isRemoved(cluster, backend));
    return gone.map((backend) => problemOf(object, backend));
  });
}

function routeOf(cluster: Cluster, route: string): ClusterObject | undefined {
  const [namespace, name] = route.split('/');
  return cluster.find(ClusterKind.VIRTUAL_SERVICE, namespace, name);
}

function isRemoved(cluster: Cluster, { key, object, field }: ServedBackend): boolean {
  if (object === undefined || cluster.derived(definedBackends).has(key)) return false;
  // A subset is removed when its rule is applied, which no option delays.
  return !(cluster.settings.healthChecks === 'argocd' && field.length === 0 && isPrunedLast(object));
}

function problemOf(route: ClusterObject, { name, share, by }: ServedBackend): Problem {
  return {
    object: route,
    related: [{ object: by.object, field: by.field }],
    problem: `${name} is removed, although it gets ${showShare(share)} of the requests of a rule before the change`,
    remedy: 'keep it in this commit, with weight 0 or without a route. Remove it in the next one, when no request goes to it',
  };
}
