import { IConstruct } from 'constructs';
import { Mesh } from '../../mesh/mesh';
import { Warnings } from '../../mesh/warnings';
import { show } from '../../plan/checks/errors';
import { computeIfAbsent } from '../../plan/groups';
import { RoutedEndpoints } from '../virtual-service/routed-endpoints';

/** Hosts and their owner. @internal */
export interface Hosts<T> {
  /** The owner. */
  readonly of: T;
  /** DNS names and wildcards such as `*.example.com`. */
  readonly hosts: readonly string[];
}

/** A wildcard of a route, and a host of a ServiceEntry that it covers. @internal */
export interface NarrowedWildcard<R, E> {
  /** The route. */
  readonly route: R;
  /** Its wildcard host. */
  readonly wildcard: string;
  /** The ServiceEntry. */
  readonly entry: E;
  /** Its host that the wildcard covers. */
  readonly host: string;
}

/**
 * Finds wildcards of routes inside the mesh that cover hosts of ServiceEntries. Istio then routes only those hosts, and no other
 * names that the wildcard covers. An entry for the wildcard itself covers all of these names.
 *
 * @internal
 */
export function narrowedWildcards<R, E>(routes: readonly Hosts<R>[], entries: readonly Hosts<E>[]): NarrowedWildcard<R, E>[] {
  const known = new Set(entries.flatMap(({ hosts }) => hosts.map((host) => host.toLowerCase())));
  const below = new Map<string, { entry: E; host: string }>();
  for (const { of: entry, hosts } of entries) {
    for (const host of hosts) for (const wildcard of wildcardsAbove(host)) computeIfAbsent(below, wildcard, () => ({ entry, host }));
  }
  return routes.flatMap(({ of: route, hosts }) => hosts.flatMap((wildcard) => {
    const found = known.has(wildcard.toLowerCase()) ? undefined : below.get(wildcard.toLowerCase());
    return found === undefined ? [] : [{ route, wildcard, ...found }];
  }));
}

/** The wildcards that cover a host, without the host itself. */
function wildcardsAbove(host: string): string[] {
  const labels = host.toLowerCase().split('.');
  return labels.slice(1).map((_label, i) => `*.${labels.slice(i + 1).join('.')}`).filter((wildcard) => wildcard !== host.toLowerCase());
}

/**
 * The hosts of a mesh's ServiceEntries, which are compared with the wildcards of its routes.
 *
 * @internal
 */
export class WildcardEntries {
  public static of(construct: IConstruct): WildcardEntries {
    return Mesh.of(construct)._part('wildcard-entries', (scope) => new WildcardEntries(scope));
  }

  private readonly entries: Hosts<IConstruct>[] = [];

  private constructor(scope: IConstruct) {
    Warnings._later(scope, () => this.warn(scope));
  }

  /** Adds a ServiceEntry. */
  public add(entry: IConstruct, hosts: readonly string[]): void {
    this.entries.push({ of: entry, hosts });
  }

  private warn(scope: IConstruct): void {
    const inMesh = RoutedEndpoints.of(scope).endpoints.filter(({ endpoint }) => endpoint.endpoint.gateways.length === 0);
    const routes = inMesh.map((each) => ({ of: each, hosts: each.endpoint.endpoint.hosts }));
    for (const { route, wildcard, entry, host } of narrowedWildcards(routes, this.entries)) {
      Warnings._add(entry, `host ${show(host)} is covered by host ${show(wildcard)} of ${route.description} inside the mesh`,
        'next to a ServiceEntry, Istio routes no other name that the wildcard covers, and callers of those bypass the endpoint. List the hosts of the endpoint in full');
    }
  }
}
