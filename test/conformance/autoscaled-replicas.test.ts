import { ApiServer } from './harness/apiserver';
import { kubectlApplyAs, kubectlReplicas, kubectlScale } from './harness/kubectl';
import { parse } from './harness/manifests';

// What docs/gitops.md states about replicas that an autoscaler owns: GitOps applies on the server's side and overrides other owners.

const api = ApiServer.connect();
afterAll(async () => {
  await api.remove(parse([NAMESPACE, ...['undone', 'kept', 'removed', 'owned'].map((name) => model(name))].join('\n---\n')));
  await api.close();
});

const GITOPS = 'gitops';

const NAMESPACE = `
apiVersion: v1
kind: Namespace
metadata: { name: autoscaled, labels: { istio-injection: disabled } }
`;
const model = (name: string, replicas?: number) => `
apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: { name: ${name}, namespace: autoscaled }
spec: { storageUri: 'gs://models/iris', requirements: [sklearn]${replicas === undefined ? '' : `, replicas: ${replicas}`} }
`;

async function sync(yaml: string): Promise<void> {
  const { code, stderr } = await kubectlApplyAs(api, GITOPS, yaml);
  if (code !== 0) throw new Error(stderr);
}

beforeAll(() => sync(NAMESPACE));

test('a sync with replicas undoes what the autoscaler did', async () => {
  const yaml = model('undone', 2);
  await sync(yaml);
  await kubectlScale(api, yaml, 5);
  expect(await kubectlReplicas(api, yaml)).toBe('5');
  await sync(yaml);
  expect(await kubectlReplicas(api, yaml)).toBe('2');
});

test('once the autoscaler has written replicas, a sync without them keeps its number', async () => {
  const yaml = model('kept', 2);
  await sync(yaml);
  await kubectlScale(api, yaml, 5);
  await sync(model('kept'));
  expect(await kubectlReplicas(api, yaml)).toBe('5');
});

test('before that, a sync without them removes them, and nothing is left to scale', async () => {
  const yaml = model('removed', 2);
  await sync(yaml);
  await sync(model('removed'));
  expect(await kubectlReplicas(api, yaml)).toBe('');
});

test('a second owner of replicas keeps them', async () => {
  const yaml = model('owned', 2);
  await sync(yaml);
  await kubectlApplyAs(api, 'replicas', `
apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: { name: owned, namespace: autoscaled }
spec: { storageUri: 'gs://models/iris', replicas: 2 }
`);
  await sync(model('owned'));
  expect(await kubectlReplicas(api, yaml)).toBe('2');
  await kubectlScale(api, yaml, 5);
  await sync(model('owned'));
  expect(await kubectlReplicas(api, yaml)).toBe('5');
});
