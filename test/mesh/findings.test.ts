import { App, Chart, Testing } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { Finding, reportFindings } from '../../src/mesh/findings';
import { invalid, pathOf } from '../../src/plan/checks/errors';
import { messageOf } from '../support/errors';

function problemsOf(app: App): string {
  return messageOf(() => app.synthYaml());
}

function world() {
  const app = Testing.app();
  const chart = new Chart(app, 'chart');
  return { app, chart, iris: new Construct(chart, 'iris') };
}

const found = (at: IConstruct, text: string): Finding => ({ at, text });

test('each finding is reported at the construct that it is about', () => {
  const { app, chart, iris } = world();
  reportFindings(app, () => [found(iris, 'one'), found(chart, 'two'), found(iris, 'three')]);

  expect(problemsOf(app)).toBe('Validation failed with the following errors:\n  [chart] two\n  [chart/iris] one\n  [chart/iris] three');
});

test('the child that holds the manifest is not named', () => {
  const { app, iris } = world();
  const manifest = new Construct(new Construct(iris, 'Resource'), 'Resource');
  reportFindings(app, () => [found(manifest, 'one')]);

  expect(problemsOf(app)).toBe('Validation failed with the following errors:\n  [chart/iris] one');
  expect([pathOf(manifest), pathOf(app), invalid(manifest, 'one', 'two').message]).toEqual(['chart/iris', 'the app', 'one. Two (at chart/iris)']);
});

test('they are searched for again each time, and reported once', () => {
  const { app, iris } = world();
  const texts = ['one'];
  reportFindings(app, () => texts.map((text) => found(iris, text)));

  expect(problemsOf(app)).toContain('[chart/iris] one');
  texts[0] = 'two';
  expect(problemsOf(app)).toBe('Validation failed with the following errors:\n  [chart/iris] two');
  texts.pop();
  expect(problemsOf(app)).toBe('no error');
});
