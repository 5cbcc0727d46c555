import { eachObject, FieldFaults, UNIX } from './field-faults';
import { isDomain } from './names';
import { isIpAddress } from '../../plan/checks/checks';
import { show } from '../../plan/checks/errors';
import { Fault } from '../fault';
import { FieldPath, isObject, JsonObject, listOf, numberOf, objectOf, stringOf, stringsOf } from '../json';

/**
 * What Istio rejects in the details of a ServiceEntry.
 *
 * @internal
 */
export function serviceEntryFaults(spec: JsonObject, namespace: string): readonly Fault[] {
  const faults = new FieldFaults();
  const { hosts, addresses, ports, workloadSelector, endpoints, exportTo, resolution } = spec;
  faults.selector(['spec', 'workloadSelector', 'labels'], objectOf(workloadSelector).labels);
  stringsOf(hosts).forEach((host, i) => { if (host !== '*') faults.host(['spec', 'hosts', i], host); });
  stringsOf(addresses).forEach((address, i) => faults.subnet(['spec', 'addresses', i], address));
  eachObject(ports, (port, i) => portFaults(faults, ['spec', 'ports', i], port));
  const names = listOf(ports).map((port) => objectOf(port).name);
  eachObject(endpoints, (endpoint, i) => {
    const field = ['spec', 'endpoints', i];
    if (resolution === 'STATIC') staticFaults(faults, field, endpoint, names.length);
    else if (resolution === 'DNS' || resolution === 'DNS_ROUND_ROBIN') nameFaults(faults, field, endpoint);
    else return;
    endpointFaults(faults, field, endpoint);
  });
  faults.exportTo(['spec', 'exportTo'], { exportTo, namespace, isEntry: true });
  return faults.found;
}

function portFaults(faults: FieldFaults, field: FieldPath, { name, number, protocol, targetPort }: JsonObject): void {
  faults.label([...field, 'name'], name ?? '');
  faults.port([...field, 'number'], number);
  faults.protocol([...field, 'protocol'], protocol);
  if ((numberOf(targetPort) ?? 0) !== 0) faults.port([...field, 'targetPort'], targetPort);
}

function staticFaults(faults: FieldFaults, field: FieldPath, { address, network, ports }: JsonObject, portCount: number): void {
  const written = stringOf(address);
  if (written === undefined) {
    if (stringOf(network) === undefined) faults.add(field, 'has no address', 'set address');
  } else if (written.startsWith(UNIX)) {
    faults.unixPath([...field, 'address'], written.slice(UNIX.length));
    if (Object.keys(objectOf(ports)).length > 0) faults.add([...field, 'ports'], 'is set, and the address is a Unix socket', 'remove the ports');
    if (portCount !== 1) faults.add(field, `is a Unix socket, and the ServiceEntry has ${portCount} ports`, 'list one port');
  } else if (!isIpAddress(written)) {
    faults.add([...field, 'address'], `is ${show(written)}, and resolution is STATIC`, 'set an IP address, or resolution DNS');
  }
}

function nameFaults(faults: FieldFaults, field: FieldPath, { address }: JsonObject): void {
  const written = typeof address === 'string' ? address : '';
  if (!isIpAddress(written) && !isDomain(written)) faults.add([...field, 'address'], `is ${show(written)}`, 'expected a DNS name or an IP address');
}

function endpointFaults(faults: FieldFaults, field: FieldPath, { labels, ports }: JsonObject): void {
  faults.labels([...field, 'labels'], labels);
  if (!isObject(ports)) return;
  for (const [name, port] of Object.entries(ports)) {
    faults.label([...field, 'ports', name], name);
    faults.port([...field, 'ports', name], port);
  }
}
