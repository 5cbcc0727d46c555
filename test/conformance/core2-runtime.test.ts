import { accepted, acceptedAsReleased } from './checks/accepted';
import { everyField } from './core2-runtime-fields';
import { API_RELEASED, ApiServer } from './harness/apiserver';
import { kubectlReplicas } from './harness/kubectl';
import { Manifest, parse, print } from './harness/manifests';
import { NEWER_FIELDS } from '../../scripts/import/newer-fields';

const api = ApiServer.connect();
const released = ApiServer.connect(API_RELEASED);
// It warns of a field that Seldon's operator ignores.
jest.spyOn(console, 'warn').mockImplementation();
const yaml = everyField();

afterAll(async () => {
  await api.remove(parse(yaml));
  api.close();
  released.close();
});

test('Kubernetes accepts every field of every kind, keeps it, and sees no change the second time', async () => {
  expect(await accepted(api, yaml)).toEqual([]);
});

test('the CRDs as released refuse nothing but the newer fields', async () => {
  expect(await acceptedAsReleased(released, yaml)).toEqual([]);
});

/** What stands at a path of an object; `[]` stands for any item of a list. */
function at(value: unknown, path: readonly string[]): unknown {
  if (path.length === 0 || value === undefined) return value;
  const [first, ...rest] = path;
  const name = first.replace('[]', '');
  const below = (value as { [field: string]: unknown })[name];
  if (!first.endsWith('[]')) return at(below, rest);
  return (below as unknown[] | undefined)?.map((item) => at(item, rest)).find((found) => found !== undefined);
}

test.each(NEWER_FIELDS.filter(({ kind }) => ['Server', 'SeldonConfig', 'SeldonRuntime'].includes(kind)))('$kind $path is written', ({ kind, path }) => {
  const objects: Manifest[] = parse(yaml).filter((object) => object.kind === kind);
  expect(objects.map((object) => at(object, path.split('.'))).find((found) => found !== undefined)).toBeDefined();
});

describe('what an InferenceAutoscaler scales', () => {
  const objects = (kind: string, name: string): Manifest => parse(yaml).find((object) => object.kind === kind && object.metadata.name === name)!;

  afterEach(() => api.remove(parse(yaml)));

  test.each([['Model', 'iris'], ['Server', 'alone']])('is the replicas of a %s, which must be written for that', async (kind, name) => {
    const object = objects(kind, name);
    const { replicas, ...rest } = object.spec;
    expect(await accepted(api, print([object]))).toEqual([]);
    expect(await kubectlReplicas(api, print([object]))).toBe(String(replicas));
    await api.remove([object]);
    const without = { ...object, spec: rest };
    expect(await accepted(api, print([without]))).toEqual([]);
    // None at all: Kubernetes takes that for 0, and scales nothing that has 0 replicas.
    expect(await kubectlReplicas(api, print([without]))).toBe('');
  });
});
