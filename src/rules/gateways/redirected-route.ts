import { partsServed, Redirects } from './redirects';
import { Cluster } from '../../cluster/cluster';
import { AttachedRoute, attachedRoutes } from '../../cluster/gateway-references';
import { GatewayServer } from '../../cluster/gateway-view';
import { describeServer, Gateways } from '../../cluster/gateways';
import { listOf } from '../../cluster/json';
import { ServedPart } from '../../cluster/served-hosts';
import { show } from '../../plan/checks/errors';
import { Level, Problem, Rule } from '../rule';

/**
 * Routes that no request reaches, since all servers of their host redirect to https.
 *
 * @internal
 */
export const redirectedRoute: Rule = {
  id: 'redirected-route',
  level: Level.ERROR,
  title: 'All servers for the host of a VirtualService redirect to https',
  page: {
    explanation: 'A server with `httpsRedirect` answers each request with a redirect and applies no route. Without a server that terminates TLS for the host, '
      + 'in a Gateway to which the VirtualService is attached, no request reaches its routes.',
    wrong: `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: [models.example.com]
    tls: {httpsRedirect: true}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [models.example.com]
  gateways: [istio-system/models]
  http:
  - match: [{uri: {prefix: /iris/}}]
    route: [{destination: {host: iris.models.svc.cluster.local, port: {number: 80}}}]
`,
    right: `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: [models.example.com]
    tls: {httpsRedirect: true}
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [models.example.com]
    tls: {mode: SIMPLE, credentialName: models-certificate}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [models.example.com]
  gateways: [istio-system/models]
  http:
  - match: [{uri: {prefix: /iris/}}]
    route: [{destination: {host: iris.models.svc.cluster.local, port: {number: 80}}}]
`,
  },
  check: findRedirected,
};

function findRedirected(cluster: Cluster): Problem[] {
  const gateways = Gateways.of(cluster);
  const redirects = new Redirects(gateways);
  if (!redirects.any) return [];
  return attachedRoutes(cluster).flatMap((route) => {
    if (route.mesh || listOf(route.object.spec.http).length === 0) return [];
    return route.hosts.flatMap((host, i) => {
      const parts = partsServed(gateways, route.gateways, host, route.object.namespace) ?? [];
      const by = redirectOf(redirects, parts);
      return by === undefined ? [] : [redirected(route, i, by)];
    });
  });
}

/** The server that redirects all requests for a host; undefined if some of them reach the routes, or none reaches a server. */
function redirectOf(redirects: Redirects, all: readonly ServedPart[]): GatewayServer | undefined {
  let found: GatewayServer | undefined;
  for (const part of all) {
    if (!part.server.http) continue;
    const by = redirects.of(part, all);
    if (by === undefined) return undefined;
    found = by;
  }
  return found;
}

function redirected({ object, hosts }: AttachedRoute, index: number, by: GatewayServer): Problem {
  return {
    object,
    field: ['spec', 'hosts', index],
    problem: `${object} is for host ${show(hosts[index])}, which ${describeServer(by)} of ${by.gateway} redirects to https, and no server of its Gateways `
      + 'terminates TLS for it, so no request reaches its routes',
    remedy: 'add a server with protocol HTTPS for the host, attach the VirtualService to the Gateway that has one, or remove httpsRedirect',
    related: [{ object: by.gateway, field: by.field }],
  };
}
