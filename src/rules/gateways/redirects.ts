import { GatewayReference } from '../../cluster/gateway-references';
import { GatewayServer } from '../../cluster/gateway-view';
import { Gateways } from '../../cluster/gateways';
import { ServedPart } from '../../cluster/served-hosts';

/**
 * What the servers of a route's Gateways and one of its hosts have in common; undefined if one of these Gateways is not known.
 *
 * @internal
 */
export function partsServed(
  gateways: Gateways, references: readonly GatewayReference[], asked: string, namespace: string,
): readonly ServedPart[] | undefined {
  const views = new Set(references.map(({ key }) => gateways.find(key)));
  return views.has(undefined) ? undefined : [...views].flatMap((view) => gateways.hostsOf(view!).partsOf(asked, namespace));
}

/**
 * The redirects to https in a cluster. Istio intersects the hosts of a route with those of each server. An intersection is redirected as
 * soon as one redirecting server on the port yields the same intersection.
 *
 * @internal
 */
export class Redirects {
  /** The redirecting servers of hosts on each listener. */
  private readonly hosts = new Map<string, GatewayServer>();

  constructor(private readonly gateways: Gateways) {
    for (const server of gateways.servers.filter(({ redirects }) => redirects)) {
      const listener = gateways.listenerOf(server);
      for (const { host } of server.hosts) this.hosts.set(`${listener} ${host.toLowerCase()}`, server);
    }
  }

  /** Whether there are any. */
  public get any(): boolean {
    return this.hosts.size > 0;
  }

  /**
   * The server that redirects the hosts that a server and a route have in common.
   *
   * @param all All common hosts of the route's servers.
   */
  public of({ server, part }: ServedPart, all: readonly ServedPart[]): GatewayServer | undefined {
    if (server.redirects) return server;
    if (!server.plainHttp || !this.any) return undefined;
    const listeners = this.gateways.sharedListeners(server);
    const exact = listeners.flatMap((listener) => this.hosts.get(`${listener} ${part.toLowerCase()}`) ?? [])[0];
    if (exact !== undefined) return exact;
    const own = all.filter((other) => other.server.redirects && other.part === part).map((other) => other.server);
    return own.find((other) => listeners.includes(this.gateways.listenerOf(other)));
  }
}
