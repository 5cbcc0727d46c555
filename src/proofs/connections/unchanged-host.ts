import { HostSide } from './compared-host';
import { RouteOwner } from '../../answers/routes/route-owner';
import { canonical } from '../../cluster/canonical';
import { Cluster } from '../../cluster/cluster';
import { ClusterKind, ClusterObject } from '../../cluster/cluster-object';
import { isDelegate } from '../../cluster/routing/delegates';

/**
 * Whether all objects of two clusters are the same, apart from VirtualServices that have hosts.
 *
 * @internal
 */
export function haveSameSurroundings(before: Cluster, after: Cluster): boolean {
  return Object.values(ClusterKind).every((kind) => {
    const [b, a] = [before, after].map((cluster) => (
      kind === ClusterKind.VIRTUAL_SERVICE ? cluster.all(kind).filter(isDelegate) : cluster.all(kind)
    ));
    return b.length === a.length && b.every((object, i) => isSameObject(object, a[i]));
  });
}

/**
 * Whether a host has the same VirtualServices on both sides, where all other objects are the same.
 *
 * @internal
 */
export function isUnchanged([before, after]: readonly [HostSide, HostSide]): boolean {
  if (!before.isRouted || !after.isRouted || before.found === undefined || after.found === undefined) return false;
  const [b, a] = [before.found.virtualHost.owners, after.found.virtualHost.owners];
  return b.length === a.length && b.every((owner, i) => isSameOwner(owner, a[i]));
}

function isSameOwner(a: RouteOwner, b: RouteOwner): boolean {
  return a.server === b.server && a.visibility === b.visibility && a.gateway?.toString() === b.gateway?.toString()
    && isSameObject(a.virtualService, b.virtualService);
}

/** Documents that are written in the same way are one value. */
function isSameObject(a: ClusterObject, b: ClusterObject): boolean {
  return a.toString() === b.toString() && (a.manifest === b.manifest || canonical(a.manifest) === canonical(b.manifest));
}
