import { RULES } from '../../src/rules/all';
import { findingsOf } from '../../src/rules/run';
import { clusterOf } from '../support/cluster';

/** Rule and field of what all rules find. */
const foundIn = (yaml: string) => findingsOf(clusterOf(yaml), RULES).map(({ rule, field }) => `${rule} ${field.join('.')}`);

const modelWith = (spec: object) => JSON.stringify({ apiVersion: 'mlops.seldon.io/v1alpha1', kind: 'Model', metadata: { name: 'iris', namespace: 'models' }, spec });
const gatewayWith = (server: object) => JSON.stringify({
  apiVersion: 'networking.istio.io/v1', kind: 'Gateway', metadata: { name: 'models', namespace: 'istio-system' }, spec: { selector: { istio: 'a' }, servers: [server] },
});

const PORT = { number: 80, name: 'http', protocol: 'HTTP' };

test('a value is reported by the rule that knows its meaning', () => {
  expect(foundIn(modelWith({ storageUri: 'gs://a', memory: 'text' }))).toEqual(['invalid-model spec.memory']);
});

test('a value of a wrong type is reported as such, and not as one that is missing', () => {
  expect(foundIn(gatewayWith({ port: PORT, hosts: '*' }))).toEqual(['invalid-field spec.servers.0.hosts']);
  expect(foundIn(JSON.stringify({
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name: 'iris', namespace: 'models' },
    spec: { hosts: ['a.b'], http: [{ retries: { attempts: '3', perTryTimeout: '2s' }, route: [{ destination: { host: 'a', port: { number: '80' } } }] }] },
  })).sort()).toEqual(['invalid-field spec.http.0.retries.attempts', 'invalid-field spec.http.0.route.0.destination.port.number']);
});

test('a missing field is reported once, at the object or at the field', () => {
  expect(foundIn(modelWith({}))).toEqual(['invalid-model spec']);
  expect(foundIn(gatewayWith({ port: { ...PORT, number: undefined }, hosts: ['a.b'] }))).toEqual(['invalid-gateway-port spec.servers.0.port.number']);
});

test('a misspelled field is reported, and not that it is missing', () => {
  expect(foundIn(modelWith({ storageURL: 'gs://a' }))).toEqual(['unknown-field spec.storageURL']);
  expect(foundIn(gatewayWith({ port: { number: 80, names: 'http', protocol: 'HTTP' }, hosts: ['a.b'] }))).toEqual(['unknown-field spec.servers.0.port.names']);
});

test('a field that is at the wrong place does not hide another one that is missing', () => {
  expect(foundIn(gatewayWith({ port: PORT, hosts: ['a.b'], selector: {}, zzz: 1 })).sort()).toEqual([
    'unknown-field spec.servers.0.selector', 'unknown-field spec.servers.0.zzz',
  ]);
  expect(foundIn(modelWith({ zzz: 1 })).sort()).toEqual(['invalid-model spec', 'unknown-field spec.zzz']);
});

test('two faults at different places are both reported', () => {
  expect(foundIn(gatewayWith({ port: { ...PORT, number: '80' }, hosts: ['models'] })).sort()).toEqual([
    'invalid-gateway-host spec.servers.0.hosts.0', 'invalid-gateway-port spec.servers.0.port.number',
  ]);
});

test('a warning about the same field does not hide why the object is rejected', () => {
  expect(foundIn(gatewayWith({ port: { number: 443, name: 'https', protocol: 'HTTPS' }, hosts: ['a.b'], tls: { mode: 5 } }))).toContain('invalid-field spec.servers.0.tls.mode');
});

test('findings about other objects stay', () => {
  expect(foundIn(`${modelWith({ storageUri: 'gs://a', memory: true })}\n---\n${modelWith({}).replace('iris', 'wine')}`).sort()).toEqual([
    'invalid-field spec.memory', 'invalid-model spec',
  ]);
});
