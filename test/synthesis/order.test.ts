import { App, Chart, DependencyGraph } from 'cdk8s';
import { Construct } from 'constructs';
import fc from 'fast-check';
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

/** An app with charts, each with constructs, and dependencies between them by their numbers. */
function appWith(ids: readonly string[], dependencies: readonly (readonly [number, number])[]): App {
  const app = new App();
  const constructs: Construct[] = [];
  ids.forEach((id, i) => {
    const scope = i % 3 === 0 ? app : constructs[i - 1 - (i % 2)];
    constructs.push(i % 3 === 0 ? new Chart(scope, `${id}${i}`) : new Construct(scope, `${id}${i}`));
  });
  for (const [from, to] of dependencies) constructs[from % ids.length].node.addDependency(constructs[to % ids.length]);
  return app;
}

/** The order, or the error. */
const outcomeOf = (order: () => readonly Construct[]): unknown => {
  try {
    return pathsOf(order());
  } catch (error) {
    return (error as Error).message;
  }
};

test('is the order of cdk8s, or its error, for any dependencies', () => {
  const number = fc.nat({ max: 11 });
  fc.assert(fc.property(
    fc.array(fc.constantFrom('', 'a', 'b'), { minLength: 1, maxLength: 12 }), fc.array(fc.tuple(number, number), { maxLength: 9 }), fc.boolean(),
    (ids, dependencies, isAcyclic) => {
      const chosen = isAcyclic ? dependencies.map(([a, b]) => [a % ids.length, b % ids.length] as const).filter(([a, b]) => a > b) : dependencies;
      const app = appWith(ids, chosen);
      for (const scope of [app, ...app.node.children]) {
        expect(outcomeOf(() => inOrder(scope) as Construct[])).toEqual(outcomeOf(() => new DependencyGraph(scope.node).topology() as Construct[]));
      }
    },
  ), { seed: 18, numRuns: 1000 });
});

test('takes no longer for dependencies between all constructs', () => {
  const chart = new Chart(new App(), 'chart');
  const all = Array.from({ length: 60 }, (_, i) => new Construct(chart, `c${i}`));
  all.forEach((construct, i) => construct.node.addDependency(...all.slice(0, i)));
  expect(pathsOf(inOrder(chart))).toEqual(['chart', ...pathsOf(all)]);
});
