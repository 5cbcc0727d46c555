import { EXPRESSIONS } from '../../../src/rules/schemas/expressions';
import { SCHEMA_ROWS } from '../../../src/rules/schemas/schema-table';

test('each expression of the schemas is known, and each that is known is used', () => {
  const used = SCHEMA_ROWS.trim().split('\n').flatMap((row) => JSON.parse(row)['x-kubernetes-validations'] ?? []);
  expect([...new Set(used)].sort()).toEqual(Object.keys(EXPRESSIONS).sort());
});

/** A part of each expression, values that it accepts, and values that it rejects. */
const VALUES: readonly (readonly [part: string, accepted: readonly unknown[], rejected: readonly unknown[]])[] = [
  ['!key.contains("*")', [{}, { a: '*' }], [{ 'a*': 'b' }]],
  ['key.size() != 0', [{}, { a: '' }], [{ '': 'a' }]],
  ['!self.contains("*")', ['', 'a'], ['*', 'a*']],
  ['self.size() == 0', [''], ['a']],
  ['has(self.targetRef)', [{}, { selector: {} }, { targetRefs: [] }, { selector: null, targetRef: {} }], [{ selector: {}, targetRefs: [] }]],
  ['has(self.serviceAccounts)', [{}, { serviceAccounts: [] }, { principals: [], namespaces: [] }], [{ serviceAccounts: [], principals: [] }, { notServiceAccounts: [], notNamespaces: [] }]],
  ["duration('1ms')", ['1ms', '1h'], ['0s', '999us', '-1s', '5', '1d']],
  ['0 < self', [1, 65535], [0, 65536, -1]],
  ['url(self)', ['https://a', 'http://a:80/b'], ['', 'a', 'ftp://a']],
  ['(has(self.tlsCertificates) ? 1 : 0) + (has(self.credentialNames)', [{}, { tlsCertificates: [] }], [{ tlsCertificates: [], credentialNames: [] }]],
  ['(has(self.credentialName) ? 1 : 0) + (has(self.credentialNames)', [{}, { credentialName: 'a' }], [{ credentialName: 'a', credentialNames: [] }]],
  ['(has(self.credentialNames) ? 1 : 0) + (has(self.tlsCertificates)', [{}, { credentialNames: [] }], [{ tlsCertificates: [], credentialNames: [] }]],
  ['has(self.workloadSelector)', [{}, { endpoints: [] }], [{ workloadSelector: {}, endpoints: [] }]],
  ['k.contains("/")', [{ addresses: ['1.2.3.4'], resolution: 'DNS' }, { addresses: ['1.2.3.0/24'] }, { addresses: ['1.2.3.0/24'], resolution: 'STATIC' }, {}], [{ addresses: ['1', '1.2.3.0/24'], resolution: 'DNS' }]],
  ['== "NONE") ? !has(self.endpoints)', [{}, { endpoints: [], resolution: 'STATIC' }], [{ endpoints: [] }, { endpoints: [], resolution: 'NONE' }, { endpoints: [], resolution: null }]],
  ['"DNS_ROUND_ROBIN"', [{}, { endpoints: [1, 2] }, { resolution: 'DNS_ROUND_ROBIN', endpoints: [1] }, { resolution: 'DNS_ROUND_ROBIN' }], [{ resolution: 'DNS_ROUND_ROBIN', endpoints: [1, 2] }]],
  ['has(self.address) || has(self.network)', [{ address: '' }, { network: 'a' }], [{}, { address: null }]],
  ['? !has(self.ports)', [{}, { address: 'unix:///a' }, { address: '1.2.3.4', ports: {} }], [{ address: 'unix:///a', ports: {} }]],
  ['self.substring(7, 8)', ['a', 'unix:///a', 'unix://@a'], ['unix://a', 'unix://']],
  ['self.endsWith("/")', ['a/', 'unix:///a'], ['unix:///a/', 'unix:///']],
  ['size(key) < 63', [{ 'a': 1, 'a-b': 1 }, { ['a'.repeat(62)]: 1 }], [{ ['a'.repeat(63)]: 1 }, { '-a': 1 }, { a_b: 1 }, { '': 1 }]],
  ['self != "*"', ['', '*.a'], ['*']],
  ['self.exists_one', [[], [{ number: 1 }, { number: 2 }]], [[{ number: 1 }, { number: 2 }, { number: 1 }]]],
  ['has(self.portLevelMtls)', [{}, { portLevelMtls: {}, selector: { matchLabels: { a: 'b' } } }], [{ portLevelMtls: {} }, { portLevelMtls: {}, selector: { matchLabels: {} } }]],
  ['int(key)', [{ '80': {}, '+80': {} }], [{ 0: {} }, { 65536: {} }, { a: {} }, { '8 0': {} }]],
  ['has(self.jwks_uri)', [{}, { jwks: 'a' }, { jwksUri: 'a' }], [{ jwks: 'a', jwksUri: 'a' }, { jwks_uri: 'a', jwksUri: 'a' }]],
  ['"UPSERT"', [{}, { operation: 'UPSERT', value: 'a' }, { operation: 'REMOVE' }], [{ operation: 'UPSERT', value: '' }, { operation: 'UPSERT' }]],
  ['"REMOVE"', [{}, { operation: 'REMOVE' }, { operation: 'UPSERT', value: 'a' }], [{ operation: 'REMOVE', value: '' }]],
];

const expressionWith = (part: string) => Object.keys(EXPRESSIONS).filter((expression) => expression.includes(part));

test.each(VALUES)('%s', (part, accepted, rejected) => {
  const [expression, ...others] = expressionWith(part);
  expect(others).toEqual([]);
  const { holds } = EXPRESSIONS[expression];
  expect(accepted.filter((value) => !holds(value as never))).toEqual([]);
  expect(rejected.filter((value) => holds(value as never))).toEqual([]);
});

test('values are written for all of them', () => {
  expect(VALUES.flatMap(([part]) => expressionWith(part)).sort()).toEqual(Object.keys(EXPRESSIONS).sort());
});
