import { Endpoint } from './endpoint';
import { Cluster } from '../../cluster/cluster';
import { GatewayServer } from '../../cluster/gateway-view';
import { ANY_REQUEST } from '../../cluster/routing/request-match';
import { GatewayListener, GatewayListeners } from '../gateways/gateway-listeners';
import { forwardingRules } from '../gateways/opaque-routes';

/**
 * The rules for TLS and TCP at gateways, by server name for TLS that is passed through.
 *
 * @internal
 */
export function forwardedConnections(cluster: Cluster): readonly Endpoint[] {
  const found = new Map<string, Endpoint>();
  for (const listener of new GatewayListeners(cluster).all()) {
    for (const endpoint of opaqueServers(listener).flatMap((server) => endpointsOf(cluster, server, listener))) {
      const { gateway, port, host, object, field } = endpoint;
      found.set(JSON.stringify([gateway, port, host, object.toString(), field]), endpoint);
    }
  }
  return [...found.values()];
}

/** Those for other clusters have no rules. */
function opaqueServers({ servers: { tls, opaque } }: GatewayListener): readonly GatewayServer[] {
  return [...tls.filter(({ http }) => !http), ...opaque === undefined ? [] : [opaque]].filter(({ tlsMode }) => tlsMode !== 'AUTO_PASSTHROUGH');
}

function endpointsOf(cluster: Cluster, server: GatewayServer, { pods }: GatewayListener): readonly Endpoint[] {
  const { gateway, port, tlsMode, clientCertificates } = server;
  const isPassedThrough = tlsMode === 'PASSTHROUGH';
  return forwardingRules(cluster, server, pods).flatMap(({ names, route: { object, field } }) => (
    (isPassedThrough ? names : hostsOf(server)).map((host): Endpoint => ({
      kind: isPassedThrough ? 'tls' : 'tcp',
      gateway: `${gateway.namespace}/${gateway.name}`,
      port,
      tls: tlsMode !== undefined,
      needsCertificate: clientCertificates,
      host,
      match: ANY_REQUEST,
      object,
      field,
    }))
  ));
}

/** Without TLS, a connection has no host. */
function hostsOf({ tlsMode, hosts }: GatewayServer): readonly string[] {
  return tlsMode === undefined ? ['*'] : [...new Set(hosts.map(({ host }) => host.toLowerCase()))];
}
