import { Duration } from 'cdk8s';
import { ManifestProps } from '../../mesh/manifest-props';
import { checkObjectName } from '../../plan/checks/checks';
import { invalid, show } from '../../plan/checks/errors';

/**
 * A certificate for servers of a Gateway, in a secret in the namespace of the gateway's pods.
 */
export interface IGatewayCertificate {
  /** Name of the secret that holds the certificate and its key. */
  readonly secretName: string;

  /** Namespace of the certificate and its secret. */
  readonly certificateNamespace: string;

  /** Hosts of the certificate: DNS names, wildcards such as `*.example.com` for one label, and IP addresses. */
  readonly certificateHosts: string[];
}

/**
 * Issuer of a certificate: an object of cert-manager, or of one of its external issuers.
 *
 * @see https://cert-manager.io/docs/configuration/issuers/
 */
export class CertificateIssuer {
  /**
   * A `ClusterIssuer`, which serves all namespaces.
   *
   * @param name Name of the object.
   * @throws an error when the name is not a valid object name.
   */
  public static clusterIssuer(name: string): CertificateIssuer {
    return CertificateIssuer.of('CertificateIssuer.clusterIssuer', name, 'ClusterIssuer');
  }

  /**
   * An `Issuer` in the namespace of the certificate.
   *
   * @param name Name of the object.
   * @throws an error when the name is not a valid object name.
   */
  public static issuer(name: string): CertificateIssuer {
    return CertificateIssuer.of('CertificateIssuer.issuer', name, 'Issuer');
  }

  /**
   * An issuer of another API group, such as that of a cloud provider's private CA.
   *
   * @param name Name of the object.
   * @param kind Kind of the object, for example `AWSPCAClusterIssuer`.
   * @param group API group of the object, for example `awspca.cert-manager.io`.
   * @throws an error when the name is not a valid object name, or when kind or group is missing.
   */
  public static external(name: string, kind: string, group: string): CertificateIssuer {
    const at = 'CertificateIssuer.external';
    if (typeof kind !== 'string' || !/^[A-Za-z][A-Za-z0-9]*$/.test(kind)) throw invalid(at, `kind ${show(kind)}`, 'expected a kind such as "AWSPCAClusterIssuer"');
    checkObjectName(at, 'group', group);
    return CertificateIssuer.of(at, name, kind, group);
  }

  private static of(at: string, name: string, kind: string, group?: string): CertificateIssuer {
    checkObjectName(at, 'name', name);
    return new CertificateIssuer(name, kind, group);
  }

  /** Name of the object. */
  public readonly name: string;

  /** Kind of the object. */
  public readonly kind: string;

  /** API group of the object; undefined for that of cert-manager. */
  public readonly group?: string;

  private constructor(name: string, kind: string, group: string | undefined) {
    this.name = name;
    this.kind = kind;
    this.group = group;
  }
}

/** Key algorithms that a gateway can use. */
export enum CertificateKeyAlgorithm {
  /** RSA, which all callers support. */
  RSA = 'RSA',
  /** ECDSA, with shorter keys and faster handshakes. */
  ECDSA = 'ECDSA',
  /** Ed25519, which browsers and many issuers do not support. */
  ED25519 = 'Ed25519',
}

/** Whether the private key changes when a certificate is renewed. */
export enum CertificateKeyRotation {
  /** A new key each time. */
  ALWAYS = 'Always',
  /** The same key each time, for example for callers that pin it. */
  NEVER = 'Never',
}

/** Key usages of a certificate. */
export enum CertificateUsage {
  /** Digital signatures in handshakes. */
  DIGITAL_SIGNATURE = 'digital signature',
  /** Encryption of keys, which RSA handshakes up to TLS 1.2 need. */
  KEY_ENCIPHERMENT = 'key encipherment',
  /** Key agreement. */
  KEY_AGREEMENT = 'key agreement',
  /** Authentication of a server. */
  SERVER_AUTH = 'server auth',
  /** Authentication of a client. */
  CLIENT_AUTH = 'client auth',
}

/**
 * Properties for `GatewayCertificate`. The default namespace is that of the mesh's ingress gateway, not that of the chart.
 *
 * @see https://cert-manager.io/docs/reference/api-docs/#cert-manager.io/v1.CertificateSpec
 */
export interface GatewayCertificateProps extends ManifestProps {
  /**
   * Hosts of the certificate, at least one: DNS names, wildcards such as `*.example.com` for one label, and IP addresses.
   *
   * Let's Encrypt signs wildcards only when the issuer uses the DNS-01 challenge.
   */
  readonly hosts: string[];

  /** Issuer that signs the certificate. */
  readonly issuer: CertificateIssuer;

  /**
   * Name of the secret that cert-manager writes.
   *
   * @default - the name of the certificate
   */
  readonly secretName?: string;

  /**
   * The certificate's common name, 1 to 64 characters. Callers verify only the hosts.
   *
   * @default - none
   */
  readonly commonName?: string;

  /**
   * Validity of the certificate, minimum 1 hour. An issuer may override it.
   *
   * @default - cert-manager's: Duration.days(90)
   */
  readonly duration?: Duration;

  /**
   * Time before expiry at which the certificate is renewed, minimum 5 minutes, and less than `duration`.
   *
   * @default - cert-manager's: a third of the duration
   */
  readonly renewBefore?: Duration;

  /**
   * Algorithm of the key.
   *
   * @default - cert-manager's: CertificateKeyAlgorithm.RSA
   */
  readonly keyAlgorithm?: CertificateKeyAlgorithm;

  /**
   * Size of the key in bits: 2048 to 8192 for RSA; 256, 384 or 521 for ECDSA; Ed25519 has one size.
   *
   * @default - cert-manager's: 2048 for RSA, 256 for ECDSA
   */
  readonly keySize?: number;

  /**
   * Whether the private key changes when the certificate is renewed.
   *
   * @default - cert-manager's: CertificateKeyRotation.ALWAYS, and NEVER before its release 1.18
   */
  readonly keyRotation?: CertificateKeyRotation;

  /**
   * Key usages, which must include CertificateUsage.SERVER_AUTH.
   *
   * @default - CertificateUsage.DIGITAL_SIGNATURE, SERVER_AUTH, and KEY_ENCIPHERMENT for RSA
   */
  readonly usages?: CertificateUsage[];

  /**
   * Number of past CertificateRequests to keep, 1 or more.
   *
   * @default - cert-manager's: 1, and all before its release 1.18
   */
  readonly revisionHistoryLimit?: number;

  /**
   * Labels of the secret.
   *
   * @default - none
   */
  readonly secretLabels?: { [label: string]: string };

  /**
   * Annotations of the secret.
   *
   * @default - none
   */
  readonly secretAnnotations?: { [annotation: string]: string };
}
