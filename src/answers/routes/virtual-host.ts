import { Route } from './route';
import { byUse, isKnownOrder, possiblyFirst, RouteOwner } from './route-owner';
import { writtenRoutes } from './written-routes';
import { Cluster } from '../../cluster/cluster';
import { MatchIndex } from '../matching/match-index';
import { RouteRequest } from '../matching/route-request';

/** Up to so many rules, a trace shows each one that is tried. */
const SHOWN = 50;

/**
 * Rules that were tried before one matched.
 *
 * @internal
 */
export interface TriedRoutes {
  /** The rules, in order. */
  readonly routes: readonly Route[];
  /** How many more rules do not match. */
  readonly others: number;
}

/** The rules of a virtual host, indexed. */
interface CompiledRoutes {
  /** All rules, in order. */
  readonly routes: readonly Route[];
  /** Those that do not match all requests. */
  readonly index: MatchIndex<Route>;
  /** Those that match all requests. */
  readonly catchAlls: readonly Route[];
  /** Whether the order of all rules is known. */
  readonly isOrdered: boolean;
}

/**
 * A virtual host of Envoy: the rules for a host on a listener, compiled when it is first used.
 *
 * @internal
 */
export class VirtualHost {
  private ownCompiled?: CompiledRoutes;

  /**
   * Creates a virtual host.
   *
   * @param host Its host pattern, in lower case.
   * @param owners The VirtualServices in it, in any order.
   */
  constructor(private readonly cluster: Cluster, public readonly host: string, public readonly owners: readonly RouteOwner[]) {}

  /** Its rules, in the order in which Envoy tries them. */
  public get routes(): readonly Route[] {
    return this.compiled.routes;
  }

  /** Whether the manifests tell the order in which Envoy tries its rules. */
  public get isOrdered(): boolean {
    return this.compiled.isOrdered;
  }

  /**
   * The rule that a request gets. Several if that depends on the age of VirtualServices or Gateways: for each that may be the oldest of
   * those with a rule that matches, its first rule that does. None if no rule matches.
   */
  public choose(request: RouteRequest): readonly Route[] {
    return this.compiled.isOrdered ? chooseFirst(this.compiled, request) : chooseEach(this.compiled, request);
  }

  /** The rules that were tried before one, or all of them if none matches. */
  public triedBefore(chosen: Route | undefined, request: RouteRequest): TriedRoutes {
    const end = chosen === undefined ? this.routes.length : chosen.position;
    if (end <= SHOWN) return { routes: this.routes.slice(0, end), others: 0 };
    const near = this.compiled.index.candidates(request).flatMap((list) => list.slice(0, SHOWN)).filter(({ position }) => position < end);
    const routes = near.sort((a, b) => a.position - b.position).slice(0, SHOWN);
    return { routes, others: end - routes.length };
  }

  private get compiled(): CompiledRoutes {
    return this.ownCompiled ??= compile(this.cluster, this.owners);
  }
}

function compile(cluster: Cluster, unordered: readonly RouteOwner[]): CompiledRoutes {
  const owners = [...unordered].sort(byUse);
  const written = owners.flatMap((owner) => writtenRoutes(cluster, owner.virtualService, owner.proxy).map((route) => ({ owner, route })));
  const ordered = [...written.filter(({ route }) => !route.isCatchAll), ...written.filter(({ route }) => route.isCatchAll)];
  const routes = ordered.map(({ owner, route }, position) => new Route(position, owner, route));
  return {
    routes,
    index: new MatchIndex(routes.filter((route) => !route.written.isCatchAll)),
    catchAlls: routes.filter((route) => route.written.isCatchAll),
    isOrdered: owners.every((owner, i) => i === 0 || isKnownOrder(owners[i - 1], owner)),
  };
}

function chooseFirst({ index, catchAlls }: CompiledRoutes, request: RouteRequest): readonly Route[] {
  let best: Route | undefined;
  for (const list of index.candidates(request)) {
    for (const route of list) {
      if (best !== undefined && route.position >= best.position) break;
      if (route.matches(request)) {
        best = route;
        break;
      }
    }
  }
  return best === undefined ? catchAlls.slice(0, 1) : [best];
}

function chooseEach({ index, catchAlls }: CompiledRoutes, request: RouteRequest): readonly Route[] {
  let first: Route | undefined;
  let others: Route[] | undefined;
  for (const list of index.candidates(request)) {
    for (const route of list) {
      if (!route.matches(request)) continue;
      if (first === undefined) first = route;
      else (others ??= []).push(route);
    }
  }
  if (first === undefined) return catchAlls.length < 2 ? catchAlls : possiblyFirst(firstOfEach(catchAlls), ({ owner }) => owner);
  if (others === undefined) return [first];
  return possiblyFirst(firstOfEach([first, ...others].sort((a, b) => a.position - b.position)), ({ owner }) => owner);
}

function firstOfEach(routes: readonly Route[]): readonly Route[] {
  const found = new Map<RouteOwner, Route>();
  for (const route of routes) {
    if (!found.has(route.owner)) found.set(route.owner, route);
  }
  return [...found.values()];
}
