import { eachObject, FieldFaults } from './field-faults';
import { hostWithin, isPassthroughSni, isWildcardDomain } from './names';
import { isIpAddress } from '../../plan/checks/checks';
import { show } from '../../plan/checks/errors';
import { FieldPath, isObject, JsonObject, listOf, numberOf, stringsOf } from '../json';

/**
 * What Istio rejects in the rules of a VirtualService for TLS and TCP.
 *
 * @internal
 */
export function l4RuleFaults(faults: FieldFaults, spec: JsonObject): void {
  const hosts = stringsOf(spec.hosts);
  const gateways = stringsOf(spec.gateways);
  const isOnGateways = gateways.length > 0 && !gateways.includes('mesh');
  eachObject(spec.tls, (rule, i) => {
    const field = ['spec', 'tls', i];
    if (listOf(rule.match).length === 0) faults.add(field, 'has no match', 'match the names that clients ask for, as sniHosts');
    eachObject(rule.match, (match, j) => {
      const at = [...field, 'match', j];
      if (listOf(match.sniHosts).length === 0) faults.add(at, 'has no sniHosts', 'list the names that clients ask for');
      stringsOf(match.sniHosts).forEach((name, k) => sniFaults(faults, [...at, 'sniHosts', k], name, hosts, isOnGateways));
      matchFaults(faults, at, match);
    });
    routeFaults(faults, field, rule);
  });
  eachObject(spec.tcp, (rule, i) => {
    const field = ['spec', 'tcp', i];
    eachObject(rule.match, (match, j) => matchFaults(faults, [...field, 'match', j], match));
    routeFaults(faults, field, rule);
  });
}

function sniFaults(faults: FieldFaults, field: FieldPath, name: string, hosts: readonly string[], isOnGateways: boolean): void {
  const isGenerated = isOnGateways && name.startsWith('outbound_');
  if (isGenerated ? !isPassthroughSni(name) : !isWildcardDomain(name)) {
    if (!isIpAddress(name)) faults.add(field, `is ${show(name)}`, 'expected a DNS name such as "db.example.com" or "*.example.com"');
  } else if (!hosts.some((host) => hostWithin(name, host))) {
    faults.add(field, `is ${show(name)}, which is not in hosts`, 'add it to hosts, or correct it');
  }
}

function matchFaults(faults: FieldFaults, field: FieldPath, match: JsonObject): void {
  stringsOf(match.destinationSubnets).forEach((subnet, i) => faults.subnet([...field, 'destinationSubnets', i], subnet));
  if ((numberOf(match.port) ?? 0) !== 0) faults.port([...field, 'port'], match.port);
  faults.labels([...field, 'sourceLabels'], match.sourceLabels);
  faults.gateways([...field, 'gateways'], match.gateways);
}

/** Another rule checks the weights. */
function routeFaults(faults: FieldFaults, field: FieldPath, { route }: JsonObject): void {
  if (listOf(route).length === 0) faults.add(field, 'has no route', 'add the destinations as route');
  eachObject(route, ({ destination }, i) => {
    if (!isObject(destination)) faults.add([...field, 'route', i], 'has no destination', 'set its destination');
    faults.destination([...field, 'route', i, 'destination'], destination);
  });
}
