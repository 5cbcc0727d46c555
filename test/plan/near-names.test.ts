import * as nearMiss from '../../src/plan/checks/near-miss';
import { NearNames } from '../../src/plan/near-names';

/** Runs something, and counts how many names are compared. */
function comparisons(work: () => void): number {
  const compared = (['isNearMiss', 'isSimilar', 'isLonger', 'nearest'] as const).map((name) => jest.spyOn(nearMiss, name));
  try {
    work();
    return compared.reduce((sum, { mock }) => sum + mock.calls.length, 0);
  } finally {
    jest.restoreAllMocks();
  }
}

const many = (count: number) => Array.from({ length: count }, (_, i) => `model-${i}`);

test('finds the name that was most likely intended, except the excluded one', () => {
  const names = new NearNames(['iris', 'wine']);
  expect(names.find('irsi')).toBe('iris');
  expect(names.find('irsi', 'iris')).toBeUndefined();
  expect(names.find('elephant')).toBeUndefined();
});

test('finds the names of each group', () => {
  const names = NearNames.ofGroups(new Map([['models', [{ name: 'iris' }]], ['others', [{ name: 'wine' }]]]));
  expect([...names].map(([key, group]) => [key, group.find('irsi'), group.find('wien')])).toEqual([['models', 'iris', undefined], ['others', undefined, 'wine']]);
});

test('knows whether there is another name', () => {
  expect(new NearNames([]).hasOther('a')).toBe(false);
  expect(new NearNames(['a']).hasOther('a')).toBe(false);
  expect(new NearNames(['a', 'a']).hasOther('a')).toBe(false);
  expect(new NearNames(['a']).hasOther('b')).toBe(true);
  expect(new NearNames(['a', 'b']).hasOther('a')).toBe(true);
});

test.each([
  ['modle-1', 'model-1'],
  ['MODEL-0', 'model-0'],
  ['model-4x2', 'model-42'],
  ['irises', 'iris'],
  ['query', 'queries'],
  ['query-of-wine', 'query-of-wines'],
  ['node', 'nodes'],
  ['model', 'model-0'],
  ['model-11-canary', 'model-1'],
  ['elephant', undefined],
  ['ab', undefined],
])('finds among many names what a comparison with all of them finds: %s', (written, near) => {
  const names = [...many(300), 'iris', 'queries', 'query-of-wines', 'nodes', 'abc'];
  expect(nearMiss.nearest(written, names)).toBe(near);
  expect(new NearNames(names).find(written)).toBe(near);
});

test('compares unknown names with a few of many names', () => {
  const names = new NearNames(many(2_000));
  const near = (prefix: string) => many(2_000).map((_, i) => names.find(`${prefix}-${i}`));
  expect(comparisons(() => expect(near('modle')).toEqual(many(2_000)))).toBeLessThan(40_000);
  expect(comparisons(() => expect(near('elephant')).toEqual(many(2_000).map(() => undefined)))).toBeLessThan(100_000);
});

test('gives no hints about names that are no near misses once it has compared very many', () => {
  const names = new NearNames([...many(9_000), 'a-long-name', 'another-name']);
  const find = () => [names.find('a-lung-nama'), names.find('anather-nama'), names.find('a-lung-nema'), names.find('modle-3')];
  expect(find()).toEqual(['a-long-name', 'another-name', undefined, 'model-3']);
  expect(find()).toEqual(['a-long-name', 'another-name', undefined, 'model-3']);
});

test('a name that is longer than those of Kubernetes is no near miss', () => {
  const long = 'x'.repeat(100_000);
  expect(new NearNames([...many(100), long]).find(`${long}y`)).toBe(long);
  expect(comparisons(() => new NearNames([...many(100), long]).find('model-1O'))).toBeLessThan(500);
});
