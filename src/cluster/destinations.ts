import { Cluster } from './cluster';
import { ClusterKind, ClusterObject } from './cluster-object';
import { FieldPath, isObject, JsonObject, listOf, numberOf, objectOf, stringOf } from './json';

/** The kinds of rules in a VirtualService. @internal */
export type RuleKind = 'http' | 'tls' | 'tcp';

/**
 * A rule of a VirtualService that forwards requests.
 *
 * @internal
 */
export interface RouteRule {
  /** The VirtualService. */
  readonly route: ClusterObject;
  /** Its kind. */
  readonly kind: RuleKind;
  /** Its manifest. */
  readonly json: JsonObject;
  /** Its field in the VirtualService. */
  readonly field: FieldPath;
  /** The destinations that share its requests, without mirrors. */
  readonly destinations: readonly RouteDestination[];
  /** The destinations of mirrored requests. */
  readonly mirrors: readonly RouteDestination[];
}

/**
 * A destination of a rule.
 *
 * @internal
 */
export interface RouteDestination {
  /** The VirtualService. */
  readonly route: ClusterObject;
  /** Field of the destination. */
  readonly field: FieldPath;
  /** The host as written. */
  readonly written: string;
  /** The host in full, in lower case. */
  readonly host: string;
  /** The port, if specified. */
  readonly port?: number;
  /** The subset, if specified. */
  readonly subset?: string;
  /** Its share of the requests; undefined if it is not specified, which is 0 if the rule has several destinations. */
  readonly weight?: number;
}

/**
 * The rules of all VirtualServices, in order.
 *
 * @internal
 */
export function routeRules(cluster: Cluster): readonly RouteRule[] {
  return cluster.derived(readRules);
}

/**
 * All destinations of the VirtualServices, with those of mirrors.
 *
 * @internal
 */
export function allDestinations(cluster: Cluster): readonly RouteDestination[] {
  return routeRules(cluster).flatMap(({ destinations, mirrors }) => [...destinations, ...mirrors]);
}

function readRules(cluster: Cluster): readonly RouteRule[] {
  return cluster.all(ClusterKind.VIRTUAL_SERVICE).flatMap((route) => (
    (['http', 'tls', 'tcp'] as const).flatMap((kind) => listOf(route.spec[kind]).flatMap((json, i) => {
      if (!isObject(json)) return [];
      const field = ['spec', kind, i];
      return [{ route, kind, json, field, destinations: readShares(cluster, route, json, field), mirrors: readMirrors(cluster, route, json, field) }];
    }))
  ));
}

function readShares(cluster: Cluster, route: ClusterObject, { route: shares }: JsonObject, field: FieldPath): RouteDestination[] {
  return listOf(shares).flatMap((share, i) => {
    const { destination, weight } = objectOf(share);
    return readDestination(cluster, route, destination, [...field, 'route', i, 'destination'], numberOf(weight));
  });
}

function readMirrors(cluster: Cluster, route: ClusterObject, { mirror, mirrors }: JsonObject, field: FieldPath): RouteDestination[] {
  return [
    ...readDestination(cluster, route, mirror, [...field, 'mirror']),
    ...listOf(mirrors).flatMap((each, i) => readDestination(cluster, route, objectOf(each).destination, [...field, 'mirrors', i, 'destination'])),
  ];
}

function readDestination(cluster: Cluster, route: ClusterObject, json: unknown, field: FieldPath, weight?: number): RouteDestination[] {
  const { host, port, subset } = objectOf(json);
  const written = stringOf(host);
  if (written === undefined) return [];
  return [{
    route, field, written, host: cluster.fullHost(written, route.namespace), port: numberOf(objectOf(port).number), subset: stringOf(subset), weight,
  }];
}
