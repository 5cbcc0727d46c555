import { eachObject, FieldFaults } from './field-faults';
import { FieldPath, JsonObject, listOf, stringOf } from '../json';

const FILES = ['serverCertificate', 'privateKey', 'caCertificates', 'tlsCertificates', 'credentialName', 'credentialNames'];
const CERTIFICATE = ['serverCertificate', 'privateKey'];
const TERMINATING = ['SIMPLE', 'MUTUAL', 'OPTIONAL_MUTUAL'];

/**
 * What Istio rejects in the TLS of a server.
 *
 * @internal
 */
export function serverTlsFaults(faults: FieldFaults, field: FieldPath, tls: JsonObject): void {
  const mode = stringOf(tls.mode) ?? 'PASSTHROUGH';
  const has = (name: string) => stringOf(tls[name]) !== undefined || listOf(tls[name]).length > 0;
  if (mode === 'ISTIO_MUTUAL') {
    for (const name of FILES.filter(has)) faults.add([...field, name], 'is set, and mode is ISTIO_MUTUAL', `remove ${name}, or set mode SIMPLE or MUTUAL`);
    return;
  }
  const sources = [...has('serverCertificate') && has('privateKey') ? ['serverCertificate'] : [], ...['credentialName', 'credentialNames', 'tlsCertificates'].filter(has)];
  if (sources.length > 1) faults.add(field, `has both ${sources.join(' and ')}`, 'keep one of them');
  const isFromSecret = has('credentialName') || has('credentialNames');
  if (TERMINATING.includes(mode) && isFromSecret) return;
  if (TERMINATING.includes(mode)) certificateFaults(faults, field, tls, mode);
  if (!has('caCrl')) return;
  if (has('credentialName')) faults.add([...field, 'caCrl'], 'is set, and so is credentialName', 'put the list of revoked certificates into the Secret');
  if (mode === 'SIMPLE') faults.add([...field, 'caCrl'], 'is set, and mode is SIMPLE', 'set mode MUTUAL, or remove caCrl');
}

function certificateFaults(faults: FieldFaults, field: FieldPath, tls: JsonObject, mode: string): void {
  if (mode !== 'SIMPLE' && stringOf(tls.caCertificates) === undefined) faults.add(field, `has mode ${mode} and no caCertificates`, 'set caCertificates, or credentialName');
  if (listOf(tls.tlsCertificates).length > 0) return fileFaults(faults, [...field, 'tlsCertificates'], tls.tlsCertificates);
  for (const name of CERTIFICATE) {
    if (stringOf(tls[name]) === undefined) faults.add(field, `has mode ${mode} and no ${name}`, `set ${name}, or credentialName`);
  }
}

/**
 * What is missing in the list of certificates in files.
 *
 * @internal
 */
export function fileFaults(faults: FieldFaults, field: FieldPath, files: unknown): void {
  eachObject(files, (file, i) => {
    for (const name of CERTIFICATE) if (stringOf(file[name]) === undefined) faults.add([...field, i], `has no ${name}`, `set ${name}`);
  });
}
