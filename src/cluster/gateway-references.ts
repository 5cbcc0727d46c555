import { Cluster } from './cluster';
import { ClusterKind, ClusterObject, nameIn } from './cluster-object';
import { FieldPath, listOf, objectOf, stringsOf } from './json';

/** Name by which a VirtualService refers to the sidecars of the mesh. @internal */
export const MESH_GATEWAY = 'mesh';

/**
 * A reference of a VirtualService to a Gateway.
 *
 * @internal
 */
export interface GatewayReference {
  /** The VirtualService. */
  readonly route: ClusterObject;
  /** The field of the reference. */
  readonly field: FieldPath;
  /** As written. */
  readonly written: string;
  /** Namespace of the Gateway. */
  readonly namespace: string;
  /** Its name. */
  readonly name: string;
  /** Namespace and name. */
  readonly key: string;
}

/**
 * A VirtualService, and the gateways whose requests it routes.
 *
 * @internal
 */
export interface AttachedRoute {
  /** The VirtualService. */
  readonly object: ClusterObject;
  /** Its hosts. A name without a dot is that of a Service in its namespace. A VirtualService without hosts is a delegate. */
  readonly hosts: readonly string[];
  /** Whether it routes requests of sidecars. */
  readonly mesh: boolean;
  /** Its Gateways, without those of single matches. */
  readonly gateways: readonly GatewayReference[];
}

/**
 * The VirtualServices of a cluster, with their gateways.
 *
 * @internal
 */
export function attachedRoutes(cluster: Cluster): readonly AttachedRoute[] {
  return cluster.derived(readRoutes);
}

function readRoutes(cluster: Cluster): readonly AttachedRoute[] {
  return cluster.all(ClusterKind.VIRTUAL_SERVICE).map((object) => {
    const { hosts, gateways } = object.spec;
    const names = stringsOf(gateways);
    return {
      object,
      hosts: stringsOf(hosts).map((host) => fullName(host, object.namespace, cluster.clusterDomain)),
      mesh: stringsOf(hosts).length > 0 && (names.length === 0 || names.includes(MESH_GATEWAY)),
      gateways: referencesIn(object, gateways, ['spec', 'gateways']),
    };
  });
}

/** Unlike the names of Services, hosts at gateways keep their case. */
function fullName(host: string, namespace: string, domain: string): string {
  return host.includes('.') || host.startsWith('*') ? host : `${host}.${namespace}.svc.${domain}`;
}

/**
 * All references of a VirtualService, with those of its matches.
 *
 * @internal
 */
export function gatewayReferences({ object, gateways }: AttachedRoute): GatewayReference[] {
  const inMatches = ['http', 'tls', 'tcp'].flatMap((kind) => listOf(object.spec[kind]).flatMap((rule, i) => (
    listOf(objectOf(rule).match).flatMap((match, j) => referencesIn(object, objectOf(match).gateways, ['spec', kind, i, 'match', j, 'gateways']))
  )));
  return [...gateways, ...inMatches];
}

/**
 * The references in a list of names.
 *
 * @internal
 */
export function referencesIn(route: ClusterObject, names: unknown, field: FieldPath): GatewayReference[] {
  return listOf(names).flatMap((written, i) => {
    if (typeof written !== 'string' || written === '' || written === MESH_GATEWAY) return [];
    const { namespace, name } = splitName(written, route.namespace);
    return [{ route, field: [...field, i], written, namespace, name, key: nameIn(namespace, name) }];
  });
}

/** Istio also accepts names in the form of a host, such as `gateway.namespace.svc.cluster.local`. */
function splitName(written: string, own: string): { readonly namespace: string; readonly name: string } {
  const slash = written.indexOf('/');
  if (slash >= 0) {
    const namespace = written.slice(0, slash);
    return { namespace: namespace === '.' ? own : namespace, name: written.slice(slash + 1) };
  }
  const [name, namespace = own] = written.split('.');
  return { namespace, name };
}
