import { eachObject, FieldFaults } from './field-faults';
import { httpRuleFaults } from './http-rule-faults';
import { l4RuleFaults } from './l4-rule-faults';
import { Fault } from '../fault';
import { JsonObject } from '../json';

/**
 * What Istio rejects in the details of a VirtualService.
 *
 * @internal
 */
export function virtualServiceFaults(spec: JsonObject, namespace: string): readonly Fault[] {
  const faults = new FieldFaults();
  faults.gateways(['spec', 'gateways'], spec.gateways);
  eachObject(spec.http, (rule, i) => httpRuleFaults(faults, ['spec', 'http', i], rule));
  l4RuleFaults(faults, spec);
  faults.exportTo(['spec', 'exportTo'], { exportTo: spec.exportTo, namespace });
  return faults.found;
}
