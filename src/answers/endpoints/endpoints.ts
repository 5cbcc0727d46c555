import { Endpoint } from './endpoint';
import { forwardedConnections } from './forwarded-connections';
import { redirectingServers } from './redirecting-servers';
import { Cluster } from '../../cluster/cluster';
import { Gateways } from '../../cluster/gateways';
import { listOf, objectOf, stringsOf } from '../../cluster/json';
import { meshHosts } from '../../cluster/routing/mesh-hosts';
import { gatewayVirtualHosts, RouteRule, sidecarRules, VirtualHost } from '../../cluster/routing/virtual-hosts';
import { Services } from '../../cluster/services';

/**
 * All matches of all rules, by host, in the order in which Envoy tries them, those for TLS and TCP after those for HTTP, and servers that redirect.
 *
 * @internal
 */
export function endpointsOf(cluster: Cluster): readonly Endpoint[] {
  return [...gatewayEndpoints(cluster), ...redirectingServers(cluster), ...forwardedConnections(cluster), ...meshEndpoints(cluster)];
}

function gatewayEndpoints(cluster: Cluster): Endpoint[] {
  return gatewayVirtualHosts(cluster).flatMap((virtualHost) => {
    const listener = listenerOf(cluster, virtualHost);
    return virtualHost.rules.map((rule) => ({ ...listener, host: virtualHost.host, ...ruleOf(rule) }));
  });
}

/**
 * How clients reach a virtual host of a gateway.
 *
 * @internal
 */
export function listenerOf(
  cluster: Cluster, { gateway, port, host }: Pick<VirtualHost, 'gateway' | 'port' | 'host'>,
): Pick<Endpoint, 'port' | 'tls' | 'needsCertificate'> & { readonly gateway: string } {
  const servers = Gateways.of(cluster).find(gateway)?.servers.filter((each) => each.port === port && each.http) ?? [];
  const server = servers.find(({ hosts }) => hosts.some((served) => covers(served.host.toLowerCase(), host)));
  return { gateway, port: port ?? 80, tls: server?.tlsMode !== undefined, needsCertificate: server?.clientCertificates === true };
}

function covers(pattern: string, host: string): boolean {
  const includes = (wide: string, narrow: string) => wide.startsWith('*') && narrow.endsWith(wide.slice(1));
  return pattern === host || includes(pattern, host) || includes(host, pattern);
}

function meshEndpoints(cluster: Cluster): Endpoint[] {
  return [...meshHosts(cluster)].flatMap(([host, uses]) => uses.flatMap(({ object }) => {
    const ports = Services.of(cluster).find(host)?.ports ?? [];
    const port = ports[0]?.number ?? 80;
    return sidecarRules(cluster, object, port).map((rule) => ({
      ...callersOf(rule, object.namespace), port, tls: false, needsCertificate: false, host, ...ruleOf(rule),
    }));
  }));
}

function callersOf({ rule, field }: RouteRule, otherwise: string): Pick<Endpoint, 'namespace' | 'labels' | 'callers'> {
  const match = objectOf(listOf(rule.match)[Number(field[field.length - 1])]);
  const namespace = stringsOf([match.sourceNamespace])[0];
  const labels = Object.entries(objectOf(match.sourceLabels)).flatMap(([name, value]) => stringsOf([value]).map((text) => [name, text] as const));
  return {
    namespace: namespace ?? otherwise,
    ...labels.length === 0 ? {} : { labels: Object.fromEntries(labels) },
    callers: [
      ...namespace === undefined ? [] : [`from namespace ${namespace}`],
      ...labels.length === 0 ? [] : [`from pods ${labels.map(([name, value]) => `${name}=${value}`).join(',')}`],
    ],
  };
}

function ruleOf({ match, object, field }: RouteRule): Pick<Endpoint, 'match' | 'object' | 'field'> {
  return { match, object, field };
}
