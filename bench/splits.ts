import { ApiObject, App, Chart } from 'cdk8s';
import { median, timed } from './measure';
import type * as Library from '../src';

// Users run the compiled package.
// eslint-disable-next-line @typescript-eslint/no-require-imports
const library: typeof Library = require('../lib/src');

/** Many pairs of models in one chart, each with a traffic split between them. */
export function buildSplits(count: number, app = new App()): App {
  const chart = new Chart(app, 'splits', { namespace: 'seldon-mesh' });
  const gateway = library.Gateway.fromGatewayName(chart, 'gateway', 'seldon-gateway', { namespace: 'istio-system' });
  for (let i = 0; i < count; i++) {
    const [stable, canary] = ['stable', 'canary'].map((slot) => new library.Model(chart, `model-${i}-${slot}`, {
      storageUri: `gs://models/${i}/${slot}`,
      requirements: ['sklearn'],
    }));
    new library.TrafficSplit(chart, `split-${i}`, {
      gateways: [gateway],
      arms: [{ backend: stable, weight: 90 }, { backend: canary, weight: 10 }],
    });
  }
  return app;
}

/** Many models in one chart. */
export function buildModels(count: number, app = new App()): App {
  const chart = new Chart(app, 'models', { namespace: 'seldon-mesh' });
  for (let i = 0; i < count; i++) new library.Model(chart, `model-${i}`, { storageUri: `gs://models/${i}`, requirements: ['sklearn'] });
  return app;
}

/** Adds a route that no construct of the library writes. */
export function withForeignRoute(app: App): App {
  new ApiObject(app.charts[0], 'foreign', {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name: 'foreign', namespace: 'web' },
    spec: {
      hosts: ['web.example.com'],
      gateways: ['istio-system/seldon-gateway'],
      http: [{ match: [{ uri: { prefix: '/web/' } }], route: [{ destination: { host: 'web.web.svc.cluster.local', port: { number: 80 } } }] }],
    },
  });
  return app;
}

/** The same manifests as plain objects. */
export function buildPlain(manifests: readonly object[]): App {
  const app = new App();
  const chart = new Chart(app, 'splits', { namespace: 'seldon-mesh' });
  manifests.forEach((manifest, i) => new ApiObject(chart, `object-${i}`, manifest as ConstructorParameters<typeof ApiObject>[2]));
  return app;
}

export function manifestsOf(app: App): object[] {
  return app.charts.flatMap((chart) => chart.toJson() as object[]);
}

/** The time of each part of a synthesis, in milliseconds. */
export function phases(count: number, rounds: number): { readonly [phase: string]: number } {
  const samples: { [phase: string]: number[] } = { construct: [], validate: [], json: [], yaml: [] };
  for (let round = 0; round <= rounds; round++) {
    const app = new App();
    const construct = timed(() => buildSplits(count, app));
    const validate = timed(() => app.node.findAll().forEach((construct_) => construct_.node.validate()));
    const objects = app.node.findAll().filter((each): each is ApiObject => ApiObject.isApiObject(each));
    const json = timed(() => objects.forEach((object) => object.toJson()));
    const all = timed(() => app.synthYaml());
    if (round === 0) continue;
    samples.construct.push(construct);
    samples.validate.push(validate);
    samples.json.push(json);
    samples.yaml.push(Math.max(0, all - json - 2 * validate));
  }
  return Object.fromEntries(Object.entries(samples).map(([phase, values]) => [phase, median(values)]));
}
