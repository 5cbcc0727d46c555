import { Cluster } from '../../cluster/cluster';
import { ClusterObject } from '../../cluster/cluster-object';
import { RouteRule } from '../../cluster/destinations';
import { AttachedRoute, attachedRoutes, GatewayReference, MESH_GATEWAY, referencesIn } from '../../cluster/gateway-references';
import { GatewayServer } from '../../cluster/gateway-view';
import { Gateways } from '../../cluster/gateways';
import { listOf, numberOf, objectOf, stringsOf } from '../../cluster/json';
import { computeIfAbsent } from '../../plan/groups';

/**
 * Where requests for a rule arrive.
 *
 * @internal
 */
export interface Listeners {
  /** Servers of Gateways that forward HTTP requests to the rule. */
  readonly servers: readonly GatewayServer[];
  /** Whether these are all, so that no Gateway is unknown. */
  readonly complete: boolean;
  /** Whether gateways forward requests to the rule, known or not. */
  readonly gateways: boolean;
  /** Whether sidecars forward requests to the rule. */
  readonly mesh: boolean;
  /** The VirtualService. */
  readonly route: AttachedRoute;
}

/**
 * Finds where HTTP requests for a rule arrive.
 *
 * @internal
 */
export function listenersOf(cluster: Cluster, { route: object, json, field }: RouteRule): Listeners {
  const route = cluster.derived(routesByObject).get(object)!;
  const gateways = Gateways.of(cluster);
  const servers = new Set<GatewayServer>();
  const matches = listOf(json.match);
  // A delegate has no hosts, and the requests of another VirtualService.
  let complete = route.hosts.length > 0;
  let mesh = false;
  let throughGateways = false;
  for (const match of matches.length === 0 ? [{}] : matches) {
    const { gateways: own, port } = objectOf(match);
    const restricted = listOf(own).length > 0;
    const references = restricted ? referencesIn(object, own, field) : route.gateways;
    mesh ||= restricted ? stringsOf(own).includes(MESH_GATEWAY) : route.mesh;
    throughGateways ||= references.length > 0;
    complete &&= references.every(({ key }) => gateways.find(key) !== undefined);
    const find = () => serving(gateways, references, route);
    const served = restricted ? find() : computeIfAbsent(cluster.derived(known), route, find);
    for (const server of served) {
      if (numberOf(port) === undefined || port === server.port) servers.add(server);
    }
  }
  return { servers: [...servers], complete, gateways: throughGateways, mesh, route };
}

function known(): Map<AttachedRoute, readonly GatewayServer[]> {
  return new Map();
}

function routesByObject(cluster: Cluster): ReadonlyMap<ClusterObject, AttachedRoute> {
  return new Map(attachedRoutes(cluster).map((route) => [route.object, route]));
}

function serving(gateways: Gateways, references: readonly GatewayReference[], { object, hosts }: AttachedRoute): GatewayServer[] {
  return references.flatMap(({ key }) => {
    const view = gateways.find(key);
    if (view === undefined) return [];
    const parts = hosts.flatMap((host) => gateways.hostsOf(view).partsOf(host, object.namespace));
    return parts.map(({ server }) => server).filter(({ http, redirects }) => http && !redirects);
  });
}
