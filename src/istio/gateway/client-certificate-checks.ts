import { ServerEntry, GatewayServers } from './gateway-servers';
import { partsOf, redirectingServer } from './redirect-checks';
import { pathOf, show } from '../../plan/checks/errors';
import { IGateway } from '../../plan/gateway-ref';
import { computeIfAbsent } from '../../plan/groups';
import { hostCovers } from '../../plan/hosts';

/**
 * A route, with what determines the servers that serve it.
 *
 * @internal
 */
export interface ServedRoute {
  /** Its description in messages. */
  readonly description: string;
  /** Its gateways. */
  readonly gateways: readonly IGateway[];
  /** Its hosts. */
  readonly hosts: readonly string[];
  /** Its namespace. */
  readonly namespace: string | undefined;
}

/**
 * A server without client certificates that also serves routes of a server that requires them.
 *
 * @internal
 */
export interface CertificateBypass {
  /** The server that requires no client certificate. */
  readonly open: ServerEntry;
  /** The problem. */
  readonly problem: string;
  /** The remedy. */
  readonly remedy: string;
}

/** Two servers of the same pods, and the first route that both serve. */
interface Pair {
  readonly open: ServerEntry;
  readonly strict: ServerEntry;
  readonly host: string;
  readonly first: string;
  count: number;
}

/**
 * Finds routes of servers that require client certificates which are also reachable without one. Envoy selects the server by the SNI of
 * the connection and the route by the Host header of the request. A route belongs to all servers of its gateways that serve its hosts,
 * so a server with wider hosts and without client certificates, or one without TLS, serves it as well.
 *
 * @internal
 */
export function findCertificateBypasses(known: GatewayServers, routes: readonly ServedRoute[]): CertificateBypass[] {
  if (!known.clientCertificates) return [];
  const pairs = new Map<ServerEntry, Map<ServerEntry, Pair>>();
  for (const route of routes) {
    const servers = route.gateways.flatMap((gateway) => known.of(gateway) ?? []).filter(({ http, redirects }) => http && !redirects);
    for (const strict of servers.filter(({ clientCertificates }) => clientCertificates)) {
      for (const open of servers.filter((each) => !each.clientCertificates && known.onSamePods(each, strict))) {
        const host = openHost(known, route, strict, open);
        if (host === undefined) continue;
        const ofStrict = computeIfAbsent(pairs, strict, () => new Map<ServerEntry, Pair>());
        computeIfAbsent(ofStrict, open, () => ({ open, strict, host, first: route.description, count: 0 })).count += 1;
      }
    }
  }
  return [...pairs.values()].flatMap((ofStrict) => [...ofStrict.values()].map(bypassOf));
}

/** A host of a route that both the server with client certificates and the open one serve. */
function openHost(known: GatewayServers, { gateways, hosts, namespace }: ServedRoute, strict: ServerEntry, open: ServerEntry): string | undefined {
  for (const asked of new Set(hosts.map((each) => each.toLowerCase()))) {
    const reached = partsOf(open, asked, namespace).filter((part) => redirectingServer(known, gateways, open, part, asked, namespace) === undefined);
    const host = partsOf(strict, asked, namespace).find((part) => reached.some((each) => hostCovers(each, part)));
    if (host !== undefined) return host;
  }
  return undefined;
}

function bypassOf({ open, strict, host, first, count }: Pair): CertificateBypass {
  const routes = count === 1 ? first : `${first} and ${count - 1} more`;
  return {
    open,
    problem: `server ${show(open.portName)} of Gateway ${pathOf(open.gateway)} serves ${routes} on host ${show(host)} without a client certificate, `
      + `which server ${show(strict.portName)} of Gateway ${pathOf(strict.gateway)} requires for it`,
    remedy: open.tls
      ? 'callers choose the server by SNI and the route by the Host header. Put the server that requires certificates into a separate Gateway, and attach the routes to it alone'
      : 'set httpsRedirect, or put the server that requires certificates into a separate Gateway, and attach the routes to it alone',
  };
}
