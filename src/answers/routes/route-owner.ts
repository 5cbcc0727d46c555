import { ProxyView } from './proxy-view';
import { ClusterObject } from '../../cluster/cluster-object';
import { byText } from '../../plan/text-order';

/**
 * A VirtualService in a virtual host, and what decides when its rules are tried.
 *
 * @internal
 */
export interface RouteOwner {
  /** The VirtualService. */
  readonly virtualService: ClusterObject;
  /** What its rules are compiled for. */
  readonly proxy: ProxyView;
  /** The Gateway by which it is bound; undefined for sidecars and for Gateways that are not among the objects. */
  readonly gateway: ClusterObject | undefined;
  /** The position of the server in its Gateway. */
  readonly server: number;
  /** By whom it is seen: 0 if only the namespace of the proxy sees it, 1 if some namespaces do, 2 if all do. Istio uses them in this order. */
  readonly visibility: number;
}

/**
 * Compares owners by the order in which Istio uses them, as far as it is known. Objects that were not read from a cluster are ordered by name.
 *
 * @internal
 */
export function byUse(a: RouteOwner, b: RouteOwner): number {
  if (a.gateway !== undefined && b.gateway !== undefined && a.gateway !== b.gateway) return byAge(a.gateway, b.gateway);
  return a.server - b.server || a.visibility - b.visibility || byAge(a.virtualService, b.virtualService);
}

/**
 * The items that may be the first one that Istio uses, given what is known of the order of their owners.
 *
 * @internal
 */
export function possiblyFirst<T>(items: readonly T[], ownerOf: (item: T) => RouteOwner): readonly T[] {
  let first: T[] = [];
  for (const item of items) {
    if (first.some((other) => isCertainlyBefore(ownerOf(other), ownerOf(item)))) continue;
    first = [...first.filter((other) => !isCertainlyBefore(ownerOf(item), ownerOf(other))), item];
  }
  return first;
}

/**
 * Whether Istio certainly uses an owner before another one.
 *
 * @internal
 */
export function isCertainlyBefore(a: RouteOwner, b: RouteOwner): boolean {
  return byUse(a, b) < 0 && isKnownOrder(a, b);
}

/**
 * Whether the manifests tell which of two owners Istio uses first.
 *
 * @internal
 */
export function isKnownOrder(a: RouteOwner, b: RouteOwner): boolean {
  if (a.gateway !== b.gateway) return a.gateway?.created !== undefined && b.gateway?.created !== undefined;
  if (a.server !== b.server || a.visibility !== b.visibility || a.virtualService === b.virtualService) return true;
  return a.virtualService.created !== undefined && b.virtualService.created !== undefined;
}

function byAge(a: ClusterObject, b: ClusterObject): number {
  const age = a.created !== undefined && b.created !== undefined ? a.created - b.created : 0;
  return age || byText(a.name, b.name) || byText(a.namespace, b.namespace);
}
