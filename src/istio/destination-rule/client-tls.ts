/** How connections to a host are secured. */
export enum ClientTlsMode {
  /** Plain text. */
  DISABLE = 'DISABLE',
  /** TLS; the server alone shows a certificate. */
  SIMPLE = 'SIMPLE',
  /** TLS; both sides show certificates that you bring. */
  MUTUAL = 'MUTUAL',
  /** TLS; both sides show the certificates that Istio makes for workloads. */
  ISTIO_MUTUAL = 'ISTIO_MUTUAL',
}

/**
 * How connections to a host are secured. Files are paths in the proxy's own file system; no key or certificate is carried.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#ClientTLSSettings
 */
export interface ClientTls {
  /** Who shows certificates. */
  readonly mode: ClientTlsMode;

  /**
   * Path of the client's certificate; needed for MUTUAL without `credentialName`.
   *
   * @default - none
   */
  readonly clientCertificate?: string;

  /**
   * Path of the client's private key; needed for MUTUAL without `credentialName`.
   *
   * @default - none
   */
  readonly privateKey?: string;

  /**
   * Path of the certificates that the server's is verified with.
   *
   * @default - those of the proxy's operating system
   */
  readonly caCertificates?: string;

  /**
   * Path of the list of revoked certificates. Since Istio 1.22.
   *
   * @default - revocation is not looked up
   */
  readonly caCrl?: string;

  /**
   * Name of the Secret with certificates and key, in the namespace of the proxies; or, since Istio 1.26,
   * `configmap://namespace/name` with certificates to verify the server, in the namespace of the rule. Excludes all paths.
   * Sidecars read a Secret only for a rule with a `workloadSelector`.
   *
   * @default - files are used
   */
  readonly credentialName?: string;

  /**
   * Names that the server's certificate may carry.
   *
   * @default - any name
   */
  readonly subjectAltNames?: string[];

  /**
   * Server name sent by SNI.
   *
   * @default - Istio's: the host that the request is for
   */
  readonly sni?: string;

  /**
   * Whether to take any certificate of the server. Excludes `caCertificates` and `subjectAltNames`, and for SIMPLE
   * `credentialName`. Since Istio 1.12.
   *
   * @default false
   */
  readonly insecureSkipVerify?: boolean;
}
