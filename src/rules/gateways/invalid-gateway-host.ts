import { Cluster } from '../../cluster/cluster';
import { ClusterKind, ClusterObject } from '../../cluster/cluster-object';
import { listOf, objectOf } from '../../cluster/json';
import { show } from '../../plan/checks/errors';
import { Level, Problem, Rule } from '../rule';

const LABEL = /^[A-Za-z0-9]([-A-Za-z0-9]{0,61}[A-Za-z0-9])?$/;

const IPV4 = /^\d{1,3}(\.\d{1,3}){3}$/;

const MAX_HOST = 255;

/**
 * Hosts of servers that Istio's webhook rejects.
 *
 * @internal
 */
export const invalidGatewayHost: Rule = {
  id: 'invalid-gateway-host',
  level: Level.ERROR,
  rejects: 'by meaning',
  title: 'Istio rejects the host of a server',
  codes: ['IST0106'],
  page: {
    explanation: 'A host of a server is a DNS name with a dot, a wildcard such as `*.example.com`, an IPv4 address, or `*` for all hosts. A namespace '
      + 'and a slash before it restrict it to the routes of that namespace. Istio rejects a Gateway with any other host, such as a short name, a URL or '
      + 'a name with a port.',
    wrong: `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: models, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: [models]
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
`,
  },
  check: (cluster: Cluster) => cluster.all(ClusterKind.GATEWAY).flatMap((object) => listOf(object.spec.servers).flatMap((server, i) => {
    const { hosts } = objectOf(server);
    // The API server names what is no list.
    if (typeof hosts === 'string') return [];
    return listOf(hosts).length === 0 ? [noHost(object, i)] : listOf(hosts).flatMap((host, j) => checkHost(object, i, j, host));
  })),
};

function noHost(object: ClusterObject, i: number): Problem {
  return {
    object, field: ['spec', 'servers', i], problem: `servers[${i}] of ${object} has no host, so Istio rejects the Gateway`, remedy: 'list at least one host, or "*" for all',
  };
}

function checkHost(object: ClusterObject, i: number, j: number, host: unknown): Problem[] {
  const wrong = typeof host === 'string' ? faultOf(host) : 'is not a string';
  if (wrong === undefined) return [];
  return [{
    object,
    field: ['spec', 'servers', i, 'hosts', j],
    problem: `host ${show(host)} of servers[${i}] ${wrong}, so Istio rejects ${object}`,
    remedy: 'set a DNS name with a dot, a wildcard such as "*.example.com", an IPv4 address or "*", with a namespace and a slash before it if only '
      + 'routes of that namespace may use it',
  }];
}

function faultOf(host: string): string | undefined {
  const parts = host.split('/');
  if (parts.length > 2) return 'has more than one slash';
  const [name, namespace] = parts.reverse();
  if (namespace === '' || name === '') return 'has nothing before or after the slash';
  if (namespace !== undefined && namespace !== '*' && namespace !== '.' && !LABEL.test(namespace)) return `has ${show(namespace)} before the slash, which is not a namespace`;
  if (name === '*' || IPV4.test(name)) return undefined;
  if (/:\d+$/.test(name) && name.includes('.')) return 'has a port';
  if (!name.includes('.')) return name.includes(':') ? 'has a port, or is an IPv6 address' : 'is a short name';
  return isDomain(name) ? undefined : 'is not a valid DNS name';
}

/** Only the whole first label can be a wildcard, and the last one is not a number. */
function isDomain(name: string): boolean {
  const [first, ...labels] = name.replace(/\.$/, '').split('.');
  return name.length <= MAX_HOST && (first === '*' || LABEL.test(first)) && labels.every((label) => LABEL.test(label)) && !/(^|\.)\d+\.?$/.test(name);
}
