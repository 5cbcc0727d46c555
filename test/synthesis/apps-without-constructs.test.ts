import { ApiObject, App, Chart, Testing } from 'cdk8s';
import { FastApp, Mesh, Model, Rules } from '../../src';

/** Synthesizes an app with two VirtualServices, of which the first takes all requests of the second. */
function synthesized(use: (app: App, chart: Chart) => void, app: App): () => void {
  const chart = new Chart(app, 'web', { namespace: 'web' });
  use(app, chart);
  for (const [name, prefix] of [['a', '/a'], ['b', '/a/b']]) {
    new ApiObject(chart, name, {
      apiVersion: 'networking.istio.io/v1',
      kind: 'VirtualService',
      metadata: { name },
      spec: {
        hosts: ['example.com'],
        gateways: ['istio-system/gateway'],
        http: [{ match: [{ uri: { prefix } }], route: [{ destination: { host: name, port: { number: 80 } } }] }],
      },
    });
  }
  return () => app.synth();
}

const appIn = (App_: typeof App) => new App_({ outdir: Testing.app().outdir });

test.each<[string, (app: App, chart: Chart) => void]>([
  ['Mesh.configure', (app) => Mesh.configure(app, {})],
  ['Mesh.of', (app) => Mesh.of(app)],
  ['Rules.find', (app) => Rules.find(app)],
  ['Rules.accept', (_, chart) => Rules.accept(chart, 'sticky-header-kept', 'unused')],
  ['a construct of this library', (_, chart) => new Model(chart, 'iris', { storageUri: 'gs://models/iris' })],
])('rules check an app with %s', (_, use) => {
  jest.spyOn(console, 'warn').mockReturnValue();
  expect(synthesized(use, appIn(App))).toThrow('VirtualService web/b gets no requests for prefix "/a/b"');
});

test.each([App, FastApp])('rules do not check an app that uses no mesh: %p', (App_) => {
  expect(synthesized(() => undefined, appIn(App_))).not.toThrow();
});
