import { IConstruct } from 'constructs';
import { StoreHost } from './model-store';
import { ServiceEntryEndpoint, ServiceEntryPort, ServiceEntryProtocol, ServiceEntryResolution } from './service-entry-props';
import { Mesh } from '../../mesh/mesh';
import { isIpAddress } from '../../plan/checks/checks';
import { invalid, show } from '../../plan/checks/errors';

const { NONE, STATIC, DNS, DNS_ROUND_ROBIN, DYNAMIC_DNS } = ServiceEntryResolution;

/**
 * A ServiceEntry to be.
 *
 * @internal
 */
export interface EntryPlan {
  /** What its name ends in; empty for names with TLS on port 443. */
  readonly suffix: string;
  /** Its hosts. */
  readonly hosts: string[];
  /** Their ports. */
  readonly ports: ServiceEntryPort[];
  /** How they are found. */
  readonly resolution: ServiceEntryResolution;
  /** Addresses that stand for the only host. */
  readonly addresses?: string[];
  /** Servers of the only host. */
  readonly endpoints?: ServiceEntryEndpoint[];
}

/** A host with all that the stores say about it. */
interface Host {
  readonly host: string;
  readonly addresses?: readonly string[];
  readonly ports: Map<number, boolean>;
}

/**
 * The ServiceEntries for hosts: those that are found alike and have the same ports share one.
 *
 * @internal
 */
export function planEntries(
  at: IConstruct, stores: readonly StoreHost[], resolution: ServiceEntryResolution | undefined, plainPort: number | undefined,
): EntryPlan[] {
  const hosts = collect(at, stores);
  if (resolution === DYNAMIC_DNS && hosts.length > 0 && !hosts.some(({ host }) => host.startsWith('*'))) {
    throw invalid(at, 'resolution "DYNAMIC_DNS" without a wildcard', 'Istio takes it for wildcards alone: leave it out, or say DNS');
  }
  const entries = new Map<string, EntryPlan>();
  for (const host of hosts) {
    const found = fit(at, host, resolution);
    const ports = portsOf(at, host, found, plainPort);
    const address = addressing(host, found);
    const suffix = suffixOf(at, host);
    const key = address.addresses === undefined ? suffix : `${suffix} ${host.host}`;
    const entry = entries.get(key) ?? { suffix, hosts: [], ports, resolution: found, ...address };
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
      throw invalid(at, `two stores with host ${show(host)} and different addresses`, 'say the same addresses for both');
    }
    if ((known.ports.get(port) ?? tls) !== tls) {
      throw invalid(at, `two stores with host ${show(host)} and port ${port}, one with TLS and one without`, 'a port speaks one of the two');
    }
    known.ports.set(port, tls);
    hosts.set(key, known);
  }
  return [...hosts.values()];
}

/** The resolution that a host takes. */
function fit(at: IConstruct, { host, addresses }: Host, asked: ServiceEntryResolution | undefined): ServiceEntryResolution {
  const refuse = (remedy: string) => invalid(at, `host ${show(host)} with resolution ${show(asked)}`, remedy);
  if (host.startsWith('*')) {
    if (asked !== undefined && asked !== NONE && asked !== DYNAMIC_DNS) throw refuse('it is a wildcard: say NONE, or DYNAMIC_DNS since Istio 1.28, or name the hosts');
    return asked ?? NONE;
  }
  if (addresses !== undefined || isIpAddress(host)) {
    const cidr = addresses?.some((address) => address.includes('/')) === true;
    if (asked === DNS || asked === DNS_ROUND_ROBIN) throw refuse('its addresses are said, so DNS is not asked: say STATIC or NONE');
    if (asked === STATIC && cidr) throw refuse('a CIDR block says not where to connect to: say NONE');
    return asked === NONE || cidr ? NONE : STATIC;
  }
  if (asked === STATIC) throw refuse('nothing says where it is: give the store addresses, or say DNS');
  return asked === undefined || asked === DYNAMIC_DNS ? DNS : asked;
}

function portsOf(at: IConstruct, { host, ports }: Host, resolution: ServiceEntryResolution, plainPort: number | undefined): ServiceEntryPort[] {
  const { TLS, HTTP, TCP } = ServiceEntryProtocol;
  // TLS to an address has no SNI to route by.
  const tls = isIpAddress(host) ? TCP : TLS;
  const own: ServiceEntryPort[] = [...ports].sort(([a], [b]) => a - b)
    .map(([number, secure]) => ({ number, protocol: secure ? tls : HTTP, name: `${secure ? 'tls' : 'http'}-${number}` }));
  const secured = [...ports].filter(([, secure]) => secure).map(([number]) => number);
  if (plainPort === undefined || secured.length === 0) return own;

  const refuse = (remedy: string) => invalid(at, `tlsOrigination for host ${show(host)}`, remedy);
  if (host.startsWith('*')) throw refuse('a wildcard leads nowhere by another port: name the hosts, such as the bucket');
  if (isIpAddress(host)) throw refuse('a certificate is for a name: say the DNS name of the store, and addresses');
  if (resolution === NONE) throw refuse('with resolution "NONE" connections keep the port that the client dialled: say DNS, or addresses with STATIC');
  if (secured.length > 1) throw refuse(`it has several ports with TLS, ${secured.join(' and ')}, and the plain one leads to one: leave the others out`);
  if (ports.has(plainPort)) throw refuse(`it has a port ${plainPort} already: say another tlsOrigination.port`);
  return [{ number: plainPort, protocol: HTTP, name: `http-${plainPort}`, targetPort: secured[0] }, ...own];
}

function addressing({ host, addresses }: Host, resolution: ServiceEntryResolution): Pick<EntryPlan, 'addresses' | 'endpoints'> {
  const known = isIpAddress(host) ? [host] : addresses;
  if (known === undefined) return {};
  return resolution === STATIC ? { addresses: [...known], endpoints: known.map((address) => ({ address })) } : { addresses: [...known] };
}

/** Entries are for DNS names: one for an address is never looked up. */
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
