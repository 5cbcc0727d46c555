import { Cluster } from '../../cluster/cluster';
import { ClusterKind, ClusterObject } from '../../cluster/cluster-object';
import { FieldPath, isObject, JsonObject, listOf, numberOf, objectOf, stringOf, stringsOf } from '../../cluster/json';
import { isDomain, isWildcardDomain } from '../../objects/istio/names';
import { serviceEntryFaults } from '../../objects/istio/service-entry-faults';
import { show } from '../../plan/checks/errors';
import { rejectionsOf } from '../rejections/rejections-of';
import { Level, Problem, Rule } from '../rule';

const DNS: readonly string[] = ['DNS', 'DNS_ROUND_ROBIN'];
const HTTP: readonly string[] = ['HTTP', 'HTTP2', 'HTTP_PROXY', 'GRPC', 'GRPC-WEB'];
const TLS: readonly string[] = ['HTTPS', 'TLS'];
const DYNAMIC: readonly string[] = ['HTTP', 'HTTP2', 'GRPC', 'TLS'];

const IPV4 = /^\d{1,3}(\.\d{1,3}){3}$/;

/**
 * ServiceEntries that Istio rejects, or that lead nowhere.
 *
 * @internal
 */
export const invalidServiceEntry: Rule = {
  id: 'invalid-service-entry',
  level: Level.ERROR,
  rejects: 'by meaning',
  title: 'Istio rejects a ServiceEntry, or it has no endpoints',
  codes: ['IST0106'],
  page: {
    explanation: 'How Istio finds the addresses of a ServiceEntry determines which hosts and endpoints it accepts. DNS cannot resolve a wildcard, STATIC needs IP '
      + 'addresses, and NONE forwards to the original address and has no endpoints. Ports have unique names and numbers.',
    wrong: `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: stores, namespace: models}
spec:
  hosts: ['*.s3.amazonaws.com']
  location: MESH_EXTERNAL
  resolution: DNS
  ports: [{number: 443, name: tls, protocol: TLS}]
`,
    right: `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: stores, namespace: models}
spec:
  hosts: ['*.s3.amazonaws.com']
  location: MESH_EXTERNAL
  resolution: NONE
  ports: [{number: 443, name: tls, protocol: TLS}]
`,
  },
  check: (cluster: Cluster) => cluster.all(ClusterKind.SERVICE_ENTRY).flatMap((object) => {
    const found = [...checkHosts(object), ...checkPorts(object), ...checkEndpoints(object), ...checkResolution(object)];
    return [...found, ...rejectionsOf(object, serviceEntryFaults(object.spec, object.namespace), found)];
  }),
};

function rejected(object: ClusterObject, field: FieldPath, problem: string, remedy: string): Problem {
  return { object, field: ['spec', ...field], problem: `${object} ${problem}, so Istio rejects it`, remedy };
}

function checkHosts(object: ClusterObject): Problem[] {
  const hosts = stringsOf(object.spec.hosts);
  if (hosts.length === 0) return [rejected(object, ['hosts'], 'has no host', 'list at least one host')];
  const all = hosts.indexOf('*');
  return all < 0 ? [] : [rejected(object, ['hosts', all], 'has host "*"', 'list the hosts, or a wildcard such as "*.example.com"')];
}

function checkPorts(object: ClusterObject): Problem[] {
  const names = new Set<string>();
  const numbers = new Set<number>();
  return listOf(object.spec.ports).flatMap((port, i) => {
    const { number, name } = objectOf(port);
    const [value, text] = [numberOf(number), stringOf(name)];
    const found: Problem[] = [];
    if (value !== undefined && numbers.has(value)) found.push(rejected(object, ['ports', i, 'number'], `lists port ${value} twice`, 'list each port once'));
    if (text !== undefined && names.has(text)) found.push(rejected(object, ['ports', i, 'name'], `has two ports named ${show(text)}`, 'give each port its own name'));
    if (value !== undefined) numbers.add(value);
    if (text !== undefined) names.add(text);
    return found;
  });
}

function checkEndpoints(object: ClusterObject): Problem[] {
  const { workloadSelector, resolution, ports } = object.spec;
  const endpoints = listOf(object.spec.endpoints);
  if (isObject(workloadSelector) && endpoints.length > 0) {
    return [rejected(object, ['endpoints'], 'has a workloadSelector and endpoints', 'keep one of the two')];
  }
  const names = listOf(ports).map((port) => objectOf(port).name);
  return endpoints.flatMap((endpoint, i) => {
    const { address: written, ports: own } = objectOf(endpoint);
    const address = stringOf(written) ?? '';
    const found: Problem[] = [];
    if (resolution === 'STATIC' && /^[A-Za-z0-9-]*[A-Za-z][A-Za-z0-9.-]*$/.test(address)) {
      found.push(rejected(object, ['endpoints', i, 'address'], `has endpoint ${show(address)} and resolution STATIC`, 'set an IP address, or resolution DNS'));
    }
    const unknown = Object.keys(objectOf(own)).find((name) => !names.includes(name));
    if (unknown !== undefined) {
      found.push(rejected(object, ['endpoints', i, 'ports', unknown], `has an endpoint with port ${show(unknown)}, which none of its ports is named`,
        `use ${names.filter((name) => typeof name === 'string').map(show).join(' or ')}`));
    }
    return found;
  });
}

function checkResolution(object: ClusterObject): Problem[] {
  const { spec } = object;
  const resolution = stringOf(spec.resolution) ?? 'NONE';
  const endpoints = listOf(spec.endpoints);
  if (resolution === 'NONE') {
    return endpoints.length === 0 ? []
      : [rejected(object, ['endpoints'], 'has endpoints and resolution NONE', 'set resolution STATIC for IP addresses, or DNS for names')];
  }
  if (resolution === 'STATIC') return checkStatic(object, endpoints);
  if (resolution === 'DYNAMIC_DNS') return checkDynamic(object, endpoints);
  return DNS.includes(resolution) ? [...checkDns(object, resolution, endpoints), ...checkProtocols(object, resolution)] : [];
}

/** An entry without endpoints is valid, so it is no reason to reject it. */
function checkStatic(object: ClusterObject, endpoints: readonly unknown[]): Problem[] {
  if (endpoints.length > 0 || isObject(object.spec.workloadSelector)) return checkProtocols(object, 'STATIC');
  return [{
    object,
    field: ['spec', 'resolution'],
    level: Level.WARNING,
    problem: `${object} has resolution STATIC without endpoints and without a workloadSelector, so requests for its hosts get 503`,
    remedy: 'set endpoints or a workloadSelector, or another resolution',
  }];
}

function checkDns(object: ClusterObject, resolution: string, endpoints: readonly unknown[]): Problem[] {
  const hosts = stringsOf(object.spec.hosts);
  const wildcard = hosts.findIndex((host) => host.startsWith('*.'));
  const found: Problem[] = [];
  if (endpoints.length === 0 && wildcard >= 0) {
    found.push(rejected(object, ['hosts', wildcard], `has host ${show(hosts[wildcard])} and resolution ${resolution} without endpoints`,
      'set resolution NONE, or DYNAMIC_DNS in Istio 1.28 or later, since DNS cannot resolve a wildcard, or list the hosts'));
  }
  const number = hosts.findIndex((host) => IPV4.test(host) || (isWildcardDomain(host) && !host.startsWith('*.') && !isDomain(host)));
  if (endpoints.length === 0 && number >= 0) {
    found.push(rejected(object, ['hosts', number], `has host ${show(hosts[number])} and resolution ${resolution} without endpoints`,
      'set a DNS name as host, or resolution STATIC with the address as endpoint'));
  }
  if (resolution === 'DNS_ROUND_ROBIN' && endpoints.length > 1) {
    found.push(rejected(object, ['endpoints'], `has ${endpoints.length} endpoints and resolution DNS_ROUND_ROBIN`, 'keep one endpoint, or set resolution DNS'));
  }
  const addresses = stringsOf(object.spec.addresses);
  const block = addresses.findIndex((address) => address.includes('/'));
  if (block >= 0) {
    found.push(rejected(object, ['addresses', block], `has address ${show(addresses[block])} and resolution ${resolution}`, 'set a single address, or resolution NONE or STATIC'));
  }
  return found;
}

function checkDynamic(object: ClusterObject, endpoints: readonly unknown[]): Problem[] {
  const { hosts: written, addresses, ports } = object.spec;
  const hosts = stringsOf(written);
  const plain = hosts.findIndex((host) => !host.startsWith('*'));
  const other = listOf(ports).findIndex((port) => !DYNAMIC.includes(protocolOf(objectOf(port))));
  return [
    ...plain < 0 ? [] : [rejected(object, ['hosts', plain], `has host ${show(hosts[plain])} and resolution DYNAMIC_DNS`, 'set resolution DNS for hosts that are not wildcards')],
    ...listOf(addresses).length === 0 ? [] : [rejected(object, ['addresses'], 'has addresses and resolution DYNAMIC_DNS', 'remove the addresses, or set resolution NONE')],
    ...endpoints.length === 0 ? [] : [rejected(object, ['endpoints'], 'has endpoints and resolution DYNAMIC_DNS', 'remove the endpoints, or set resolution DNS')],
    ...other < 0 ? [] : [rejected(object, ['ports', other, 'protocol'], 'has a port whose protocol does not work with resolution DYNAMIC_DNS', `set one of ${DYNAMIC.join(', ')}`)],
  ];
}

/** Connections that do not contain their host can belong to only one. */
function checkProtocols(object: ClusterObject, resolution: string): Problem[] {
  const hosts = stringsOf(object.spec.hosts);
  const opaque = listOf(object.spec.ports).findIndex((port) => ![...HTTP, ...TLS].includes(protocolOf(objectOf(port))));
  if (hosts.length < 2 || opaque < 0) return [];
  return [rejected(object, ['ports', opaque, 'protocol'], `has ${hosts.length} hosts, resolution ${resolution} and a port that is neither HTTP nor TLS`,
    'create a ServiceEntry for each host, or set the protocol of the port')];
}

function protocolOf({ protocol }: JsonObject): string {
  return (stringOf(protocol) ?? '').toUpperCase();
}
