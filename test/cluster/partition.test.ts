import { ClusterObject } from '../../src/cluster/cluster-object';
import { clustersIn } from '../../src/cluster/partition';

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

test('the files directly in a folder stay together if a folder below it differs, such as one with a step of a rollout', () => {
  expect(divided(object('dist/models.yaml', 'one'), object('dist/routes.yaml', 'two', { a: 1 }), object('dist/steps/01/route.yaml', 'two', { a: 2 }))).toEqual([
    ['dist/models.yaml:one', 'dist/routes.yaml:two'], ['dist/steps/01/route.yaml:two'],
  ]);
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
