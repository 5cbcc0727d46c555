import { partsServed, Redirects } from './redirects';
import { Cluster } from '../../cluster/cluster';
import { ClusterObject } from '../../cluster/cluster-object';
import { attachedRoutes } from '../../cluster/gateway-references';
import { GatewayServer } from '../../cluster/gateway-view';
import { describeServer, Gateways } from '../../cluster/gateways';
import { listOf } from '../../cluster/json';
import { show } from '../../plan/checks/errors';
import { computeIfAbsent } from '../../plan/groups';
import { hostCovers } from '../../plan/hosts';
import { Level, Problem, Rule } from '../rule';

/**
 * Routes behind a server that requires client certificates, which are reachable without one.
 *
 * @internal
 */
export const clientCertificateBypass: Rule = {
  id: 'client-certificate-bypass',
  level: Level.WARNING,
  title: 'Routes that require a client certificate are reachable without one',
  page: {
    explanation: 'Envoy selects the server by the server name of the connection, and the route by the `Host` header of the request. A VirtualService belongs '
      + 'to all servers of its Gateways that serve its hosts. A server with a wider host and without client certificates, or one without TLS, therefore '
      + 'serves it too, and callers without a certificate reach it.',
    wrong: `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https-partners, protocol: HTTPS}
    hosts: [partners.example.com]
    tls: {mode: MUTUAL, credentialName: partners-certificate}
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: ['*.example.com']
    tls: {mode: SIMPLE, credentialName: models-certificate}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: fraud, namespace: models}
spec:
  hosts: [partners.example.com]
  gateways: [istio-system/models]
  http:
  - match: [{uri: {prefix: /fraud/}}]
    route: [{destination: {host: fraud.models.svc.cluster.local, port: {number: 80}}}]
`,
    right: `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: ['*.example.com']
    tls: {mode: SIMPLE, credentialName: models-certificate}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: partners, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https-partners, protocol: HTTPS}
    hosts: [partners.example.com]
    tls: {mode: MUTUAL, credentialName: partners-certificate}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: fraud, namespace: models}
spec:
  hosts: [partners.example.com]
  gateways: [istio-system/partners]
  http:
  - match: [{uri: {prefix: /fraud/}}]
    route: [{destination: {host: fraud.models.svc.cluster.local, port: {number: 80}}}]
`,
  },
  check: findBypasses,
};

/** Two servers of the same pods, and a route that both serve. */
interface Bypass {
  readonly open: GatewayServer;
  readonly strict: GatewayServer;
  readonly host: string;
  readonly routes: Set<ClusterObject>;
}

function findBypasses(cluster: Cluster): Problem[] {
  const gateways = Gateways.of(cluster);
  if (!gateways.servers.some(({ clientCertificates }) => clientCertificates)) return [];
  const redirects = new Redirects(gateways);
  const found = new Map<GatewayServer, Map<GatewayServer, Bypass>>();
  for (const { object, hosts, gateways: references } of attachedRoutes(cluster)) {
    if (listOf(object.spec.http).length === 0) continue;
    for (const asked of hosts) {
      const parts = (partsServed(gateways, references, asked, object.namespace) ?? []).filter(({ server }) => server.http);
      const strict = parts.filter(({ server }) => server.clientCertificates);
      if (strict.length === 0) continue;
      const open = parts.filter((part) => !part.server.clientCertificates && redirects.of(part, parts) === undefined);
      for (const { server, part } of strict) {
        for (const each of open) {
          if (!hostCovers(each.part.toLowerCase(), part.toLowerCase()) || !gateways.onSamePods(each.server.gateway, server.gateway)) continue;
          const ofStrict = computeIfAbsent(found, server, () => new Map<GatewayServer, Bypass>());
          computeIfAbsent(ofStrict, each.server, () => ({ open: each.server, strict: server, host: part, routes: new Set() })).routes.add(object);
        }
      }
    }
  }
  return [...found.values()].flatMap((ofStrict) => [...ofStrict.values()].map(problemOf));
}

function problemOf({ open, strict, host, routes: found }: Bypass): Problem {
  const [first, ...more] = found;
  const routes = more.length === 0 ? `${first}` : `${first} and ${more.length} more`;
  return {
    object: open.gateway,
    field: open.field,
    problem: `${describeServer(open)} of ${open.gateway} serves ${routes} on host ${show(host)} without a client certificate, which ${describeServer(strict)} of `
      + `${strict.gateway} requires for it`,
    remedy: open.plainHttp
      ? 'set httpsRedirect, or put the server that requires certificates into a separate Gateway, and attach the routes to it alone'
      : 'put the server that requires certificates into a separate Gateway, and attach the routes to it alone',
    related: [{ object: strict.gateway, field: strict.field }, { object: first }],
  };
}
