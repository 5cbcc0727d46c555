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
import { checkWorkloadSelector } from '../common/selector-checks';

const { NONE, STATIC, DNS_ROUND_ROBIN, DYNAMIC_DNS } = ServiceEntryResolution;
const { HTTP, HTTPS, HTTP2, HTTP_PROXY, GRPC, GRPC_WEB, TLS } = ServiceEntryProtocol;

/** Protocols in which a request or a connection contains its host. */
const WITH_HOST: readonly string[] = [HTTP, HTTP2, HTTP_PROXY, GRPC, GRPC_WEB, HTTPS, TLS];
const DYNAMIC: readonly string[] = [HTTP, HTTP2, GRPC, TLS];
const HTTP_BASED: readonly string[] = [HTTP, HTTP2, HTTP_PROXY, GRPC, GRPC_WEB];

const MAX_HOSTS = 256;
const MAX_PORTS = 256;
const MAX_ADDRESSES = 256;
const MAX_ENDPOINTS = 4096;
const UNIX = 'unix://';
const WAYPOINT = 'istio.io/use-waypoint';

/**
 * Checks the properties of a ServiceEntry.
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
      throw invalid(at, `exportTo "~" together with ${exportTo.filter((entry) => entry !== '~').map(show).join(', ')}`, '"~" means no namespace. List it alone');
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
        'expected a DNS name such as "models.example.com", or a wildcard such as "*.example.com", without scheme, port or path. Put IP addresses into addresses');
    }
    if (seen.has(host.toLowerCase())) throw invalid(at, `host ${show(host)} twice`, 'list each host once');
    seen.add(host.toLowerCase());
  }
}

function checkPorts(at: IConstruct, ports: readonly ServiceEntryPort[]): void {
  checkList(at, 'ports', ports, 'ports');
  if (ports.length < 1 || ports.length > MAX_PORTS) throw invalid(at, `${ports.length} ports`, `expected 1 to ${MAX_PORTS}`);
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
    if (numbers.has(number)) throw invalid(at, `port ${number} twice`, 'list each port once');
    if (names.has(name)) throw invalid(at, `two ports named ${show(name)}`, 'give each port its own name');
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
    if (seen.has(address)) throw invalid(at, `address ${show(address)} twice`, 'list each address once');
    seen.add(address);
  }
}

function checkSelector(at: IConstruct, { workloadSelector, endpoints, resolution = NONE }: ServiceEntryProps): void {
  if (workloadSelector === undefined) return;
  if (endpoints !== undefined) throw invalid(at, 'workloadSelector and endpoints', 'set one of the two, either the labels of the pods or the addresses');
  if (resolution === NONE || resolution === DYNAMIC_DNS) {
    throw invalid(at, `workloadSelector with resolution ${show(resolution)}`, 'requests would not reach the selected pods. Set STATIC');
  }
  checkWorkloadSelector(at, workloadSelector);
}

function checkResolution(at: IConstruct, props: ServiceEntryProps, resolution: ServiceEntryResolution): void {
  const { hosts, ports, addresses = [], endpoints = [], workloadSelector } = props;
  const cidr = addresses.find((address) => address.includes('/'));
  if (cidr !== undefined && resolution !== NONE && resolution !== STATIC) {
    throw invalid(at, `address ${show(cidr)} with resolution ${show(resolution)}`, 'Istio accepts CIDR blocks only with NONE and STATIC. Set one of these');
  }
  if (endpoints.length > MAX_ENDPOINTS) throw invalid(at, `${endpoints.length} endpoints`, `expected at most ${MAX_ENDPOINTS}`);
  if ((resolution === NONE || resolution === DYNAMIC_DNS) && props.endpoints !== undefined) {
    throw invalid(at, `endpoints with resolution ${show(resolution)}`, 'requests would not reach them. Set STATIC for addresses, or DNS for names');
  }
  endpoints.forEach((endpoint, i) => checkEndpoint(at, `endpoints[${i}]`, endpoint, ports, resolution));
  if (resolution === NONE) {
    const opaque = ports.find((port) => !hasProtocol(port, WITH_HOST));
    if (opaque !== undefined && addresses.length === 0) {
      throw invalid(at, `port ${opaque.number} ${protocolOf(opaque)}, resolution "NONE" and no address`,
        `the entry would apply to all connections to that port, whatever their host. Set addresses${opaque.protocol === undefined ? ', or a protocol whose requests contain their host, such as HTTP or TLS' : ''}`);
    }
  } else if (resolution === STATIC) {
    if (endpoints.length === 0 && workloadSelector === undefined) {
      throw invalid(at, 'resolution "STATIC" without endpoints', 'there is nothing to forward requests to. Set endpoints or a workloadSelector');
    }
  } else if (resolution === DYNAMIC_DNS) {
    checkDynamic(at, props);
  } else {
    const wildcard = hosts.find((host) => host.startsWith('*'));
    if (wildcard !== undefined && endpoints.length === 0) {
      throw invalid(at, `host ${show(wildcard)} with resolution ${show(resolution)} and no endpoint`,
        'DNS cannot resolve a wildcard. Set NONE, or DYNAMIC_DNS with Istio 1.28 or later, or list the hosts');
    }
    const number = hosts.find((host) => !host.startsWith('*') && !isDomain(host));
    if (number !== undefined && endpoints.length === 0) {
      throw invalid(at, `host ${show(number)} with resolution ${show(resolution)} and no endpoint`,
        'a DNS name cannot end in a number. Set the full name, or endpoints');
    }
    if (resolution === DNS_ROUND_ROBIN && endpoints.length > 1) {
      throw invalid(at, `${endpoints.length} endpoints with resolution "DNS_ROUND_ROBIN"`, 'expected at most 1. Set DNS for several');
    }
    if (addresses.length > 0 && hosts.length > 1 && ports.some((port) => !hasProtocol(port, HTTP_BASED))) {
      throw invalid(at, `${hosts.length} hosts with addresses and a port that is not HTTP`, 'an address belongs to one host there. Create an entry for each host');
    }
  }
}

function checkDynamic(at: IConstruct, { hosts, ports, addresses = [], location, metadata }: ServiceEntryProps): void {
  const plain = hosts.find((host) => !host.startsWith('*'));
  if (plain !== undefined) throw invalid(at, `host ${show(plain)} with resolution "DYNAMIC_DNS"`, 'Istio accepts only wildcards there. Set DNS');
  if (addresses.length > 0) throw invalid(at, 'addresses with resolution "DYNAMIC_DNS"', 'the host of each request is resolved by DNS. Leave them out, or set NONE');
  const other = ports.find((port) => !hasProtocol(port, DYNAMIC));
  if (other !== undefined) {
    throw invalid(at, `port ${other.number} ${protocolOf(other)} and resolution "DYNAMIC_DNS"`, `expected one of ${DYNAMIC.join(', ')}`);
  }
  if (location === ServiceEntryLocation.MESH_INTERNAL && metadata?.labels?.[WAYPOINT] !== undefined) {
    throw invalid(at, `location "MESH_INTERNAL" with resolution "DYNAMIC_DNS" and label ${WAYPOINT}`, 'Istio does not support this through a waypoint. Leave the label out, or set MESH_EXTERNAL');
  }
}

/** Connections that do not contain their host can belong to only one. */
function checkManyHosts(at: IConstruct, { hosts, ports }: ServiceEntryProps, resolution: ServiceEntryResolution): void {
  const opaque = ports.find((port) => !hasProtocol(port, WITH_HOST));
  if (hosts.length > 1 && opaque !== undefined) {
    throw invalid(at, `${hosts.length} hosts and port ${opaque.number} ${protocolOf(opaque)} and resolution ${show(resolution)}`,
      'such connections do not contain their host. Create an entry for each host');
  }
}

function hasProtocol({ protocol }: ServiceEntryPort, protocols: readonly string[]): boolean {
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
      throw invalid(at, `${where} without an address`, resolution === STATIC ? 'set an address or a network' : 'set an address');
    }
  } else if (address.startsWith(UNIX)) {
    checkSocket(at, where, endpoint, ports, resolution);
  } else if (!isIpAddress(address) && (resolution === STATIC || !isDomain(address))) {
    throw invalid(at, `${where}.address ${show(address)} with resolution ${show(resolution)}`,
      resolution === STATIC ? 'expected an IP address. For a DNS name set DNS' : 'expected a DNS name or an IP address');
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
  if (resolution !== STATIC) throw invalid(at, `${where}.address ${show(address)} with resolution ${show(resolution)}`, 'a socket requires STATIC');
  if (!/^([/@])(.*[^/])?$/.test(address!.slice(UNIX.length)) || address === `${UNIX}/`) {
    throw invalid(at, `${where}.address ${show(address)}`, 'expected unix:// followed by the absolute path of a socket, or unix://@ followed by a name');
  }
  if (own !== undefined) throw invalid(at, `${where} with a socket and ports`, 'a Unix socket has no port. Leave ports out');
  if (ports.length !== 1) throw invalid(at, `${where} with a socket in an entry of ${ports.length} ports`, 'expected exactly 1');
}
