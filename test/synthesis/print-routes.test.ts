import { App, Chart } from 'cdk8s';
import { Gateway, Mesh, Model, Traffic, TrafficSplit } from '../../src';

let printed: string[];

beforeEach(() => {
  printed = [];
  jest.spyOn(console, 'error').mockImplementation((text: string) => { printed.push(text); });
});

afterEach(() => { jest.restoreAllMocks(); });

/** An app with routes in one of two charts. */
function appWith(printRoutes?: boolean): App {
  const app = new App();
  Mesh.configure(app, { printRoutes });
  const chart = new Chart(app, 'models', { namespace: 'seldon-mesh' });
  new Chart(app, 'empty');
  const [iris1, iris2] = ['iris1', 'iris2'].map((name) => new Model(chart, name, { storageUri: `gs://models/${name}`, requirements: ['sklearn'] }));
  new TrafficSplit(chart, 'iris', { gateways: [new Gateway(chart, 'gateway')], arms: [{ backend: iris1, weight: 90 }, { backend: iris2, weight: 10 }] });
  return app;
}

test('synthesis prints the table of routes once', () => {
  const app = appWith(true);
  app.synthYaml();
  app.charts[0].node.validate();

  expect(printed).toEqual([Traffic.fromApp(app).table()]);
  expect(printed[0]).toContain('90 % Model seldon-mesh/iris1');
});

test('each synthesis prints it', async () => {
  const app = appWith(true);
  app.synthYaml();
  await Promise.resolve();
  app.synthYaml();

  expect(printed).toHaveLength(2);
});

test.each([[undefined], [false]])('%p prints nothing', (printRoutes) => {
  appWith(printRoutes).synthYaml();

  expect(printed).toEqual([]);
});

test('something else is rejected', () => {
  expect(() => Mesh.configure(new App(), { printRoutes: 'yes' as unknown as boolean })).toThrow('printRoutes "yes". Expected true or false (at the app)');
});
