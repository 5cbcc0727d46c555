import { Cluster } from '../../cluster/cluster';
import { GatewayServer } from '../../cluster/gateway-view';
import { describePort, describeServer, Gateways } from '../../cluster/gateways';
import { Level, Problem, Rule } from '../rule';

/** Kinds of servers. Those of one kind can share a port, except plain TCP. */
type Family = 'tls' | 'http' | 'tcp';

/**
 * Servers whose protocols cannot share a port.
 *
 * @internal
 */
export const conflictingGatewayProtocols: Rule = {
  id: 'conflicting-gateway-protocols',
  level: Level.ERROR,
  title: 'Servers of the same pods use one port for different protocols',
  codes: ['IST0145', 'KIA0301'],
  page: {
    explanation: 'Gateways whose selectors select the same pods share the ports of these pods. Servers for plain HTTP can share a port, and so can servers '
      + 'with TLS, which Envoy selects by server name. Of other servers on one port Istio drops all but the first, so their requests reach no route.',
    wrong: `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: database, namespace: data}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: tcp, protocol: TCP}
    hosts: ['*']
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: models}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [models.example.com]
    tls: {mode: SIMPLE, credentialName: models-certificate}
`,
    right: `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: database, namespace: data}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 5432, name: tcp, protocol: TCP}
    hosts: ['*']
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: models}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [models.example.com]
    tls: {mode: SIMPLE, credentialName: models-certificate}
`,
  },
  check: findConflicts,
};

function findConflicts(cluster: Cluster): Problem[] {
  const gateways = Gateways.of(cluster);
  const known = new Map<string, Map<Family, GatewayServer>>();
  return gateways.servers.flatMap((server) => {
    const family = familyOf(server);
    const other = gateways.sharedListeners(server).map((listener) => conflictIn(known.get(listener), family)).find((each) => each !== undefined);
    const listener = gateways.listenerOf(server);
    const families = known.get(listener) ?? new Map<Family, GatewayServer>();
    known.set(listener, families);
    if (!families.has(family)) families.set(family, server);
    return other === undefined ? [] : [conflict(server, other)];
  });
}

function familyOf({ tlsMode, plainHttp }: GatewayServer): Family {
  if (tlsMode !== undefined) return 'tls';
  return plainHttp ? 'http' : 'tcp';
}

function conflictIn(known: ReadonlyMap<Family, GatewayServer> | undefined, family: Family): GatewayServer | undefined {
  return known === undefined ? undefined : [...known].find(([other]) => other !== family || family === 'tcp')?.[1];
}

function conflict(server: GatewayServer, other: GatewayServer): Problem {
  const where = server.gateway === other.gateway ? 'the same Gateway' : `${other.gateway}, on the same pods`;
  return {
    object: server.gateway,
    field: server.field,
    problem: `${describeServer(server)} of ${server.gateway} shares ${describePort(server)} with ${describeServer(other)} of ${where}, and Istio drops one of the two`,
    remedy: 'give one of them another port, or its Gateway another selector. Only servers for plain HTTP, or only servers with TLS, can share a port',
    related: [{ object: other.gateway, field: other.field }],
  };
}
