import { App, Chart, DependencyGraph } from 'cdk8s';
import { Construct } from 'constructs';
import { inOrder } from '../../src/synthesis/order';

const pathsOf = (constructs: readonly { readonly node: { readonly path: string } }[]) => constructs.map(({ node }) => node.path);

function expectOrder(app: App, paths: string[]): void {
  expect(pathsOf(inOrder(app))).toEqual(paths);
  expect(pathsOf(new DependencyGraph(app.node).topology())).toEqual(paths);
}

test('is the order of creation without dependencies', () => {
  const app = new App();
  const b = new Chart(app, 'b');
  new Chart(app, 'a');
  new Construct(b, 'd');
  new Construct(b, 'c');
  expectOrder(app, ['', 'b', 'b/d', 'b/c', 'a']);
});

test('a dependency comes first', () => {
  const app = new App();
  const [b, a] = ['b', 'a'].map((id) => new Chart(app, id));
  new Construct(b, 'd').node.addDependency(new Construct(a, 'c'));
  expectOrder(app, ['', 'b', 'a/c', 'b/d', 'a']);
});

test('paths that are numbers come first, as in the graph of cdk8s', () => {
  const app = new App();
  new Construct(new Construct(app, '1'), 'a');
  new Chart(app, '2');
  expectOrder(app, ['1', '2', '', '1/a']);
});

test('is the order below a chart', () => {
  const app = new App();
  const [b, a] = ['b', 'a'].map((id) => new Chart(app, id));
  new Construct(b, 'c');
  new Construct(a, 'd');
  expect(pathsOf(inOrder(b))).toEqual(['b', 'b/c']);
});
