import { Cluster } from '../../cluster/cluster';
import { ClusterKind } from '../../cluster/cluster-object';
import { core2Routes, Core2Route } from '../../cluster/routing/core2-routes';
import { selectedBy, SELECTED_KINDS } from '../../cluster/routing/selected-object';
import { groupBy } from '../../plan/groups';
import { NearNames } from '../../plan/near-names';
import { Level } from '../level';
import { Problem, Rule } from '../rule';

/** A route that selects a Model, Pipeline or Experiment of Seldon Core 2 that is not there. */
export const unknownModel: Rule = {
  id: 'unknown-model',
  level: Level.ERROR,
  title: 'A route to a Model, Pipeline or Experiment that does not exist',
  page: {
    explanation: `
The header \`seldon-model\` selects a Model by its name, a Pipeline by \`<name>.pipeline\`, and an Experiment by \`<name>.experiment\`. Seldon
answers 404 if there is none.

The rule is silent for a namespace of which no Model, Pipeline or Experiment is among the manifests. A missing Model is a warning if there
are only Pipelines and Experiments, whose Models must be in other files. If some of them are in other files, add these as context.`,
    wrong: `
apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: { name: iris-v2, namespace: models }
spec: { storageUri: gs://models/iris, requirements: [sklearn] }
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
          headers: { request: { set: { seldon-model: iris-v1 }, remove: [x-seldon-route, seldon-internal-model] } }
`,
    right: `
apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: { name: iris-v2, namespace: models }
spec: { storageUri: gs://models/iris, requirements: [sklearn] }
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
          headers: { request: { set: { seldon-model: iris-v2 }, remove: [x-seldon-route, seldon-internal-model] } }
`,
  },
  check: (cluster: Cluster) => cluster.derived(core2Routes).flatMap((route) => missing(cluster, route)),
};

function missing(cluster: Cluster, { object, field, namespace, model }: Core2Route): Problem[] {
  if (model === undefined || model.includes('%')) return [];
  const { suffix, kind, label: kindName, name } = selectedBy(model);
  const known = cluster.derived(core2Namespaces).get(namespace);
  if (known === undefined || cluster.find(kind, namespace, name) !== undefined) return [];
  const otherKind = SELECTED_KINDS.find((each) => each.kind !== kind && cluster.find(each.kind, namespace, name) !== undefined);
  const near = known.get(kindName)?.find(name);
  const meant = otherKind === undefined ? near && `${near}${suffix}` : `${name}${otherKind.suffix}`;
  return [{
    object,
    field,
    // Pipelines and Experiments refer to Models, so these are in other files if there are none.
    level: meant === undefined && kind === ClusterKind.MODEL && !known.has(kindName) ? Level.WARNING : Level.ERROR,
    problem: `seldon-model "${model}" selects ${kindName} ${namespace}/${name}, which does not exist, so Seldon answers these requests with 404`,
    remedy: meant === undefined ? `create the ${kindName}, or add the file that holds it as context` : `did you mean "${meant}"?`,
  }];
}

/** The names of the Models, Pipelines and Experiments of each namespace, by kind. */
function core2Namespaces(cluster: Cluster): ReadonlyMap<string, ReadonlyMap<string, NearNames>> {
  const objects = SELECTED_KINDS.flatMap(({ kind }) => cluster.all(kind));
  const namespaces = groupBy(objects, ({ namespace }) => namespace);
  return new Map([...namespaces].map(([namespace, own]) => [namespace, NearNames.ofGroups(groupBy(own, ({ kind }) => kind))]));
}
