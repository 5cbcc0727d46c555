import { Cluster } from '../../cluster/cluster';
import { definedBackends, servedBackends, ServedBackend, showShare } from '../../cluster/routing/served-backends';
import { writtenWave } from '../../gitops/argo-cd/sync-waves';
import { Level } from '../level';
import { modelExample, splitExample } from '../routes/core2-route-example';
import { Problem, Rule } from '../rule';

/** A backend that is created in the change that sends requests to it. */
export const newWithTraffic: Rule = {
  id: 'new-with-traffic',
  level: Level.WARNING,
  title: 'A new model, Service or subset gets requests before it is ready',
  page: {
    explanation: `
The change creates a backend and sends requests of an existing route to it. The route changes at once, and the backend takes time: a Model is
loaded, pods start, an Istio proxy learns a new subset. Until then its share of the requests is answered with 404 or 503.

Create it in one commit, without requests or with weight 0, and send requests to it in a later one, when it is ready. The rule compares with
the earlier state that \`--before\` names, and looks only at routes that exist in both. It is silent about a route that sent the same share to the
backend before: nothing changes for its requests but that somebody answers.

The rule is silent if the tool that applies the manifests waits until the backend is ready. With \`healthChecks: argocd\` in the configuration, that
is where the annotation \`argocd.argoproj.io/sync-wave\` puts the route into a later wave; with \`healthChecks: flux\`, everywhere.`,
    before: [modelExample('iris-v2'), splitExample({ 'iris-v2': 100 })].join('---\n'),
    wrong: [modelExample('iris-v2'), modelExample('iris-v3'), splitExample({ 'iris-v2': 90, 'iris-v3': 10 })].join('---\n'),
    right: [modelExample('iris-v2'), modelExample('iris-v3'), splitExample({ 'iris-v2': 100, 'iris-v3': 0 })].join('---\n'),
  },
  check: (cluster: Cluster) => (cluster.earlier === undefined ? [] : unready(cluster, cluster.earlier)),
};

function unready(cluster: Cluster, earlier: Cluster): Problem[] {
  const before = earlier.derived(servedBackends);
  return [...cluster.derived(servedBackends)].flatMap(([route, backends]) => {
    const served = before.get(route);
    if (served === undefined || served.size === 0) return [];
    const getsMore = ({ key, share }: ServedBackend) => share > (served.get(key)?.share ?? 0);
    return [...backends.values()].filter((backend) => getsMore(backend) && isNew(backend, earlier) && !isAwaited(cluster, backend)).map(problemOf);
  });
}

function isNew({ object, key }: ServedBackend, earlier: Cluster): boolean {
  return object !== undefined && !earlier.derived(definedBackends).has(key);
}

function isAwaited({ settings: { healthChecks } }: Cluster, { object, by }: ServedBackend): boolean {
  return healthChecks === 'argocd' ? writtenWave(by.object) > writtenWave(object!) : healthChecks === 'flux';
}

function problemOf({ name, object, field, by, share }: ServedBackend): Problem {
  return {
    ...by,
    related: [{ object: object!, field }],
    problem: `${name} is new, and gets ${showShare(share)} of the requests of this rule as soon as the route is applied, when it may not be ready`,
    remedy: 'create it in one commit, with weight 0 or without a route. Send requests to it in the next commit, when it is ready, and remove what it replaces in a third one',
  };
}
