import { RULES } from '../../src/rules/all';
import { findingsOf } from '../../src/rules/run';
import { clusterOf } from '../support/cluster';

const route = (http: string, spec = 'hosts: [models.example.com]\n  gateways: [istio-system/gw]') => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: iris, namespace: models }
spec:
  ${spec}
  http: ${http}
`;

const to = (host: string) => `route: [{ destination: { host: ${host}.models.svc.cluster.local, port: { number: 80 } } }]`;
const rules = (manifests: string) => findingsOf(clusterOf(manifests), RULES).map(({ rule, field }) => `${rule} ${field.join('.')}`);

test.each([
  ['match: text', 'invalid-field spec.http.0.match'],
  ['match: [text]', 'invalid-field spec.http.0.match.0'],
  ['match: [{ uri: /a }]', 'invalid-field spec.http.0.match.0.uri'],
  ['match: [{ headers: { x: v } }]', 'invalid-field spec.http.0.match.0.headers.x'],
  ['macth: [{ uri: { prefix: /a } }]', 'unknown-field spec.http.0.macth'],
])('%s hides no other rule', (match, finding) => {
  expect(rules(route(`[{ ${match}, ${to('iris')} }, { match: [{ uri: { prefix: /b } }], ${to('wine')} }]`))).toEqual([finding]);
});

test('a value of another field of the rule leaves the others as they are', () => {
  const found = rules(route(`[{ timeout: 5, ${to('iris')} }, { match: [{ uri: { prefix: /b } }], ${to('wine')} }]`));
  expect(found).toEqual(['invalid-field spec.http.0.timeout', 'unreachable-rule spec.http.1']);
});

test.each(['hosts: models.example.com', 'hosts: 5', 'hosts: { a: b }'])('a VirtualService with %s is no delegate', (spec) => {
  const [field] = spec.split(':');
  expect(rules(route(`[{ match: [{ uri: { prefix: /a } }], delegate: { name: wine } }, { ${to('iris')} }]`, `${spec}\n  gateways: [istio-system/gw]`))).toEqual([`invalid-field spec.${field}`]);
});

test('nothing is known about the routes of a VirtualService whose gateways cannot be read', () => {
  const other = route(`[{ ${to('wine')} }]`, 'hosts: ["*"]\n  gateways: [istio-system/gw]').replace('name: iris', 'name: wine');
  const found = rules(`${route(`[{ match: [{ uri: { prefix: /a } }], ${to('iris')} }]`, 'hosts: [iris]\n  gateways: istio-system/gw')}---\n${other}`);
  expect(found).toEqual(['invalid-field spec.gateways']);
});

test.each<[string, string]>([
  ['gateway: [istio-system/gw]', 'unknown-field spec.gateway'],
  ['gateways: istio-system/gw', 'invalid-field spec.gateways'],
])('a host that only gateways accept is no fault of its own with %s', (gateways, finding) => {
  expect(rules(route(`[{ ${to('iris')} }]`, `hosts: ["*"]\n  ${gateways}`))).toEqual([finding]);
});

test('a misspelled name of hosts does not make a delegate', () => {
  expect(rules(route(`[{ ${to('iris')} }]`, 'host: [models.example.com]\n  gateways: [istio-system/gw]'))).toEqual(['unknown-field spec.host']);
});

test('rules that cannot be read are not missing', () => {
  expect(rules(route('text'))).toEqual(['invalid-field spec.http']);
});

test('of two faults of the scope that are independent, both are found', () => {
  expect(rules(route(`[{ ${to('iris')} }]`, 'hosts: [a_b..c]\n  gateways: [istio-system/gw]\n  exportTo: [5]'))).toEqual([
    'invalid-field spec.exportTo.0', 'rejected-virtual-service spec.hosts.0',
  ]);
});

test('a host that is rejected hides no routes on a wider one', () => {
  const other = route(`[{ ${to('wine')} }]`, 'hosts: ["*"]\n  gateways: [istio-system/gw]').replace('name: iris', 'name: wine');
  const hosts = (host: string) => rules(`${route(`[{ match: [{ uri: { prefix: /a } }], ${to('iris')} }]`, `hosts: ["${host}"]\n  gateways: [istio-system/gw]`)}---\n${other}`);
  expect(hosts('a.*.com')).toEqual(['rejected-virtual-service spec.hosts.0']);
  expect(hosts('a.com')).toEqual(['hidden-host spec.hosts.0']);
});

test('a spec that is no object has one finding', () => {
  expect(rules('{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: iris}, spec: nope}')).toEqual(['invalid-field spec']);
});
