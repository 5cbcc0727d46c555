import { Crd, CrdVersion, Schema } from '../../scripts/import/crd';
import { schemaTable } from '../../scripts/import/schema-table';

const crdOf = (spec: Schema, rest: Partial<CrdVersion> = {}, kind = 'Gateway', group = 'networking.istio.io'): Crd => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  spec: { group, names: { kind }, versions: [{ name: 'v1', schema: { openAPIV3Schema: { type: 'object', properties: { spec, status: { type: 'object' } } } }, ...rest }] },
});

/** The parts of a table. */
const partsOf = (...crds: readonly Crd[]) => {
  const written = schemaTable(crds);
  const { kinds, metadata, rows } = new Function(`${written.replace(/export const (\w+): [^=]*= /, 'const kinds = ')
    .replace('export const METADATA_ROW', 'const metadata').replace('export const SCHEMA_ROWS', 'const rows')}
    return { kinds, metadata, rows };`)();
  return { kinds, metadata, rows: rows.trim().split('\n').map((row: string) => JSON.parse(row)) };
};

/** The kinds and the rows of a table, without those of metadata, which follow. */
const tableOf = (...crds: readonly Crd[]) => {
  const { kinds, rows } = partsOf(...crds);
  return { kinds, rows: rows.slice(0, 1 + Math.max(...Object.values<number>(kinds))) };
};

test('metadata have a schema of their own', () => {
  const { metadata, rows } = partsOf(crdOf({ type: 'object' }));
  const { properties } = rows[metadata];
  expect(rows[properties.name]).toEqual({ type: 'string' });
  expect(rows[rows[properties.labels].additionalProperties]).toEqual({ type: 'string' });
  expect(rows[properties.managedFields]).toEqual({});
});

test('equal schemas are written once, without what makes no difference', () => {
  const text = { type: 'string', description: 'A text.' };
  expect(tableOf(crdOf({ type: 'object', description: 'A spec.', properties: { a: text, b: { ...text, description: 'Another one.' }, c: { type: 'array', items: text } } }))).toEqual({
    kinds: { 'networking.istio.io/v1/Gateway': 3 },
    rows: [
      { type: 'string' },
      { type: 'array', items: 0 },
      { type: 'object', properties: { a: 0, b: 0, c: 1 } },
      { type: 'object', properties: { spec: 2 } },
    ],
  });
});

test('marks of text in TypeScript are kept', () => {
  expect(tableOf(crdOf({ type: 'string', pattern: '^\\d`\\$\\{a\\}$' })).rows[0]).toEqual({ type: 'string', pattern: '^\\d`\\$\\{a\\}$' });
});

test('all served versions of the kinds that people write', () => {
  const spec = { type: 'object' };
  const { kinds } = tableOf(
    crdOf(spec), crdOf(spec, { served: false }, 'Sidecar'), crdOf(spec, {}, 'EnvoyFilter'), crdOf(spec, {}, 'Model', 'mlops.seldon.io'), crdOf(spec, {}, 'PodMonitor', 'monitoring.coreos.com'),
  );
  expect(Object.keys(kinds)).toEqual(['mlops.seldon.io/v1/Model', 'networking.istio.io/v1/Gateway']);
});

test('replicas are read as those of Kubernetes', () => {
  const scaled = { subresources: { scale: { specReplicasPath: '.spec.replicas' } } };
  const spec = { type: 'object', properties: { replicas: { type: 'integer' }, other: { type: 'integer' } } };
  expect(tableOf(crdOf(spec, scaled)).rows).toContainEqual({ type: 'integer', format: 'int32', minimum: 0 });
  expect(tableOf(crdOf({ type: 'object', properties: {} }, scaled)).rows).toEqual([{ type: 'object', properties: {} }, { type: 'object', properties: { spec: 0 } }]);
});

test.each([
  ['x-kubernetes-validations: self.a', { 'x-kubernetes-validations': [{ rule: 'self.a' }] }, 'self.a'],
  ['a list of another type', { 'type': 'array', 'x-kubernetes-list-type': 'set' }, 'x-kubernetes-list-type: set'],
  ['a format', { type: 'string', format: 'ipv4' }, 'format: ipv4'],
  ['a keyword', { type: 'string', multipleOf: 2 }, 'multipleOf'],
])('%s that rules do not read is an error', (_what, spec, named) => {
  expect(() => schemaTable([crdOf(spec)])).toThrow(`a CRD has ${named}, which rules do not read. Extend src/rules/schemas/, then scripts/import/schema-table.ts.`);
});

test('so is a pattern that JavaScript does not read', () => {
  expect(() => schemaTable([crdOf({ type: 'string', pattern: '^(?i)a' })])).toThrow(SyntaxError);
});
