import { Endpoint } from './endpoint';
import { Cluster } from '../../cluster/cluster';
import { GatewayServer } from '../../cluster/gateway-view';
import { Gateways, hostsFor } from '../../cluster/gateways';
import { stringsOf } from '../../cluster/json';
import { ANY_REQUEST } from '../../cluster/routing/request-match';
import { hostIntersection } from '../../plan/hosts';
import { boundTo } from '../gateways/gateway-hosts';

/**
 * The hosts of servers that redirect all requests to https.
 *
 * @internal
 */
export function redirectingServers(cluster: Cluster): readonly Endpoint[] {
  return Gateways.of(cluster).all.flatMap(({ servers }) => servers).filter(({ redirects }) => redirects)
    .flatMap((server) => [...redirectedHosts(cluster, server)].map((host) => endpointOf(server, host)));
}

function endpointOf({ gateway, port, field }: GatewayServer, host: string): Endpoint {
  return {
    kind: 'redirect',
    gateway: `${gateway.namespace}/${gateway.name}`,
    port,
    tls: false,
    needsCertificate: false,
    host,
    match: ANY_REQUEST,
    object: gateway,
    field: [...field, 'tls', 'httpsRedirect'],
  };
}

/** A host for the routes of one namespace is redirected only where there is such a route. */
function redirectedHosts(cluster: Cluster, server: GatewayServer): ReadonlySet<string> {
  const { gateway, hosts } = server;
  const ofAll = hosts.filter(({ namespace }) => namespace === undefined).map(({ host }) => host);
  const bound = ofAll.length === hosts.length ? [] : boundTo(cluster, `${gateway.namespace}/${gateway.name}`);
  const routed = bound.flatMap(({ namespace, spec }) => stringsOf(spec.hosts).flatMap((host) => (
    hostsFor(server, namespace).flatMap((served) => hostIntersection(host, served) ?? [])
  )));
  return new Set([...ofAll, ...routed].map((host) => host.toLowerCase()));
}
