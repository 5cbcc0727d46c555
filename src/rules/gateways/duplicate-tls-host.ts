import { Cluster } from '../../cluster/cluster';
import { GatewayServer } from '../../cluster/gateway-view';
import { describePort, describeServer, Gateways } from '../../cluster/gateways';
import { show } from '../../plan/checks/errors';
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
      + 'server. Istio drops the whole later server, with all its hosts. The routes of its Gateway then answer no request. The older Gateway is kept.',
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
  const known = new Map<string, GatewayServer>();
  return gateways.servers.flatMap((server) => {
    if (server.tlsMode === undefined) return [];
    const listeners = gateways.sharedListeners(server);
    const hosts = [...new Set(server.hosts.map(({ host }) => host.toLowerCase()))];
    const found = hosts.flatMap((host) => {
      const other = listeners.map((listener) => known.get(`${listener} ${host}`)).find((each) => each !== undefined);
      return other === undefined ? [] : [{ host, other }];
    });
    const listener = gateways.listenerOf(server);
    for (const host of hosts) if (!known.has(`${listener} ${host}`)) known.set(`${listener} ${host}`, server);
    return found.length === 0 ? [] : [duplicate(server, found[0].other, found.map(({ host }) => host))];
  });
}

function duplicate(server: GatewayServer, other: GatewayServer, hosts: readonly string[]): Problem {
  const where = server.gateway === other.gateway ? 'the same Gateway' : `${other.gateway}, on the same pods`;
  const served = hosts.length === 1 ? `host ${show(hosts[0])}` : `hosts ${hosts.map(show).join(', ')}`;
  return {
    object: server.gateway,
    field: [...server.field, 'hosts'],
    problem: `${describeServer(server)} of ${server.gateway} serves ${served} on ${describePort(server)}, as does ${describeServer(other)} of ${where}, `
      + 'and Istio drops one of the two',
    remedy: 'give one of them other hosts, another port or another selector, or attach all routes of the host to one Gateway',
    related: [{ object: other.gateway, field: [...other.field, 'hosts'] }],
  };
}
