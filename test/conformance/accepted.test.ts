import { accepted, acceptedAsReleased, lost } from './checks/accepted';
import { API_RELEASED, ApiServer } from './harness/apiserver';
import { examples } from './harness/examples';
import { parse } from './harness/manifests';

const api = ApiServer.connect();
const released = ApiServer.connect(API_RELEASED);

afterAll(() => {
  api.close();
  released.close();
});

describe.each(examples())('$name', ({ yaml }) => {
  afterAll(() => api.remove(parse(yaml)));

  test('Kubernetes accepts it, keeps every field, and sees no change the second time', async () => {
    expect(await accepted(api, yaml)).toEqual([]);
  });

  test('the CRDs as released refuse nothing but the newer fields', async () => {
    expect(await acceptedAsReleased(released, yaml)).toEqual([]);
  });
});

describe('the check can fail', () => {
  const model = (spec: string) => `apiVersion: mlops.seldon.io/v1alpha1\nkind: Model\nmetadata: {name: m, namespace: checks}\nspec: ${spec}\n`;

  afterEach(() => api.remove(parse(model('{}'))));

  test('an unknown field is refused', async () => {
    expect(await accepted(api, model('{storageUri: gs://m, storageUrl: gs://m}'))).toEqual([expect.stringContaining('storageUrl')]);
  });

  test('a value of the wrong type is refused', async () => {
    expect(await accepted(api, model('{storageUri: gs://m, replicas: many}'))).toEqual([expect.stringContaining('replicas')]);
  });

  test('a kind that no CRD serves is refused', async () => {
    expect(await accepted(api, model('{}').replace('kind: Model', 'kind: Modell'))).toEqual([expect.stringContaining('Modell')]);
  });

  test('a field that does not come back is lost', () => {
    expect(lost({ a: [{ b: 1, c: 2 }], d: 'x' }, { a: [{ b: 1 }], d: 'x', e: 'more' })).toEqual(['.a[0].c']);
  });

  test('Kubernetes leaves out what is empty in its own kinds, and writes quantities its own way', () => {
    const sent = { hostNetwork: false, ips: [], memory: '2048Mi', cpu: '1', replicas: 0 };
    expect(lost(sent, { memory: '2Gi', cpu: '1' }, '', true)).toEqual([]);
    expect(lost(sent, { memory: '2Gi', cpu: '1' })).toEqual(['.hostNetwork', '.ips', '.memory', '.replicas']);
    expect(lost({ ...sent, hostNetwork: true }, { memory: '2047Mi', cpu: '2' }, '', true)).toEqual(['.hostNetwork', '.memory', '.cpu']);
  });

  test('a newer field is accepted with the newer fields laid over, and refused as released', async () => {
    const yaml = model('{storageUri: gs://m, llm: {modelRef: other}}');
    expect(await accepted(api, yaml)).toEqual([]);
    expect((await released.apply(parse(yaml), { dryRun: true }))[0].refused).toContain('llm');
    expect(await acceptedAsReleased(released, yaml)).toEqual([]);
  });

  test('a field that no release has is rejected', async () => {
    expect(await acceptedAsReleased(released, model('{storageUri: gs://m, lmm: {modelRef: other}}'))).toEqual([expect.stringContaining('lmm')]);
  });
});
