/** TLS mode of connections to a host. */
export enum ClientTlsMode {
  /** No TLS. */
  DISABLE = 'DISABLE',
  /** TLS in which only the server presents a certificate. */
  SIMPLE = 'SIMPLE',
  /** Mutual TLS with certificates that you provide. */
  MUTUAL = 'MUTUAL',
  /** Mutual TLS with the certificates that Istio issues to workloads. */
  ISTIO_MUTUAL = 'ISTIO_MUTUAL',
}

/**
 * TLS settings of connections to a host. Files are paths in the proxy's file system; keys and certificates are not part of the manifest.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#ClientTLSSettings
 */
export interface ClientTls {
  /** TLS mode. */
  readonly mode: ClientTlsMode;

  /**
   * Path of the client's certificate. Required for MUTUAL without `credentialName`.
   *
   * @default - none
   */
  readonly clientCertificate?: string;

  /**
   * Path of the client's private key. Required for MUTUAL without `credentialName`.
   *
   * @default - none
   */
  readonly privateKey?: string;

  /**
   * Path of the CA certificates that verify the server's certificate.
   *
   * @default - those of the proxy's operating system
   */
  readonly caCertificates?: string;

  /**
   * Path of the revocation list. Istio 1.22 or later.
   *
   * @default - revocation is not checked
   */
  readonly caCrl?: string;

  /**
   * Name of the Secret with certificates and key, in the namespace of the proxies. With Istio 1.26 or later, also
   * `configmap://namespace/name` with CA certificates that verify the server, in the namespace of the rule. Cannot be combined with
   * paths. Sidecars read a Secret only for a rule with a `workloadSelector`.
   *
   * @default - files are used
   */
  readonly credentialName?: string;

  /**
   * Subject alternative names of which the server's certificate must have one.
   *
   * @default - any name
   */
  readonly subjectAltNames?: string[];

  /**
   * Server name to send as SNI.
   *
   * @default - Istio's: the host of the request
   */
  readonly sni?: string;

  /**
   * Whether to accept any certificate of the server. Cannot be combined with `caCertificates`, `subjectAltNames`, and for SIMPLE
   * `credentialName`. Istio 1.12 or later.
   *
   * @default false
   */
  readonly insecureSkipVerify?: boolean;
}
