import { eachObject, FieldFaults, UNIX } from './field-faults';
import { isIstioLabel } from './names';
import { show } from '../../plan/checks/errors';
import { Fault } from '../fault';
import { isObject, JsonObject, numberOf, objectOf, stringOf } from '../json';

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
    if (isObject(tls) && stringOf(tls.caCrl) !== undefined) revocationFaults(faults, [...field, 'tls', 'caCrl'], tls);
  });
  return faults.found;
}

function revocationFaults(faults: FieldFaults, field: readonly (string | number)[], { mode, credentialName, credentialNames }: JsonObject): void {
  if (mode === 'ISTIO_MUTUAL') return;
  const isFromSecret = stringOf(credentialName) !== undefined || (Array.isArray(credentialNames) && credentialNames.length > 0);
  const isTerminated = ['SIMPLE', 'MUTUAL', 'OPTIONAL_MUTUAL'].includes(String(mode));
  if (isTerminated && isFromSecret) return;
  if (mode === 'SIMPLE') faults.add(field, 'is set, and mode is SIMPLE', 'set mode MUTUAL, or remove caCrl');
  else if (stringOf(credentialName) !== undefined) faults.add(field, 'is set, and so is credentialName', 'put the list of revoked certificates into the Secret');
}
