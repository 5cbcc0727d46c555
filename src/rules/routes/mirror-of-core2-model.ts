import { Cluster } from '../../cluster/cluster';
import { FieldPath, isObject, JsonObject, listOf, objectOf, stringOf } from '../../cluster/json';
import { core2Namespace, core2Routes, Core2Route } from '../../cluster/routing/core2-routes';
import { Level } from '../level';
import { Problem, Rule } from '../rule';

/** A mirror to the Service of Seldon Core 2 from a route that selects a model there. */
export const mirrorOfCore2Model: Rule = {
  id: 'mirror-of-core2-model',
  level: Level.ERROR,
  title: 'A mirror sends requests to the primary model a second time',
  page: {
    explanation: `
All models of Seldon Core 2 in a namespace share one Service, and the header \`seldon-model\` tells Seldon which one a request is for. A
mirror of Istio cannot change headers. The mirrored request carries the header of the primary model, so it reaches the primary model again:
100 requests become 200, and the shadow gets none.`,
    wrong: `
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
          headers: { request: { set: { seldon-model: iris }, remove: [x-seldon-route, seldon-internal-model] } }
      mirror: { host: seldon-mesh, port: { number: 80 } }
`,
    right: `
apiVersion: mlops.seldon.io/v1alpha1
kind: Experiment
metadata: { name: iris, namespace: models }
spec:
  candidates: [{ name: iris, weight: 100 }]
  mirror: { name: iris-shadow, percent: 100 }
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
          headers: { request: { set: { seldon-model: iris.experiment }, remove: [x-seldon-route, seldon-internal-model] } }
`,
  },
  check: (cluster: Cluster) => cluster.derived(core2Routes).flatMap((route) => mirroredBy(cluster, route)),
};

function mirroredBy(cluster: Cluster, { object, rule, ruleField, namespace, model }: Core2Route): Problem[] {
  if (model === undefined) return [];
  return mirrorsOf(rule).filter(({ mirror }) => core2Namespace(cluster, stringOf(mirror.host), object.namespace) === namespace).map(({ field }) => ({
    object,
    field: [...ruleField, ...field],
    problem: `the mirror sends each request to "${model}" a second time, since the mirrored request carries the same header seldon-model`,
    remedy: 'use the mirror of an Experiment of Seldon Core 2, which selects another Model',
  }));
}

function mirrorsOf(rule: JsonObject): { readonly field: FieldPath; readonly mirror: JsonObject }[] {
  const single = isObject(rule.mirror) ? [{ field: ['mirror'], mirror: rule.mirror }] : [];
  return [...single, ...listOf(rule.mirrors).map((mirror, i) => ({ field: ['mirrors', i, 'destination'], mirror: objectOf(objectOf(mirror).destination) }))];
}
