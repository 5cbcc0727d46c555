import { intendedOperatorService } from './operator-services';
import { Cluster } from '../../cluster/cluster';
import { ClusterKind, ClusterObject } from '../../cluster/cluster-object';
import { allDestinations, RouteDestination } from '../../cluster/destinations';
import { ServiceName, Services } from '../../cluster/services';
import { show } from '../../plan/checks/errors';
import { groupBy } from '../../plan/groups';
import { NearNames } from '../../plan/near-names';
import { Level, Problem, Rule } from '../rule';

/**
 * Hosts of destinations for which there is no Service.
 *
 * @internal
 */
export const unknownDestinationHost: Rule = {
  id: 'unknown-destination-host',
  level: Level.ERROR,
  title: 'A route leads to a host that Istio does not know',
  codes: ['IST0101', 'KIA1101'],
  page: {
    explanation: 'Istio has a cluster only for the hosts of Services and ServiceEntries; requests to others get 503. It completes only names without a dot, with the '
      + 'namespace of the VirtualService. Names such as `iris.models` or `iris.models.svc`, which DNS resolves, are hosts of their own. A Service that is missing '
      + 'is a warning, and is reported only if other Services of the namespace are among the objects. In a namespace with Seldon\'s objects, whose operators create '
      + 'Services, it is reported only if the name is that of a Service of a SeldonDeployment, misspelled in one place.',
    wrong: `
apiVersion: v1
kind: Service
metadata: {name: iris, namespace: models}
spec:
  selector: {app: iris}
  ports: [{name: http, port: 80}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: routes}
spec:
  hosts: [models.example.com]
  gateways: [istio-system/models]
  http:
  - match: [{uri: {prefix: /iris/}}]
    route: [{destination: {host: iris.models, port: {number: 80}}}]
`,
    right: `
apiVersion: v1
kind: Service
metadata: {name: iris, namespace: models}
spec:
  selector: {app: iris}
  ports: [{name: http, port: 80}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: routes}
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
  const services = Services.of(cluster);
  return allDestinations(cluster).flatMap((destination) => {
    if (services.find(destination.host) !== undefined) return [];
    const name = services.nameOf(destination.host);
    return name === undefined ? checkShortened(cluster, destination) : checkService(cluster, destination, name);
  });
}

/** A host such as `iris.models` or `iris.models.svc`, which names a Service in DNS but not in Istio. */
function checkShortened(cluster: Cluster, { route, field, written, host }: RouteDestination): Problem[] {
  const [name, namespace, ...more] = host.split('.');
  if (namespace === undefined || !['', 'svc'].includes(more.join('.'))) return [];
  const full = cluster.fullHost(name, namespace);
  const service = Services.of(cluster).find(full);
  if (service === undefined) return [];
  return [{
    object: route,
    field: [...field, 'host'],
    problem: `${route} routes to host ${show(written)}, which Istio does not complete, so requests get 503`,
    remedy: `set the full name, ${show(full)}`,
    related: service.objects.map((object) => ({ object })),
  }];
}

function checkService(cluster: Cluster, { route, field, written, host }: RouteDestination, { name, namespace }: ServiceName): Problem[] {
  const { names, byName, operated } = cluster.derived(knownServices);
  const intended = intendedOperatorService(cluster, { name, namespace });
  if (intended !== undefined) {
    return [{
      object: route,
      field: [...field, 'host'],
      level: Level.WARNING,
      problem: `${route} routes to host ${host}, and there is no Service ${name} among the objects of namespace ${namespace} and those that Seldon's operator creates`,
      remedy: `check whether ${show(intended.name)} is intended, a Service of ${intended.deployment}. Without the Service requests get 503`,
      related: [{ object: intended.deployment }],
    }];
  }
  // Seldon's operators create Services that are not among the objects.
  if (operated.has(namespace) || name.startsWith('seldon-')) return [];
  const siblings = names.get(namespace);
  const others = written.includes('.') ? undefined : byName.get(name);
  if (siblings === undefined && others === undefined) return [];
  const near = siblings?.find(name);
  const meant = near === undefined ? undefined : cluster.find(ClusterKind.SERVICE, namespace, near);
  const remedy = others !== undefined ? `set the full name of the Service in namespace ${others[0].namespace}, ${show(cluster.fullHost(name, others[0].namespace))}`
    : `create the Service, or a ServiceEntry for the host${near === undefined ? '' : `, or check whether ${show(near)} is intended`}`;
  return [{
    object: route,
    field: [...field, 'host'],
    level: Level.WARNING,
    problem: `${route} routes to host ${host}, and there is no Service ${name} among the objects of namespace ${namespace}`,
    remedy: `${remedy}. Without it requests get 503`,
    related: (others ?? (meant === undefined ? [] : [meant])).slice(0, 1).map((object) => ({ object })),
  }];
}

interface Known {
  /** The names of the Services of each namespace. */
  readonly names: ReadonlyMap<string, NearNames>;
  /** Services by name. */
  readonly byName: ReadonlyMap<string, readonly ClusterObject[]>;
  /** Namespaces in which an operator creates Services. */
  readonly operated: ReadonlySet<string>;
}

function knownServices(cluster: Cluster): Known {
  const services = cluster.all(ClusterKind.SERVICE);
  const operated = [ClusterKind.SELDON_DEPLOYMENT, ClusterKind.SERVER].flatMap((kind) => cluster.all(kind)).map(({ namespace }) => namespace);
  const names = NearNames.ofGroups(groupBy(services, ({ namespace }) => namespace));
  return { names, byName: groupBy(services, ({ name }) => name), operated: new Set(operated) };
}
