import { IConstruct } from 'constructs';
import { StoreHost } from './model-store';
import { ServiceEntryEndpoint, ServiceEntryPort, ServiceEntryProtocol, ServiceEntryResolution } from './service-entry-props';
import { Mesh } from '../../mesh/mesh';
import { isIpAddress } from '../../plan/checks/checks';
import { invalid, show } from '../../plan/checks/errors';

const { NONE, STATIC, DNS, DNS_ROUND_ROBIN, DYNAMIC_DNS } = ServiceEntryResolution;

/**
 * A planned ServiceEntry.
 *
 * @internal
 */
export interface EntryPlan {
  /** Suffix of its name; empty for DNS names with TLS on port 443. */
  readonly suffix: string;
  /** Its hosts. */
  readonly hosts: string[];
  /** Their ports. */
  readonly ports: ServiceEntryPort[];
  /** Their resolution. */
  readonly resolution: ServiceEntryResolution;
  /** Addresses of the only host. */
  readonly addresses?: string[];
  /** Endpoints of the only host. */
  readonly endpoints?: ServiceEntryEndpoint[];
}

/** A host with the settings of all its stores. */
interface Host {
  readonly host: string;
  readonly addresses?: readonly string[];
  readonly ports: Map<number, boolean>;
}

/**
 * Plans the ServiceEntries for hosts. Hosts with the same resolution and the same ports share one.
 *
 * @internal
 */
export function planEntries(
  at: IConstruct, stores: readonly StoreHost[], resolution: ServiceEntryResolution | undefined, plainPort: number | undefined,
): EntryPlan[] {
  const hosts = collect(at, stores);
  if (resolution === DYNAMIC_DNS && hosts.length > 0 && !hosts.some(({ host }) => host.startsWith('*'))) {
    throw invalid(at, 'resolution "DYNAMIC_DNS" without a wildcard', 'Istio accepts it only for wildcards. Leave it out, or set DNS');
  }
  const entries = new Map<string, EntryPlan>();
  for (const host of hosts) {
    const chosen = resolutionOf(at, host, resolution);
    const ports = portsOf(at, host, chosen, plainPort);
    const address = addressesOf(host, chosen);
    const suffix = suffixOf(at, host);
    const key = address.addresses === undefined ? suffix : `${suffix} ${host.host}`;
    const entry = entries.get(key) ?? { suffix, hosts: [], ports, resolution: chosen, ...address };
    entry.hosts.push(nameOf(host));
    entries.set(key, entry);
  }
  return [...entries.values()];
}

function collect(at: IConstruct, stores: readonly StoreHost[]): Host[] {
  const hosts = new Map<string, Host>();
  for (const { host, port, tls, addresses } of stores) {
    const key = host.toLowerCase();
    const known = hosts.get(key) ?? { host: key, addresses, ports: new Map<number, boolean>() };
    if (JSON.stringify(known.addresses) !== JSON.stringify(addresses)) {
      throw invalid(at, `two stores with host ${show(host)} and different addresses`, 'set the same addresses for both');
    }
    if ((known.ports.get(port) ?? tls) !== tls) {
      throw invalid(at, `two stores with host ${show(host)} and port ${port}, one with TLS and one without`, 'set tls to the same value for both');
    }
    known.ports.set(port, tls);
    hosts.set(key, known);
  }
  return [...hosts.values()];
}

/** The specified resolution if it is possible for a host, else its default. */
function resolutionOf(at: IConstruct, { host, addresses }: Host, specified: ServiceEntryResolution | undefined): ServiceEntryResolution {
  const refuse = (remedy: string) => invalid(at, `host ${show(host)} with resolution ${show(specified)}`, remedy);
  if (host.startsWith('*')) {
    if (specified !== undefined && specified !== NONE && specified !== DYNAMIC_DNS) {
      throw refuse('a wildcard cannot be resolved in advance. Set NONE, or DYNAMIC_DNS with Istio 1.28 or later, or list the hosts');
    }
    return specified ?? NONE;
  }
  if (addresses !== undefined || isIpAddress(host)) {
    const cidr = addresses?.some((address) => address.includes('/')) === true;
    if (specified === DNS || specified === DNS_ROUND_ROBIN) throw refuse('its addresses are specified, so DNS is not queried. Set STATIC or NONE');
    if (specified === STATIC && cidr) throw refuse('a CIDR block is not an address to connect to. Set NONE');
    return specified === NONE || cidr ? NONE : STATIC;
  }
  if (specified === STATIC) throw refuse('its addresses are not specified. Set addresses of the store, or set DNS');
  return specified === undefined || specified === DYNAMIC_DNS ? DNS : specified;
}

function portsOf(at: IConstruct, { host, ports }: Host, resolution: ServiceEntryResolution, plainPort: number | undefined): ServiceEntryPort[] {
  const { TLS, HTTP, TCP } = ServiceEntryProtocol;
  // TLS to an IP address has no SNI to route by.
  const tls = isIpAddress(host) ? TCP : TLS;
  const own: ServiceEntryPort[] = [...ports].sort(([a], [b]) => a - b)
    .map(([number, secure]) => ({ number, protocol: secure ? tls : HTTP, name: `${secure ? 'tls' : 'http'}-${number}` }));
  const secured = [...ports].filter(([, secure]) => secure).map(([number]) => number);
  if (plainPort === undefined || secured.length === 0) return own;

  const refuse = (remedy: string) => invalid(at, `tlsOrigination for host ${show(host)}`, remedy);
  if (host.startsWith('*')) throw refuse('connections to a wildcard keep the port that the client dialled. List the hosts, for example by setting the bucket');
  if (isIpAddress(host)) throw refuse('the certificate of a store is for a DNS name. Set that name as the host, and its addresses');
  if (resolution === NONE) throw refuse('with resolution "NONE" connections keep the port that the client dialled. Set DNS, or STATIC with addresses');
  if (secured.length > 1) throw refuse(`it has several ports with TLS, ${secured.join(' and ')}, but the plain port forwards to only one. Leave the others out`);
  if (ports.has(plainPort)) throw refuse(`it already has a port ${plainPort}. Set another tlsOrigination.port`);
  return [{ number: plainPort, protocol: HTTP, name: `http-${plainPort}`, targetPort: secured[0] }, ...own];
}

function addressesOf({ host, addresses }: Host, resolution: ServiceEntryResolution): Pick<EntryPlan, 'addresses' | 'endpoints'> {
  const known = isIpAddress(host) ? [host] : addresses;
  if (known === undefined) return {};
  return resolution === STATIC ? { addresses: [...known], endpoints: known.map((address) => ({ address })) } : { addresses: [...known] };
}

/** The hosts of an entry are DNS names. An IP address gets a placeholder name, which is never resolved. */
function nameOf({ host }: Host): string {
  return isIpAddress(host) ? `${host.replace(/[.:]+/g, '-').replace(/^-|-$/g, '')}.address.internal` : host;
}

function suffixOf(at: IConstruct, { host, addresses, ports }: Host): string {
  const single = addresses !== undefined || isIpAddress(host);
  const numbers = [...ports].sort(([a], [b]) => a - b).map(([number, secure]) => `${secure ? 'tls' : 'http'}-${number}`).join('-');
  return [
    ...(single ? [Mesh.of(at)._objectNameFor(host)] : host.startsWith('*') ? ['any'] : []),
    ...(numbers === 'tls-443' ? [] : [numbers]),
  ].join('-');
}
