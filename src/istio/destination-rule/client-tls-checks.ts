import { IConstruct } from 'constructs';
import { ClientTls, ClientTlsMode } from './client-tls';
import { IstioRelease } from '../../mesh/release';
import { invalid, show } from '../../plan/checks/errors';
import { checkNoPrivateKey } from '../../plan/checks/private-key';
import { checkTextIfGiven, checkTexts } from '../../plan/checks/type-checks';

const CONFIG_MAP = 'configmap://';

/**
 * Checks the TLS settings of connections to a host.
 *
 * @internal
 */
export function checkClientTls(at: IConstruct, release: IstioRelease, namespace: string | undefined, where: string, tls: ClientTls): void {
  const { mode, clientCertificate, privateKey, caCertificates, caCrl, credentialName, subjectAltNames = [], insecureSkipVerify } = tls;
  const files = { clientCertificate, privateKey, caCertificates, caCrl };
  const modes: string[] = Object.values(ClientTlsMode);
  if (!modes.includes(mode)) throw invalid(at, `${where}.mode ${show(mode)}`, `expected one of ${modes.join(', ')}`);
  for (const [name, value] of Object.entries({ ...files, credentialName, sni: tls.sni })) checkTextIfGiven(at, `${where}.${name}`, undefined, value);
  checkTexts(at, `${where}.subjectAltNames`, subjectAltNames);
  for (const [name, value] of Object.entries({ ...files, credentialName })) {
    if (value !== undefined) checkNoPrivateKey(at, `${where}.${name}`, value);
  }
  if (credentialName?.startsWith(CONFIG_MAP)) checkConfigMap(at, release, namespace, where, credentialName);
  if (caCrl !== undefined) release.require(at, `${where}.caCrl`, '1.22');
  if (insecureSkipVerify !== undefined) release.require(at, `${where}.insecureSkipVerify`, '1.12');
  if (mode !== ClientTlsMode.SIMPLE && mode !== ClientTlsMode.MUTUAL) return;

  if (insecureSkipVerify === true) {
    const verifying = caCertificates ? 'caCertificates' : subjectAltNames.length > 0 ? 'subjectAltNames'
      : mode === ClientTlsMode.SIMPLE && credentialName ? 'credentialName' : undefined;
    if (verifying !== undefined) {
      throw invalid(at, `${where} has insecureSkipVerify and ${verifying}`, 'with insecureSkipVerify nothing is verified. Leave one of the two out');
    }
  }
  if (credentialName) {
    const file = Object.entries(files).find(([, value]) => value);
    if (file !== undefined) throw invalid(at, `${where} has credentialName and ${file[0]}`, 'set either the secret or the files');
    return;
  }
  if (mode === ClientTlsMode.MUTUAL) {
    const missing = clientCertificate ? (privateKey ? undefined : 'privateKey') : 'clientCertificate';
    if (missing !== undefined) {
      throw invalid(at, `${where} with mode "MUTUAL" and no ${missing}`, 'set credentialName, or clientCertificate and privateKey');
    }
  }
}

function checkConfigMap(at: IConstruct, release: IstioRelease, namespace: string | undefined, where: string, credentialName: string): void {
  release.require(at, `${where}.credentialName ${show(credentialName)}`, '1.26');
  const slash = credentialName.indexOf('/', CONFIG_MAP.length);
  const own = slash < 0 ? '' : credentialName.slice(CONFIG_MAP.length, slash);
  if (own === '' || slash === credentialName.length - 1) {
    throw invalid(at, `${where}.credentialName ${show(credentialName)}`, 'expected a namespace and a name, as in "configmap://models/authorities"');
  }
  if (namespace !== undefined && own !== namespace) {
    throw invalid(at, `${where}.credentialName ${show(credentialName)}`, `expected a ConfigMap in the namespace of the rule, ${show(namespace)}`);
  }
}
