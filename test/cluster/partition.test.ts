import { ClusterObject } from '../../src/cluster/cluster-object';
import { clustersIn, partition } from '../../src/cluster/partition';

const object = (file: string | undefined, name: string, spec: unknown = {}, context?: boolean) => new ClusterObject(
  { apiVersion: 'networking.istio.io/v1', kind: 'Gateway', metadata: { name }, spec }, { file, context },
);
const divided = (...objects: ClusterObject[]) => clustersIn(objects).map((cluster) => cluster.map(({ origin, name }) => `${origin.file}:${name}`));

test('files without a common object are one cluster', () => {
  expect(divided(object('a/x.yaml', 'one'), object('b/y.yaml', 'two'))).toEqual([['a/x.yaml:one', 'b/y.yaml:two']]);
});

test('an object that several files have alike, such as a Namespace, changes nothing', () => {
  expect(divided(object('a/x.yaml', 'one'), object('b/y.yaml', 'one'))).toHaveLength(1);
});

test('folders with different objects of one name are different clusters', () => {
  expect(divided(object('dist/dev/x.yaml', 'one', { a: 1 }), object('dist/dev/y.yaml', 'two'), object('dist/prod/x.yaml', 'one', { a: 2 }))).toEqual([
    ['dist/dev/x.yaml:one', 'dist/dev/y.yaml:two'], ['dist/prod/x.yaml:one'],
  ]);
});

test('only the folder with the difference is divided', () => {
  expect(divided(object('a/dev.yaml', 'one', { a: 1 }), object('a/prod.yaml', 'one', { a: 2 }), object('b/x.yaml', 'two'), object('b/y.yaml', 'three'))).toEqual([
    ['a/dev.yaml:one'], ['a/prod.yaml:one'], ['b/x.yaml:two', 'b/y.yaml:three'],
  ]);
});

test('the files directly in a folder stay together if a folder below it differs', () => {
  expect(divided(object('dist/models.yaml', 'one'), object('dist/routes.yaml', 'two', { a: 1 }), object('dist/other/route.yaml', 'two', { a: 2 }))).toEqual([
    ['dist/models.yaml:one', 'dist/routes.yaml:two'], ['dist/other/route.yaml:two'],
  ]);
});

describe('steps', () => {
  const route = (file: string | undefined, name: string, spec: unknown, kind = 'VirtualService') => new ClusterObject(
    { apiVersion: kind === 'VirtualService' ? 'networking.istio.io/v1' : 'mlops.seldon.io/v1alpha1', kind, metadata: { name }, spec }, { file },
  );
  const gateway = object('dist/platform.yaml', 'one');
  const iris = route('dist/routes.yaml', 'iris', { weight: 0 });
  const wine = route('dist/routes.yaml', 'wine', { weight: 0 });
  const steps = (...objects: ClusterObject[]) => partition(objects).steps.map(({ folder, objects: all }) => [folder, ...all.map(({ origin, name }) => `${origin.file}:${name}`)]);

  test('are folders with routes that replace those of a folder above, and no clusters', () => {
    const all = [gateway, iris, wine, route('dist/steps/iris/01/a.yaml', 'iris', { weight: 5 }), route('dist/steps/iris/02/a.yaml', 'iris', { weight: 25 })];
    expect(divided(...all)).toEqual([['dist/platform.yaml:one', 'dist/routes.yaml:iris', 'dist/routes.yaml:wine']]);
    expect(steps(...all)).toEqual([
      ['dist/steps/iris/01', 'dist/steps/iris/01/a.yaml:iris', 'dist/platform.yaml:one', 'dist/routes.yaml:wine'],
      ['dist/steps/iris/02', 'dist/steps/iris/02/a.yaml:iris', 'dist/platform.yaml:one', 'dist/routes.yaml:wine'],
    ]);
  });

  test('can be those of an Experiment', () => {
    const all = [route('routes.yaml', 'iris', { weight: 0 }, 'Experiment'), route('steps/a.yaml', 'iris', { weight: 5 }, 'Experiment')];
    expect(steps(...all)).toEqual([['steps', 'steps/a.yaml:iris']]);
  });

  test('replace routes of the environment that they are below', () => {
    const all = [
      route('dist/dev/a.yaml', 'iris', { weight: 1 }), object('dist/dev/b.yaml', 'one', { a: 1 }), route('dist/dev/steps/a.yaml', 'iris', { weight: 5 }),
      route('dist/prod/a.yaml', 'iris', { weight: 2 }), object('dist/prod/b.yaml', 'one', { a: 2 }),
    ];
    expect(divided(...all)).toEqual([['dist/dev/a.yaml:iris', 'dist/dev/b.yaml:one'], ['dist/prod/a.yaml:iris', 'dist/prod/b.yaml:one']]);
    expect(steps(...all)).toEqual([['dist/dev/steps', 'dist/dev/steps/a.yaml:iris', 'dist/dev/b.yaml:one']]);
  });

  test.each([
    ['another object', [object('dist/prod/b.yaml', 'two')]],
    ['a route that no folder above has', [route('dist/prod/b.yaml', 'other', {})]],
  ])('are not folders with %s', (_, more) => {
    const all = [gateway, iris, route('dist/prod/a.yaml', 'iris', { weight: 5 }), ...more];
    expect(steps(...all)).toEqual([]);
    expect(divided(...all)).toHaveLength(2);
  });

  test('are not folders with the same routes, nor folders next to each other', () => {
    expect(steps(iris, route('dist/prod/a.yaml', 'iris', { weight: 0 }))).toEqual([]);
    expect(steps(route('dist/dev/a.yaml', 'iris', { weight: 0 }), route('dist/prod/a.yaml', 'iris', { weight: 5 }))).toEqual([]);
    expect(steps(route('dist/a.yaml', 'iris', { weight: 0 }), route('dist-2/a.yaml', 'iris', { weight: 5 }))).toEqual([]);
  });
});

test('one file with two objects of one name is one cluster', () => {
  expect(divided(object('x.yaml', 'one', { a: 1 }), object('x.yaml', 'one', { a: 2 }))).toHaveLength(1);
});

test('context belongs to all', () => {
  expect(divided(object('dev.yaml', 'one', { a: 1 }), object('prod.yaml', 'one', { a: 2 }), object('shared.yaml', 'two', {}, true))).toEqual([
    ['dev.yaml:one', 'shared.yaml:two'], ['prod.yaml:one', 'shared.yaml:two'],
  ]);
  expect(divided(object('shared.yaml', 'two', {}, true))).toEqual([['shared.yaml:two']]);
  expect(clustersIn([])).toEqual([[]]);
});
