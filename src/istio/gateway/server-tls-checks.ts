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
import { isObjectName } from '../../plan/checks/checks';
import { invalid, show } from '../../plan/checks/errors';
import { checkNoPrivateKey } from '../../plan/checks/private-key';
import { checkList, checkObject, checkTextIfGiven, checkTexts } from '../../plan/checks/type-checks';

/**
 * The TLS part of a server, whatever its mode.
 *
 * @internal
 */
export interface ServerTls extends Omit<ServerTlsOptions, 'mode'> {
  /** Any mode, also those of servers that do not end TLS with a certificate of their own. */
  readonly mode: string;
}

/** Istio drops other names; an expression that starts with an operator is left to the gateway. */
const CIPHER_SUITES = new Set([
  'ALL',
  'ECDHE-ECDSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES128-GCM-SHA256', 'ECDHE-ECDSA-AES256-GCM-SHA384', 'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305', 'ECDHE-RSA-CHACHA20-POLY1305',
  'ECDHE-ECDSA-AES128-SHA', 'ECDHE-RSA-AES128-SHA', 'ECDHE-ECDSA-AES256-SHA', 'ECDHE-RSA-AES256-SHA',
  'AES128-GCM-SHA256', 'AES256-GCM-SHA384', 'AES128-SHA', 'AES256-SHA', 'DES-CBC3-SHA',
]);

/** What Istio reads authorities from; anything else is read as a certificate with its key. */
const AUTHORITIES = /^([^/]*-cacert|configmap:\/\/[^/]+\/[^/]+)$/;

const VERSIONS: readonly (TlsVersion | undefined)[] = [TlsVersion.V1_0, TlsVersion.V1_1, TlsVersion.V1_2, TlsVersion.V1_3];

/**
 * Checks the TLS part of a server.
 *
 * @internal
 */
export function checkServerTls(at: IConstruct, server: string, tls: ServerTls): void {
  checkReleases(at, tls);
  checkTypes(at, server, tls);
  checkHandshake(at, server, tls);
  if (tls.certificate !== undefined && typeof (tls.certificate as Partial<IGatewayCertificate> | null)?.secretName !== 'string') {
    throw invalid(at, `certificate ${show(tls.certificate)} of ${server}`, 'expected a GatewayCertificate; credentialName takes the name of a secret');
  }
  for (const [field, value] of textsOf(tls)) {
    if (value === '') throw invalid(at, `an empty ${field} of ${server}`, 'name a secret or a file, or leave it out');
    if (value !== undefined) checkNoPrivateKey(at, `${field} of ${server}`, value);
  }
  for (const name of [tls.credentialName, ...tls.credentialNames ?? []]) {
    // What stands before "://" says that it is no plain name; a slash parts a namespace from it.
    if (name === undefined || name.includes('://') || name.split('/').every(isObjectName)) continue;
    throw invalid(at, `credentialName ${show(name)} of ${server}`, 'expected the name of a secret: lower-case letters, digits, hyphens and dots');
  }
  if (isServerTlsMode(tls.mode)) checkCertificate(at, server, tls);
}

/**
 * Checks that a certificate of this app is where the gateway's pods find it, and that callers will take it for the hosts.
 *
 * @internal
 */
export function checkServerCertificate(
  at: IConstruct, server: string, { secretName, certificateNamespace, certificateHosts }: IGatewayCertificate,
  hosts: readonly string[], podNamespace: string | undefined,
): void {
  const certificate = `certificate ${show(secretName)}`;
  if (podNamespace === undefined) {
    throw invalid(at, `${certificate} of ${server}, where the namespace of the gateway's pods is not known`,
      'Istio reads the secret in that namespace. Set podNamespace, since the selector is not that of the mesh\'s ingress');
  }
  if (certificateNamespace !== podNamespace) {
    throw invalid(at, `${certificate} of ${server} is in namespace ${show(certificateNamespace)}, and the gateway's pods are in ${show(podNamespace)}`,
      `Istio reads the secret beside the pods: give the certificate namespace ${show(podNamespace)}, or say another podNamespace`);
  }
  for (const entry of hosts) {
    const host = entry.slice(entry.indexOf('/') + 1);
    if (certificateHosts.some((name) => nameCovers(name.toLowerCase(), host.toLowerCase()))) continue;
    throw invalid(at, `host ${show(host)} of ${server} is not covered by ${certificate}, which is for ${certificateHosts.map(show).join(', ')}`,
      host === '*' ? 'no certificate covers all hosts: name those of the server' : 'callers would refuse it: add the host to the certificate, or take it from the server');
  }
}

/** A wildcard of a certificate stands for one label, unlike that of a gateway's host. */
function nameCovers(name: string, host: string): boolean {
  return name === host || (name.startsWith('*.') && !host.startsWith('*') && host.slice(host.indexOf('.')) === name.slice(1));
}

/**
 * Writes the TLS part of a server as the generated types have it.
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

/** Names and paths, by their fields. */
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

/** What the compiler sees to in TypeScript. */
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
      'no version lies between them, so no caller could connect');
  }
  const old = [tls.minProtocolVersion, tls.maxProtocolVersion].find((version) => version === TlsVersion.V1_0 || version === TlsVersion.V1_1);
  if (old !== undefined && !(tls.cipherSuites ?? []).some(isForOldVersions)) {
    throw invalid(at, `${old === tls.minProtocolVersion ? 'min' : 'max'}ProtocolVersion ${old} of ${server} without cipher suites for it`,
      'Istio\'s own are for TLS 1.2 and later: name one such as "ECDHE-RSA-AES128-SHA" in cipherSuites, or say a later version');
  }
  if (tls.minProtocolVersion === TlsVersion.V1_3 && (tls.cipherSuites ?? []).length > 0) {
    throw invalid(at, `cipherSuites of ${server} with minProtocolVersion ${tls.minProtocolVersion}`, 'TLS 1.3 has its own, and nothing chooses among them: leave them out');
  }
  for (const suite of tls.cipherSuites ?? []) {
    if (!CIPHER_SUITES.has(suite) && !/^[^\p{L}\p{N}]/u.test(suite)) {
      throw invalid(at, `cipher suite ${show(suite)} of ${server}`,
        'Istio leaves it out, since it knows only OpenSSL names such as "ECDHE-RSA-AES256-GCM-SHA384"');
    }
  }
  for (const spki of tls.verifyCertificateSpki ?? []) {
    if (!/^[A-Za-z0-9+/]{43}=$/.test(spki)) {
      throw invalid(at, `verifyCertificateSpki ${show(spki)} of ${server}`, 'expected a SHA-256 in base64, 44 characters');
    }
  }
  for (const hash of tls.verifyCertificateHash ?? []) {
    if (!/^([0-9a-fA-F]{64}|[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){31})$/.test(hash)) {
      throw invalid(at, `verifyCertificateHash ${show(hash)} of ${server}`,
        'expected a SHA-256 as 64 hexadecimal digits, or as 32 pairs with colons between');
    }
  }
}

/** Suites whose name ends in a plain SHA are as old as TLS 1.0; expressions are left to the gateway. */
function isForOldVersions(suite: string): boolean {
  return suite === 'ALL' || suite.endsWith('-SHA') || /^[^\p{L}\p{N}]/u.test(suite);
}

function checkCertificate(at: IConstruct, server: string, tls: ServerTls): void {
  for (const [field, list] of [['credentialNames', tls.credentialNames], ['tlsCertificates', tls.tlsCertificates]] as const) {
    if (list !== undefined && (list.length < 1 || list.length > 2)) {
      throw invalid(at, `${list.length} ${field} of ${server}`, 'give one or two, such as an RSA and an ECDSA certificate');
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
      `mode ${tls.mode} needs one: give certificate or credentialName, or serverCertificate and privateKey`);
  }
  if (sources.length > 1) {
    throw invalid(at, `${server} with ${sources.length} sources of its certificate (${sources.join('; ')})`, 'keep one of them');
  }
  const fromSecret = tls.certificate !== undefined || tls.credentialName !== undefined || tls.credentialNames !== undefined;
  if (!fromSecret && tls.tlsCertificates === undefined && (tls.serverCertificate === undefined || tls.privateKey === undefined)) {
    const missing = tls.privateKey === undefined ? 'privateKey' : 'serverCertificate';
    throw invalid(at, `${server} without a ${missing}`, 'serverCertificate and privateKey go together');
  }
  if (fromSecret) {
    for (const [field, value] of [['caCertificates', tls.caCertificates], ['caCrl', tls.caCrl]] as const) {
      if (value !== undefined) {
        throw invalid(at, `${field} of ${server}, whose certificate comes from a secret`,
          'Istio would not read the file: put its content into the secret');
      }
    }
    if (tls.mode !== ServerTlsMode.SIMPLE && tls.caCertCredentialName !== undefined && !AUTHORITIES.test(tls.caCertCredentialName)) {
      throw invalid(at, `caCertCredentialName ${show(tls.caCertCredentialName)} of ${server}`, 'Istio would look for a certificate with its key, and reject all callers: '
        + 'name a secret that ends in "-cacert", or a ConfigMap as "configmap://namespace/name"');
    }
  } else if (tls.mode !== ServerTlsMode.SIMPLE && tls.caCertificates === undefined) {
    throw invalid(at, `${server} without caCertificates`, `mode ${tls.mode} with files needs them to verify the certificates of callers`);
  }
  if (tls.caCrl !== undefined && tls.mode === ServerTlsMode.SIMPLE) {
    throw invalid(at, `caCrl of ${server}`, 'mode SIMPLE asks callers for no certificate: use MUTUAL or OPTIONAL_MUTUAL, or leave it out');
  }
}
