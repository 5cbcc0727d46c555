import { Duration } from 'cdk8s';
import { ManifestProps } from '../../mesh/manifest-props';
import { checkObjectName } from '../../plan/checks/checks';
import { invalid, show } from '../../plan/checks/errors';

/**
 * A certificate that a server of a Gateway can take: it ends up in a secret beside the gateway's pods.
 */
export interface IGatewayCertificate {
  /** Name of the secret that holds the certificate and its key. */
  readonly secretName: string;

  /** Namespace of the certificate and its secret. */
  readonly certificateNamespace: string;

  /** Hosts that the certificate is for: DNS names, `*.` before one for one label, and addresses. */
  readonly certificateHosts: string[];
}

/**
 * Who signs a certificate: an object of cert-manager, or of one of its external issuers.
 *
 * @see https://cert-manager.io/docs/configuration/issuers/
 */
export class CertificateIssuer {
  /**
   * A `ClusterIssuer`, which serves all namespaces.
   *
   * @param name Name of the object.
   * @throws an error when the name is none of an object.
   */
  public static clusterIssuer(name: string): CertificateIssuer {
    return CertificateIssuer.of('CertificateIssuer.clusterIssuer', name, 'ClusterIssuer');
  }

  /**
   * An `Issuer` in the namespace of the certificate.
   *
   * @param name Name of the object.
   * @throws an error when the name is none of an object.
   */
  public static issuer(name: string): CertificateIssuer {
    return CertificateIssuer.of('CertificateIssuer.issuer', name, 'Issuer');
  }

  /**
   * An issuer of another API group, such as that of a cloud's private authority.
   *
   * @param name Name of the object.
   * @param kind Kind of the object, for example `AWSPCAClusterIssuer`.
   * @param group API group of the object, for example `awspca.cert-manager.io`.
   * @throws an error when the name is none of an object, or kind or group is missing.
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

/** Algorithms of keys that a gateway can use. */
export enum CertificateKeyAlgorithm {
  /** RSA, which all callers know. */
  RSA = 'RSA',
  /** ECDSA, with shorter keys and quicker handshakes. */
  ECDSA = 'ECDSA',
  /** Ed25519, which browsers and many issuers do not take. */
  ED25519 = 'Ed25519',
}

/** What becomes of the key when a certificate is renewed. */
export enum CertificateKeyRotation {
  /** A new key each time. */
  ALWAYS = 'Always',
  /** The same key each time, as for callers that pin it. */
  NEVER = 'Never',
}

/** What a certificate may be used for. */
export enum CertificateUsage {
  /** Signatures in handshakes. */
  DIGITAL_SIGNATURE = 'digital signature',
  /** Encryption of keys, which handshakes with RSA up to TLS 1.2 need. */
  KEY_ENCIPHERMENT = 'key encipherment',
  /** Agreement on keys. */
  KEY_AGREEMENT = 'key agreement',
  /** Proving who a server is. */
  SERVER_AUTH = 'server auth',
  /** Proving who a caller is. */
  CLIENT_AUTH = 'client auth',
}

/**
 * What a GatewayCertificate takes. Its namespace is by default that of the mesh's ingress gateway, and not the chart's.
 *
 * @see https://cert-manager.io/docs/reference/api-docs/#cert-manager.io/v1.CertificateSpec
 */
export interface GatewayCertificateProps extends ManifestProps {
  /**
   * Hosts that callers ask for, at least one: DNS names, `*.` before one for one label in its place, and addresses.
   *
   * Let's Encrypt signs wildcards only where the issuer proves itself by DNS.
   */
  readonly hosts: string[];

  /** Who signs. */
  readonly issuer: CertificateIssuer;

  /**
   * Name of the secret that cert-manager writes.
   *
   * @default - the name of the certificate
   */
  readonly secretName?: string;

  /**
   * The certificate's common name, at most 64 characters. Callers look at the hosts alone.
   *
   * @default - none
   */
  readonly commonName?: string;

  /**
   * How long it is valid, 1 hour or more. An issuer may say otherwise.
   *
   * @default - cert-manager's: Duration.days(90)
   */
  readonly duration?: Duration;

  /**
   * How long before its end it is renewed, 5 minutes or more, and less than `duration`.
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
   * What becomes of the key when the certificate is renewed.
   *
   * @default - cert-manager's: CertificateKeyRotation.ALWAYS, and NEVER before its release 1.18
   */
  readonly keyRotation?: CertificateKeyRotation;

  /**
   * What it may be used for; one of it is CertificateUsage.SERVER_AUTH.
   *
   * @default - CertificateUsage.DIGITAL_SIGNATURE, SERVER_AUTH, and KEY_ENCIPHERMENT for RSA
   */
  readonly usages?: CertificateUsage[];

  /**
   * How many requests to the issuer are kept, 1 or more.
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
