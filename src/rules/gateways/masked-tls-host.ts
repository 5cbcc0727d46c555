import { Cluster } from '../../cluster/cluster';
import { GatewayServer } from '../../cluster/gateway-view';
import { describePort, describeServer, Gateways } from '../../cluster/gateways';
import { show } from '../../plan/checks/errors';
import { widerHosts } from '../../plan/hosts';
import { Level, Problem, Rule } from '../rule';

/**
 * Hosts next to `*` in a server with TLS, for which Envoy selects another server.
 *
 * @internal
 */
export const maskedTlsHost: Rule = {
  id: 'masked-tls-host',
  level: Level.ERROR,
  title: 'A host next to "*" belongs to another server with TLS',
  page: {
    explanation: 'Istio writes no server names for a server with TLS that lists `*`, even if it lists other hosts too. If another server on the port has a '
      + 'wildcard that covers one of these hosts, Envoy selects that server for it, with its certificate and its routes.',
    wrong: `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: ['*', models.example.com]
    tls: {mode: SIMPLE, credentialName: models-certificate}
  - port: {number: 443, name: https-wildcard, protocol: HTTPS}
    hosts: ['*.example.com']
    tls: {mode: SIMPLE, credentialName: wildcard-certificate}
`,
    right: `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [models.example.com]
    tls: {mode: SIMPLE, credentialName: models-certificate}
  - port: {number: 443, name: https-wildcard, protocol: HTTPS}
    hosts: ['*.example.com']
    tls: {mode: SIMPLE, credentialName: wildcard-certificate}
`,
  },
  check: findMasked,
};

function findMasked(cluster: Cluster): Problem[] {
  const gateways = Gateways.of(cluster);
  const wide = gateways.servers.filter(({ tlsMode, hosts }) => tlsMode !== undefined && hosts.length > 1 && hosts.some(({ host }) => host === '*'));
  if (wide.length === 0) return [];
  const wildcards = new Map<string, GatewayServer>();
  for (const server of gateways.servers) {
    // A server that lists "*" has no server names itself.
    if (server.tlsMode === undefined || server.hosts.some(({ host }) => host === '*')) continue;
    const listener = gateways.listenerOf(server);
    for (const { host } of server.hosts) if (host.startsWith('*.')) wildcards.set(`${listener} ${host.toLowerCase()}`, server);
  }
  return wide.flatMap((server) => {
    const listeners = gateways.sharedListeners(server);
    return server.hosts.flatMap(({ host }, i) => {
      const patterns = host === '*' ? [] : widerHosts(host.toLowerCase());
      const by = patterns.flatMap((pattern) => listeners.flatMap((listener) => wildcards.get(`${listener} ${pattern}`) ?? []))[0];
      return by === undefined ? [] : [masked(server, host, i, by)];
    });
  });
}

function masked(server: GatewayServer, host: string, index: number, by: GatewayServer): Problem {
  const where = by.gateway === server.gateway ? 'the same Gateway' : `${by.gateway}, on the same pods`;
  return {
    object: server.gateway,
    field: [...server.field, 'hosts', index],
    problem: `${describeServer(server)} of ${server.gateway} lists host ${show(host)} next to "*" on ${describePort(server)}, and Envoy selects `
      + `${describeServer(by)} of ${where} for it`,
    remedy: `list ${show(host)} in a separate server without "*"`,
    related: [{ object: by.gateway, field: [...by.field, 'hosts'] }],
  };
}
