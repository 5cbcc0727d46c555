import { eachObject, FieldFaults } from './field-faults';
import { trafficPolicyFaults } from './traffic-policy-faults';
import { show } from '../../plan/checks/errors';
import { Fault } from '../fault';
import { isObject, JsonObject, stringOf } from '../json';

/**
 * What Istio rejects in a DestinationRule.
 *
 * @internal
 */
export function destinationRuleFaults(spec: JsonObject, namespace: string): readonly Fault[] {
  const faults = new FieldFaults();
  const { host, trafficPolicy, subsets, exportTo, workloadSelector } = spec;
  if (stringOf(host) === undefined) faults.add(['spec'], 'has no host', 'set the name of the Service');
  else faults.host(['spec', 'host'], host);
  trafficPolicyFaults(faults, ['spec', 'trafficPolicy'], trafficPolicy, namespace);
  const names = new Set<unknown>();
  eachObject(subsets, (subset, i) => {
    const field = ['spec', 'subsets', i];
    const name = stringOf(subset.name);
    if (name === undefined) faults.add(field, 'has no name', 'set the name by which routes refer to it');
    else if (names.has(name)) faults.add([...field, 'name'], `is ${show(name)}, as that of a subset before it`, 'give each subset its own name');
    else faults.label([...field, 'name'], name);
    names.add(name);
    faults.labels([...field, 'labels'], subset.labels);
    trafficPolicyFaults(faults, [...field, 'trafficPolicy'], subset.trafficPolicy, namespace);
  });
  faults.exportTo(['spec', 'exportTo'], { exportTo, namespace, isOwnOnly: isObject(workloadSelector) });
  return faults.found;
}
