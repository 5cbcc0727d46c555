import { releasedCrds } from './harness/crds';
import { Manifest } from './harness/manifests';
import { NEWER_FIELDS } from '../../scripts/import/newer-fields';
import { fieldAt, withNewerFields, without } from '../../scripts/import/overlay';

let released: Manifest[];

beforeAll(async () => { released = await releasedCrds(); });

test('no field that is listed as newer is in the released CRDs, unless its values were restricted', () => {
  const wrong = NEWER_FIELDS.filter(({ kind, path, isNarrowed = false }) => (fieldAt(released, kind, path) !== undefined) !== isNarrowed);
  expect(wrong.map(({ kind, path }) => `${kind} ${path}`)).toEqual([]);
});

test('the overlay contains every field, and the released CRDs do not change', () => {
  const before = JSON.stringify(released);
  const laid = withNewerFields(released, NEWER_FIELDS);
  const missing = NEWER_FIELDS.filter(({ kind, path, schema }) => {
    const field = fieldAt(laid, kind, path);
    return field === undefined || (schema !== undefined && JSON.stringify(field) !== JSON.stringify(schema));
  });
  expect(missing.map(({ kind, path }) => `${kind} ${path}`)).toEqual([]);
  expect(JSON.stringify(released)).toBe(before);
});

test('fails for a field below something that is no object', () => {
  expect(() => withNewerFields(released, [{ kind: 'Model', path: 'spec.replicas[].x', since: 'never', schema: {} }])).toThrow('no []');
});

test('the newer fields are removed from an object, with the objects that held only them', () => {
  const object = (spec: object): Manifest => ({ apiVersion: 'mlops.seldon.io/v1alpha1', kind: 'SeldonRuntime', metadata: { name: 'r' }, spec });
  expect(without(object({
    seldonConfig: 'default',
    config: { scalingConfig: { models: { enabled: true } }, kafkaConfig: { topics: { 'max.message.bytes': 1 }, topicPrefix: 'p' } },
    overrides: [{ name: 'hodometer', replicas: 0, podSpec: { nodeName: 'n' } }],
  }), NEWER_FIELDS)).toEqual(object({
    seldonConfig: 'default',
    config: { kafkaConfig: { topicPrefix: 'p' } },
    overrides: [{ name: 'hodometer', replicas: 0 }],
  }));
});
