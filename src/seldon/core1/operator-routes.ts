import { OperatorRoutes } from '../../cluster/core1-operator/routes';
import { matchesOverlap } from '../../plan/conflicts/overlap';
import { computeIfAbsent, groupBy, groupByEach } from '../../plan/groups';
import { hostCovers } from '../../plan/hosts';
import { StringMatch, StringMatchKind } from '../../plan/string-match';

/** A route of this library. @internal */
export interface LibraryRoute {
  /** The route, as messages name it. */
  readonly description: string;
  /** Whether it is for callers inside the mesh instead of gateways. */
  readonly inMesh: boolean;
  /** Its hosts. */
  readonly hosts: readonly string[];
  /** Its REST paths. */
  readonly paths: readonly StringMatch[];
  /** Headers that identify its gRPC calls; none where it accepts no calls. */
  readonly calls: readonly { readonly [name: string]: string }[];
}

/** A route of this library whose requests the operator routes, too. @internal */
export interface SharedRoutes<R extends LibraryRoute> {
  /** The route of this library. */
  readonly route: R;
  /** Those of the operator. */
  readonly operator: OperatorRoutes;
}

/** A route of this library below prefixes of the operator. @internal */
export interface SharedRequests<R extends LibraryRoute> extends SharedRoutes<R> {
  /** The prefixes that both have. */
  readonly prefixes: readonly string[];
}

/**
 * Finds the routes of this library whose requests the operator routes as well. Istio keeps the older of the two, and reports nothing.
 *
 * A page at `/` does not count, since Istio tries it after all other routes of the host. Neither does a route on a more specific host, which
 * Envoy prefers, nor a route inside the mesh where the operator's is behind a gateway, and vice versa.
 *
 * @internal
 */
export function findSharedRequests<R extends LibraryRoute>(routes: readonly R[], operators: readonly OperatorRoutes[]): SharedRequests<R>[] {
  const byPrefix = groupByEach(operators, ({ prefixes }) => prefixes);
  return routes.flatMap((route) => {
    const met = new Map<OperatorRoutes, string[]>();
    for (const prefix of new Set(route.paths.flatMap((path) => prefixesMetBy(path, byPrefix)))) {
      for (const operator of byPrefix.get(prefix)!) computeIfAbsent(met, operator, () => []).push(prefix);
    }
    return [...met].filter(([operator]) => sharesHost(route, operator)).map(([operator, prefixes]) => ({ route, operator, prefixes }));
  });
}

/**
 * Finds the routes of this library whose gRPC calls the operator routes as well: calls with the headers of a deployment satisfy both.
 *
 * @internal
 */
export function findSharedCalls<R extends LibraryRoute>(routes: readonly R[], operators: readonly OperatorRoutes[]): SharedRoutes<R>[] {
  const byCalls = groupBy(operators, ({ calls }) => callsKey(calls));
  return routes.flatMap((route) => {
    const met = new Set(route.calls.flatMap((set) => {
      const others = Object.keys(set).filter((name) => name !== 'seldon' && name !== 'namespace');
      // Other headers identify other calls.
      if (others.length > 0) return [];
      return [...set.seldon === undefined || set.namespace === undefined ? operators : byCalls.get(callsKey(set)) ?? []]
        .filter(({ calls }) => Object.entries(set).every(([name, value]) => calls[name] === value));
    }));
    return [...met].filter((operator) => sharesHost(route, operator)).map((operator) => ({ route, operator }));
  });
}

function callsKey({ seldon, namespace }: { readonly [name: string]: string }): string {
  return JSON.stringify([seldon, namespace]);
}

function prefixesMetBy(path: StringMatch, known: ReadonlyMap<string, unknown>): string[] {
  if (path.kind === StringMatchKind.PREFIX && path.value === '/') return [];
  return candidatesFor(path, known).filter((prefix) => known.has(prefix) && matchesOverlap(path, StringMatch.prefix(prefix)));
}

const OF_DEPLOYMENT = /^\/seldon\/[^/]+\/[^/]+\//;
const OF_EXPLAINER = /^\/seldon\/[^/]+\/[^/]+-explainer\/[^/]+\//;

/** A path that names a deployment is looked up; only wider prefixes and regular expressions are compared with all. */
function candidatesFor({ kind, value }: StringMatch, known: ReadonlyMap<string, unknown>): string[] {
  const deployment = kind === StringMatchKind.REGEX ? undefined : OF_DEPLOYMENT.exec(value)?.[0];
  const explainer = OF_EXPLAINER.exec(value)?.[0];
  if (deployment === undefined || (deployment.endsWith('-explainer/') && explainer === undefined)) return [...known.keys()];
  return explainer === undefined ? [deployment] : [deployment, explainer];
}

function sharesHost(route: LibraryRoute, operator: OperatorRoutes): boolean {
  if (route.inMesh !== operator.inMesh) return false;
  return route.hosts.some((host) => operator.hosts.some((other) => hostCovers(host.toLowerCase(), other)));
}
