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

test('the table of schemas is the one that the import command writes', async () => {
  const crds = await releasedCrds() as unknown as Crd[];
  expect(fs.readFileSync(path.join(ROOT, 'src/rules/schemas/schema-table.ts'), 'utf8')).toBe(schemaTable(withNewerFields(crds, NEWER_FIELDS)));
});
