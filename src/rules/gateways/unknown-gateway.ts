import { Cluster } from '../../cluster/cluster';
import { ClusterKind, ClusterObject } from '../../cluster/cluster-object';
import { attachedRoutes, GatewayReference, gatewayReferences } from '../../cluster/gateway-references';
import { Gateways } from '../../cluster/gateways';
import { groupBy } from '../../plan/groups';
import { NearNames } from '../../plan/near-names';
import { Level, Problem, Rule } from '../rule';

/**
 * References to Gateways that do not exist, as far as the other objects show.
 *
 * @internal
 */
export const unknownGateway: Rule = {
  id: 'unknown-gateway',
  level: Level.ERROR,
  title: 'A VirtualService refers to a Gateway that does not exist',
  codes: ['IST0101', 'KIA1102'],
  page: {
    explanation: 'A VirtualService refers to a Gateway by namespace and name, and a name alone means its own namespace. If no such Gateway exists, its rules '
      + 'apply to no request of a gateway, and callers get 404. A Gateway may be managed in another repository, so this rule only reports a reference if a '
      + 'Gateway of that name exists in another namespace, or if the namespace has other Gateways.',
    wrong: `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: [models.example.com]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [models.example.com]
  gateways: [models]
  http:
  - match: [{uri: {prefix: /iris/}}]
    route: [{destination: {host: iris.models.svc.cluster.local, port: {number: 80}}}]
`,
    right: `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: [models.example.com]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [models.example.com]
  gateways: [istio-system/models]
  http:
  - match: [{uri: {prefix: /iris/}}]
    route: [{destination: {host: iris.models.svc.cluster.local, port: {number: 80}}}]
`,
  },
  check: findUnknown,
};

function findUnknown(cluster: Cluster): Problem[] {
  const gateways = Gateways.of(cluster);
  if (gateways.all.length === 0) return [];
  const objects = gateways.all.map(({ object }) => object);
  const byName = groupBy(objects, ({ name }) => name);
  const byNamespace = groupBy(objects, ({ namespace }) => namespace);
  const names = NearNames.ofGroups(byNamespace);
  const namespaces = new Set(cluster.objects.map((object) => (object.type === ClusterKind.NAMESPACE ? object.name : object.namespace)));
  return attachedRoutes(cluster).flatMap(gatewayReferences).flatMap((reference) => {
    if (gateways.find(reference.key) !== undefined) return [];
    const named = byName.get(reference.name);
    if (named !== undefined) return [inOtherNamespace(reference, named[0], namespaces.has(reference.namespace))];
    const next = byNamespace.get(reference.namespace);
    return next === undefined ? [] : [misspelt(reference, next, names.get(reference.namespace)!)];
  });
}

function inOtherNamespace({ route, field, written, namespace, name }: GatewayReference, other: ClusterObject, known: boolean): Problem {
  return {
    object: route,
    field,
    level: known ? Level.ERROR : Level.WARNING,
    problem: `${route} refers to Gateway "${written}", ${known ? 'which does not exist' : 'which is not among these objects'} in namespace ${namespace}, and ${other} exists`,
    remedy: `refer to "${other.namespace}/${name}", or create the Gateway in namespace ${namespace}. Without it callers get 404`,
    related: [{ object: other }],
  };
}

/** Maximum number of Gateways that are listed. */
const LISTED = 3;

/** Another repository may define it, in which case the namespace has Gateways of both. */
function misspelt({ route, field, written, namespace, name }: GatewayReference, existing: readonly ClusterObject[], names: NearNames): Problem {
  const near = names.find(name);
  const meant = near === undefined ? existing.slice(0, LISTED) : existing.filter((object) => object.name === near);
  return {
    object: route,
    field,
    level: Level.WARNING,
    problem: `${route} refers to Gateway "${written}", which is not among the Gateways of namespace ${namespace}`,
    remedy: `${near === undefined ? 'check the name' : `check whether "${namespace}/${near}" is intended`}. Without the Gateway callers get 404`,
    related: meant.slice(0, LISTED).map((object) => ({ object })),
  };
}
