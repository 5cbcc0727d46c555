import { ApiServer } from './harness/apiserver';
import { rejections } from './harness/istioctl';
import { Manifest, printJson } from './harness/manifests';
import { RULES } from '../../src/rules/all';
import { Level } from '../../src/rules/level';
import { findingsOf } from '../../src/rules/run';
import { CEL_ACCEPTED, CEL_REJECTED } from '../support/cel-expressions';
import { clusterOf } from '../support/cluster';
import { faultyCopies } from '../support/faulty-copies';
import { ISTIO_NAMES, ISTIO_OBJECTS, ISTIO_VALUES } from '../support/istio-objects';

// Which objects the API server and Istio's webhook reject, compared with the rules.

const COPIES = Number(process.env.CONFORMANCE_COPIES ?? 3000);
const SEED = Number(process.env.CONFORMANCE_SEED ?? 7);
const CHANGES = Number(process.env.CONFORMANCE_CHANGES ?? 2);
const NAMESPACE = 'models';
const REJECTING = RULES.filter(({ id, rejects }) => rejects !== undefined || id === 'dropped-delegate');

const api = ApiServer.connect();
afterAll(() => api.close());

const namesOf = ({ kind, metadata }: Manifest) => `${kind} ${metadata.name}`;

/** Why objects are rejected, by kind and name. */
async function verdictsOn(objects: readonly Manifest[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const tried = await api.tryCreate(objects);
  const accepted = tried.filter(({ refused }) => refused === undefined).map(({ sent }) => sent);
  return new Map([
    ...tried.flatMap(({ sent, refused }): [string, string[]][] => (refused === undefined ? [] : [[namesOf(sent), [refused]]])),
    ...await rejections(printJson(accepted)),
  ]);
}

const errorsOf = (object: Manifest) => findingsOf(clusterOf(JSON.stringify(object)), REJECTING)
  .filter(({ level }) => level === Level.ERROR).map(({ rule, problem }) => `${rule}: ${problem}`);

beforeAll(() => api.ensureNamespaces([NAMESPACE]));

test('all of the objects are accepted', async () => {
  const objects = ISTIO_OBJECTS as object[] as Manifest[];
  expect([...await verdictsOn(objects)]).toEqual([]);
  expect(objects.flatMap(errorsOf)).toEqual([]);
});

test('the API server and Istio reject exactly the copies for which rules report errors', async () => {
  const copies = faultyCopies(ISTIO_OBJECTS, COPIES, { values: ISTIO_VALUES, names: ISTIO_NAMES, seed: SEED, changes: CHANGES })
    .map((copy, i) => ({ ...copy, metadata: { name: `copy-${i}`, namespace: NAMESPACE } })) as object[] as Manifest[];
  const verdicts = await verdictsOn(copies);
  const wrong = copies.flatMap((copy) => {
    const [reasons, errors] = [verdicts.get(namesOf(copy)) ?? [], errorsOf(copy)];
    return reasons.length > 0 === errors.length > 0 ? [] : [{ kind: copy.kind, reasons, errors, spec: JSON.stringify(copy.spec) }];
  });
  expect(wrong).toEqual([]);
  expect(verdicts.size).toBeGreaterThan(COPIES / 4);
  expect(verdicts.size).toBeLessThan(COPIES * 0.9);
});

test('filters of logs in CEL', async () => {
  const filters = (expressions: readonly string[]) => expressions.map((expression, i): Manifest => ({
    apiVersion: 'telemetry.istio.io/v1', kind: 'Telemetry', metadata: { name: `filter-${i}`, namespace: NAMESPACE }, spec: { accessLogging: [{ filter: { expression } }] },
  }));
  expect([...await verdictsOn(filters(CEL_ACCEPTED))]).toEqual([]);
  expect([...(await verdictsOn(filters(CEL_REJECTED.map(([expression]) => expression)))).keys()].sort()).toEqual(CEL_REJECTED.map((_, i) => `Telemetry filter-${i}`).sort());
});
