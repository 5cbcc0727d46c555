import { Cluster } from '../../cluster/cluster';
import { ClusterKind } from '../../cluster/cluster-object';
import { destinationsOf } from '../../cluster/routing/backends';
import { httpRules } from '../../cluster/routing/delegates';
import { ServiceName, Services } from '../../cluster/services';

/**
 * What the host of a call may be.
 *
 * @internal
 */
export interface CalledName {
  /** The host in full, in lower case. */
  readonly host: string;
  /** The Service of this name, which is not among the objects; undefined if the host is not that of such a Service. */
  readonly assumed?: ServiceName;
}

/**
 * What the host of a call may be: the full name of a Service also has shorter forms, and one with a dot at the end. There are two possibilities
 * if a Service that is not among the objects may have the name. One that is a destination of rules is assumed to exist, as it is there.
 *
 * @param written The host of the authority in lower case, without its port.
 * @param namespace The namespace of the workload.
 * @internal
 */
export function calledNames(cluster: Cluster, written: string, namespace: string): readonly CalledName[] {
  const services = Services.of(cluster);
  const names = fullNames(cluster, written, namespace);
  const known = names.find((host) => services.find(host)?.host === host) ?? belowWildcard(services, written);
  if (known !== undefined) return [{ host: known }];
  const possible = names.flatMap((host): CalledName[] => {
    const assumed = services.nameOf(host);
    return assumed !== undefined && mayExist(cluster, assumed, written, namespace) ? [{ host, assumed }] : [];
  });
  const routed = possible.find(({ host }) => cluster.derived(destinationHosts).has(host));
  return routed === undefined ? [...possible, { host: written }] : [routed];
}

/** A host below the wildcard of a ServiceEntry. With a dot at the end, only the wildcard itself is compared with the hosts of VirtualServices. */
function belowWildcard(services: Services, written: string): string | undefined {
  if (written.endsWith('.')) return services.find(written.slice(0, -1))?.host;
  return services.find(written) === undefined ? undefined : written;
}

/** The names in full that a host may stand for. */
function fullNames({ clusterDomain }: Cluster, written: string, namespace: string): readonly string[] {
  if (written.endsWith('.')) return [written.slice(0, -1)];
  const labels = written.split('.');
  if (labels.length === 1) return [written, `${written}.${namespace}.svc.${clusterDomain}`];
  if (labels.length === 2) return [written, `${written}.svc.${clusterDomain}`];
  return labels.length === 3 && labels[2] === 'svc' ? [written, `${written}.${clusterDomain}`] : [written];
}

/** Whether other charts may create a Service. Two labels such as `example.com` are the name of one only if there is such a namespace. */
function mayExist(cluster: Cluster, name: ServiceName, written: string, own: string): boolean {
  if (Services.of(cluster).knows(name.namespace)) return false;
  return written !== `${name.name}.${name.namespace}` || name.namespace === own || cluster.derived(namespaces).has(name.namespace);
}

/** The hosts of destinations. */
function destinationHosts(cluster: Cluster): ReadonlySet<string> {
  const rules = cluster.all(ClusterKind.VIRTUAL_SERVICE).flatMap((object) => httpRules(cluster, object));
  return new Set(rules.flatMap(({ object, rule }) => destinationsOf(cluster, object.namespace, rule).map(({ host }) => host)));
}

/** The namespaces that the objects are in or send requests to. */
function namespaces(cluster: Cluster): ReadonlySet<string> {
  const services = Services.of(cluster);
  return new Set([
    ...cluster.objects.map(({ namespace }) => namespace),
    ...cluster.all(ClusterKind.NAMESPACE).map(({ name }) => name),
    ...[...cluster.derived(destinationHosts)].flatMap((host) => services.nameOf(host)?.namespace ?? []),
  ]);
}
