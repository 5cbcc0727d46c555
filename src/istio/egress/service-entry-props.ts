import { ManifestProps } from '../../mesh/manifest-props';

/** Where the servers of a host run. */
export enum ServiceEntryLocation {
  /** Outside the mesh: calls do not use mutual TLS of the mesh. */
  MESH_EXTERNAL = 'MESH_EXTERNAL',
  /** Inside the mesh, such as a virtual machine with a proxy. */
  MESH_INTERNAL = 'MESH_INTERNAL',
}

/** How a proxy resolves the endpoints of a host. */
export enum ServiceEntryResolution {
  /** The address that the caller dials. A caller may dial any address and use the name of the host. */
  NONE = 'NONE',
  /** The addresses of the endpoints. */
  STATIC = 'STATIC',
  /** All addresses to which DNS resolves the host, or the endpoints. */
  DNS = 'DNS',
  /** The first address that DNS returns, for names whose addresses change often. Istio 1.12 or later. */
  DNS_ROUND_ROBIN = 'DNS_ROUND_ROBIN',
  /** DNS for the host of each request, for wildcards. Istio 1.28 or later. */
  DYNAMIC_DNS = 'DYNAMIC_DNS',
}

/** Protocol of a port. */
export enum ServiceEntryProtocol {
  /** HTTP/1.1 without TLS. */
  HTTP = 'HTTP',
  /** HTTP over TLS, which the proxy forwards without terminating it. */
  HTTPS = 'HTTPS',
  /** HTTP/2 without TLS. */
  HTTP2 = 'HTTP2',
  /** An HTTP proxy. */
  HTTP_PROXY = 'HTTP_PROXY',
  /** gRPC without TLS. */
  GRPC = 'GRPC',
  /** gRPC-Web, without TLS. */
  GRPC_WEB = 'GRPC-Web',
  /** TLS, which the proxy forwards without terminating it, routed by SNI. */
  TLS = 'TLS',
  /** Opaque TCP. */
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
   * Protocol of the port. Required for resolution `DYNAMIC_DNS`, and for `NONE` without addresses.
   *
   * @default - Istio detects HTTP by its first bytes, and treats everything else as TCP
   */
  readonly protocol?: ServiceEntryProtocol;

  /**
   * Name of the port, which endpoints refer to: at most 63 letters, digits and hyphens.
   *
   * @default - protocol and number, such as `tls-443`, or `port-443` without a protocol
   */
  readonly name?: string;

  /**
   * Port that the servers listen on, 1 to 65535.
   *
   * @default - the same as `number`
   */
  readonly targetPort?: number;
}

/**
 * An endpoint of a host. It has an address, or a network whose gateway is used instead.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/workload-entry/
 */
export interface ServiceEntryEndpoint {
  /**
   * With `STATIC` an IP address, or `unix://` and the path of a socket; with `DNS` a DNS name or an IP address.
   *
   * @default - none: `network` is set, about which Istio warns
   */
  readonly address?: string;

  /**
   * Ports that differ from those of the entry, by the name of the entry's port, each 1 to 65535.
   *
   * @default - those of the entry
   */
  readonly ports?: { [name: string]: number };

  /**
   * Labels that subsets select.
   *
   * @default - none
   */
  readonly labels?: { [label: string]: string };

  /**
   * Network of the endpoint.
   *
   * @default - that of the caller
   */
  readonly network?: string;

  /**
   * Region, zone and subzone, separated by slashes.
   *
   * @default - unknown
   */
  readonly locality?: string;

  /**
   * Load-balancing weight relative to the other endpoints, 0 to 4294967295.
   *
   * @default - equal weights
   */
  readonly weight?: number;

  /**
   * Service account of a workload of the mesh.
   *
   * @default - none
   */
  readonly serviceAccount?: string;
}

/** Properties for `ServiceEntry`. */
export interface ServiceEntryProps extends ManifestProps {
  /** Hosts, 1 to 256: DNS names, or wildcards such as `*.example.com`. `*` alone is not allowed. */
  readonly hosts: string[];

  /** Ports, 1 to 256, with unique numbers and names. */
  readonly ports: ServiceEntryPort[];

  /**
   * Virtual IP addresses of the hosts, at most 256, or CIDR blocks with `NONE` and `STATIC`.
   *
   * @default - none
   */
  readonly addresses?: string[];

  /**
   * Whether the servers are part of the mesh.
   *
   * @default ServiceEntryLocation.MESH_EXTERNAL
   */
  readonly location?: ServiceEntryLocation;

  /**
   * How a proxy resolves the endpoints.
   *
   * @default ServiceEntryResolution.NONE
   */
  readonly resolution?: ServiceEntryResolution;

  /**
   * The endpoints, at most 4096. Cannot be combined with `workloadSelector`.
   *
   * @default - the hosts themselves
   */
  readonly endpoints?: ServiceEntryEndpoint[];

  /**
   * Labels that select the pods and WorkloadEntries of the namespace which are the endpoints, at least one. Cannot be combined with
   * `endpoints`.
   *
   * @default - none
   */
  readonly workloadSelector?: { [label: string]: string };

  /**
   * Namespaces that see the hosts: names, `.` for the namespace of the entry, only `*` for all, or only `~` for none.
   *
   * @default - all, unless the mesh configuration sets another default
   */
  readonly exportTo?: string[];

  /**
   * Subject alternative names of which the servers' certificates must have one, where a DestinationRule makes the proxy verify them.
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
