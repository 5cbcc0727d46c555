import { Cluster } from '../../cluster/cluster';
import { GatewayServer } from '../../cluster/gateway-view';
import { describePort, describeServer, Gateways } from '../../cluster/gateways';
import { show } from '../../plan/checks/errors';
import { computeIfAbsent } from '../../plan/groups';
import { Level, Problem, Rule } from '../rule';

/**
 * Hosts that one server serves and another one redirects.
 *
 * @internal
 */
export const redirectedGatewayHost: Rule = {
  id: 'redirected-gateway-host',
  level: Level.ERROR,
  title: 'A server redirects the host of another one to https',
  codes: ['IST0145', 'KIA0301'],
  page: {
    explanation: 'Servers for plain HTTP on one port of the same pods share their routes. If one of them redirects a host to https, Istio redirects all '
      + 'requests for this host on the port, also those for routes of the other server.',
    wrong: `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: secure, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: [models.example.com]
    tls: {httpsRedirect: true}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: plain, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: [models.example.com]
`,
    right: `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: secure, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: [models.example.com]
    tls: {httpsRedirect: true}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: plain, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: [plain.example.com]
`,
  },
  check: findRedirected,
};

function findRedirected(cluster: Cluster): Problem[] {
  const gateways = Gateways.of(cluster);
  const redirects = new Map<string, GatewayServer>();
  for (const server of gateways.servers) {
    if (!server.redirects) continue;
    const listener = gateways.listenerOf(server);
    for (const { host } of server.hosts) computeIfAbsent(redirects, `${listener} ${host.toLowerCase()}`, () => server);
  }
  if (redirects.size === 0) return [];
  return gateways.servers.flatMap((server) => {
    if (!server.plainHttp || server.redirects) return [];
    const listeners = gateways.sharedListeners(server);
    return server.hosts.flatMap(({ host }, i) => {
      const other = listeners.flatMap((listener) => redirects.get(`${listener} ${host.toLowerCase()}`) ?? [])[0];
      return other === undefined ? [] : [redirected(server, host, i, other)];
    });
  });
}

function redirected(server: GatewayServer, host: string, index: number, other: GatewayServer): Problem {
  const where = other.gateway === server.gateway ? 'the same Gateway' : `${other.gateway}, on the same pods`;
  return {
    object: server.gateway,
    field: [...server.field, 'hosts', index],
    problem: `${describeServer(server)} of ${server.gateway} serves host ${show(host)} on ${describePort(server)}, which ${describeServer(other)} of ${where} `
      + 'redirects to https, so all requests for it are redirected',
    remedy: 'remove the host from one of the two servers, or give one of them another port or selector',
    related: [{ object: other.gateway, field: [...other.field, 'hosts'] }],
  };
}
