import { ServerEntry, GatewayServers } from './gateway-servers';
import { partsOf, redirectingServer } from './redirect-checks';
import { pathOf, show } from '../../plan/checks/errors';
import { IGateway } from '../../plan/gateway-ref';
import { computeIfAbsent } from '../../plan/groups';
import { hostCovers } from '../../plan/hosts';

/**
 * A route, as far as servers are concerned.
 *
 * @internal
 */
export interface ServedRoute {
  /** What messages call it. */
  readonly description: string;
  /** Its gateways. */
  readonly gateways: readonly IGateway[];
  /** Hosts that callers ask for. */
  readonly hosts: readonly string[];
  /** Its namespace. */
  readonly namespace: string | undefined;
}

/**
 * A server without client certificates by which routes are reached that are meant for one with them.
 *
 * @internal
 */
export interface CertificateBypass {
  /** The server that asks for no certificate. */
  readonly open: ServerEntry;
  /** What is wrong. */
  readonly problem: string;
  /** What to do about it. */
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
 * Finds routes behind a server that requires client certificates which can be reached without one. Envoy selects the server by the SNI of
 * the connection and the route by the Host header of the request, and a route belongs to all servers of its gateways whose hosts
 * include its own: so a wider server without client certificates, or one without TLS, serves it as well.
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

/** A host of a route that a server with client certificates serves and an open one, too. */
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
      ? 'callers choose the server by SNI and the route by the Host header, so give the server that requires certificates a Gateway of its own, and the routes that one alone'
      : 'set httpsRedirect, or give the server that requires certificates a Gateway of its own, and the routes that one alone',
  };
}
