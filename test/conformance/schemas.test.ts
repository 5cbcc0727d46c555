import { ApiServer, API } from './harness/apiserver';
import { examples } from './harness/examples';
import { Manifest, nameOf, parse } from './harness/manifests';
import { schemaOf } from '../../src/rules/schemas/schema';
import { schemaFaults } from '../../src/rules/schemas/walk';
import { faultyCopies } from '../support/faulty-copies';

// What rules say about fields and values, compared with the API server, for the examples with small faults.

const api = new ApiServer(process.env[API]!);
afterAll(() => api.close());

test('the API server and the rules agree about each faulty copy', async () => {
  const objects = examples().flatMap(({ yaml }) => parse(yaml)).filter((object) => schemaOf(object) !== undefined);
  await api.ensureNamespaces(new Set(objects.map(({ metadata }) => metadata.namespace ?? 'default')));
  const copies = faultyCopies(objects as unknown as object[], 3000) as unknown as Manifest[];
  const applied = await api.apply(copies, { dryRun: true });
  const wrong = applied.flatMap(({ sent, refused }) => {
    const { unknown, invalid } = schemaFaults(sent);
    const found = unknown.length + invalid.length > 0;
    return found === (refused !== undefined) ? [] : [{ object: nameOf(sent), spec: JSON.stringify(sent.spec), refused, unknown, invalid }];
  });
  expect(wrong).toEqual([]);
  // Neither all are accepted nor all are rejected.
  const rejected = applied.filter(({ refused }) => refused !== undefined).length;
  expect(rejected).toBeGreaterThan(copies.length / 4);
  expect(rejected).toBeLessThan(copies.length);
});
