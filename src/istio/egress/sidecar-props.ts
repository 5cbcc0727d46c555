import { ServiceEntryProtocol } from './service-entry-props';
import { ManifestProps } from '../../mesh/manifest-props';
import { ConnectionPool } from '../destination-rule/traffic-policy';
import { TlsVersion } from '../gateway/server-tls';

/** How proxies handle calls to hosts that are not in the mesh's service registry. */
export enum OutboundTrafficMode {
  /** They are rejected: HTTP requests get 502, other connections are closed. */
  REGISTRY_ONLY = 'REGISTRY_ONLY',
  /** They are forwarded unchanged. */
  ALLOW_ANY = 'ALLOW_ANY',
}

/** How connections reach a listener. */
export enum SidecarCaptureMode {
  /** As configured for the proxy. */
  DEFAULT = 'DEFAULT',
  /** Redirected by iptables. */
  IPTABLES = 'IPTABLES',
  /** Callers dial the listener itself. */
  NONE = 'NONE',
}

/** Whether a listener that terminates TLS requests client certificates. */
export enum SidecarTlsMode {
  /** No client certificate is requested. */
  SIMPLE = 'SIMPLE',
  /** Callers must present a certificate. */
  MUTUAL = 'MUTUAL',
  /** Callers may present a certificate. Istio 1.19 or later. */
  OPTIONAL_MUTUAL = 'OPTIONAL_MUTUAL',
}

/**
 * A port of a listener.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/sidecar/#SidecarPort
 */
export interface SidecarPort {
  /** Port, 1 to 65535; 0 for an egress listener on a Unix socket. */
  readonly number: number;

  /**
   * Protocol of the port.
   *
   * @default - Istio detects HTTP by its first bytes, and treats everything else as TCP
   */
  readonly protocol?: ServiceEntryProtocol;

  /**
   * Name of the port.
   *
   * @default - protocol and number, such as `http-8080`, or `port-8080` without a protocol
   */
  readonly name?: string;
}

/**
 * Hosts that the pods may call, on one port or on all other ports.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/sidecar/#IstioEgressListener
 */
export interface SidecarEgressListener {
  /**
   * Hosts, at least one. Each is a namespace, a slash and a DNS name or `*`, such as `models/*` or `./store.example.com`. The namespace is
   * a name, `.` for the namespace of the Sidecar, `*` for all or `~` for none. With Istio 1.31 or later, `~` before the namespace excludes
   * hosts: `~models/*` all hosts of a namespace, `~/store.example.com` a host of any namespace.
   */
  readonly hosts: string[];

  /**
   * Port of the listener.
   *
   * @default - all ports without another listener; such a listener must be the last one in the list
   */
  readonly port?: SidecarPort;

  /**
   * Bind address of the listener: an IP address, or `unix://` and the path of a socket, with port 0.
   *
   * @default - determined by the hosts and the capture mode
   */
  readonly bind?: string;

  /**
   * How connections reach it.
   *
   * @default SidecarCaptureMode.DEFAULT
   */
  readonly captureMode?: SidecarCaptureMode;
}

/**
 * How a listener terminates TLS, with files in the proxy's file system. Istio 1.13 or later.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/gateway/#ServerTLSSettings
 */
export interface SidecarServerTls {
  /** Path of the certificate. */
  readonly serverCertificate: string;

  /** Path of its private key. Never the key itself. */
  readonly privateKey: string;

  /**
   * Whether client certificates are requested.
   *
   * @default SidecarTlsMode.SIMPLE
   */
  readonly mode?: SidecarTlsMode;

  /**
   * Path of the CA certificates that verify client certificates. Required unless the mode is SIMPLE.
   *
   * @default - none
   */
  readonly caCertificates?: string;

  /**
   * Path of the revocation list for client certificates. Istio 1.22 or later.
   *
   * @default - none
   */
  readonly caCrl?: string;

  /**
   * Minimum version of TLS.
   *
   * @default - Istio's: TLS 1.2
   */
  readonly minProtocolVersion?: TlsVersion;

  /**
   * Maximum version of TLS.
   *
   * @default - Istio's: TLS 1.3
   */
  readonly maxProtocolVersion?: TlsVersion;

  /**
   * Cipher suites up to TLS 1.2, by their OpenSSL names.
   *
   * @default - Istio's default suites
   */
  readonly cipherSuites?: string[];

  /**
   * Accepted public keys of client certificates: the SHA-256 hash of each key in base64.
   *
   * @default - any key
   */
  readonly verifyCertificateSpki?: string[];

  /**
   * Accepted client certificates: the SHA-256 hash of each certificate in hexadecimal.
   *
   * @default - any certificate
   */
  readonly verifyCertificateHash?: string[];
}

/**
 * A port of the pods that accepts calls.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/sidecar/#IstioIngressListener
 */
export interface SidecarIngressListener {
  /** Port of the pods, unique among the listeners. */
  readonly port: SidecarPort;

  /**
   * Bind address of the listener.
   *
   * @default - that of the pod
   */
  readonly bind?: string;

  /**
   * How connections reach it.
   *
   * @default SidecarCaptureMode.DEFAULT
   */
  readonly captureMode?: SidecarCaptureMode;

  /**
   * Address to which requests are forwarded: `127.0.0.1:8080` or `[::1]:8080` for the pod's loopback address, `0.0.0.0:8080` or
   * `[::]:8080` for the pod's IP address, or `unix://` and the path of a socket.
   *
   * @default - the same port of the pod
   */
  readonly defaultEndpoint?: string;

  /**
   * TLS termination, for a port with protocol HTTPS or TLS.
   *
   * @default - none
   */
  readonly tls?: SidecarServerTls;

  /**
   * Limits for connections and requests.
   *
   * @default - `inboundConnectionPool`
   */
  readonly connectionPool?: ConnectionPool;
}

/** Properties for `Sidecar`. At least one of `egress`, `ingress`, `outboundTrafficPolicy` and `inboundConnectionPool` is required. */
export interface SidecarProps extends ManifestProps {
  /**
   * Labels that select the pods, at least one.
   *
   * @default - all pods of the namespace that no other Sidecar selects; in the root namespace, those of the whole mesh
   */
  readonly workloadSelector?: { [label: string]: string };

  /**
   * Hosts that the pods may call, with at most one listener for each port.
   *
   * @default - all hosts
   */
  readonly egress?: SidecarEgressListener[];

  /**
   * Ports on which the pods accept calls.
   *
   * @default - the ports of the Services that select the pods
   */
  readonly ingress?: SidecarIngressListener[];

  /**
   * How calls to other hosts are handled.
   *
   * @default - as in the mesh configuration
   */
  readonly outboundTrafficPolicy?: OutboundTrafficMode;

  /**
   * Limits for inbound connections and requests of the pods. Istio 1.20 or later.
   *
   * @default - Istio's
   */
  readonly inboundConnectionPool?: ConnectionPool;
}
