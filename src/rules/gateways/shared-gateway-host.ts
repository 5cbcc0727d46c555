import { Cluster } from '../../cluster/cluster';
import { GatewayServer } from '../../cluster/gateway-view';
import { describePort, describeServer, Gateways } from '../../cluster/gateways';
import { show } from '../../plan/checks/errors';
import { computeIfAbsent } from '../../plan/groups';
import { Level, Problem, Rule } from '../rule';

/**
 * Hosts without TLS that servers of two Gateways serve.
 *
 * @internal
 */
export const sharedGatewayHost: Rule = {
  id: 'shared-gateway-host',
  level: Level.INFO,
  title: 'Two Gateways serve the same host without TLS',
  codes: ['IST0145', 'KIA0301'],
  page: {
    explanation: 'Servers for plain HTTP on one port of the same pods are merged. This works, but the routes of both Gateways then compete for all requests '
      + 'for the host. A Gateway with the same selector does not separate the routes of two teams.',
    wrong: `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: gateway, namespace: team-a}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: [models.example.com]
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: gateway, namespace: team-b}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: [models.example.com]
`,
    right: `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: gateway, namespace: team-a}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: [a.example.com]
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: gateway, namespace: team-b}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: [b.example.com]
`,
  },
  check: findShared,
};

function findShared(cluster: Cluster): Problem[] {
  const gateways = Gateways.of(cluster);
  const known = new Map<string, GatewayServer>();
  return gateways.servers.flatMap((server) => {
    if (!server.plainHttp) return [];
    const listeners = gateways.sharedListeners(server);
    const keys = server.hosts.map(({ host, namespace = '*' }) => `${namespace}/${host.toLowerCase()}`);
    const shared = keys.flatMap((key, i) => {
      const other = listeners.flatMap((listener) => known.get(`${listener} ${key}`) ?? [])[0];
      // A redirect next to a server is another fault, and two redirects do not compete.
      const competes = other !== undefined && other.gateway !== server.gateway && !other.redirects && !server.redirects;
      return competes ? [{ host: server.hosts[i].host, other }] : [];
    });
    const own = gateways.listenerOf(server);
    for (const key of keys) computeIfAbsent(known, `${own} ${key}`, () => server);
    return shared.slice(0, 1).map(({ host, other }) => problem(server, host, other));
  });
}

function problem(server: GatewayServer, host: string, other: GatewayServer): Problem {
  return {
    object: server.gateway,
    field: [...server.field, 'hosts'],
    problem: `${describeServer(server)} of ${server.gateway} serves host ${show(host)} on ${describePort(server)}, as does ${describeServer(other)} of `
      + `${other.gateway}, on the same pods, so the routes of both Gateways compete for its requests`,
    remedy: 'attach all routes of the host to one Gateway, or give the Gateways different hosts, ports or selectors',
    related: [{ object: other.gateway, field: [...other.field, 'hosts'] }],
  };
}
