import { RULES } from '../../src/rules/all';
import { UNREPEATED_CODES } from '../../src/rules/unrepeated-codes';

// Users look for a fault by the code that istioctl or Kiali gave it.

test('rules name the codes that other tools have for the same fault', () => {
  const coded = RULES.filter(({ codes }) => codes !== undefined).map(({ id, codes }) => [id, codes]);
  expect(coded).toEqual([
    ['certificate-in-wrong-namespace', ['IST0101', 'IST0161']],
    ['competing-defaults', ['IST0110', 'IST0111', 'IST0159', 'IST0160', 'KIA0002', 'KIA0003']],
    ['competing-destination-rules', ['KIA0201']],
    ['conflicting-entry-protocols', ['IST0177']],
    ['conflicting-gateway-protocols', ['IST0145', 'KIA0301']],
    ['deny-closes-tcp', ['IST0133']],
    ['duplicate-tls-host', ['IST0145', 'KIA0301']],
    ['empty-subset', ['IST0173', 'KIA0203']],
    ['hidden-subsets', ['KIA0201']],
    ['invalid-gateway-host', ['IST0106']],
    ['invalid-gateway-port', ['IST0106']],
    ['invalid-gateway-tls', ['IST0106', 'IST0133']],
    ['invalid-service-entry', ['IST0106']],
    ['invalid-weights', ['IST0106', 'KIA1104']],
    ['lost-mesh-routes', ['IST0109', 'KIA1106']],
    ['missing-destination-port', ['IST0112']],
    ['principals-without-mtls', ['KIA0105']],
    ['redirected-gateway-host', ['IST0145', 'KIA0301']],
    ['rejected-authorization-policy', ['IST0106']],
    ['rejected-destination-rule', ['IST0106']],
    ['rejected-peer-authentication', ['IST0106']],
    ['rejected-request-authentication', ['IST0106']],
    ['rejected-sidecar', ['IST0106']],
    ['rejected-telemetry', ['IST0106']],
    ['rejected-virtual-service', ['IST0106']],
    ['shared-certificate', ['IST0138']],
    ['shared-gateway-host', ['IST0145', 'KIA0301']],
    ['unknown-destination-host', ['IST0101', 'KIA1101']],
    ['unknown-destination-port', ['IST0101']],
    ['unknown-gateway', ['IST0101', 'KIA1102']],
    ['unknown-method', ['KIA0102']],
    ['unknown-rule-host', ['IST0174', 'KIA0202']],
    ['unknown-source-namespace', ['KIA0101', 'IST0101']],
    ['unknown-subset', ['IST0101', 'KIA1107']],
    ['unreachable-connection-rule', ['IST0130', 'IST0131']],
    ['unreachable-rule', ['IST0130', 'IST0131']],
    ['unselected-workload', ['KIA0004', 'IST0127']],
    ['unserved-host', ['IST0132']],
  ]);
});

test('codes that no rule repeats are listed once, and no rule has them', () => {
  const repeated = new Set(RULES.flatMap(({ codes = [] }) => codes));
  const listed = UNREPEATED_CODES.flatMap(({ codes }) => codes);
  expect(listed.filter((code) => repeated.has(code) || !/^IST0\d{3}$/.test(code))).toEqual([]);
  expect(new Set(listed).size).toBe(listed.length);
});
