import { Cluster } from '../../cluster/cluster';
import { GatewayServer } from '../../cluster/gateway-view';
import { describePort, describeServer, Gateways } from '../../cluster/gateways';
import { objectOf, stringOf } from '../../cluster/json';
import { show } from '../../plan/checks/errors';
import { computeIfAbsent } from '../../plan/groups';
import { Level, Problem, Rule } from '../rule';

/**
 * Servers with different hosts and the same certificate.
 *
 * @internal
 */
export const sharedCertificate: Rule = {
  id: 'shared-certificate',
  level: Level.WARNING,
  title: 'Two servers use the same certificate for different hosts',
  codes: ['IST0138'],
  page: {
    explanation: 'A browser or another HTTP/2 client reuses a connection for a second host if the certificate is valid for both. Envoy selected the routes '
      + 'of a server by the server name of the connection, so the requests for the second host get 404. Clients that open a connection for each host, such as '
      + 'curl, are not affected.',
    wrong: `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [models.example.com]
    tls: {mode: SIMPLE, credentialName: wildcard-certificate}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: previews, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [previews.example.com]
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
    hosts: [models.example.com, previews.example.com]
    tls: {mode: SIMPLE, credentialName: wildcard-certificate}
`,
  },
  check: findShared,
};

function findShared(cluster: Cluster): Problem[] {
  const gateways = Gateways.of(cluster);
  const known = new Map<string, GatewayServer>();
  return gateways.servers.flatMap((server) => {
    const certificate = certificateOf(server);
    if (certificate === undefined) return [];
    const other = gateways.sharedListeners(server).flatMap((listener) => known.get(`${listener} ${certificate}`) ?? [])[0];
    computeIfAbsent(known, `${gateways.listenerOf(server)} ${certificate}`, () => server);
    // Two servers with a common host are another fault.
    return other === undefined || haveCommonHost(server, other) ? [] : [problem(server, other, certificate)];
  });
}

/** The certificate of a server that ends TLS and routes HTTP. */
function certificateOf({ json, http, tlsMode }: GatewayServer): string | undefined {
  if (!http || tlsMode === undefined) return undefined;
  const { credentialName, serverCertificate } = objectOf(json.tls);
  return stringOf(credentialName) ?? stringOf(serverCertificate);
}

function haveCommonHost(a: GatewayServer, b: GatewayServer): boolean {
  const hosts = new Set(a.hosts.map(({ host }) => host.toLowerCase()));
  return b.hosts.some(({ host }) => hosts.has(host.toLowerCase()));
}

function problem(server: GatewayServer, other: GatewayServer, certificate: string): Problem {
  const where = server.gateway === other.gateway ? 'the same Gateway' : `${other.gateway}, on the same pods`;
  return {
    object: server.gateway,
    field: [...server.field, 'tls'],
    problem: `${describeServer(server)} of ${server.gateway} uses certificate ${show(certificate)} on ${describePort(server)}, as does `
      + `${describeServer(other)} of ${where}, so an HTTP/2 client that reuses its connection for hosts of both gets 404`,
    remedy: 'list all hosts of the certificate in one server, or give each server its own certificate',
    related: [{ object: other.gateway, field: [...other.field, 'tls'] }],
  };
}
