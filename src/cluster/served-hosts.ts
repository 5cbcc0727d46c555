import { GatewayServer, GatewayView } from './gateway-view';
import { computeIfAbsent } from '../plan/groups';
import { widerHosts } from '../plan/hosts';

/**
 * Hosts that a server and a route have in common.
 *
 * @internal
 */
export interface ServedPart {
  /** The server. */
  readonly server: GatewayServer;
  /** The narrower of the two hosts, as written. */
  readonly part: string;
}

/** Hosts of servers for the routes of one namespace, or of all. */
interface HostIndex {
  /** The servers of each host. */
  readonly exact: Map<string, GatewayServer[]>;
  /** The hosts that each wildcard covers, without the wildcard itself. */
  readonly below: Map<string, Set<string>>;
}

/**
 * The hosts of a Gateway, indexed so that those of a route are found without a scan. The comparison is case-sensitive, as in Istio.
 *
 * @internal
 */
export class ServedHosts {
  /** By namespace; those for all namespaces have the key "*". */
  private readonly byNamespace = new Map<string, HostIndex>();

  constructor(view: GatewayView) {
    for (const server of view.servers) {
      for (const { host, namespace = '*' } of server.hosts) {
        const { exact, below } = computeIfAbsent(this.byNamespace, namespace, () => ({ exact: new Map(), below: new Map() }));
        computeIfAbsent(exact, host, () => []).push(server);
        for (const wider of widerHosts(host)) computeIfAbsent(below, wider, () => new Set()).add(host);
      }
    }
  }

  /** What the servers and a host of a route in a namespace have in common. */
  public partsOf(asked: string, namespace: string): ServedPart[] {
    return ['*', namespace].flatMap((key) => {
      const index = this.byNamespace.get(key);
      if (index === undefined) return [];
      const wider = [asked, ...widerHosts(asked)].flatMap((host) => (index.exact.get(host) ?? []).map((server) => ({ server, part: asked })));
      const narrower = [...index.below.get(asked) ?? []].flatMap((part) => index.exact.get(part)!.map((server) => ({ server, part })));
      return [...wider, ...narrower];
    });
  }

  /** Whether some hosts are only for routes of other namespaces. */
  public hasOthersThan(namespace: string): boolean {
    return [...this.byNamespace.keys()].some((key) => key !== '*' && key !== namespace);
  }

  /** The first hosts for routes in a namespace, and the number of all. */
  public listFor(namespace: string, limit: number): { readonly first: readonly string[]; readonly count: number } {
    const indexes = ['*', namespace].flatMap((key) => this.byNamespace.get(key) ?? []);
    const first: string[] = [];
    for (const { exact } of indexes) {
      for (const host of exact.keys()) {
        if (first.length === limit) break;
        first.push(host);
      }
    }
    return { first, count: indexes.reduce((sum, { exact }) => sum + exact.size, 0) };
  }

  /** Whether the servers and a host of a route in a namespace have hosts in common. */
  public meets(asked: string, namespace: string): boolean {
    return ['*', namespace].some((key) => {
      const index = this.byNamespace.get(key);
      return index !== undefined && (index.exact.has(asked) || index.below.has(asked) || widerHosts(asked).some((host) => index.exact.has(host)));
    });
  }
}
