import { compare } from '../../src/report/compare';
import { findingKey, placeKey } from '../../src/report/fingerprint';
import { Finding } from '../../src/rules/finding';
import { badPort, narrowHost, overlap } from '../support/findings';

/** Name of the object, file and field of findings, by what became of them. */
function changes(before: readonly Finding[], after: readonly Finding[]): { readonly [state: string]: string[] } {
  const names = (findings: readonly Finding[]) => findings.map(({ name, file, field }) => [name, file, field[2]].filter((part) => part !== undefined).join(' '));
  const { introduced, fixed, unchanged } = compare(before, after);
  return { introduced: names(introduced), fixed: names(fixed), unchanged: names(unchanged) };
}

const at = (position: number, more: Partial<Finding> = {}) => overlap('iris', 'wine', { field: ['spec', 'http', position], ...more });

test('findings are introduced, fixed or unchanged, and listed in the order of reports', () => {
  expect(changes([narrowHost('n'), badPort('old'), overlap('b')], [narrowHost('n'), badPort('new'), overlap('b'), overlap('a')])).toEqual({
    introduced: ['a routes/a.yaml 0', 'new routes/new.yaml 1'],
    fixed: ['old routes/old.yaml 1'],
    unchanged: ['b routes/b.yaml 0', 'n'],
  });
});

test('two empty states', () => {
  expect(compare([], [])).toEqual({ introduced: [], fixed: [], unchanged: [] });
});

test.each<[string, Partial<Finding>]>([
  ['another line and column', { line: 99, column: 1 }],
  ['another file', { file: 'all.yaml' }],
  ['another position in a list', { field: ['spec', 'http', 7] }],
  ['another construct', { construct: 'app/other' }],
  ['another remedy', { remedy: 'do something' }],
  ['another level', { level: narrowHost().level }],
  ['another version of the API', { apiVersion: 'networking.istio.io/v1beta1' }],
  ['other related places', { related: [] }],
])('%s is not another finding', (_, more) => {
  const { introduced, fixed, unchanged } = compare([overlap()], [overlap('iris', 'wine', more)]);
  expect([introduced, fixed]).toEqual([[], []]);
  expect(unchanged).toEqual([overlap('iris', 'wine', more)]);
});

test.each<[string, Partial<Finding>]>([
  ['rule', { rule: 'other' }],
  ['kind', { kind: 'Gateway' }],
  ['namespace', { namespace: 'other' }],
  ['name', { name: 'other' }],
  ['field', { field: ['spec', 'tls', 0] }],
  ['whole object', { field: [] }],
  ['problem', { problem: 'requests to /v1 also match VirtualService models/wine' }],
])('another %s is another finding', (_, more) => {
  const { introduced, fixed, unchanged } = compare([overlap()], [overlap('iris', 'wine', more)]);
  expect([introduced.length, fixed.length, unchanged.length]).toEqual([1, 1, 0]);
});

test('a problem that quotes a field is the same after a move', () => {
  const quoting = (position: number) => at(position, { problem: `spec.http[${position}].match[0] is never reached` });
  expect(changes([quoting(3)], [quoting(4)])).toEqual({ introduced: [], fixed: [], unchanged: ['iris routes/iris.yaml 4'] });
});

test('equal findings are counted', () => {
  expect(changes([at(0), at(0)], [at(0), at(0), at(0)])).toEqual({
    introduced: ['iris routes/iris.yaml 0'], fixed: [], unchanged: ['iris routes/iris.yaml 0', 'iris routes/iris.yaml 0'],
  });
  const same = at(0);
  expect(changes([same, same, same], [same]).fixed).toHaveLength(2);
});

test('of equal findings, those that stayed in their place are unchanged', () => {
  expect(changes([at(0), at(1), at(2)], [at(0), at(2)])).toEqual({
    introduced: [], fixed: ['iris routes/iris.yaml 1'], unchanged: ['iris routes/iris.yaml 0', 'iris routes/iris.yaml 2'],
  });
  const [prod, test] = [{ file: 'dist/prod.yaml' }, { file: 'dist/test.yaml' }];
  expect(changes([at(0, prod), at(0, test)], [at(1, test)])).toEqual({
    introduced: [], fixed: ['iris dist/prod.yaml 0'], unchanged: ['iris dist/test.yaml 1'],
  });
});

test('accepted findings are neither introduced nor fixed', () => {
  const accepted = { accepted: 'known' };
  expect(changes([], [overlap('a', 'b', accepted)])).toEqual({ introduced: [], fixed: [], unchanged: [] });
  expect(changes([overlap('a')], [overlap('a', 'wine', accepted)])).toEqual({ introduced: [], fixed: [], unchanged: [] });
  expect(changes([overlap('a', 'b', accepted)], [])).toEqual({ introduced: [], fixed: [], unchanged: [] });
  expect(changes([overlap('a', 'b', accepted)], [overlap('a', 'b')])).toEqual({ introduced: ['a routes/a.yaml 0'], fixed: [], unchanged: [] });
});

test('names cannot be mixed up with what separates them', () => {
  expect(placeKey(overlap('a","b'))).not.toBe(placeKey(overlap('a', 'b', { namespace: 'models","a' })));
  expect(findingKey(at(0, { field: ['spec', '0'] }))).not.toBe(findingKey(at(0, { field: ['spec', 0] })));
});

test('the order of findings makes no difference', () => {
  const before = [overlap('a'), badPort('b'), narrowHost('c'), at(1), at(2)];
  const after = [overlap('x'), badPort('b'), narrowHost('c'), at(2), at(5)];
  expect(compare([...before].reverse(), [...after].reverse())).toEqual(compare(before, after));
});
