import { App, Chart } from 'cdk8s';
import { ApiServer } from './harness/apiserver';
import { analyzeFiles, validate } from './harness/istioctl';
import { kubectlApply, kubectlApplyOnClient } from './harness/kubectl';
import { parse } from './harness/manifests';
import { startWorld } from './harness/world';
import { ServiceBackend } from '../../src/istio/service/service-backend';
import { Mesh } from '../../src/mesh/mesh';
import { GrpcCalls } from '../../src/plan/endpoint';
import { StringMatch } from '../../src/plan/string-match';
import { Model } from '../../src/seldon/core2/model';
import { CallerMatch } from '../../src/traffic/caller-match';
import { Canary } from '../../src/traffic/canary';
import { ModelRoute } from '../../src/traffic/model-route';

// More endpoints on one host of the mesh than one object can hold are divided into VirtualServices that are delegated to.

const NAMESPACE = 'many-models';
const HOST = `seldon-mesh.${NAMESPACE}.svc.cluster.local`;

function manifests(count: number, istioVersion?: string): string {
  const app = new App();
  Mesh.configure(app, { istioVersion });
  const chart = new Chart(app, 'test', { namespace: NAMESPACE });
  const model = (name: string) => Model.fromModelName(chart, `model-${name}`, name);
  for (let i = 0; i < count; i++) new ModelRoute(chart, `wine-${i}`, { backend: model(`grapes-${i}`) });
  new Canary(chart, 'iris', { stable: model('iris1'), canary: model('iris2'), weight: 50, sticky: {}, testers: [CallerMatch.cookie('tester', 'yes')] });
  const backend = ServiceBackend.of({ name: 'page', namespace: 'web', port: 80 });
  new ModelRoute(chart, 'a-page', { hosts: [HOST], backend, paths: [StringMatch.prefix('/web/')], grpc: GrpcCalls.none() });
  return app.synthYaml();
}

let api: ApiServer;
let yaml: string;

// Other files ask istioctl about all that the API server holds.
afterEach(() => api.remove(parse(yaml)));

beforeAll(async () => {
  api = ApiServer.connect();
  await api.ensureNamespaces([NAMESPACE]);
});

test('2,500 endpoints are clean, and kubectl applies them', async () => {
  yaml = manifests(2500);

  expect(parse(yaml).length).toBeGreaterThan(40);
  expect(await validate(yaml)).toEqual([]);
  expect(await analyzeFiles(yaml)).toEqual([]);
  expect(await kubectlApplyOnClient(api, yaml)).toMatchObject({ code: 0, stderr: '' });
});

test('400 endpoints in one object are too many for kubectl, and not for server-side apply', async () => {
  const warn = jest.spyOn(console, 'warn').mockImplementation();
  yaml = manifests(400, '1.14').replaceAll('seldon-mesh-routes', 'one-object');

  expect(warn.mock.calls.flat()).toEqual([expect.stringContaining('kubectl apply fails above 262 kB. Use server-side apply')]);
  expect(parse(yaml)).toHaveLength(1);
  expect((await kubectlApplyOnClient(api, yaml)).stderr).toContain('may not be more than 262144 bytes');
  expect(await kubectlApply(api, yaml)).toMatchObject({ code: 0 });
});

test('Envoy leads each caller where one object would', async () => {
  yaml = manifests(400);
  const world = await startWorld(yaml);
  try {
    const rest = (path: string, headers?: Record<string, string>) => ({ rest: path, host: HOST, headers, fromMesh: true });
    const call = (name: string) => ({ grpc: 'ModelInfer' as const, model: name, host: HOST, headers: { 'seldon-model': name }, fromMesh: true });
    const exchanges = await world.sendAll([
      rest('/v2/models/wine-7/infer'), rest('/v2/models/wine-77/infer'), call('wine-77'),
      rest('/v2/models/iris/infer', { cookie: 'iris-arm=canary' }), rest('/v2/models/iris/infer', { cookie: 'iris-arm=stable' }),
      rest('/v2/models/iris/infer', { cookie: 'tester=yes' }), rest('/v2/models/not-routed/infer', { 'seldon-model': 'not-routed' }), rest('/web/index.html'),
    ]);
    const answers = exchanges.map(({ answeredBy }) => `${answeredBy?.at.service} ${[answeredBy?.headers.get('seldon-model') ?? '-'].flat().join()}`);

    expect(answers).toEqual([
      ...['grapes-7', 'grapes-77', 'grapes-77', 'iris2', 'iris1', 'iris2', 'not-routed'].map((model) => `seldon-mesh.${NAMESPACE} ${model}`),
      'page.web -',
    ]);
    expect(await world.rejected()).toEqual([]);
  } finally {
    await world.close();
  }
});
