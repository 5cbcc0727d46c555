import { ServiceEntryProtocol } from './service-entry-props';
import { ManifestProps } from '../../mesh/manifest-props';
import { ConnectionPool } from '../destination-rule/traffic-policy';
import { TlsVersion } from '../gateway/server-tls';

/** What becomes of calls to hosts that the mesh does not know. */
export enum OutboundTrafficMode {
  /** They are refused: HTTP gets 502, other connections are closed. */
  REGISTRY_ONLY = 'REGISTRY_ONLY',
  /** They are passed on as they are. */
  ALLOW_ANY = 'ALLOW_ANY',
}

/** How connections come to a listener. */
export enum SidecarCaptureMode {
  /** As the proxy is set up. */
  DEFAULT = 'DEFAULT',
  /** Redirected by iptables. */
  IPTABLES = 'IPTABLES',
  /** Callers dial the listener itself. */
  NONE = 'NONE',
}

/** Whether callers of a listener that ends TLS show a certificate too. */
export enum SidecarTlsMode {
  /** They do not. */
  SIMPLE = 'SIMPLE',
  /** They must. */
  MUTUAL = 'MUTUAL',
  /** They may. Since Istio 1.19. */
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
 * What the pods may call, on one port or on all the others.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/sidecar/#IstioEgressListener
 */
export interface SidecarEgressListener {
  /**
   * Hosts, at least one, each a namespace, a slash and a DNS name or `*`: `models/*`, `./store.example.com`. A namespace is
   * a name, `.` for the own one, `*` for all or `~` for none. Since Istio 1.31 a `~` before the namespace excludes hosts from the others:
   * `~models/*` all of a namespace, `~/store.example.com` a host of any namespace.
   */
  readonly hosts: string[];

  /**
   * Port that the listener is for.
   *
   * @default - all ports that no other listener is for; it is the last one in the list then
   */
  readonly port?: SidecarPort;

  /**
   * IP address, or `unix://` and the path of a socket with port 0, that the listener takes.
   *
   * @default - as the hosts and the way of capturing need it
   */
  readonly bind?: string;

  /**
   * How connections come to it.
   *
   * @default SidecarCaptureMode.DEFAULT
   */
  readonly captureMode?: SidecarCaptureMode;
}

/**
 * How a listener ends TLS, with files of the proxy's own file system. Since Istio 1.13.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/gateway/#ServerTLSSettings
 */
export interface SidecarServerTls {
  /** Path of the certificate. */
  readonly serverCertificate: string;

  /** Path of its private key. Never the key itself. */
  readonly privateKey: string;

  /**
   * Whether callers show a certificate too.
   *
   * @default SidecarTlsMode.SIMPLE
   */
  readonly mode?: SidecarTlsMode;

  /**
   * Path of the authorities that sign certificates of callers; needed unless the mode is SIMPLE.
   *
   * @default - none
   */
  readonly caCertificates?: string;

  /**
   * Path of the list of revoked certificates of callers. Since Istio 1.22.
   *
   * @default - none
   */
  readonly caCrl?: string;

  /**
   * Oldest version of TLS.
   *
   * @default - Istio's: TLS 1.2
   */
  readonly minProtocolVersion?: TlsVersion;

  /**
   * Newest version of TLS.
   *
   * @default - Istio's: TLS 1.3
   */
  readonly maxProtocolVersion?: TlsVersion;

  /**
   * Cipher suites up to TLS 1.2, by their OpenSSL names.
   *
   * @default - Istio's own list
   */
  readonly cipherSuites?: string[];

  /**
   * Callers whose public key is accepted: SHA-256 of the key, in base64.
   *
   * @default - any key
   */
  readonly verifyCertificateSpki?: string[];

  /**
   * Callers whose certificate is accepted: SHA-256 of the certificate, in hexadecimal.
   *
   * @default - any certificate
   */
  readonly verifyCertificateHash?: string[];
}

/**
 * A port of the pods that others call.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/sidecar/#IstioIngressListener
 */
export interface SidecarIngressListener {
  /** Port that others call; each once. */
  readonly port: SidecarPort;

  /**
   * IP address that the listener takes.
   *
   * @default - that of the pod
   */
  readonly bind?: string;

  /**
   * How connections come to it.
   *
   * @default SidecarCaptureMode.DEFAULT
   */
  readonly captureMode?: SidecarCaptureMode;

  /**
   * Where requests go: `127.0.0.1:8080` or `[::1]:8080` for the pod's loopback address, `0.0.0.0:8080` or `[::]:8080` for the
   * pod's own, or `unix://` and the path of a socket.
   *
   * @default - the same port of the pod
   */
  readonly defaultEndpoint?: string;

  /**
   * Ends TLS, for a port of protocol HTTPS or TLS.
   *
   * @default - none
   */
  readonly tls?: SidecarServerTls;

  /**
   * Limits of connections and requests.
   *
   * @default - `inboundConnectionPool`
   */
  readonly connectionPool?: ConnectionPool;
}

/** What a `Sidecar` says. At least one of the last four is needed. */
export interface SidecarProps extends ManifestProps {
  /**
   * Labels of the pods that it is for, at least one.
   *
   * @default - all pods of the namespace that no other Sidecar selects; of the whole mesh, in its root namespace
   */
  readonly workloadSelector?: { [label: string]: string };

  /**
   * What the pods may call, each port once.
   *
   * @default - everything
   */
  readonly egress?: SidecarEgressListener[];

  /**
   * What others may call.
   *
   * @default - the ports of the Services that select the pods
   */
  readonly ingress?: SidecarIngressListener[];

  /**
   * What becomes of calls to other hosts.
   *
   * @default - as the mesh says
   */
  readonly outboundTrafficPolicy?: OutboundTrafficMode;

  /**
   * Limits of connections and requests that come to the pods. Since Istio 1.20.
   *
   * @default - Istio's
   */
  readonly inboundConnectionPool?: ConnectionPool;
}
