import { Fault } from '../../../src/objects/fault';
import { destinationRuleFaults } from '../../../src/objects/istio/destination-rule-faults';
import { gatewayFaults } from '../../../src/objects/istio/gateway-faults';
import { serviceEntryFaults } from '../../../src/objects/istio/service-entry-faults';
import { sidecarFaults } from '../../../src/objects/istio/sidecar-faults';
import { telemetryFaults } from '../../../src/objects/istio/telemetry-faults';
import { virtualServiceFaults } from '../../../src/objects/istio/virtual-service-faults';
import { JsonObject, showPath } from '../../../src/objects/json';
import { FAULTY_SPECS, FaultySpec } from '../../support/istio-faults';
import { ISTIO_OBJECTS } from '../../support/istio-objects';

const FAULTS: { readonly [kind: string]: (spec: JsonObject) => readonly Fault[] } = {
  DestinationRule: (spec) => destinationRuleFaults(spec, 'models'),
  Gateway: (spec) => gatewayFaults(spec, 'gateway'),
  ServiceEntry: (spec) => serviceEntryFaults(spec, 'models'),
  Sidecar: sidecarFaults,
  Telemetry: telemetryFaults,
  VirtualService: (spec) => virtualServiceFaults(spec, 'models'),
};

test.each(FAULTY_SPECS.map(([kind, spec, ...texts]): [string, string, FaultySpec] => [kind, texts.join(', '), [kind, spec, ...texts]]))('%s: %s', (kind, _what, [, spec, ...texts]) => {
  expect(FAULTS[kind](spec).map(({ field, problem }) => `${showPath(field)} ${problem}`)).toEqual(texts);
});

test('there are no faults in objects that Istio accepts', () => {
  const checked = ISTIO_OBJECTS.filter(({ kind }) => Object.hasOwn(FAULTS, String(kind)));
  expect(checked.length).toBeGreaterThan(20);
  expect(checked.flatMap(({ kind, spec }) => FAULTS[String(kind)](spec as JsonObject))).toEqual([]);
});

test('a reference to a Gateway may have a namespace, which the remedy names', () => {
  expect(virtualServiceFaults({ gateways: ['a_b'] }, 'models').map(({ field, problem, remedy }) => [showPath(field), problem, remedy])).toEqual([
    ['spec.gateways[0]', 'is "a_b"', 'expected "<namespace>/<name>", or the name of a Gateway of the same namespace'],
  ]);
});

test('the name of a Gateway has no dots', () => {
  expect(gatewayFaults({}, 'a.b').map(({ field, problem, remedy }) => [showPath(field), problem, remedy])).toEqual([
    ['metadata.name', 'is "a.b"', 'expected at most 63 letters, digits and hyphens, and no dots'],
  ]);
});

test('values of other types are left to the schema', () => {
  for (const check of Object.values(FAULTS)) {
    for (const value of [7, 'a', null, true, []]) {
      const fields = ['host', 'hosts', 'trafficPolicy', 'subsets', 'exportTo', 'egress', 'ingress', 'http', 'tls', 'tcp', 'servers', 'ports', 'endpoints', 'metrics', 'tracing', 'accessLogging', 'gateways'];
      for (const field of fields) expect(() => check({ [field]: value })).not.toThrow();
      for (const field of fields) expect(() => check({ [field]: [value] })).not.toThrow();
    }
  }
});
