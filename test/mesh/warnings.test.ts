import { ApiObject, App, Chart, Testing } from 'cdk8s';
import { Warnings } from '../../src/mesh/warnings';

let printed: string[];

beforeEach(() => {
  printed = [];
  jest.spyOn(console, 'warn').mockImplementation((line) => { printed.push(line); });
});

afterEach(() => {
  jest.restoreAllMocks();
});

function objectIn(chart: Chart, id: string): ApiObject {
  return new ApiObject(chart, id, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: id } });
}

test('is printed once, by synthesis, in the order given', () => {
  const app = new App();
  const [b, a] = [new Chart(app, 'b'), new Chart(app, 'a')];
  Warnings._add(objectIn(b, 'second'), 'field x', 'leave it out');
  Warnings._add(objectIn(a, 'first'), 'field y', 'set z');

  expect(printed).toEqual([]);
  app.synthYaml();
  Testing.synth(a);

  expect(printed).toEqual(['warning: field x. Leave it out (at b/second)', 'warning: field y. Set z (at a/first)']);
});

test('is printed when it comes after a synthesis', () => {
  const app = new App();
  const chart = new Chart(app, 'chart');
  Warnings._add(chart, 'field x', 'leave it out');
  app.synthYaml();
  Warnings._add(chart, 'field y', 'leave it out');
  app.synthYaml();

  expect(printed).toEqual(['warning: field x. Leave it out (at chart)', 'warning: field y. Leave it out (at chart)']);
});

test('is in no manifest', () => {
  const chart = Testing.chart();
  const object = objectIn(chart, 'map');
  Warnings._add(object, 'field x', 'leave it out');

  expect(Testing.synth(chart)).toEqual([{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'map' } }]);
});

test('can be found below any scope', () => {
  const app = new App();
  const [a, b] = [new Chart(app, 'a'), new Chart(app, 'b')];
  Warnings._add(objectIn(a, 'map'), 'field x', 'leave it out');
  Warnings._add(b, 'field y', 'leave it out');
  b.node.addMetadata('other', 'thing');

  expect(Warnings.find(app)).toEqual(['field x. Leave it out (at a/map)', 'field y. Leave it out (at b)']);
  expect(Warnings.find(b)).toEqual(['field y. Leave it out (at b)']);
});

test('is added only once', () => {
  const app = new App();
  Warnings._add(app, 'field x', 'leave it out');
  Warnings._add(app, 'field x', 'leave it out');
  app.synthYaml();

  expect(Warnings.find(app)).toEqual(['field x. Leave it out (at the app)']);
  expect(printed).toEqual(['warning: field x. Leave it out (at the app)']);
});
