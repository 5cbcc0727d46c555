import { findSubset, subsetDestinations } from './subset-lookup';
import { Cluster } from '../../cluster/cluster';
import { RouteDestination } from '../../cluster/destinations';
import { Services } from '../../cluster/services';
import { show } from '../../plan/checks/errors';
import { computeIfAbsent } from '../../plan/groups';
import { NearNames } from '../../plan/near-names';
import { Level, Problem, Rule } from '../rule';

/**
 * Subsets of destinations that no DestinationRule defines.
 *
 * @internal
 */
export const unknownSubset: Rule = {
  id: 'unknown-subset',
  level: Level.ERROR,
  title: 'A route leads to a subset that no DestinationRule defines',
  codes: ['IST0101', 'KIA1107'],
  page: {
    explanation: 'A subset exists only if the DestinationRule that callers of the host get defines it. Otherwise requests for it get 503. It is a warning if no '
      + 'DestinationRule of the host is known, since another repository may have it.',
    wrong: `
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
metadata: {name: iris, namespace: models}
spec:
  hosts: [models.example.com]
  gateways: [istio-system/models]
  http:
  - match: [{uri: {prefix: /iris/}}]
    route:
    - {destination: {host: iris, port: {number: 80}, subset: v1}, weight: 90}
    - {destination: {host: iris, port: {number: 80}, subset: v2}, weight: 10}
`,
    right: `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: iris, namespace: models}
spec:
  host: iris.models.svc.cluster.local
  subsets:
  - {name: v1, labels: {version: v1}}
  - {name: v2, labels: {version: v2}}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [models.example.com]
  gateways: [istio-system/models]
  http:
  - match: [{uri: {prefix: /iris/}}]
    route:
    - {destination: {host: iris, port: {number: 80}, subset: v1}, weight: 90}
    - {destination: {host: iris, port: {number: 80}, subset: v2}, weight: 10}
`,
  },
  check: (cluster: Cluster) => subsetDestinations(cluster).flatMap((destination) => checkSubset(cluster, destination, destination.subset)),
};

function checkSubset(cluster: Cluster, destination: RouteDestination, subset: string): Problem[] {
  const { route, field, host } = destination;
  const lookup = findSubset(cluster, destination);
  const place = { object: route, field: [...field, 'subset'] };
  const what = `${route} routes to subset ${show(subset)} of host ${host}`;
  if (lookup.kind === 'none') {
    const service = Services.of(cluster).find(host);
    if (service === undefined || service.objects.length === 0) return [];
    return [{
      ...place,
      level: Level.WARNING,
      problem: `${what}, for which there is no DestinationRule next to ${service.objects[0]}`,
      remedy: `define the subset in a DestinationRule in namespace ${service.namespace}. Without it requests get 503`,
      related: service.objects.map((object) => ({ object })),
    }];
  }
  if (lookup.kind !== 'lacking') return [];
  const { rules, hidden } = lookup;
  const near = computeIfAbsent(cluster.derived(knownNames), rules.map(({ object }) => String(object)).join(' '), () => new NearNames(
    rules.flatMap(({ subsets }) => subsets.map(({ name }) => name)),
  )).find(subset);
  return [{
    ...place,
    problem: `${what}, which ${rules.map(({ object }) => object).join(', ')} ${rules.length === 1 ? 'does' : 'do'} not define`
      + `${hidden.length === 0 ? '' : `, and callers do not get that of ${hidden[0].object}, since Istio uses the rules of only one namespace`}, so requests get 503`,
    remedy: `add the subset to the DestinationRule${near === undefined ? '' : `, or route to subset ${show(near)}`}`,
    related: [...rules, ...hidden].map(({ object }) => ({ object })),
  }];
}

/** The subsets of DestinationRules, by the rules. */
function knownNames(): Map<string, NearNames> {
  return new Map();
}
