import { IGatewayCertificate } from './gateway-certificate-props';

/**
 * How a gateway that ends TLS proves itself, and what it asks of callers.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/gateway/#ServerTLSSettings-TLSmode
 */
export enum ServerTlsMode {
  /** The gateway shows its certificate. */
  SIMPLE = 'SIMPLE',
  /** Callers must show a certificate too. */
  MUTUAL = 'MUTUAL',
  /** Callers may show a certificate, which is then verified. Istio 1.19 or later. */
  OPTIONAL_MUTUAL = 'OPTIONAL_MUTUAL',
}

/** A version of TLS. */
export enum TlsVersion {
  /** Istio's choice. */
  AUTO = 'TLS_AUTO',
  /** TLS 1.0; needs `cipherSuites` that fit, since none of Istio's own does. */
  V1_0 = 'TLSV1_0',
  /** TLS 1.1; needs `cipherSuites` that fit, since none of Istio's own does. */
  V1_1 = 'TLSV1_1',
  /** TLS 1.2. */
  V1_2 = 'TLSV1_2',
  /** TLS 1.3. */
  V1_3 = 'TLSV1_3',
}

/**
 * What a gateway accepts in a TLS handshake.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/gateway/#ServerTLSSettings
 */
export interface TlsHandshakeOptions {
  /**
   * Oldest version of TLS.
   *
   * @default - Istio's: TLS 1.2
   */
  readonly minProtocolVersion?: TlsVersion;

  /**
   * Newest version of TLS, not older than the oldest.
   *
   * @default - Istio's: TLS 1.3
   */
  readonly maxProtocolVersion?: TlsVersion;

  /**
   * Cipher suites up to TLS 1.2, by their OpenSSL names such as `ECDHE-RSA-AES256-GCM-SHA384`. Istio leaves out names that
   * it does not know, so they are refused here; so are suites beside `minProtocolVersion` TLS 1.3, which chooses its own.
   *
   * @default - Istio's own list
   */
  readonly cipherSuites?: string[];

  /**
   * Names of which the certificate of a caller must carry one. Only a mode that asks for such a certificate uses them.
   *
   * @default - any name
   */
  readonly subjectAltNames?: string[];

  /**
   * Callers whose public key is accepted: SHA-256 of the key, in base64, 44 characters each.
   *
   * @default - any key
   */
  readonly verifyCertificateSpki?: string[];

  /**
   * Callers whose certificate is accepted: SHA-256 of the certificate as 64 hexadecimal digits, or as 32 pairs of them with
   * colons between.
   *
   * @default - any certificate
   */
  readonly verifyCertificateHash?: string[];
}

/** A certificate as files of the gateway's pods. */
export interface TlsCertificateFiles {
  /** Path of the certificate. */
  readonly serverCertificate: string;

  /** Path of its private key. */
  readonly privateKey: string;

  /**
   * Path of the authorities that sign certificates of callers. Istio asks for those of the server as well.
   *
   * @default - none
   */
  readonly caCertificates?: string;
}

/**
 * How a gateway ends TLS. The certificate has one source: one that this app asks cert-manager for, a secret that is there, two
 * secrets, files, or two sets of files.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/gateway/#ServerTLSSettings
 */
export interface ServerTlsOptions extends TlsHandshakeOptions {
  /**
   * Whether callers show a certificate too.
   *
   * @default ServerTlsMode.SIMPLE
   */
  readonly mode?: ServerTlsMode;

  /**
   * A certificate that this app asks cert-manager for. It covers the server's hosts, and is in the namespace of the gateway's
   * pods. For callers' certificates give `caCertCredentialName` or a second secret `<name>-cacert`, unless their authority is
   * the one that signs this certificate too: its secret holds that one where the issuer tells it.
   *
   * @default - none: the certificate has another source
   */
  readonly certificate?: IGatewayCertificate;

  /**
   * Name of the secret with the certificate, in the namespace of the gateway's pods. For callers' certificates it holds
   * their authorities too, or a second secret `<name>-cacert` does.
   *
   * @default - none: the certificate has another source
   */
  readonly credentialName?: string;

  /**
   * Names of one or two secrets, as for an RSA and an ECDSA certificate. Istio 1.26 or later.
   *
   * @default - none: the certificate has another source
   */
  readonly credentialNames?: string[];

  /**
   * Path of the certificate in the gateway's pods; goes with `privateKey`.
   *
   * @default - none: the certificate has another source
   */
  readonly serverCertificate?: string;

  /**
   * Path of the private key in the gateway's pods; goes with `serverCertificate`. Never the key itself.
   *
   * @default - none: the certificate has another source
   */
  readonly privateKey?: string;

  /**
   * One or two certificates as files of the gateway's pods. Istio 1.26 or later.
   *
   * @default - none: the certificate has another source
   */
  readonly tlsCertificates?: TlsCertificateFiles[];

  /**
   * Path of the authorities that sign certificates of callers. Needed when callers show a certificate and the server's own
   * comes from files; a secret brings its own.
   *
   * @default - none
   */
  readonly caCertificates?: string;

  /**
   * Where the authorities are that sign certificates of callers, under `ca.crt`: a secret beside the gateway's pods whose name ends
   * in `-cacert`, or a ConfigMap as `configmap://namespace/name`. It goes before what the secret of the certificate holds.
   * Istio 1.28 or later.
   *
   * @default - what the secret of the certificate holds
   */
  readonly caCertCredentialName?: string;

  /**
   * Path of the list of revoked certificates of callers, for certificates from files. Istio 1.22 or later.
   *
   * @default - none
   */
  readonly caCrl?: string;

  /**
   * Lets callers in whose certificate no known authority has signed. Istio 1.31 or later.
   *
   * @default false
   */
  readonly insecureSkipVerify?: boolean;
}
