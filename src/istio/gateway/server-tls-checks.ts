import { IConstruct } from 'constructs';
import { IGatewayCertificate } from './gateway-certificate-props';
import { ServerTlsMode, ServerTlsOptions, TlsHandshakeOptions, TlsVersion } from './server-tls';
import {
  GatewaySpecServersTls,
  GatewaySpecServersTlsMaxProtocolVersion,
  GatewaySpecServersTlsMinProtocolVersion,
  GatewaySpecServersTlsMode,
} from '../../../imports/networking.istio.io';
import { Mesh } from '../../mesh/mesh';
import { invalid, show } from '../../plan/checks/errors';
import { isObjectName } from '../../plan/checks/metadata-names';
import { checkNoPrivateKey } from '../../plan/checks/private-key';
import { checkList, checkObject, checkTextIfGiven, checkTexts } from '../../plan/checks/type-checks';

/**
 * The TLS settings of a server in any mode.
 *
 * @internal
 */
export interface ServerTls extends Omit<ServerTlsOptions, 'mode'> {
  /** Any mode, including those without a certificate of the server. */
  readonly mode: string;
}

/** Istio drops other names. An expression that starts with an operator is evaluated by the gateway, so it is not checked. */
const CIPHER_SUITES = new Set([
  'ALL',
  'ECDHE-ECDSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES128-GCM-SHA256', 'ECDHE-ECDSA-AES256-GCM-SHA384', 'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305', 'ECDHE-RSA-CHACHA20-POLY1305',
  'ECDHE-ECDSA-AES128-SHA', 'ECDHE-RSA-AES128-SHA', 'ECDHE-ECDSA-AES256-SHA', 'ECDHE-RSA-AES256-SHA',
  'AES128-GCM-SHA256', 'AES256-GCM-SHA384', 'AES128-SHA', 'AES256-SHA', 'DES-CBC3-SHA',
]);

/** Names from which Istio reads CA certificates; any other name is read as a certificate with its key. */
const AUTHORITIES = /^([^/]*-cacert|configmap:\/\/[^/]+\/[^/]+)$/;

const VERSIONS: readonly (TlsVersion | undefined)[] = [TlsVersion.V1_0, TlsVersion.V1_1, TlsVersion.V1_2, TlsVersion.V1_3];

/**
 * Checks the TLS settings of a server.
 *
 * @internal
 */
export function checkServerTls(at: IConstruct, server: string, tls: ServerTls): void {
  checkReleases(at, tls);
  checkTypes(at, server, tls);
  checkHandshake(at, server, tls);
  if (tls.certificate !== undefined && typeof (tls.certificate as Partial<IGatewayCertificate> | null)?.secretName !== 'string') {
    throw invalid(at, `certificate ${show(tls.certificate)} of ${server}`, 'expected a GatewayCertificate. Use credentialName for the name of a secret');
  }
  for (const [field, value] of textsOf(tls)) {
    if (value === '') throw invalid(at, `an empty ${field} of ${server}`, 'set a secret or a file, or leave it out');
    if (value !== undefined) checkNoPrivateKey(at, `${field} of ${server}`, value);
  }
  for (const name of [tls.credentialName, ...tls.credentialNames ?? []]) {
    // With "://" it is not a plain name; a slash separates a namespace from the name.
    if (name === undefined || name.includes('://') || name.split('/').every(isObjectName)) continue;
    throw invalid(at, `credentialName ${show(name)} of ${server}`, 'expected the name of a secret, with lower-case letters, digits, hyphens and dots');
  }
  if (isServerTlsMode(tls.mode)) checkCertificate(at, server, tls);
}

/**
 * Checks that a certificate of this app is in the namespace of the gateway's pods, and that it covers the hosts.
 *
 * @internal
 */
export function checkServerCertificate(
  at: IConstruct, server: string, { secretName, certificateNamespace, certificateHosts }: IGatewayCertificate,
  hosts: readonly string[], podNamespace: string | undefined,
): void {
  const certificate = `certificate ${show(secretName)}`;
  if (podNamespace === undefined) {
    throw invalid(at, `${certificate} of ${server}, but the namespace of the gateway's pods is not known`,
      'Istio reads the secret in that namespace. Set podNamespace, since the selector is not that of the mesh\'s ingress');
  }
  if (certificateNamespace !== podNamespace) {
    throw invalid(at, `${certificate} of ${server} is in namespace ${show(certificateNamespace)}, and the gateway's pods are in ${show(podNamespace)}`,
      `Istio reads the secret in the namespace of the pods. Set the certificate's namespace to ${show(podNamespace)}, or set another podNamespace`);
  }
  for (const entry of hosts) {
    const host = entry.slice(entry.indexOf('/') + 1);
    if (certificateHosts.some((name) => nameCovers(name.toLowerCase(), host.toLowerCase()))) continue;
    throw invalid(at, `host ${show(host)} of ${server} is not covered by ${certificate}, which is for ${certificateHosts.map(show).join(', ')}`,
      host === '*' ? 'no certificate covers all hosts. List the hosts of the server' : 'callers would reject it. Add the host to the certificate, or remove it from the server');
  }
}

/** A wildcard of a certificate matches one label, unlike that of a gateway's host. */
function nameCovers(name: string, host: string): boolean {
  return name === host || (name.startsWith('*.') && !host.startsWith('*') && host.slice(host.indexOf('.')) === name.slice(1));
}

/**
 * Converts the TLS settings of a server to the generated type.
 *
 * @internal
 */
export function toTlsSpec(tls: ServerTls): GatewaySpecServersTls {
  const min: string | undefined = tls.minProtocolVersion;
  const max: string | undefined = tls.maxProtocolVersion;
  return {
    ...tls,
    credentialName: tls.certificate?.secretName ?? tls.credentialName,
    mode: tls.mode as GatewaySpecServersTlsMode,
    minProtocolVersion: min as GatewaySpecServersTlsMinProtocolVersion | undefined,
    maxProtocolVersion: max as GatewaySpecServersTlsMaxProtocolVersion | undefined,
  };
}

/** Fields that hold a name or a path. */
function textsOf(tls: ServerTls): (readonly [string, string | undefined])[] {
  return [
    ['credentialName', tls.credentialName],
    ['serverCertificate', tls.serverCertificate],
    ['privateKey', tls.privateKey],
    ['caCertificates', tls.caCertificates],
    ['caCertCredentialName', tls.caCertCredentialName],
    ['caCrl', tls.caCrl],
    ...(tls.credentialNames ?? []).map((name) => ['credentialNames', name] as const),
    ...(tls.tlsCertificates ?? []).flatMap((files) => [
      ['serverCertificate of tlsCertificates', files.serverCertificate] as const,
      ['privateKey of tlsCertificates', files.privateKey] as const,
      ['caCertificates of tlsCertificates', files.caCertificates] as const,
    ]),
  ];
}

/** Type checks for callers without a compiler. */
function checkTypes(at: IConstruct, server: string, tls: ServerTls): void {
  const { credentialNames, cipherSuites, subjectAltNames, verifyCertificateSpki, verifyCertificateHash } = tls;
  for (const [field, values] of Object.entries({ credentialNames, cipherSuites, subjectAltNames, verifyCertificateSpki, verifyCertificateHash })) {
    if (values !== undefined) checkTexts(at, `${field} of ${server}`, values);
  }
  if (tls.tlsCertificates !== undefined) checkList(at, `tlsCertificates of ${server}`, tls.tlsCertificates, 'files');
  (tls.tlsCertificates ?? []).forEach((files, i) => checkObject(at, `tlsCertificates[${i}]`, server, files, 'an object of paths'));
  for (const [field, value] of textsOf(tls)) checkTextIfGiven(at, field, server, value);
}

function isServerTlsMode(mode: string): mode is ServerTlsMode {
  return (Object.values(ServerTlsMode) as string[]).includes(mode);
}

function checkReleases(at: IConstruct, tls: ServerTls): void {
  const release = Mesh.of(at)._release;
  if (tls.mode === ServerTlsMode.OPTIONAL_MUTUAL) release.require(at, 'tls.mode OPTIONAL_MUTUAL', '1.19');
  if (tls.caCrl !== undefined) release.require(at, 'tls.caCrl', '1.22');
  if (tls.credentialNames !== undefined) release.require(at, 'tls.credentialNames', '1.26');
  if (tls.tlsCertificates !== undefined) release.require(at, 'tls.tlsCertificates', '1.26');
  if (tls.caCertCredentialName !== undefined) release.require(at, 'tls.caCertCredentialName', '1.28');
  if (tls.insecureSkipVerify !== undefined) release.require(at, 'tls.insecureSkipVerify', '1.31');
}

function checkHandshake(at: IConstruct, server: string, tls: TlsHandshakeOptions): void {
  const [min, max] = [VERSIONS.indexOf(tls.minProtocolVersion), VERSIONS.indexOf(tls.maxProtocolVersion)];
  if (max >= 0 && min > max) {
    throw invalid(at, `minProtocolVersion ${tls.minProtocolVersion} and maxProtocolVersion ${tls.maxProtocolVersion} of ${server}`,
      'no version is in this range, so no caller could connect. Set a minProtocolVersion that is not above the maxProtocolVersion');
  }
  const old = [tls.minProtocolVersion, tls.maxProtocolVersion].find((version) => version === TlsVersion.V1_0 || version === TlsVersion.V1_1);
  if (old !== undefined && !(tls.cipherSuites ?? []).some(isForOldVersions)) {
    throw invalid(at, `${old === tls.minProtocolVersion ? 'min' : 'max'}ProtocolVersion ${old} of ${server} without cipher suites for it`,
      'Istio\'s default suites are for TLS 1.2 and later. Add a suite such as "ECDHE-RSA-AES128-SHA" to cipherSuites, or set a later version');
  }
  if (tls.minProtocolVersion === TlsVersion.V1_3 && (tls.cipherSuites ?? []).length > 0) {
    throw invalid(at, `cipherSuites of ${server} with minProtocolVersion ${tls.minProtocolVersion}`, 'the cipher suites of TLS 1.3 cannot be configured. Leave cipherSuites out');
  }
  for (const suite of tls.cipherSuites ?? []) {
    if (!CIPHER_SUITES.has(suite) && !/^[^\p{L}\p{N}]/u.test(suite)) {
      throw invalid(at, `cipher suite ${show(suite)} of ${server}`,
        'Istio drops suites that it does not know. Use an OpenSSL name such as "ECDHE-RSA-AES256-GCM-SHA384"');
    }
  }
  for (const spki of tls.verifyCertificateSpki ?? []) {
    if (!/^[A-Za-z0-9+/]{43}=$/.test(spki)) {
      throw invalid(at, `verifyCertificateSpki ${show(spki)} of ${server}`, 'expected a SHA-256 hash in base64, 44 characters');
    }
  }
  for (const hash of tls.verifyCertificateHash ?? []) {
    if (!/^([0-9a-fA-F]{64}|[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){31})$/.test(hash)) {
      throw invalid(at, `verifyCertificateHash ${show(hash)} of ${server}`,
        'expected a SHA-256 hash as 64 hexadecimal digits, or as 32 pairs separated by colons');
    }
  }
}

/** Suites whose name ends in plain SHA work with TLS 1.0. Expressions are evaluated by the gateway, so they are not checked. */
function isForOldVersions(suite: string): boolean {
  return suite === 'ALL' || suite.endsWith('-SHA') || /^[^\p{L}\p{N}]/u.test(suite);
}

function checkCertificate(at: IConstruct, server: string, tls: ServerTls): void {
  for (const [field, list] of [['credentialNames', tls.credentialNames], ['tlsCertificates', tls.tlsCertificates]] as const) {
    if (list !== undefined && (list.length < 1 || list.length > 2)) {
      throw invalid(at, `${list.length} ${field} of ${server}`, 'set one or two, such as an RSA and an ECDSA certificate');
    }
  }
  const sources = [
    tls.certificate !== undefined ? 'certificate' : '',
    tls.credentialName !== undefined ? 'credentialName' : '',
    tls.credentialNames !== undefined ? 'credentialNames' : '',
    tls.serverCertificate !== undefined || tls.privateKey !== undefined ? 'serverCertificate and privateKey' : '',
    tls.tlsCertificates !== undefined ? 'tlsCertificates' : '',
  ].filter((source) => source !== '');
  if (sources.length === 0) {
    throw invalid(at, `${server} without a certificate`,
      `mode ${tls.mode} needs one. Set certificate or credentialName, or serverCertificate and privateKey`);
  }
  if (sources.length > 1) {
    throw invalid(at, `${server} with ${sources.length} sources of its certificate (${sources.join('; ')})`, 'keep one of them');
  }
  const fromSecret = tls.certificate !== undefined || tls.credentialName !== undefined || tls.credentialNames !== undefined;
  if (!fromSecret && tls.tlsCertificates === undefined && (tls.serverCertificate === undefined || tls.privateKey === undefined)) {
    const missing = tls.privateKey === undefined ? 'privateKey' : 'serverCertificate';
    throw invalid(at, `${server} without a ${missing}`, `set ${missing} too, since serverCertificate and privateKey go together`);
  }
  if (fromSecret) {
    for (const [field, value] of [['caCertificates', tls.caCertificates], ['caCrl', tls.caCrl]] as const) {
      if (value !== undefined) {
        throw invalid(at, `${field} of ${server}, whose certificate comes from a secret`,
          'Istio would not read the file. Put its content into the secret');
      }
    }
    if (tls.mode !== ServerTlsMode.SIMPLE && tls.caCertCredentialName !== undefined && !AUTHORITIES.test(tls.caCertCredentialName)) {
      throw invalid(at, `caCertCredentialName ${show(tls.caCertCredentialName)} of ${server}`, 'Istio would look for a certificate with its key, and reject all callers. '
        + 'Use a secret whose name ends in "-cacert", or a ConfigMap as "configmap://namespace/name"');
    }
  } else if (tls.mode !== ServerTlsMode.SIMPLE && tls.caCertificates === undefined) {
    throw invalid(at, `${server} without caCertificates`, `mode ${tls.mode} with files needs them to verify client certificates. Set caCertificates`);
  }
  if (tls.caCrl !== undefined && tls.mode === ServerTlsMode.SIMPLE) {
    throw invalid(at, `caCrl of ${server}`, 'mode SIMPLE requests no client certificate. Use MUTUAL or OPTIONAL_MUTUAL, or leave caCrl out');
  }
}
