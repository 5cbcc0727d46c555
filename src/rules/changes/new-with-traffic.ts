import { Cluster } from '../../cluster/cluster';
import { definedBackends, servedBackends, ServedBackend, showShare } from '../../cluster/routing/served-backends';
import { writtenWave } from '../../gitops/argo-cd/sync-waves';
import { Level } from '../level';
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
the earlier state that \`--before\` names, and looks only at routes that exist in both.

The rule is silent if the tool that applies the manifests waits until the backend is ready. With \`healthChecks: argocd\` in the configuration, that
is where the annotation \`argocd.argoproj.io/sync-wave\` puts the route into a later wave; with \`healthChecks: flux\`, everywhere.`,
    before: `
apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: { name: iris-v2, namespace: models }
spec: { storageUri: gs://models/iris-v2, requirements: [sklearn] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: iris, namespace: models }
spec:
  hosts: [models.example.com]
  gateways: [istio-system/gateway]
  http:
    - match: [{ uri: { prefix: /v2/models/iris/ } }]
      route:
        - destination: { host: seldon-mesh, port: { number: 80 } }
          weight: 100
          headers: { request: { set: { seldon-model: iris-v2 }, remove: [x-seldon-route, seldon-internal-model] } }
`,
    wrong: `
apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: { name: iris-v2, namespace: models }
spec: { storageUri: gs://models/iris-v2, requirements: [sklearn] }
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: { name: iris-v3, namespace: models }
spec: { storageUri: gs://models/iris-v3, requirements: [sklearn] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: iris, namespace: models }
spec:
  hosts: [models.example.com]
  gateways: [istio-system/gateway]
  http:
    - match: [{ uri: { prefix: /v2/models/iris/ } }]
      route:
        - destination: { host: seldon-mesh, port: { number: 80 } }
          weight: 90
          headers: { request: { set: { seldon-model: iris-v2 }, remove: [x-seldon-route, seldon-internal-model] } }
        - destination: { host: seldon-mesh, port: { number: 80 } }
          weight: 10
          headers: { request: { set: { seldon-model: iris-v3 }, remove: [x-seldon-route, seldon-internal-model] } }
`,
    right: `
apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: { name: iris-v2, namespace: models }
spec: { storageUri: gs://models/iris-v2, requirements: [sklearn] }
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: { name: iris-v3, namespace: models }
spec: { storageUri: gs://models/iris-v3, requirements: [sklearn] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: iris, namespace: models }
spec:
  hosts: [models.example.com]
  gateways: [istio-system/gateway]
  http:
    - match: [{ uri: { prefix: /v2/models/iris/ } }]
      route:
        - destination: { host: seldon-mesh, port: { number: 80 } }
          weight: 100
          headers: { request: { set: { seldon-model: iris-v2 }, remove: [x-seldon-route, seldon-internal-model] } }
        - destination: { host: seldon-mesh, port: { number: 80 } }
          weight: 0
          headers: { request: { set: { seldon-model: iris-v3 }, remove: [x-seldon-route, seldon-internal-model] } }
`,
  },
  check: (cluster: Cluster) => (cluster.earlier === undefined ? [] : unready(cluster, cluster.earlier)),
};

function unready(cluster: Cluster, earlier: Cluster): Problem[] {
  const before = earlier.derived(servedBackends);
  return [...cluster.derived(servedBackends)].flatMap(([route, backends]) => {
    const served = before.get(route);
    if (served === undefined || served.size === 0) return [];
    return [...backends.values()].filter((backend) => isNew(backend, earlier) && !isAwaited(cluster, backend)).map(problemOf);
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
