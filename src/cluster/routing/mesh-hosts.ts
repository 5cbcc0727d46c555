import { isDelegate } from './delegates';
import { computeIfAbsent } from '../../plan/groups';
import { Cluster } from '../cluster';
import { ClusterKind, ClusterObject } from '../cluster-object';
import { FieldPath, listOf, stringsOf } from '../json';
import { latestObjects } from '../latest-objects';

/**
 * A host of a VirtualService that sidecars use.
 *
 * @internal
 */
export interface MeshHost {
  /** The VirtualService. */
  readonly object: ClusterObject;
  /** The field of the host. */
  readonly field: FieldPath;
}

/**
 * The VirtualServices that sidecars use, by the full name of each host.
 *
 * @internal
 */
export function meshHosts(cluster: Cluster): ReadonlyMap<string, readonly MeshHost[]> {
  const found = new Map<string, MeshHost[]>();
  for (const object of latestObjects(cluster.all(ClusterKind.VIRTUAL_SERVICE))) {
    const gateways = stringsOf(object.spec.gateways);
    if (isDelegate(object) || (gateways.length > 0 && !gateways.includes('mesh'))) continue;
    for (const [i, host] of listOf(object.spec.hosts).entries()) {
      if (typeof host !== 'string') continue;
      computeIfAbsent(found, cluster.fullHost(host, object.namespace), () => []).push({ object, field: ['spec', 'hosts', i] });
    }
  }
  return found;
}
