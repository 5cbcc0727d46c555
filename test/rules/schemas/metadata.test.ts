import { invalidField } from '../../../src/rules/schemas/invalid-field';
import { unknownField } from '../../../src/rules/schemas/unknown-field';
import { levelsOf, problemsOf } from '../../support/cluster';

const written = (metadata: unknown) => JSON.stringify({ apiVersion: 'networking.istio.io/v1', kind: 'DestinationRule', metadata, spec: { host: 'iris' } });
const NAME = 'expected at most 253 lower-case letters, digits, hyphens and dots, starting and ending with a letter or digit';
const KEY = 'expected at most 63 letters, digits, "-", "_" and ".", after an optional DNS name and a slash';
const VALUE = 'expected at most 63 letters, digits, "-", "_" and ".", starting and ending with a letter or digit';
const NUMBER = 'expected a string, so write "5" with quotes';

test.each<[unknown, string, string]>([
  [undefined, 'metadata has no name', 'set metadata.name'],
  [{}, 'metadata has no name', 'set metadata.name'],
  [{ name: '' }, 'metadata has no name', 'set metadata.name'],
  [{ name: null }, 'metadata has no name', 'set metadata.name'],
  [{ name: 5 }, 'metadata.name is 5', NUMBER],
  [{ name: 'Iris_V2' }, 'metadata.name is "Iris_V2"', NAME],
  [{ name: 'a'.repeat(254) }, `metadata.name is "${'a'.repeat(254)}"`, NAME],
  [{ generateName: 'Iris-' }, 'metadata.generateName is "Iris-"', NAME],
  [{ name: 'iris', namespace: 5 }, 'metadata.namespace is 5', NUMBER],
  [{ name: 'iris', labels: ['app'] }, 'metadata.labels is a list', 'expected an object'],
  [{ name: 'iris', labels: { app: 5 } }, 'metadata.labels.app is 5', NUMBER],
  [{ name: 'iris', labels: { app: 'a b' } }, 'metadata.labels.app is "a b"', VALUE],
  [{ name: 'iris', labels: { app: 'a'.repeat(64) } }, `metadata.labels.app is "${'a'.repeat(64)}"`, VALUE],
  [{ name: 'iris', labels: { 'a b': '' } }, 'metadata.labels has the key "a b"', KEY],
  [{ name: 'iris', labels: { 'A.b/c': '' } }, 'metadata.labels has the key "A.b/c"', KEY],
  [{ name: 'iris', annotations: { a: true } }, 'metadata.annotations.a is true', 'expected a string, so write "true" with quotes'],
  [{ name: 'iris', annotations: { 'a b': '' } }, 'metadata.annotations has the key "a b"', KEY],
  [{ name: 'iris', finalizers: 'a' }, 'metadata.finalizers is "a"', 'expected a list'],
])('%j is rejected', (metadata, problem, remedy) => {
  const found = problemsOf(invalidField, written(metadata));

  expect(found.map((each) => [each.problem.replace(/, so the API server rejects .*$/, ''), each.remedy])).toEqual([[problem, remedy]]);
});

test.each<[unknown]>([
  [{ name: 'iris.v2' }], [{ name: '5' }], [{ name: 'a'.repeat(253) }], [{ generateName: 'iris-' }], [{ name: 'iris', namespace: null, labels: null }],
  [{ name: 'iris', labels: { 'app': '', 'a.b/C_d': 'A_b.c' }, annotations: { 'A.b/c': 'any text\n' }, finalizers: ['seldon.io/a'] }],
  [{ name: 'iris', managedFields: [{}], generation: 1 }],
])('%j is accepted', (metadata) => {
  expect(problemsOf(invalidField, written(metadata))).toEqual([]);
  expect(problemsOf(unknownField, written(metadata))).toEqual([]);
});

test('an object without a name has none in messages', () => {
  expect(problemsOf(invalidField, written({ namespace: 'models' }))[0].problem).toBe('metadata has no name, so the API server rejects the unnamed DestinationRule');
});

test('a misspelled field', () => {
  expect(problemsOf(unknownField, written({ name: 'iris', lables: {} }))[0]).toMatchObject({ remedy: 'did you mean labels?' });
});

test.each<[string, string, string, string]>([
  ['networking.istio.io/v2', 'VirtualService', 'apiVersion is "networking.istio.io/v2", which has no kind VirtualService', 'write networking.istio.io/v1'],
  ['networking.istio.io/v1', 'virtualservice', 'kind is "virtualservice", and networking.istio.io/v1 has no such kind', 'did you mean "VirtualService"?'],
  ['networking.istio.io/v1', 'VirtualServices', 'kind is "VirtualServices", and networking.istio.io/v1 has no such kind', 'did you mean "VirtualService"?'],
  ['networking.istio.io/v1', 'AuthorizationPolicy', 'apiVersion is "networking.istio.io/v1", which has no kind AuthorizationPolicy', 'write security.istio.io/v1'],
  ['v1', 'VirtualService', 'apiVersion is "v1", which has no kind VirtualService', 'write networking.istio.io/v1'],
  ['networking.istio.io', 'VirtualService', 'apiVersion is "networking.istio.io", which has no kind VirtualService', 'write networking.istio.io/v1'],
  ['mlops.seldon.io/v1', 'Model', 'apiVersion is "mlops.seldon.io/v1", which has no kind Model', 'write mlops.seldon.io/v1alpha1'],
])('%s %s does not exist', (apiVersion, kind, problem, remedy) => {
  const found = problemsOf(invalidField, JSON.stringify({ apiVersion, kind, metadata: { name: 'a' } }));

  expect(found).toEqual([{ at: expect.any(String), problem: `${problem}, so the API server rejects ${kind} default/a`, remedy, related: [] }]);
});

test.each([
  ['machinelearning.seldon.io/v1alpha2', 'SeldonDeployment'], ['machinelearning.seldon.io/v1alpha3', 'SeldonDeployment'], ['networking.istio.io/v1beta1', 'ProxyConfig'],
  ['networking.istio.io/v1', 'SomethingNew'], ['gateway.networking.k8s.io/v1', 'Gateway'], ['serving.knative.dev/v1', 'Service'], ['argoproj.io/v1alpha1', 'Experiment'],
  ['v1', 'ConfigMap'], ['extensions.istio.io/v1alpha1', 'WasmPlugin'], ['networking.istio.io/v1alpha3', 'EnvoyFilter'],
])('%s %s may exist', (apiVersion, kind) => {
  expect(problemsOf(invalidField, JSON.stringify({ apiVersion, kind, metadata: { name: 'a' } }))).toEqual([]);
});

test('a version that a newer release may have is a warning for it', () => {
  const manifest = JSON.stringify({ apiVersion: 'networking.istio.io/v2', kind: 'Sidecar', metadata: { name: 'a' } });

  expect(levelsOf(invalidField, manifest, { istioVersion: '1.33' })).toEqual(['warning']);
  expect(levelsOf(invalidField, manifest)).toEqual(['error']);
});
