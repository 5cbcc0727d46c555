import { IGatewayCertificate } from './gateway-certificate-props';

/**
 * Whether a server that terminates TLS requests client certificates.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/gateway/#ServerTLSSettings-TLSmode
 */
export enum ServerTlsMode {
  /** Only the gateway presents a certificate. */
  SIMPLE = 'SIMPLE',
  /** Callers must present a certificate too. */
  MUTUAL = 'MUTUAL',
  /** Callers may present a certificate, which is then verified. Istio 1.19 or later. */
  OPTIONAL_MUTUAL = 'OPTIONAL_MUTUAL',
}

/** A version of TLS. */
export enum TlsVersion {
  /** Istio's choice. */
  AUTO = 'TLS_AUTO',
  /** TLS 1.0. Requires `cipherSuites` that support it, since none of Istio's default suites does. */
  V1_0 = 'TLSV1_0',
  /** TLS 1.1. Requires `cipherSuites` that support it, since none of Istio's default suites does. */
  V1_1 = 'TLSV1_1',
  /** TLS 1.2. */
  V1_2 = 'TLSV1_2',
  /** TLS 1.3. */
  V1_3 = 'TLSV1_3',
}

/**
 * Settings of a server's TLS handshake.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/gateway/#ServerTLSSettings
 */
export interface TlsHandshakeOptions {
  /**
   * Minimum version of TLS.
   *
   * @default - Istio's: TLS 1.2
   */
  readonly minProtocolVersion?: TlsVersion;

  /**
   * Maximum version of TLS, not lower than the minimum.
   *
   * @default - Istio's: TLS 1.3
   */
  readonly maxProtocolVersion?: TlsVersion;

  /**
   * Cipher suites up to TLS 1.2, by their OpenSSL names such as `ECDHE-RSA-AES256-GCM-SHA384`. Istio drops names that it does not
   * know, so they are refused here, as are suites together with `minProtocolVersion` TLS 1.3, whose suites cannot be configured.
   *
   * @default - Istio's default suites
   */
  readonly cipherSuites?: string[];

  /**
   * Subject alternative names of which a client certificate must have one. Used only in modes that request client certificates.
   *
   * @default - any name
   */
  readonly subjectAltNames?: string[];

  /**
   * Accepted public keys of client certificates: the SHA-256 hash of each key in base64, 44 characters.
   *
   * @default - any key
   */
  readonly verifyCertificateSpki?: string[];

  /**
   * Accepted client certificates: the SHA-256 hash of each certificate as 64 hexadecimal digits, or as 32 pairs separated by
   * colons.
   *
   * @default - any certificate
   */
  readonly verifyCertificateHash?: string[];
}

/** A certificate in files of the gateway's pods. */
export interface TlsCertificateFiles {
  /** Path of the certificate. */
  readonly serverCertificate: string;

  /** Path of its private key. */
  readonly privateKey: string;

  /**
   * Path of the CA certificates that verify client certificates. Istio also requires the server's own `caCertificates`.
   *
   * @default - none
   */
  readonly caCertificates?: string;
}

/**
 * How a server terminates TLS. The certificate comes from exactly one source: a `GatewayCertificate` of this app, an existing secret,
 * two secrets, files, or two sets of files.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/gateway/#ServerTLSSettings
 */
export interface ServerTlsOptions extends TlsHandshakeOptions {
  /**
   * Whether client certificates are requested.
   *
   * @default ServerTlsMode.SIMPLE
   */
  readonly mode?: ServerTlsMode;

  /**
   * A certificate that this app requests from cert-manager. It must cover the server's hosts, and be in the namespace of the gateway's
   * pods. To verify client certificates, set `caCertCredentialName` or create a second secret `<name>-cacert`, unless the same CA
   * signs this certificate and its issuer stores the CA certificate in the secret.
   *
   * @default - none: the certificate has another source
   */
  readonly certificate?: IGatewayCertificate;

  /**
   * Name of the secret with the certificate, in the namespace of the gateway's pods. To verify client certificates, the CA certificates
   * must be in the same secret, or in a second secret `<name>-cacert`.
   *
   * @default - none: the certificate has another source
   */
  readonly credentialName?: string;

  /**
   * Names of one or two secrets, for example with an RSA and an ECDSA certificate. Istio 1.26 or later.
   *
   * @default - none: the certificate has another source
   */
  readonly credentialNames?: string[];

  /**
   * Path of the certificate in the gateway's pods. Requires `privateKey`.
   *
   * @default - none: the certificate has another source
   */
  readonly serverCertificate?: string;

  /**
   * Path of the private key in the gateway's pods, never the key itself. Requires `serverCertificate`.
   *
   * @default - none: the certificate has another source
   */
  readonly privateKey?: string;

  /**
   * One or two certificates in files of the gateway's pods. Istio 1.26 or later.
   *
   * @default - none: the certificate has another source
   */
  readonly tlsCertificates?: TlsCertificateFiles[];

  /**
   * Path of the CA certificates that verify client certificates. Required when client certificates are requested and the server's
   * certificate comes from files. For a certificate from a secret, they are read from the secret.
   *
   * @default - none
   */
  readonly caCertificates?: string;

  /**
   * Source of the CA certificates that verify client certificates, under the key `ca.crt`: a secret in the namespace of the gateway's
   * pods whose name ends in `-cacert`, or a ConfigMap as `configmap://namespace/name`. It takes precedence over the secret of the
   * certificate. Istio 1.28 or later.
   *
   * @default - the CA certificates in the secret of the certificate
   */
  readonly caCertCredentialName?: string;

  /**
   * Path of the revocation list for client certificates, for a server certificate from files. Istio 1.22 or later.
   *
   * @default - none
   */
  readonly caCrl?: string;

  /**
   * Whether client certificates that no known CA has signed are accepted. Istio 1.31 or later.
   *
   * @default false
   */
  readonly insecureSkipVerify?: boolean;
}
