import { ManifestProps } from '../../mesh/manifest-props';

/** Where the servers of a host run. */
export enum ServiceEntryLocation {
  /** Outside the mesh: calls carry no certificate of the mesh. */
  MESH_EXTERNAL = 'MESH_EXTERNAL',
  /** Inside the mesh, as on a virtual machine with a proxy. */
  MESH_INTERNAL = 'MESH_INTERNAL',
}

/** How a proxy finds the servers of a host. */
export enum ServiceEntryResolution {
  /** The address that the caller dials. Anyone may dial any address and claim the host. */
  NONE = 'NONE',
  /** The endpoints, by their addresses. */
  STATIC = 'STATIC',
  /** All addresses that DNS gives for the host, or for the endpoints. */
  DNS = 'DNS',
  /** The first address that DNS gives, for names whose addresses change often. Since Istio 1.12. */
  DNS_ROUND_ROBIN = 'DNS_ROUND_ROBIN',
  /** DNS for the name that a request is for; for wildcards. Since Istio 1.28. */
  DYNAMIC_DNS = 'DYNAMIC_DNS',
}

/** What is spoken on a port. */
export enum ServiceEntryProtocol {
  /** HTTP/1.1 without TLS. */
  HTTP = 'HTTP',
  /** HTTP within TLS, which the proxy passes on unopened. */
  HTTPS = 'HTTPS',
  /** HTTP/2 without TLS. */
  HTTP2 = 'HTTP2',
  /** An HTTP proxy. */
  HTTP_PROXY = 'HTTP_PROXY',
  /** GRPC without TLS. */
  GRPC = 'GRPC',
  /** GRPC for browsers, without TLS. */
  GRPC_WEB = 'GRPC-Web',
  /** TLS, which the proxy forwards without terminating it, routed by SNI. */
  TLS = 'TLS',
  /** Bytes. */
  TCP = 'TCP',
  /** MongoDB. */
  MONGO = 'MONGO',
  /** MySQL. */
  MYSQL = 'MYSQL',
  /** Redis. */
  REDIS = 'REDIS',
}

/**
 * A port of a host.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/service-entry/#ServicePort
 */
export interface ServiceEntryPort {
  /** Port that callers dial, 1 to 65535. */
  readonly number: number;

  /**
   * Protocol of the port. `NONE` without addresses and `DYNAMIC_DNS` need one.
   *
   * @default - Istio detects HTTP by its first bytes, and treats everything else as TCP
   */
  readonly protocol?: ServiceEntryProtocol;

  /**
   * Name of the port, letters, digits and hyphens, at most 63; endpoints name it.
   *
   * @default - protocol and number, such as `tls-443`, or `port-443` without a protocol
   */
  readonly name?: string;

  /**
   * Port that the servers listen on, 1 to 65535.
   *
   * @default - as `number`
   */
  readonly targetPort?: number;
}

/**
 * A server of a host. It has an address, or a network whose gateway is asked instead.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/workload-entry/
 */
export interface ServiceEntryEndpoint {
  /**
   * With `STATIC` an IP address, or `unix://` and the path of a socket; with `DNS` a DNS name or an IP address.
   *
   * @default - none: `network` is given, of which Istio warns
   */
  readonly address?: string;

  /**
   * Ports where they differ, by the name of the entry's port, each 1 to 65535.
   *
   * @default - those of the entry
   */
  readonly ports?: { [name: string]: number };

  /**
   * Labels, which subsets select.
   *
   * @default - none
   */
  readonly labels?: { [label: string]: string };

  /**
   * Network that it is in.
   *
   * @default - that of the caller
   */
  readonly network?: string;

  /**
   * Region, zone and subzone with slashes between.
   *
   * @default - not known
   */
  readonly locality?: string;

  /**
   * Its share beside the others, 0 to 4294967295.
   *
   * @default - as the others
   */
  readonly weight?: number;

  /**
   * Service account of a workload of the mesh.
   *
   * @default - none
   */
  readonly serviceAccount?: string;
}

/** What a `ServiceEntry` says. */
export interface ServiceEntryProps extends ManifestProps {
  /** Hosts, 1 to 256: DNS names, or `*.` before one for all names below it. `*` alone is not allowed. */
  readonly hosts: string[];

  /** Ports, 1 to 256; each number and each name once. */
  readonly ports: ServiceEntryPort[];

  /**
   * Addresses that stand for the hosts, at most 256: IP addresses, or CIDR blocks with `NONE` and `STATIC`.
   *
   * @default - none
   */
  readonly addresses?: string[];

  /**
   * Where the servers run.
   *
   * @default ServiceEntryLocation.MESH_EXTERNAL
   */
  readonly location?: ServiceEntryLocation;

  /**
   * How a proxy finds the servers.
   *
   * @default ServiceEntryResolution.NONE
   */
  readonly resolution?: ServiceEntryResolution;

  /**
   * The servers, at most 4096; excludes `workloadSelector`.
   *
   * @default - the hosts themselves
   */
  readonly endpoints?: ServiceEntryEndpoint[];

  /**
   * Labels of pods and WorkloadEntries of the namespace that are the servers, at least one; excludes `endpoints`.
   *
   * @default - none
   */
  readonly workloadSelector?: { [label: string]: string };

  /**
   * Namespaces that see the hosts: names, `.` for the own one, `*` alone for all, or `~` alone for none.
   *
   * @default - all, unless the mesh is set up otherwise
   */
  readonly exportTo?: string[];

  /**
   * Names that the certificates of the servers may carry, where a DestinationRule makes the proxy check them.
   *
   * @default - the host
   */
  readonly subjectAltNames?: string[];
}

/**
 * The name of a port of an entry or a listener.
 *
 * @internal
 */
export function portName({ name, protocol, number }: Pick<ServiceEntryPort, 'name' | 'protocol' | 'number'>): string {
  return name ?? `${protocol?.toLowerCase().replace('_', '-') ?? 'port'}-${number}`;
}
