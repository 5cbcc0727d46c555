import { Cluster } from '../../cluster/cluster';
import { GatewayServer, ServerHost } from '../../cluster/gateway-view';
import { describePort, describeServer, Gateways } from '../../cluster/gateways';
import { show } from '../../plan/checks/errors';
import { computeIfAbsent } from '../../plan/groups';
import { Level, Problem, Rule } from '../rule';

/**
 * Hosts that two servers with TLS serve.
 *
 * @internal
 */
export const duplicateTlsHost: Rule = {
  id: 'duplicate-tls-host',
  level: Level.ERROR,
  title: 'Two servers with TLS serve the same host',
  codes: ['IST0145', 'KIA0301'],
  page: {
    explanation: 'Envoy selects a server with TLS by the server name of the connection, so on one port of the same pods each host can belong to only one '
      + 'server. Istio drops the whole later server, with all its hosts, and the routes of its Gateway answer no request. If the two hosts differ in their '
      + 'namespace prefix or in capitals, Istio keeps both servers, and Envoy rejects all servers of the port.',
    wrong: `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [models.example.com]
    tls: {mode: SIMPLE, credentialName: models-certificate}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: previews, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [models.example.com, previews.example.com]
    tls: {mode: SIMPLE, credentialName: previews-certificate}
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
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: previews, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [previews.example.com]
    tls: {mode: SIMPLE, credentialName: previews-certificate}
`,
  },
  check: findDuplicates,
};

function findDuplicates(cluster: Cluster): Problem[] {
  const gateways = Gateways.of(cluster);
  const known = new Map<string, Served>();
  return gateways.servers.flatMap((server) => {
    if (server.tlsMode === undefined) return [];
    const listeners = gateways.sharedListeners(server);
    const found = server.hosts.flatMap((host) => {
      const other = listeners.flatMap((listener) => known.get(keyOf(listener, host)) ?? [])[0];
      return other === undefined ? [] : [{ host, other }];
    });
    const own = gateways.listenerOf(server);
    for (const host of server.hosts) computeIfAbsent(known, keyOf(own, host), () => ({ server, host }));
    if (found.length === 0) return [];
    const drops = found.some(({ host, other }) => host.host === other.host.host && host.namespace === other.host.namespace);
    return [duplicate(server, found[0].other.server, found.map(({ host }) => host.host), drops)];
  });
}

/** A host, and a server that serves it. */
interface Served {
  readonly server: GatewayServer;
  readonly host: ServerHost;
}

function keyOf(listener: string, { host }: ServerHost): string {
  return `${listener} ${host.toLowerCase()}`;
}

function duplicate(server: GatewayServer, other: GatewayServer, hosts: readonly string[], drops: boolean): Problem {
  const where = server.gateway === other.gateway ? 'the same Gateway' : `${other.gateway}, on the same pods`;
  const served = hosts.length === 1 ? `host ${show(hosts[0])}` : `hosts ${hosts.map(show).join(', ')}`;
  return {
    object: server.gateway,
    field: [...server.field, 'hosts'],
    problem: `${describeServer(server)} of ${server.gateway} serves ${served} on ${describePort(server)}, as does ${describeServer(other)} of ${where}, `
      + `${drops ? 'and Istio drops one of the two' : 'and Envoy rejects all servers of the port, since the hosts differ only in their namespace or in capitals'}`,
    remedy: 'give one of them other hosts, another port or another selector, or attach all routes of the host to one Gateway',
    related: [{ object: other.gateway, field: [...other.field, 'hosts'] }],
  };
}
