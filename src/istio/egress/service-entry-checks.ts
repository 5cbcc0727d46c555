import { IConstruct } from 'constructs';
import {
  portName, ServiceEntryEndpoint, ServiceEntryLocation, ServiceEntryPort, ServiceEntryProps, ServiceEntryProtocol, ServiceEntryResolution,
} from './service-entry-props';
import { IstioRelease } from '../../mesh/release';
import { checkPort, checkUint32, isIpAddress } from '../../plan/checks/checks';
import { invalid, show } from '../../plan/checks/errors';
import { checkLabels } from '../../plan/checks/labels';
import { checkList, checkText, checkTexts } from '../../plan/checks/type-checks';
import { checkExportTo, checkIstioLabel, checkSubnet, isDomain, isIstioLabel, isWildcardDomain } from '../common/names';

const { NONE, STATIC, DNS_ROUND_ROBIN, DYNAMIC_DNS } = ServiceEntryResolution;
const { HTTP, HTTPS, HTTP2, HTTP_PROXY, GRPC, GRPC_WEB, TLS } = ServiceEntryProtocol;

/** Protocols in which a request or a connection names its host. */
const NAMED: readonly string[] = [HTTP, HTTP2, HTTP_PROXY, GRPC, GRPC_WEB, HTTPS, TLS];
const DYNAMIC: readonly string[] = [HTTP, HTTP2, GRPC, TLS];
const HTTPISH: readonly string[] = [HTTP, HTTP2, HTTP_PROXY, GRPC, GRPC_WEB];

const MAX_HOSTS = 256;
const MAX_PORTS = 256;
const MAX_ADDRESSES = 256;
const MAX_ENDPOINTS = 4096;
const MAX_LABELS = 256;
const UNIX = 'unix://';
const WAYPOINT = 'istio.io/use-waypoint';

/**
 * Checks what a ServiceEntry says.
 *
 * @internal
 */
export function checkServiceEntry(at: IConstruct, release: IstioRelease, namespace: string | undefined, props: ServiceEntryProps): void {
  const { exportTo, subjectAltNames, resolution = NONE, location } = props;
  checkOneOf(at, 'resolution', resolution, Object.values(ServiceEntryResolution));
  if (location !== undefined) checkOneOf(at, 'location', location, Object.values(ServiceEntryLocation));
  if (resolution === DNS_ROUND_ROBIN) release.require(at, 'resolution "DNS_ROUND_ROBIN"', '1.12');
  if (resolution === DYNAMIC_DNS) release.require(at, 'resolution "DYNAMIC_DNS"', '1.28');
  checkHosts(at, props.hosts);
  checkPorts(at, props.ports);
  if (props.addresses !== undefined) checkAddresses(at, props.addresses);
  if (props.endpoints !== undefined) checkList(at, 'endpoints', props.endpoints, 'endpoints');
  checkSelector(at, props);
  if (exportTo !== undefined) {
    checkTexts(at, 'exportTo', exportTo);
    if (exportTo.includes('~') && exportTo.length > 1) {
      throw invalid(at, `exportTo "~" beside ${exportTo.filter((entry) => entry !== '~').map(show).join(', ')}`, '"~" is for no namespace: say it alone');
    }
    if (!exportTo.includes('~')) checkExportTo(at, exportTo, namespace);
  }
  if (subjectAltNames !== undefined) checkTexts(at, 'subjectAltNames', subjectAltNames);
  checkResolution(at, props, resolution);
  if (resolution !== NONE && resolution !== DYNAMIC_DNS) checkManyHosts(at, props, resolution);
}

function checkOneOf(at: IConstruct, what: string, value: string, of: readonly string[]): void {
  if (!of.includes(value)) throw invalid(at, `${what} ${show(value)}`, `expected one of ${of.join(', ')}`);
}

function checkHosts(at: IConstruct, hosts: readonly string[]): void {
  checkTexts(at, 'hosts', hosts);
  if (hosts.length < 1 || hosts.length > MAX_HOSTS) throw invalid(at, `${hosts.length} hosts`, `expected 1 to ${MAX_HOSTS}`);
  const seen = new Set<string>();
  for (const host of hosts) {
    if (host === '*' || !isWildcardDomain(host) || (host.startsWith('*') && !host.startsWith('*.'))) {
      throw invalid(at, `host ${show(host)}`,
        'expected a DNS name such as "models.example.com", or "*." before one, without scheme, port or path; IP addresses go into addresses');
    }
    if (seen.has(host.toLowerCase())) throw invalid(at, `host ${show(host)} twice`, 'say each host once');
    seen.add(host.toLowerCase());
  }
}

function checkPorts(at: IConstruct, ports: readonly ServiceEntryPort[]): void {
  checkList(at, 'ports', ports, 'ports');
  if (ports.length < 1 || ports.length > MAX_PORTS) throw invalid(at, `${ports.length} ports`, `expected 1 to ${MAX_PORTS}: hosts are reached by their ports`);
  const names = new Set<string>();
  const numbers = new Set<number>();
  for (const port of ports) {
    if (typeof port !== 'object' || port === null) throw invalid(at, `port ${show(port)}`, 'expected an object with a number');
    const { number, protocol, targetPort } = port;
    checkPort(at, 'port', number);
    if (protocol !== undefined) checkOneOf(at, `protocol of port ${number}`, protocol, Object.values(ServiceEntryProtocol));
    const name = portName(port);
    checkIstioLabel(at, `name of port ${number}`, name);
    if (targetPort !== undefined) checkPort(at, `targetPort of port ${number}`, targetPort);
    if (numbers.has(number)) throw invalid(at, `port ${number} twice`, 'say each port once');
    if (names.has(name)) throw invalid(at, `two ports named ${show(name)}`, 'give each a name of its own');
    numbers.add(number);
    names.add(name);
  }
}

function checkAddresses(at: IConstruct, addresses: readonly string[]): void {
  checkTexts(at, 'addresses', addresses);
  if (addresses.length > MAX_ADDRESSES) throw invalid(at, `${addresses.length} addresses`, `expected at most ${MAX_ADDRESSES}`);
  const seen = new Set<string>();
  for (const address of addresses) {
    checkSubnet(at, 'address', address);
    if (seen.has(address)) throw invalid(at, `address ${show(address)} twice`, 'say each address once');
    seen.add(address);
  }
}

function checkSelector(at: IConstruct, { workloadSelector, endpoints, resolution = NONE }: ServiceEntryProps): void {
  if (workloadSelector === undefined) return;
  if (endpoints !== undefined) throw invalid(at, 'workloadSelector and endpoints', 'say which pods the servers are, or what their addresses are');
  if (resolution === NONE || resolution === DYNAMIC_DNS) {
    throw invalid(at, `workloadSelector with resolution ${show(resolution)}`, 'the pods would not be asked: say STATIC');
  }
  checkWorkloadSelector(at, workloadSelector);
}

/**
 * Checks labels that select pods for a ServiceEntry or a Sidecar.
 *
 * @internal
 */
export function checkWorkloadSelector(at: IConstruct, labels: { readonly [label: string]: string }): void {
  const entries = Object.entries(labels);
  if (entries.length < 1 || entries.length > MAX_LABELS) {
    throw invalid(at, `workloadSelector with ${entries.length} labels`, `expected 1 to ${MAX_LABELS}; without one it would select all pods of the namespace`);
  }
  for (const [label, value] of entries) {
    if (label === '' || label.includes('*') || typeof value !== 'string' || value.includes('*')) {
      throw invalid(at, `workloadSelector with label ${show(label)} and value ${show(value)}`, 'expected a label and a value, without wildcards');
    }
  }
  checkLabels(at, 'workloadSelector', labels);
}

function checkResolution(at: IConstruct, props: ServiceEntryProps, resolution: ServiceEntryResolution): void {
  const { hosts, ports, addresses = [], endpoints = [], workloadSelector } = props;
  const cidr = addresses.find((address) => address.includes('/'));
  if (cidr !== undefined && resolution !== NONE && resolution !== STATIC) {
    throw invalid(at, `address ${show(cidr)} with resolution ${show(resolution)}`, 'Istio takes CIDR blocks with NONE and STATIC alone');
  }
  if (endpoints.length > MAX_ENDPOINTS) throw invalid(at, `${endpoints.length} endpoints`, `expected at most ${MAX_ENDPOINTS}`);
  if ((resolution === NONE || resolution === DYNAMIC_DNS) && props.endpoints !== undefined) {
    throw invalid(at, `endpoints with resolution ${show(resolution)}`, 'they would not be asked: say STATIC for addresses, or DNS for names');
  }
  endpoints.forEach((endpoint, i) => checkEndpoint(at, `endpoints[${i}]`, endpoint, ports, resolution));
  if (resolution === NONE) {
    const bytes = ports.find((port) => !speaks(port, NAMED));
    if (bytes !== undefined && addresses.length === 0) {
      throw invalid(at, `port ${bytes.number} ${protocolOf(bytes)}, resolution "NONE" and no address`,
        `it would take all connections to that port, whatever their host: give addresses${bytes.protocol === undefined ? ', or a protocol whose requests name their host, such as HTTP or TLS' : ''}`);
    }
  } else if (resolution === STATIC) {
    if (endpoints.length === 0 && workloadSelector === undefined) {
      throw invalid(at, 'resolution "STATIC" without endpoints', 'there is nothing to forward requests to: give endpoints or a workloadSelector');
    }
  } else if (resolution === DYNAMIC_DNS) {
    checkDynamic(at, props);
  } else {
    const wildcard = hosts.find((host) => host.startsWith('*'));
    if (wildcard !== undefined && endpoints.length === 0) {
      throw invalid(at, `host ${show(wildcard)} with resolution ${show(resolution)} and no endpoint`,
        'DNS knows no wildcards: say NONE, or DYNAMIC_DNS since Istio 1.28, or name the hosts');
    }
    const number = hosts.find((host) => !host.startsWith('*') && !isDomain(host));
    if (number !== undefined && endpoints.length === 0) {
      throw invalid(at, `host ${show(number)} with resolution ${show(resolution)} and no endpoint`,
        'a name in DNS cannot end in a number: give the full name, or endpoints');
    }
    if (resolution === DNS_ROUND_ROBIN && endpoints.length > 1) {
      throw invalid(at, `${endpoints.length} endpoints with resolution "DNS_ROUND_ROBIN"`, 'expected at most 1: say DNS');
    }
    if (addresses.length > 0 && hosts.length > 1 && ports.some((port) => !speaks(port, HTTPISH))) {
      throw invalid(at, `${hosts.length} hosts with addresses and a port that is not HTTP`, 'an address stands for one host there: make an entry for each');
    }
  }
}

function checkDynamic(at: IConstruct, { hosts, ports, addresses = [], location, metadata }: ServiceEntryProps): void {
  const plain = hosts.find((host) => !host.startsWith('*'));
  if (plain !== undefined) throw invalid(at, `host ${show(plain)} with resolution "DYNAMIC_DNS"`, 'Istio takes wildcards there alone: say DNS');
  if (addresses.length > 0) throw invalid(at, 'addresses with resolution "DYNAMIC_DNS"', 'the name of each request is looked up: leave them out, or say NONE');
  const other = ports.find((port) => !speaks(port, DYNAMIC));
  if (other !== undefined) {
    throw invalid(at, `port ${other.number} ${protocolOf(other)} and resolution "DYNAMIC_DNS"`, `expected one of ${DYNAMIC.join(', ')}`);
  }
  if (location === ServiceEntryLocation.MESH_INTERNAL && metadata?.labels?.[WAYPOINT] !== undefined) {
    throw invalid(at, `location "MESH_INTERNAL" with resolution "DYNAMIC_DNS" and label ${WAYPOINT}`, 'Istio does not do that through a waypoint');
  }
}

/** Connections that do not name their host lead to one. */
function checkManyHosts(at: IConstruct, { hosts, ports }: ServiceEntryProps, resolution: ServiceEntryResolution): void {
  const bytes = ports.find((port) => !speaks(port, NAMED));
  if (hosts.length > 1 && bytes !== undefined) {
    throw invalid(at, `${hosts.length} hosts and port ${bytes.number} ${protocolOf(bytes)} and resolution ${show(resolution)}`,
      'such connections do not say which host they are for: make an entry for each');
  }
}

function speaks({ protocol }: ServiceEntryPort, protocols: readonly string[]): boolean {
  return protocol !== undefined && protocols.includes(protocol);
}

function protocolOf({ protocol }: ServiceEntryPort): string {
  return protocol === undefined ? 'without a protocol' : `with protocol ${protocol}`;
}

function checkEndpoint(
  at: IConstruct, where: string, endpoint: ServiceEntryEndpoint, ports: readonly ServiceEntryPort[], resolution: ServiceEntryResolution,
): void {
  if (typeof endpoint !== 'object' || endpoint === null) throw invalid(at, `${where} ${show(endpoint)}`, 'expected an address');
  const { address, network, labels, locality, weight, serviceAccount } = endpoint;
  for (const [name, text] of Object.entries({ address, network, locality, serviceAccount })) {
    if (text !== undefined) checkText(at, `${where}.${name}`, text);
  }
  if (!address) {
    if (resolution !== STATIC || !network) {
      throw invalid(at, `${where} without an address`, resolution === STATIC ? 'give it one, or a network' : 'give it one');
    }
  } else if (address.startsWith(UNIX)) {
    checkSocket(at, where, endpoint, ports, resolution);
  } else if (!isIpAddress(address) && (resolution === STATIC || !isDomain(address))) {
    throw invalid(at, `${where}.address ${show(address)} with resolution ${show(resolution)}`,
      resolution === STATIC ? 'expected an IP address, or say DNS' : 'expected a DNS name or an IP address');
  }
  const names = ports.map(portName);
  for (const [name, number] of Object.entries(endpoint.ports ?? {})) {
    if (!names.includes(name) || !isIstioLabel(name)) {
      throw invalid(at, `${where}.ports ${show(name)}`, `expected the name of a port of the entry: ${names.map(show).join(', ')}`);
    }
    checkPort(at, `${where}.ports.${name}`, number);
  }
  if (labels !== undefined) checkLabels(at, where, labels);
  checkUint32(at, `${where}.weight`, weight);
}

function checkSocket(
  at: IConstruct, where: string, { address, ports: own }: ServiceEntryEndpoint, ports: readonly ServiceEntryPort[],
  resolution: ServiceEntryResolution,
): void {
  if (resolution !== STATIC) throw invalid(at, `${where}.address ${show(address)} with resolution ${show(resolution)}`, 'expected STATIC for a socket');
  if (!/^([/@])(.*[^/])?$/.test(address!.slice(UNIX.length)) || address === `${UNIX}/`) {
    throw invalid(at, `${where}.address ${show(address)}`, 'expected unix:// and the absolute path of a socket, or unix://@ and a name');
  }
  if (own !== undefined) throw invalid(at, `${where} with a socket and ports`, 'a socket has no port: leave them out');
  if (ports.length !== 1) throw invalid(at, `${where} with a socket in an entry of ${ports.length} ports`, 'expected exactly 1');
}
