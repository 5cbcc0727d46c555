import { eachObject, FieldFaults, UNIX } from './field-faults';
import { isIstioLabel } from './names';
import { fileFaults } from './server-tls-faults';
import { show } from '../../plan/checks/errors';
import { Fault } from '../fault';
import { FieldPath, isObject, JsonObject, listOf, numberOf, objectOf, stringOf } from '../json';

/**
 * What Istio rejects in the name of a Gateway, and in the addresses and ports of its servers.
 *
 * @internal
 */
export function gatewayFaults(spec: JsonObject, name: string): readonly Fault[] {
  const faults = new FieldFaults();
  if (name !== '' && !isIstioLabel(name)) faults.add(['metadata', 'name'], `is ${show(name)}`, 'expected at most 63 letters, digits and hyphens, and no dots');
  eachObject(spec.servers, ({ bind, port, tls }, i) => {
    const field = ['spec', 'servers', i];
    const address = stringOf(bind);
    if (address?.startsWith(UNIX)) faults.unixPath([...field, 'bind'], address.slice(UNIX.length));
    else if (address !== undefined) faults.address([...field, 'bind'], address);
    if ((numberOf(objectOf(port).targetPort) ?? 0) > 0) faults.add([...field, 'port', 'targetPort'], 'is set', 'remove it, since it has no effect in a Gateway');
    if (isObject(tls)) tlsFaults(faults, [...field, 'tls'], tls);
  });
  return faults.found;
}

/** Another rule checks where the certificate is from. */
function tlsFaults(faults: FieldFaults, field: FieldPath, tls: JsonObject): void {
  const { mode, credentialName, credentialNames } = tls;
  const isFromSecret = stringOf(credentialName) !== undefined || listOf(credentialNames).length > 0;
  const isTerminated = ['SIMPLE', 'MUTUAL', 'OPTIONAL_MUTUAL'].includes(String(mode));
  if (mode === 'ISTIO_MUTUAL' || (isTerminated && isFromSecret)) return;
  if (isTerminated) fileFaults(faults, [...field, 'tlsCertificates'], tls.tlsCertificates);
  if (stringOf(tls.caCrl) !== undefined) revocationFaults(faults, [...field, 'caCrl'], tls);
}

function revocationFaults(faults: FieldFaults, field: FieldPath, { mode, credentialName }: JsonObject): void {
  if (mode === 'SIMPLE') faults.add(field, 'is set, and mode is SIMPLE', 'set mode MUTUAL, or remove caCrl');
  else if (stringOf(credentialName) !== undefined) faults.add(field, 'is set, and so is credentialName', 'put the list of revoked certificates into the Secret');
}
