import { Cluster } from '../../cluster/cluster';
import { ClusterKind, ClusterObject } from '../../cluster/cluster-object';
import { FieldPath, isObject, listOf, numberOf, objectOf, stringOf } from '../../cluster/json';
import { gatewayFaults } from '../../objects/istio/gateway-faults';
import { show } from '../../plan/checks/errors';
import { rejectionsOf } from '../rejections/rejections-of';
import { Level, Problem, Rule } from '../rule';

/** The protocols that Istio knows, in upper case. */
const PROTOCOLS = ['HTTP', 'HTTPS', 'HTTP2', 'GRPC', 'GRPC-WEB', 'HTTP_PROXY', 'TLS', 'TCP', 'UDP', 'MONGO', 'REDIS', 'MYSQL'];

const UNIX = 'unix://';

/**
 * Ports of servers that Istio's webhook rejects.
 *
 * @internal
 */
export const invalidGatewayPort: Rule = {
  id: 'invalid-gateway-port',
  level: Level.ERROR,
  rejects: 'by meaning',
  title: 'Istio rejects the port of a server',
  codes: ['IST0106'],
  page: {
    explanation: 'Each server of a Gateway needs a port with a number, a protocol that Istio knows and a name that no other server of the Gateway has. '
      + 'Otherwise Istio\'s webhook rejects the whole Gateway. Where no webhook runs, istiod ignores it.',
    wrong: `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: [models.example.com]
  - port: {number: 8080, name: http, protocol: HTTP}
    hosts: [models.example.com]
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
  - port: {number: 8080, name: http-internal, protocol: HTTP}
    hosts: [models.example.com]
`,
  },
  check: (cluster: Cluster) => cluster.all(ClusterKind.GATEWAY).flatMap((object) => [
    ...checkGateway(object), ...rejectionsOf(object, gatewayFaults(object.spec, object.name)),
  ]),
};

function checkGateway(object: ClusterObject): Problem[] {
  const servers = listOf(object.spec.servers);
  if (servers.length === 0) {
    return [{ object, field: ['spec', 'servers'], problem: `${object} has no server`, remedy: 'add at least one server, since Istio rejects a Gateway without any' }];
  }
  const names = new Map<string, number>();
  return servers.flatMap((server, i) => {
    const field = ['spec', 'servers', i];
    const { port, bind } = objectOf(server);
    if (!isObject(port)) return [problemAt(object, field, `servers[${i}] has no port`, 'set its number, name and protocol')];
    return [...checkPort(object, i, port.number, port.protocol, stringOf(bind)), ...checkName(object, i, port.name, names)];
  });
}

function checkPort(object: ClusterObject, i: number, number: unknown, protocol: unknown, bind: string | undefined): Problem[] {
  const field = ['spec', 'servers', i, 'port'];
  const value = numberOf(number);
  const found: Problem[] = [];
  if (bind?.startsWith(UNIX)) {
    if (value !== undefined && value !== 0) {
      found.push(problemAt(object, [...field, 'number'], `servers[${i}] is bound to a Unix socket and has port ${value}`, 'set the number of the port to 0'));
    }
  } else if (value === undefined || !isPort(value)) {
    found.push(problemAt(object, [...field, 'number'], `the port of servers[${i}] has ${number === undefined ? 'no number' : `number ${show(number)}`}`,
      typeof number === 'string' && isPort(Number(number)) ? 'write it without quotes' : 'set an integer from 1 to 65535'));
  }
  if (!PROTOCOLS.includes((stringOf(protocol) ?? '').toUpperCase())) {
    found.push(problemAt(object, [...field, 'protocol'],
      `the port of servers[${i}] has ${protocol === undefined ? 'no protocol' : `protocol ${show(protocol)}, which Istio does not know`}`,
      `set one of ${PROTOCOLS.join(', ')}`));
  }
  return found;
}

function isPort(number: number): boolean {
  return Number.isInteger(number) && number >= 1 && number <= 65535;
}

function checkName(object: ClusterObject, i: number, written: unknown, names: Map<string, number>): Problem[] {
  const field = ['spec', 'servers', i, 'port', 'name'];
  const name = stringOf(written);
  if (name === undefined) return [problemAt(object, field, `the port of servers[${i}] has no name`, 'give each port a name, such as "http" or "https"')];
  const other = names.get(name);
  if (other === undefined) {
    names.set(name, i);
    return [];
  }
  return [problemAt(object, field, `the ports of servers[${other}] and servers[${i}] are both named ${show(name)}`, 'give each server of the Gateway its own port name')];
}

function problemAt(object: ClusterObject, field: FieldPath, problem: string, remedy: string): Problem {
  return { object, field, problem: `${problem}, so Istio rejects ${object}`, remedy };
}
