import { App, Chart } from 'cdk8s';
import { ApiServer } from './harness/apiserver';
import { analyzeFiles, validate } from './harness/istioctl';
import { parse } from './harness/manifests';
import { startWorld } from './harness/world';
import { Gateway } from '../../src/istio/gateway/gateway';
import { Model } from '../../src/seldon/core2/model';
import { BlueGreen, BlueGreenSlot } from '../../src/traffic/blue-green';
import { ModelRoute } from '../../src/traffic/model-route';

// Names of endpoints and hosts that are no names of objects: the objects get others, and callers keep theirs.

const NAMESPACE = 'odd-names';
const ENDPOINTS = ['Iris.V2', 'wine_red', 'Grapes_.x'];
const HOSTS = ['x.a-b.test', 'x-a.b.test'];

function manifests(): string {
  const app = new App();
  const chart = new Chart(app, 'test', { namespace: NAMESPACE });
  const gateways = [new Gateway(chart, 'seldon-gateway', { namespace: 'istio-system' })];
  const model = (name: string) => Model.fromModelName(chart, `model-${name}`, name);
  ENDPOINTS.forEach((endpoint, i) => new BlueGreen(chart, `slots-${i}`, {
    endpoint, gateways, blue: model(`blue-${i}`), green: model(`green-${i}`), active: BlueGreenSlot.BLUE, preview: {},
  }));
  HOSTS.forEach((host, i) => new ModelRoute(chart, `mesh-${i}`, { endpoint: 'iris', hosts: [host], backend: model(`inside-${i}`) }));
  return app.synthYaml();
}

test('previews and hosts inside the mesh reach their models', async () => {
  const yaml = manifests();
  const api = ApiServer.connect();
  await api.ensureNamespaces([NAMESPACE, 'istio-system']);

  expect(await validate(yaml)).toEqual([]);
  expect(await analyzeFiles(yaml)).toEqual([]);
  expect((await api.apply(parse(yaml))).filter((each) => 'refused' in each)).toEqual([]);
  await api.remove(parse(yaml));
  const world = await startWorld(yaml);
  try {
    const exchanges = await world.sendAll([
      ...ENDPOINTS.flatMap((name) => [name, `${name}-preview`]).map((name) => ({ rest: `/v2/models/${name}/infer`, host: 'models.example.com' })),
      ...HOSTS.map((host) => ({ rest: '/v2/models/iris/infer', host, fromMesh: true })),
    ]);

    expect(exchanges.map(({ answeredBy }) => answeredBy?.headers.get('seldon-model'))).toEqual([
      ...ENDPOINTS.flatMap((_name, i) => [[`blue-${i}`], [`green-${i}`]]), ['inside-0'], ['inside-1'],
    ]);
    expect(await world.rejected()).toEqual([]);
  } finally {
    await world.close();
  }
});
