import { findSubset, subsetDestinations } from './subset-lookup';
import { Cluster } from '../../cluster/cluster';
import { RouteDestination } from '../../cluster/destinations';
import { show } from '../../plan/checks/errors';
import { Level, Problem, Rule } from '../rule';

/**
 * Subsets that are defined where the callers do not see them.
 *
 * @internal
 */
export const unseenSubset: Rule = {
  id: 'unseen-subset',
  level: Level.ERROR,
  title: 'A subset is defined in a namespace where Istio does not look for it',
  page: {
    explanation: 'Istio looks for the DestinationRule of a host in the namespace of the caller, which for a route of a gateway is that of the gateway\'s pods, '
      + 'then in the namespace of the Service, then in the root namespace. A rule in a third namespace, such as that of the VirtualService, is not found, and '
      + 'requests for its subsets get 503. It is a warning if some callers are in that namespace, or may be.',
    wrong: `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: iris, namespace: routes}
spec:
  host: iris.models.svc.cluster.local
  subsets:
  - {name: v1, labels: {version: v1}}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: routes}
spec:
  hosts: [models.example.com]
  gateways: [istio-system/models]
  http:
  - match: [{uri: {prefix: /iris/}}]
    route: [{destination: {host: iris.models.svc.cluster.local, port: {number: 80}, subset: v1}}]
`,
    right: `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: iris, namespace: models}
spec:
  host: iris.models.svc.cluster.local
  subsets:
  - {name: v1, labels: {version: v1}}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: routes}
spec:
  hosts: [models.example.com]
  gateways: [istio-system/models]
  http:
  - match: [{uri: {prefix: /iris/}}]
    route: [{destination: {host: iris.models.svc.cluster.local, port: {number: 80}, subset: v1}}]
`,
  },
  check: (cluster: Cluster) => subsetDestinations(cluster).flatMap((destination) => checkSubset(cluster, destination)),
};

function checkSubset(cluster: Cluster, destination: RouteDestination): Problem[] {
  const lookup = findSubset(cluster, destination);
  if (lookup.kind !== 'unseen') return [];
  const { route, field, host, subset } = destination;
  const { rules, serviceNamespace, certain } = lookup;
  const own = rules.find(({ object }) => object.namespace === serviceNamespace);
  return [{
    object: route,
    field: [...field, 'subset'],
    level: certain ? Level.ERROR : Level.WARNING,
    problem: `${route} routes to subset ${show(subset)} of host ${host}, which ${rules[0].object} defines `
      + `${own === undefined ? 'in a namespace where Istio does not look for it' : 'for other namespaces'}, so ${certain ? 'requests' : 'callers in other namespaces'} get 503`,
    remedy: own === undefined ? `move the DestinationRule to the namespace of the Service, ${serviceNamespace}` : 'add the namespace of the callers to its exportTo, or remove exportTo',
    related: rules.map(({ object }) => ({ object })),
  }];
}
