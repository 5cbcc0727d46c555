import { IConstruct } from 'constructs';
import { hostsFor } from './gateway-host';
import { ServerEntry, GatewayServers } from './gateway-servers';
import type { Finding } from '../../mesh/findings';
import { inSentences, pathOf, show } from '../../plan/checks/errors';
import { IGateway } from '../../plan/gateway-ref';
import { hostIntersection } from '../../plan/hosts';
import { EndpointPlan, Plan } from '../../plan/plan';

/** A routed endpoint. */
interface Routed {
  readonly at: IConstruct;
  readonly description: string;
  readonly plan: Plan;
  readonly endpoint: EndpointPlan;
}

/**
 * Finds endpoints that no request reaches, since all servers of a host redirect to https. Istio intersects the hosts of a route with
 * those of each server. An intersection is redirected as soon as one redirecting server yields the same intersection, whether its
 * own host is narrower or wider than that of the server that serves requests.
 *
 * @internal
 */
export function findRedirected(at: IConstruct, endpoints: readonly Routed[]): Finding[] {
  const known = GatewayServers.of(at);
  if (!known.redirect) return [];
  return endpoints.flatMap((routed) => {
    const { gateways, hosts } = routed.endpoint.endpoint;
    return [...new Set(hosts.map((host) => host.toLowerCase()))].flatMap((host) => {
      const redirecting = redirectOf(known, gateways, host, routed.plan.namespace);
      if (redirecting === undefined) return [];
      const { portName, gateway, port } = redirecting;
      const text = inSentences(
        `${routed.description} on host ${show(host)}, which server ${show(portName)} of ${pathOf(gateway)} redirects to https on port ${port}`,
        'no request would reach it. Add a server that terminates TLS for the host, or remove the host from the one that redirects');
      return [{ at: routed.at, text }];
    });
  });
}

/** The server that redirects all requests for a route's host; undefined when some reach the route, or when it is unknown. */
function redirectOf(known: GatewayServers, gateways: readonly IGateway[], asked: string, namespace: string | undefined): ServerEntry | undefined {
  let found: ServerEntry | undefined;
  for (const gateway of gateways) {
    const servers = known.of(gateway);
    // Whether an existing Gateway redirects is unknown.
    if (servers === undefined) return undefined;
    for (const server of servers) {
      for (const host of server.redirects || !server.http ? [] : partsOf(server, asked, namespace)) {
        const redirecting = redirectingServer(known, gateways, server, host, asked, namespace);
        if (redirecting === undefined) return undefined;
        found = redirecting;
      }
    }
  }
  return found;
}

/**
 * The server that redirects hosts of a route which another server would serve.
 *
 * @param known All servers.
 * @param gateways Gateways of the route.
 * @param server The server.
 * @param part Hosts that the server and the route have in common.
 * @param asked The host of the route.
 * @param namespace Its namespace.
 * @internal
 */
export function redirectingServer(
  known: GatewayServers, gateways: readonly IGateway[], server: ServerEntry, part: string, asked: string, namespace: string | undefined,
): ServerEntry | undefined {
  if (server.tls) return undefined;
  return known.redirectsOnSamePort(server).find((other) => (
    other.hosts.some((entry) => entry.slice(entry.indexOf('/') + 1).toLowerCase() === part)
    || (gateways.some((each) => known.of(each)?.includes(other)) && partsOf(other, asked, namespace).includes(part))));
}

/**
 * The hosts that a server and a route have in common.
 *
 * @internal
 */
export function partsOf({ hosts, namespace: own }: ServerEntry, asked: string, namespace: string | undefined): string[] {
  return hostsFor(hosts, own, namespace).flatMap((host) => hostIntersection(host.toLowerCase(), asked) ?? []);
}
