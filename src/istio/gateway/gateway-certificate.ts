import { Duration } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { CertificateIssuer, CertificateKeyAlgorithm, CertificateUsage, GatewayCertificateProps, IGatewayCertificate } from './gateway-certificate-props';
import type * as certManager from '../../../imports/cert-manager.io';
import { nameOf } from '../../mesh/default-name';
import { KubernetesObject } from '../../mesh/kubernetes-object';
import { namespaceOf, writeManifest } from '../../mesh/manifest';
import { Mesh } from '../../mesh/mesh';
import { checkDuration, checkInteger, checkObjectName, isHost, isIpAddress } from '../../plan/checks/checks';
import { invalid, pathOf, show } from '../../plan/checks/errors';
import { checkAnnotations, checkLabels } from '../../plan/checks/labels';
import { checkProps } from '../../plan/checks/props';
import { checkText, checkTexts } from '../../plan/checks/type-checks';

export * from './gateway-certificate-props';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const SECOND = 1000;
const USUAL_DURATION = Duration.days(90);
const MAX_COMMON_NAME = 64;
const ECDSA_SIZES: readonly number[] = [256, 384, 521];

/** Loaded with the first certificate, since most apps have none. */
function types(): typeof certManager {
  return require('../../../imports/cert-manager.io') as typeof certManager;
}

/**
 * A cert-manager `Certificate` for servers of a Gateway. It is in the namespace of the gateway's pods, where Istio reads its
 * secret.
 *
 * @see https://cert-manager.io/docs/usage/certificate/
 */
export class GatewayCertificate extends KubernetesObject implements IGatewayCertificate {
  /** Name of the secret that cert-manager writes. */
  public readonly secretName: string;

  /** Namespace of the certificate and its secret. */
  public readonly certificateNamespace: string;

  /** Hosts of the certificate. */
  public readonly certificateHosts: string[];

  /**
   * Creates a Certificate.
   *
   * @param scope The construct that it belongs to.
   * @param id Id of the construct, and default name of the object and its secret.
   * @param props Hosts, issuer, and what differs from cert-manager's defaults.
   * @throws an error when cert-manager or the gateway rejects a host, a duration or the key, when the certificate could not be used
   * for a server, and when another certificate writes the same secret.
   */
  public constructor(scope: Construct, id: string, props: GatewayCertificateProps) {
    super(scope, id);
    checkProps(this, 'GatewayCertificateProps', props, GatewayCertificate);
    const { metadata, issuer, commonName, duration, renewBefore, keyAlgorithm, keySize, keyRotation, revisionHistoryLimit } = props;
    const { secretLabels, secretAnnotations } = props;
    checkHosts(this, props.hosts);
    if (typeof (issuer as Partial<CertificateIssuer> | undefined)?.kind !== 'string') {
      throw invalid(this, `issuer ${show(issuer)}`, 'expected a CertificateIssuer, such as CertificateIssuer.clusterIssuer("letsencrypt")');
    }
    if (commonName !== undefined) checkCommonName(this, commonName);
    checkTimes(this, duration, renewBefore);
    checkKey(this, keyAlgorithm, keySize);
    const usages = usagesOf(this, props);
    if (revisionHistoryLimit !== undefined) checkInteger(this, 'revisionHistoryLimit', revisionHistoryLimit, 1, 2147483647);
    if (secretLabels !== undefined) checkLabels(this, 'secretLabels', secretLabels);
    if (secretAnnotations !== undefined) checkAnnotations(this, 'secretAnnotations', secretAnnotations);

    const named = props.namespace ?? metadata?.namespace ?? Mesh.of(this).ingressNamespace;
    this.certificateNamespace = namespaceOf(this, { ...props, namespace: named })!;
    this.secretName = props.secretName ?? nameOf(this, props);
    checkObjectName(this, 'secretName', this.secretName);
    this.certificateHosts = [...props.hosts];
    reserveSecret(this, this);

    const privateKey = { algorithm: keyAlgorithm, size: keySize, rotationPolicy: keyRotation };
    const template = { labels: secretLabels, annotations: secretAnnotations };
    const spec = {
      secretName: this.secretName,
      dnsNames: listOf(this.certificateHosts.filter((host) => !isIpAddress(host))),
      ipAddresses: listOf(this.certificateHosts.filter(isIpAddress)),
      commonName,
      duration: duration && goDuration(duration),
      renewBefore: renewBefore && goDuration(renewBefore),
      privateKey: isSpecified(privateKey) ? privateKey : undefined,
      usages,
      revisionHistoryLimit,
      secretTemplate: isSpecified(template) ? template : undefined,
      issuerRef: { name: issuer.name, kind: issuer.kind, group: issuer.group },
    };
    writeManifest(this, {
      apiVersion: 'cert-manager.io/v1',
      kind: 'Certificate',
      spec: () => types().toJson_CertificateSpec(spec as unknown as certManager.CertificateSpec),
    }, { metadata, namespace: this.certificateNamespace });
  }
}

function listOf(hosts: string[]): string[] | undefined {
  return hosts.length === 0 ? undefined : hosts;
}

function isSpecified(part: object): boolean {
  return Object.values(part).some((value) => value !== undefined);
}

function checkHosts(at: IConstruct, hosts: readonly string[]): void {
  checkTexts(at, 'hosts', hosts);
  if (hosts.length === 0) throw invalid(at, 'no hosts', 'list at least one');
  const seen = new Set<string>();
  for (const host of hosts) {
    if (seen.has(host.toLowerCase())) throw invalid(at, `host ${show(host)} twice`, 'list each host once');
    seen.add(host.toLowerCase());
    if (!isHost(host) || host === '*') {
      throw invalid(at, `host ${show(host)}`, 'expected a DNS name such as "models.example.com" or "*.example.com", or an IP address');
    }
  }
}

function checkCommonName(at: IConstruct, commonName: string): void {
  checkText(at, 'commonName', commonName);
  if (commonName.length < 1 || commonName.length > MAX_COMMON_NAME) {
    throw invalid(at, `commonName ${show(commonName)}`, `expected 1 to ${MAX_COMMON_NAME} characters`);
  }
}

/** The limits of cert-manager's webhook. */
function checkTimes(at: IConstruct, duration: Duration | undefined, renewBefore: Duration | undefined): void {
  checkDuration(at, 'duration', duration);
  checkDuration(at, 'renewBefore', renewBefore);
  const valid = (duration ?? USUAL_DURATION).toMilliseconds();
  if (valid < HOUR) throw invalid(at, `duration of ${valid} ms`, 'cert-manager requires at least 1 hour');
  const before = renewBefore?.toMilliseconds();
  if (before === undefined) return;
  if (before < 5 * MINUTE) throw invalid(at, `renewBefore of ${before} ms`, 'cert-manager requires at least 5 minutes');
  if (before >= valid) {
    throw invalid(at, `renewBefore of ${before} ms and a duration of ${valid} ms`, 'the certificate would be renewed continuously. Set renewBefore to less than the duration');
  }
}

function checkKey(at: IConstruct, algorithm: CertificateKeyAlgorithm | undefined, size: number | undefined): void {
  if (size === undefined) return;
  if (algorithm === CertificateKeyAlgorithm.ECDSA) {
    if (!ECDSA_SIZES.includes(size)) throw invalid(at, `keySize ${show(size)} for ECDSA`, `expected one of ${ECDSA_SIZES.join(', ')}`);
  } else if (algorithm === CertificateKeyAlgorithm.ED25519) {
    throw invalid(at, `keySize ${show(size)} for Ed25519`, 'Ed25519 keys have a fixed size. Leave keySize out');
  } else {
    checkInteger(at, 'keySize', size, 2048, 8192);
  }
}

function usagesOf(at: IConstruct, { usages, keyAlgorithm }: GatewayCertificateProps): CertificateUsage[] {
  if (usages === undefined) {
    const { DIGITAL_SIGNATURE, KEY_ENCIPHERMENT, SERVER_AUTH } = CertificateUsage;
    const isRsa = keyAlgorithm === undefined || keyAlgorithm === CertificateKeyAlgorithm.RSA;
    return isRsa ? [DIGITAL_SIGNATURE, KEY_ENCIPHERMENT, SERVER_AUTH] : [DIGITAL_SIGNATURE, SERVER_AUTH];
  }
  checkTexts(at, 'usages', usages);
  if (!usages.includes(CertificateUsage.SERVER_AUTH)) {
    throw invalid(at, `usages ${show(usages)}`, `callers reject a server certificate without "${CertificateUsage.SERVER_AUTH}". Add it`);
  }
  return [...usages];
}

/** Two Certificates with one secret make cert-manager reissue both continuously. */
function reserveSecret(at: IConstruct, { secretName, certificateNamespace }: IGatewayCertificate): void {
  const secrets = Mesh.of(at)._part('certificate-secrets', () => new Map<string, IConstruct>());
  const key = `${certificateNamespace}/${secretName}`;
  const other = secrets.get(key);
  if (other !== undefined) {
    throw invalid(at, `secret ${show(key)} of two certificates`, `${pathOf(other)} writes it too. Give one of them another secretName, or let the servers share one certificate`);
  }
  secrets.set(key, at);
}

/** A duration in the notation of cert-manager's documentation: `2160h`. */
function goDuration(value: Duration): string {
  const ms = value.toMilliseconds();
  if (ms % HOUR === 0) return `${ms / HOUR}h`;
  if (ms % MINUTE === 0) return `${ms / MINUTE}m`;
  return ms % SECOND === 0 ? `${ms / SECOND}s` : `${ms}ms`;
}
