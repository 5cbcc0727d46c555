import * as fs from 'fs';
import * as path from 'path';
import { ApiServer } from './harness/apiserver';
import { releasedCrds } from './harness/crds';
import { examples } from './harness/examples';
import { Manifest, parse } from './harness/manifests';
import { ROOT } from './harness/tools';
import { Crd } from '../../scripts/import/crd';
import { NEWER_FIELDS } from '../../scripts/import/newer-fields';
import { withNewerFields } from '../../scripts/import/overlay';
import { schemaTable } from '../../scripts/import/schema-table';
import { schemaOf } from '../../src/rules/schemas/schema';
import { schemaFaults } from '../../src/rules/schemas/walk';
import { ANY_VALUES, faultyCopies } from '../support/faulty-copies';

// What rules report about fields and values, compared with the API server, for the examples with small faults.

const NAMESPACE = 'faulty-copies';
const COPIES = Number(process.env.CONFORMANCE_COPIES ?? 3000);

const api = ApiServer.connect();
afterAll(() => api.close());

test('the API server and the rules agree about each faulty copy', async () => {
  const objects = examples().flatMap(({ yaml }) => parse(yaml)).filter((object) => schemaOf(object) !== undefined);
  await api.ensureNamespaces([NAMESPACE]);
  const copies = faultyCopies(objects, COPIES, { values: ANY_VALUES }).map((copy, i) => ({ ...copy, metadata: { name: `copy-${i}`, namespace: NAMESPACE } }));
  const tried = await api.tryCreate(copies as Manifest[]);
  const wrong = tried.flatMap(({ sent, refused }) => {
    const { unknown, invalid } = schemaFaults(sent);
    const found = unknown.length + invalid.length > 0;
    return found === (refused !== undefined) ? [] : [{ kind: sent.kind, spec: JSON.stringify(sent.spec), refused, unknown, invalid }];
  });
  expect(wrong).toEqual([]);
  // Neither all are accepted nor all are rejected.
  const rejected = tried.filter(({ refused }) => refused !== undefined).length;
  expect(rejected).toBeGreaterThan(COPIES / 4);
  expect(rejected).toBeLessThan(COPIES * 0.9);
});

/** Metadata and types that people write wrongly, or rightly. */
const HEADS: readonly object[] = [
  {}, { metadata: undefined }, { metadata: null }, { metadata: 'iris' }, { metadata: [] }, { metadata: {} },
  { metadata: { name: '' } }, { metadata: { name: null } }, { metadata: { name: 5 } }, { metadata: { name: true } }, { metadata: { name: ['iris'] } },
  { metadata: { name: 'Iris' } }, { metadata: { name: 'iris_v2' } }, { metadata: { name: 'iris-' } }, { metadata: { name: '-iris' } },
  { metadata: { name: 'iris v2' } }, { metadata: { name: 'iris/v2' } }, { metadata: { name: '*' } }, { metadata: { name: 'iris.' } },
  { metadata: { name: 'iris..v2' } }, { metadata: { name: 'iris.-v2' } }, { metadata: { name: 'a'.repeat(254) } }, { metadata: { name: 'a'.repeat(253) } },
  { metadata: { name: 'iris.v2' } }, { metadata: { name: '5' } }, { metadata: { name: '1.2' } },
  { metadata: { generateName: 'iris-' } }, { metadata: { generateName: 'Iris-' } }, { metadata: { generateName: 5 } }, { metadata: { generateName: '' } },
  { metadata: { name: '', generateName: 'iris-' } }, { metadata: { name: 'iris', generateName: 'Iris-' } },
  { metadata: { name: 'iris', namespace: 5 } }, { metadata: { name: 'iris', namespace: null } }, { metadata: { name: 'iris', namespace: ['a'] } },
  { metadata: { name: 'iris', labels: null } }, { metadata: { name: 'iris', labels: {} } }, { metadata: { name: 'iris', labels: [] } },
  { metadata: { name: 'iris', labels: 'app' } }, { metadata: { name: 'iris', labels: { app: 5 } } }, { metadata: { name: 'iris', labels: { app: true } } },
  { metadata: { name: 'iris', labels: { app: null } } }, { metadata: { name: 'iris', labels: { app: {} } } }, { metadata: { name: 'iris', labels: { app: '' } } },
  { metadata: { name: 'iris', labels: { app: 'a b' } } }, { metadata: { name: 'iris', labels: { app: '-a' } } }, { metadata: { name: 'iris', labels: { app: 'a'.repeat(64) } } },
  { metadata: { name: 'iris', labels: { app: 'a'.repeat(63) } } }, { metadata: { name: 'iris', labels: { app: 'A_b.c' } } },
  { metadata: { name: 'iris', labels: { '': 'a' } } }, { metadata: { name: 'iris', labels: { 'a b': 'a' } } }, { metadata: { name: 'iris', labels: { 'a/b': 'a' } } },
  { metadata: { name: 'iris', labels: { 'a/b/c': 'a' } } }, { metadata: { name: 'iris', labels: { 'A.b/c': 'a' } } }, { metadata: { name: 'iris', labels: { 'a_b/c': 'a' } } },
  { metadata: { name: 'iris', labels: { ['a'.repeat(64)]: 'a' } } }, { metadata: { name: 'iris', labels: { '-a': 'a' } } }, { metadata: { name: 'iris', labels: { '/a': 'a' } } },
  { metadata: { name: 'iris', labels: { 'a/': 'a' } } },
  { metadata: { name: 'iris', annotations: null } }, { metadata: { name: 'iris', annotations: [] } }, { metadata: { name: 'iris', annotations: { a: 5 } } },
  { metadata: { name: 'iris', annotations: { a: false } } }, { metadata: { name: 'iris', annotations: { a: null } } }, { metadata: { name: 'iris', annotations: { a: 'any text, of any length' } } },
  { metadata: { name: 'iris', annotations: { 'a b': 'a' } } }, { metadata: { name: 'iris', annotations: { 'A.b/c': 'a' } } }, { metadata: { name: 'iris', annotations: { '': 'a' } } },
  { metadata: { name: 'iris', finalizers: 'a' } }, { metadata: { name: 'iris', finalizers: [5] } }, { metadata: { name: 'iris', finalizers: ['seldon.io/a'] } },
  { metadata: { name: 'iris', lables: { app: 'a' } } }, { metadata: { name: 'iris', label: {} } }, { metadata: { name: 'iris', app: 'a' } },
  { metadata: { name: 'iris', clusterName: 'a' } }, { metadata: { name: 'iris', selfLink: '' } },
  { status: {} }, { status: null }, { status: 'ready' }, { status: { conditions: [] } },
];

test('the API server and the rules agree about metadata', async () => {
  await api.ensureNamespaces([NAMESPACE]);
  const valid = { apiVersion: 'networking.istio.io/v1', kind: 'DestinationRule', metadata: { name: 'iris' }, spec: { host: 'iris' } };
  const tried = await api.tryCreate(HEADS.map((head) => structuredClone({ ...valid, ...head }) as unknown as Manifest), NAMESPACE);
  const wrong = tried.flatMap(({ sent, refused }, i) => {
    const { unknown, invalid } = schemaFaults(sent);
    return (unknown.length + invalid.length > 0) === (refused !== undefined) ? [] : [{ head: HEADS[i], refused, unknown, invalid }];
  });
  expect(wrong).toEqual([]);
});

test('the table of schemas is the one that the import command writes', async () => {
  const crds = await releasedCrds() as unknown as Crd[];
  expect(fs.readFileSync(path.join(ROOT, 'src/rules/schemas/schema-table.ts'), 'utf8')).toBe(schemaTable(withNewerFields(crds, NEWER_FIELDS)));
});
