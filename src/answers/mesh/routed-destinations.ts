import { Cluster } from '../../cluster/cluster';
import { ClusterObject } from '../../cluster/cluster-object';
import { isObject, JsonObject, listOf, numberOf, objectOf, stringOf, stringsOf } from '../../cluster/json';
import { httpRules, isDelegate } from '../../cluster/routing/delegates';
import { knownVirtualServices } from '../../cluster/routing/operator-virtual-services';
import { computeIfAbsent } from '../../plan/groups';

/**
 * A VirtualService of sidecars that sends requests to a host.
 *
 * @internal
 */
export interface RoutedDestination {
  /** The VirtualService. */
  readonly object: ClusterObject;
  /** Its hosts in full. */
  readonly hosts: readonly string[];
  /** The ports that its rules name for the destination. */
  readonly ports: ReadonlySet<number>;
}

/**
 * The destinations of the VirtualServices that sidecars use, mirrors included, by host.
 *
 * @internal
 */
export function routedDestinations(cluster: Cluster): ReadonlyMap<string, readonly RoutedDestination[]> {
  const found = new Map<string, RoutedDestination[]>();
  for (const object of knownVirtualServices(cluster)) {
    const gateways = stringsOf(object.spec.gateways);
    if (isDelegate(object) || (gateways.length > 0 && !gateways.includes('mesh'))) continue;
    const hosts = stringsOf(object.spec.hosts).map((host) => cluster.fullHost(host, object.namespace));
    for (const [host, ports] of portsByHost(cluster, object)) computeIfAbsent(found, host, () => []).push({ object, hosts, ports });
  }
  return found;
}

function portsByHost(cluster: Cluster, root: ClusterObject): ReadonlyMap<string, ReadonlySet<number>> {
  const found = new Map<string, Set<number>>();
  for (const { object, rule } of httpRules(cluster, root)) {
    for (const { host, port } of destinationsIn(rule)) {
      if (typeof host !== 'string') continue;
      const ports = computeIfAbsent(found, cluster.fullHost(host, object.namespace), () => new Set());
      const number = numberOf(objectOf(port).number);
      if (number !== undefined) ports.add(number);
    }
  }
  return found;
}

function destinationsIn({ route, mirror, mirrors }: JsonObject): readonly JsonObject[] {
  const within = (holders: unknown) => listOf(holders).filter(isObject).map(({ destination }) => objectOf(destination));
  return [...within(route), ...within(mirrors), objectOf(mirror)].filter(({ host }) => stringOf(host) !== undefined);
}
